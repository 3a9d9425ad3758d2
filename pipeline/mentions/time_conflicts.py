"""What an article says of its own day, against the day on which it came out as told: 昨（14）日 in one of the 18th."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.core.model import Issue, TimeNorm
from pipeline.lexis.calendar import make_date, shift_day
from pipeline.lexis.timejoin import TimeHit
from pipeline.lexis.timenumbers import Numbers
from pipeline.mentions.time_dateline import DayParts, is_dateline, parts_of
from pipeline.mentions.time_signs import Signs

DAY = len("2024-05-31")
OTHERWISE, TO_COME = "published.otherwise", "time.to-come"


class Conflicts:
    """Finds what in one article cannot be, if it came out on the day that the input gave."""

    def __init__(self, text: str, published: date, signs: Signs, read: Numbers) -> None:
        self._text, self._published, self._signs, self._read = text, published, signs, read

    def of(self, hit: TimeHit, behind: TimeHit | None, norm: TimeNorm) -> Issue | None:
        """The issue of ``hit``, which ``behind`` follows and ``norm`` values; None where nothing speaks against it.

        It tells another day of publication (昨日（14日）, 昨（14）日, a dateline of a day to come), or as past what
        was yet to come (截至20日18时，…).
        """
        words = self._text[hit.start : hit.end]
        if self._otherwise(hit, behind):
            message = f"{words!r} tells another day of publication than {self._published.isoformat()}"
            return Issue(OTHERWISE, message, ((hit.start, hit.end),))
        if self._to_come(hit, norm):
            message = f"{words!r} is told as past, but lies after {self._published.isoformat()}, the day of publication"
            return Issue(TO_COME, message, ((hit.start, hit.end),))
        return None

    def _otherwise(self, hit: TimeHit, behind: TimeHit | None) -> bool:
        first, text = hit.parts[0], self._text
        if first.kind != "day" and not is_dateline(text, hit, self._signs.datelines):
            return False
        data: Mapping[str, str] = first.data
        if data.get("base") == "publication" and behind is not None and behind.start == hit.end + 1:
            shift = int(data["shift"])  # 昨日（14日）
            return text[hit.end] in self._signs.brackets and self._differs(parts_of(behind, self._read), shift)
        if text.startswith(tuple(self._signs.brackets), hit.start + 1) and text[hit.start] in self._signs.days:
            return self._differs(parts_of(hit, self._read), self._signs.days[text[hit.start]])  # 昨（14）日
        year, month, day = parts_of(hit, self._read)
        if month is None or day is None or not is_dateline(text, hit, self._signs.datelines):
            return False
        stated = make_date(self._published.year if year is None else year, month, day)
        # 12月31日电 in what came out on 1 January is of the year before
        return stated is not None and 0 < (stated - self._published).days < 300

    def _differs(self, stated: DayParts, shift: int) -> bool:
        """Whether the day ``stated`` is not the one ``shift`` days after publication."""
        meant = shift_day(self._published, shift)
        if meant is None or stated[2] is None:
            return False
        told = zip(stated, (meant.year, meant.month, meant.day), strict=True)
        return any(part is not None and part != own for part, own in told)

    def _to_come(self, hit: TimeHit, norm: TimeNorm) -> bool:
        """截至20日18时，…: a state up to then that is told, where a deadline would end the clause (报名截至20日)."""
        text, signs = self._text, self._signs
        if norm.start is None or norm.modifier == "end" or norm.start[:DAY] <= self._published.isoformat():
            return False
        limit = next((w for w in signs.as_of if text.endswith(w, 0, hit.start)), "")
        begin = hit.start - len(limit)
        return (
            limit != ""
            and text[max(begin - 1, 0) : begin] in signs.clause
            and text[hit.end : hit.end + 1] in signs.comma
        )
