"""What an article has said so far of its time: the publication date, the event's day, the last year and month."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from pipeline.core.model import Reference, View
from pipeline.lexis.calendar import make_date, shift_month
from pipeline.mentions.time_ahead import CLAUSE, LONGEST, ahead, coming, planned
from pipeline.mentions.time_partial import (
    MOST,
    PLAIN_YEAR,
    UNKNOWN,
    Day,
    as_date,
    iso,
    month_behind,
    month_beside,
    next_month,
    runs_over,
)
from pipeline.mentions.time_signs import Signs

NEAR = 60
"""Days before publication within which a day of an earlier sentence is the event's (8时30分许 far below 7月24日)."""
FAR = 300
"""Days beyond which a day without a year is not of the year of publication but of the one beside it."""
LATELY = 2
"""Years before publication of which an article still reports with 比上年."""
TOLD = 4
"""Sentences over which a story of an earlier year goes on."""
REPORTED = re.compile(r"(?P<year>\d{4})-(?P<part>[QH]?)(?P<number>\d{1,2})(?:-\d\d)?\Z")
"""The end of a period in ISO: its year, and the month, quarter or half of it."""
PART_MONTHS = {"Q": 3, "H": 6}
"""Months of a quarter and of a half."""
SENTENCE = 8
"""Characters that a text has at the least which says of a day what was or will be."""


