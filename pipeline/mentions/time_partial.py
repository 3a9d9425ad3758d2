"""Days of which the year, the month or the number may be unknown."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pipeline.lexis.calendar import days_in, make_date, shift_day, shift_month

Day = tuple[int | None, int | None, int | None]
"""Year, month, day; None where it is not known."""
Months = tuple[int | None, int | None]
"""Year and month."""
WEEK = 7
MOST = 10
"""Months ahead at which a month without a year is of the year before: 12月 in an article of January."""
UNKNOWN: Day = (None, None, None)
PLAIN_YEAR = 2001  # reckons with months and days whose year is unknown: no leap day is invented


@lru_cache(maxsize=4096)
def iso(day: Day) -> str:
    """``2024-05-31``, ``XXXX-05-22``, ``XXXX-XX-28``."""
    year, month, number = day
    return f"{_pad(year, 4)}-{_pad(month, 2)}-{_pad(number, 2)}"


def _pad(number: int | None, width: int) -> str:
    return "X" * width if number is None else f"{number:0{width}d}"


def moved(day: Day, by: int) -> Day:
    """The day ``by`` days later, with an unknown year left unknown."""
    if not by:
        return day
    year, month, number = day
    if month is None or number is None:
        return (year if abs(by) < 300 and year and month else None, None, None)
    start = make_date(PLAIN_YEAR if year is None else year, month, number)
    end = shift_day(start, by) if start else None
    if end is None:
        return UNKNOWN
    return (None if year is None else end.year, end.month, end.day)


def next_month(year: int | None, month: int | None) -> tuple[int | None, int | None]:
    """The month after, with an unknown year left unknown."""
    if month is None:
        return year, None
    later, number = shift_month(PLAIN_YEAR if year is None else year, month, 1)
    return (None if year is None else later), number


def month_beside(year: int | None, month: int, today: int | None, number: int, ahead: bool) -> Months:
    """The month of a bare day, published on the day ``today`` of a month: 将于5日 (``ahead``) told on the 28th is of
    the month after, 30日 told on the 2nd of the month before.
    """
    if today is None:
        return year, month
    if number < today and ahead:
        return next_month(year, month)
    last = shift_month(PLAIN_YEAR if year is None else year, month, -1)
    if today + days_in(*last) - number > WEEK or number - today < 3 * WEEK or ahead:
        return year, month
    return None if year is None else last[0], last[1]


def month_behind(told: Day, number: int) -> Months:
    """The month of a bare day behind the day just told: of the next one behind a month's end (12月31日……1日)."""
    year, month, last = told
    return next_month(year, month) if last is not None and last - number >= 4 * WEEK else (year, month)


def runs_over(told: Months, month: int | None, published: Day) -> bool:
    """Whether ``month`` lies in the year after that of the month just told: 2023年12月获批，4月开工.

    It does as far as publication allows; where that is not known, only the first months behind the last ones do.
    """
    year, last = told
    if year is None or last is None or month is None or month >= last:
        return False
    now, this, _ = published
    return last - month >= MOST if now is None else (year + 1, month) <= (now, this or 12)


def days_between(one: Day, other: Day) -> int | None:
    """How many days ``other`` is later than ``one``; None where the year, month or number of either is unknown."""
    first, last = (None if day[0] is None else as_date(day, None) for day in (one, other))
    return None if first is None or last is None else (last - first).days


def as_date(day: Day, year: int | None) -> date | None:
    """``day`` as a date; where it names no year, in ``year``, and where that is unknown in a plain one."""
    if day[1] is None or day[2] is None:
        return None
    return make_date(day[0] or year or PLAIN_YEAR, day[1], day[2])
