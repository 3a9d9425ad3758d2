"""The date of an article that only its text tells: a dateline in the middle, 今天（2月5日）, the year of a dateline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from msgspec.structs import replace

from pipeline.core.model import Reference
from pipeline.lexis.calendar import make_date, shift_day
from pipeline.lexis.timejoin import TimeHit
from pipeline.lexis.timenumbers import Numbers
from pipeline.mentions.time_partial import PLAIN_YEAR

DayParts = tuple[int | None, int | None, int | None]
"""Year, month and day as they are stated."""
DATELINE = 20
"""Characters from the beginning of a line within which the day of a dateline stands."""
RECENT = timedelta(days=45)
"""How long before publication a full date may lie that tells the year of the dateline."""


def stated_date(
    text: str, hits: Sequence[TimeHit], signs: tuple[str, ...], brackets: str, read: Numbers
) -> Reference | None:
    """The date that a dateline within the text states (本报香港5月22日电), or a bracket: 今天（2月5日）, 昨日（4日）.

    ``signs``: what follows the day in a dateline; ``brackets``: those that open. None where the text has neither.
    """
    bracketed = None
    for i, hit in enumerate(hits, 1):
        if is_dateline(text, hit, signs):
            year, month, day = parts_of(hit, read)
            if month is not None and day is not None:
                return Reference(year, month, day, None, "dateline")
        if bracketed is None and i < len(hits) and hits[i].start == hit.end + 1 and text[hit.end] in brackets:
            bracketed = _bracketed(hit, hits[i], read)
    return bracketed


def is_dateline(text: str, hit: TimeHit, signs: tuple[str, ...]) -> bool:
    """Whether ``hit`` is the day of a dateline within ``text``: 本报香港5月22日电; ``signs``: what follows it."""
    return text.startswith(signs, hit.end) and hit.start - text.rfind("\n", 0, hit.start) <= DATELINE


def parts_of(hit: TimeHit, read: Numbers) -> DayParts:
    """The year, month and day that the atoms of ``hit`` state, None for each that they leave out."""
    data = {k: v for a in hit.parts for k, v in a.data.items()}
    year, month, day = (read.number(data.get(k)) for k in ("y", "m", "d"))
    return year, month, day


def _bracketed(hit: TimeHit, after: TimeHit, read: Numbers) -> Reference | None:
    """The day of publication by 昨日（2月4日）."""
    first: Mapping[str, str] = hit.parts[0].data
    if first.get("base") != "publication" or hit.parts[0].kind != "day":
        return None
    year, month, day = parts_of(after, read)
    if month is None or day is None:
        return None
    known = make_date(PLAIN_YEAR if year is None else year, month, day)
    today = shift_day(known, -int(first["shift"])) if known else None
    return None if today is None else Reference(None if year is None else today.year, today.month, today.day)


def with_year(reference: Reference, hits: Sequence[TimeHit], read: Numbers) -> Reference:
    """``reference`` with the year of a full date that lies shortly before it, where its own year is not stated."""
    if reference.year is not None or reference.month is None or reference.day is None:
        return reference
    years = [y for hit in hits if (y := _year_by(hit, reference.month, reference.day, read)) is not None]
    return replace(reference, year=max(years)) if years else reference


def _year_by(hit: TimeHit, month: int, day: int, read: Numbers) -> int | None:
    year, stated_month, stated_day = parts_of(hit, read)
    if year is None or stated_month is None:
        return None
    known = make_date(year, stated_month, stated_day or 1)
    for candidate in (year, year + 1):
        published = make_date(candidate, month, day)
        if known is not None and published is not None and timedelta(0) <= published - known <= RECENT:
            return candidate
    return None