class Story(Struct, gc=False):
    """The state while the times of one article are resolved in order."""

    reference: Reference | None
    signs: Signs
    """What says beside a time that it is past or yet to come: 将于, 有望, 以来."""
    published: Day = UNKNOWN
    """The day of publication as far as it is known."""
    published_date: date | None = None
    """That day, None where a part of it is missing."""
    text: str = ""
    at: int = 0
    """Where the expression that is being read begins."""
    now: int = 0
    """The number of the sentence that is being read."""
    day: Day | None = None
    day_at: int = -9
    event: Day | None = None
    """The last day stated that is not after publication and near it."""
    year: int | None = None
    year_at: int = -9
    foretold: bool = False
    """Whether that year was but planned, in an article of which nothing says when it came out."""
    stated_at: int = -9
    """The sentence of the last year that was said."""
    month: tuple[int | None, int] | None = None
    month_at: int = -9
    period: str | None = None
    """The last period or month stated in this sentence, for 去年同期."""
    clock: tuple[str, str, int] | None = None
    """The last clock time: the part of the day that it named, which half of it, and the hour."""
    minute: int = 0
    clock_day_told: Day = UNKNOWN
    """The minute and the day of that clock time."""
    clock_at: int = -9
    part: str = ""
    """The part of the day that the last day stated had with it, without a clock time: 13日上午."""
    part_at: int = -9
    cycled_at: int = -9
    """The sentence of the last set, as 每天: clock times beside it are of every day."""
    starts: Sequence[int] = ()
    """Where the sentences begin."""

    @classmethod
    def of(cls, view: View, reference: Reference | None, signs: Signs) -> Story:
        """The beginning of ``view``'s article, published as ``reference`` says."""
        day = UNKNOWN if reference is None else (reference.year, reference.month, reference.day)
        known = None if day[0] is None else as_date(day, None)
        starts = [start for start, _ in view.sentences]
        return cls(reference, signs, day, known, view.folded, starts=starts)

    def enter(self, offset: int) -> None:
        """Go on to the expression at ``offset``, and to the sentence that holds it."""
        self.at = offset
        at = bisect_right(self.starts, offset)
        if at != self.now:
            self.now, self.period = at, None

    @property
    def anchor(self) -> str | None:
        """The ISO form of the publication date, ``XXXX`` for an unknown year; None without one."""
        ref = self.reference
        if ref is None or (ref.year is None and ref.month is None):
            return None
        return ref.iso or iso(self.published).replace("-XX", "")

    def shifted_month(self, by: int) -> tuple[int | None, int | None]:
        """The month of publication, or that with which a comparison is made, moved by ``by``."""
        year, month = self.base_month()
        if month is None:
            return (year if by == 0 else None, None)
        y, m = shift_month(PLAIN_YEAR if year is None else year, month, by)
        return (None if year is None else y, m)

    @property
    def compared(self) -> bool:
        """Whether the expression that is being read is what something is compared with: 比上月, 与上季度末持平."""
        return self.text.endswith(self.signs.compared, 0, self.at)

    def base_month(self) -> tuple[int | None, int | None]:
        """The month from which 上月 and 上季度 are counted: that of publication, or the last one of what the sentence
        reports, where they are compared with it (5月份增长5.6%，比上月回落 in an article of June).
        """
        found = REPORTED.search(self.period) if self.period and self.compared else None
        if found is None:
            return self.published[:2]
        return int(found["year"]), PART_MONTHS.get(found["part"], 1) * int(found["number"])

    @property
    def of_last_years(self) -> bool:
        """Whether the sentence, or the one before, speaks of a year that ended not long ago: 2023年……比上年增长."""
        now, told = self.published[0], self.now - self.stated_at <= 1
        return told and self.year is not None and (now is None or now - LATELY <= self.year <= now)

    @property
    def in_winter(self) -> bool:
        """Whether the winter of publication began in the year before: 今冬 in an article of February."""
        month = self.published[1]
        return month is not None and month <= 2

    @property
    def alone(self) -> bool:
        """Whether the text is little more than the time itself, and tells nothing that was or will be."""
        return len(self.text) < SENTENCE

    @property
    def ahead(self) -> bool:
        """Whether the words beside it say that the time is yet to come: 将于3月, not 原定于3月; 12月底前完成."""
        return ahead(self.text, self.at, self.signs)

    def turn(self, month: int | None, most: int = MOST) -> int:
        """The years to move an assumed one: -1 where ``month`` lies ``most`` months ahead (12月 in an article of
        January), 1 for 将于1月 in one of May, else 0.
        """
        now = self.published[1]
        if now is None or month is None or self.alone:
            return 0
        if month - now >= most or month > now and self.signs.since in self.text[self.at : self.at + LONGEST]:
            return 0 if self.ahead else -1  # 自9月末以来 in an article of January
        return 1 if now - month >= 2 and self.ahead else 0

    def reviewed(self, month: int) -> int:
        """-1 for the part of a year that ends with ``month``, is not over and lies in the year before, of which the
        article has just reported (2021年增长8%。分季度看，一季度… in January), else 0.
        """
        year, now, _ = self.published
        if year is None or now is None or month < now or self.year != year - 1 or self.now - self.stated_at > 1:
            return 0
        beside = self.text[max(self.at - CLAUSE, 0) : self.at + CLAUSE]
        return 0 if any(word in beside for word in self.signs.hopes) else -1

    def near(self, day: date) -> int:
        """The years to move a ``day`` whose year is not stated: -1 for 12月31日 in an article of January."""
        published = self.published_date
        days = (day - published).days if published and not self.alone else 0
        return 0 if abs(days) <= FAR else 1 if days < 0 else self.ahead - 1

    def month_year(self, month: int | None = None) -> tuple[int | None, bool]:
        """The year of a bare month (of a date just before, else of publication), and whether the article stated it.

        A month before that date's lies in the year after, as far as publication allows (2023年12月获批，4月开工).
        """
        published = self.published[0]
        if self.year is not None and (self.now - self.year_at <= 1 or self._narrated(month)):
            over = (
                self.month is not None and self.month[0] == self.year and runs_over(self.month, month, self.published)
            )
            return self.year + over - self._before_told(month), True
        if published is not None:
            return published + self.turn(month), False
        return (None, False) if self.foretold else (self.year, self.year is not None)

    def _before_told(self, month: int | None) -> bool:
        """Whether ``month`` lies in the year before that of the day just told: 2022年1月2日……12月24日到访."""
        if self.day is None or self.day[:2] != self.month or self.published[0] not in (None, self.year):
            return False
        told = self.day[1] if self.day[0] == self.year else None
        return month is not None and told is not None and month - told >= MOST and not self.ahead

    def _narrated(self, month: int | None) -> bool:
        """Whether ``month`` goes on with what was told some sentences before: 2003年4月……。……。4月15日.

        It must be the same month or the next, and not that of publication.
        """
        if month is None or self.year is None or self.month is None or self.month[0] != self.year:
            return False
        if self.now - self.year_at > TOLD or self.foretold or self._to_come(self.year):
            return False
        return 0 <= month - self.month[1] <= 1 and month != self.published[1]

    def day_month(self, number: int) -> tuple[int | None, int | None, bool]:
        """Year and month of a bare day number: those of a day just before, else those of publication."""
        told = self.month is not None and self.now - self.month_at <= 2 and not self._gone_on(number)
        year, month = self.month if self.month is not None and told else self.published[:2]
        if month is not None and not told:
            year, month = month_beside(year, month, self.published[2], number, self.ahead)
        elif self.day is not None and self.day[:2] == (year, month) and self.published[1] is None:
            year, month = month_behind(self.day, number)
        if month is not None and make_date(year or PLAIN_YEAR, month, number) is None:
            # 31日 in an article of 2 June
            before = shift_month(year or PLAIN_YEAR, month, -1)
            year, month = None if year is None else before[0], before[1]
        return year, month, told

    def _gone_on(self, number: int) -> bool:
        """2日 behind 5月30日 in an article of 3 June is of June."""
        year, month, today = self.published
        day = self.day
        if day is None or month is None or today is None or day[2] is None or self.day_at < self.month_at:
            return False
        return number < day[2] and number <= today and next_month(day[0], day[1]) == (year if day[0] else None, month)

    def clock_day(self) -> tuple[Day, bool]:
        """The day of a bare clock time or part of the day, and whether the article stated it."""
        if self.day is not None and self.day_at == self.now:
            return self.day, True
        if self.clock is not None and self.now - self.clock_at <= 1 and self._past(self.clock_day_told):
            return self.clock_day_told, self.clock_day_told != self.published
        if self.event is not None:
            return self.event, True
        return self.published, False

    def moment(self) -> datetime | None:
        """The last clock time with its day, for 40分钟后 just behind it; None where they are not known."""
        if self.clock is None or self.now - self.clock_at > 1:
            return None
        year, month, number = self.clock_day_told
        day = None if year is None or month is None or number is None else make_date(year, month, number)
        hour = self.clock[2]
        return None if day is None or hour > 23 else datetime(day.year, day.month, day.day, hour, self.minute)

    def tell(self, day: Day) -> None:
        """Remember a day that the article states."""
        self.day, self.day_at = day, self.now
        if day[1] is not None:
            later = self._to_come(day[0], day[1]) and next_month(*self.published[:2]) != day[:2]
            self.month = day[0], day[1]
            self.month_at = self.now - 2 * coming(self.text, self.at, later, self.signs)
        if self._happened(day):
            self.event = day

    def tell_year(self, year: int, dated: bool, whole: bool = True, bare: bool = False) -> None:
        """Remember a year; bare months may lean on it where ``dated``, 全年 on one to come if ``whole`` (2029年底).

        ``bare``: nothing finer is told of it; if it is but planned, nothing leans on it.
        """
        self.foretold = bare and self.published[0] is None and planned(self.text, self.at, self.signs)
        to_come = self.foretold or self._to_come(year)
        self.year, self.stated_at = year, self.now if whole or not to_come else -9
        self.year_at = self.now - to_come if dated else -9

    def tell_month(self, year: int | None, month: int) -> None:
        """Remember a month; days of later sentences do not lean on one that is yet to come."""
        self.month = year, month
        self.month_at = self.now - 2 * self._to_come(year, month)

    def _to_come(self, year: int | None, month: int = 0) -> bool:
        """Whether a year or month lies behind the publication (预计2025年2月建成。3月……)."""
        now, this = self.published[:2]
        return None not in (now, year) and (year or 0, month) > (now or 0, (this or 12) if month else 0)

    def _past(self, day: Day) -> bool:
        """Whether a day is fully known and not after publication."""
        known = None if None in day else as_date(day, None)
        published = self.published_date
        return known is not None and (published is None or known <= published)

    def _happened(self, day: Day) -> bool:
        year = self.published[0]
        published = as_date(self.published, year)
        known = as_date(day if year is not None else (None, day[1], day[2]), year)
        if known is None or published is None:
            return published is None
        return -NEAR <= (known - published).days <= 0
