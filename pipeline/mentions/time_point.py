"""Points of time under construction: what the atoms of an expression state, and the value that it makes."""

from __future__ import annotations

from msgspec import Struct

from pipeline.core.model import TimeKind
from pipeline.lexis.calendar import Bounds, days_in, interval
from pipeline.mentions.time_partial import UNKNOWN, Day, iso

MONTHS = 12
"""Months of a year."""


class Point(Struct, gc=False):
    """A point or stretch of time: ``unit`` is the finest part of the date that is stated."""

    unit: str = ""
    """year, half, quarter, season, month, span (of months), days, week, day, decade, century, plan, era (before
    the common one) or set."""
    year: int | None = None
    year_said: bool = False
    assumed: bool = False
    """Whether the year is that of publication for want of another."""
    month: int | None = None
    day: int | None = None
    code: str = ""
    """What stands behind the year (Q3, H1, SU), or the whole value of a week, a decade, a plan."""
    to: tuple[int | None, int | None, int | None] = UNKNOWN
    """The last year, month or day of a stretch (7 of 5日至7日)."""
    part: str = ""
    note: str = ""
    """late for 深夜, small for 凌晨."""
    hour: int | None = None
    hour_to: int | None = None
    minute_from: int | None = None
    """The minute of the first of two clock times."""
    minute: int | None = None
    second: int | None = None
    lunar: tuple[int, int] | None = None
    """The year and the lunar month of a lunar day."""
    edge: str = ""
    modifier: str | None = None
    relative: bool = False
    """Whether a part was taken from the publication date."""
    told: str | None = None
    """The date of the article that a part was taken from."""
    bare: bool = False
    """Whether only a clock time or a part of the day is stated."""
    vague: bool = False
    """Whether the clock time may be of either half of the day."""
    cycle: str = ""
    """For sets: the form of the date that comes again, XXXX-WXX-3."""

    @property
    def date(self) -> Day:
        """Year, month and day as far as they are known."""
        return self.year, self.month, self.day

    @property
    def timed(self) -> bool:
        """Whether a part of the day or a clock time is stated."""
        return bool(self.part) or self.hour is not None

    @property
    def head(self) -> str:
        """The year, XXXX where it is unknown."""
        return "XXXX" if self.year is None else f"{self.year:04d}"

    def value(self) -> str:
        """The ISO 8601 / TIMEX3 value."""
        if self.timed:
            return self._day() + self.clock(self.hour)
        if self.edge == "end":
            return self._last_day()
        if self.unit in ("decade", "century", "plan", "week", "era"):
            return self.code
        if self.to != UNKNOWN:
            return f"{self._plain(self.date)}/{self._plain(self.to)}"
        return self._plain(self.date)

    def clock(self, hour: int | None) -> str:
        """The part behind the date: ``TMO``, ``T15:00``, ``T10:18:03``."""
        if hour is None:
            return f"T{self.part}"
        second = "" if self.second is None else f":{self.second:02d}"
        return f"T{hour:02d}:{self.minute or 0:02d}{second}"

    def _day(self) -> str:
        return self.cycle or (self.code if self.unit == "week" else iso(self.date))

    def _plain(self, date: Day) -> str:
        year, month, _ = date
        head = "XXXX" if year is None else f"{year:04d}"
        if self.unit in ("half", "quarter", "season"):
            return f"{head}-{self.code if date == self.date or not month else f'Q{month}'}"
        if self.unit in ("month", "span"):
            return iso(date)[: len(head) + 3]
        return iso(date) if self.unit in ("day", "days") else head

    def _last_day(self) -> str:
        if self.unit in ("decade", "century", "era"):
            return self.code
        if self.unit == "plan":
            return f"{self.code[-4:]}-12-31"
        if self.code == "QX":
            return f"{self.head}-{self.code}"
        month = self.to[1] or self.month
        if self.unit == "half":
            month = 6 * int(self.code[1])
        elif self.unit == "quarter":
            month = 3 * int(self.code[1])
        elif self.unit == "year" or month is None:
            month = 12 if self.unit == "year" else month
        year = self.to[0] or self.year
        if month is not None and not 1 <= month <= MONTHS:
            return ""  # 0月底
        last = None if month is None else days_in(year if year is not None else 2001, month)
        return iso((year, month, last))

    def bounds(self, value: str = "") -> Bounds:
        """The half-open interval of the point; ``value``: its value, where that is known already."""
        if self.hour is not None and self.minute is None:
            return interval(f"{self._day()}T{self.hour:02d}") if self.hour < 24 else interval(self.value())
        if self.part == "NI" and self.note == "late" and not self.cycle:
            return interval(f"{self._day()}T22:00/{self._day()}T24:00")
        return interval(value or self.value())

    def kind(self) -> TimeKind:
        """The contract's kind of the mention."""
        if self.cycle:
            return "set"
        if self.timed:
            return "time"
        stretch = self.to != UNKNOWN or self.unit == "plan" or "/" in self.code
        return "period" if stretch and self.edge != "end" else "date"
