"""Arithmetic of the calendar on ISO 8601 and TIMEX3 values: intervals, weeks, months, lunar days, solar terms."""

from __future__ import annotations

import calendar as _calendar
from datetime import date, datetime, timedelta
from functools import lru_cache

import regex

Bounds = tuple[str | None, str | None]
OPEN: Bounds = (None, None)

PARTS = {"MO": (6, 12), "MI": (11, 13), "AF": (12, 18), "EV": (18, 24), "NI": (0, 6), "DT": (6, 18)}
"""The hours of the parts of a day, as the contract names them."""
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The first month of each season."""
FIRST, LAST = 1, 9998
"""Years that are reckoned with; others are written, but have no interval."""

_VALUE = regex.compile(
    r"(?P<y>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<m>[01][0-9])(?:-(?P<d>[0-3][0-9]))?|-Q(?P<q>[1-4])|-H(?P<h>[12])|-(?P<s>SP|SU|FA|WI)"
    r"|-W(?P<w>[0-5][0-9])(?:-(?P<we>WE))?)?"
    r"(?:T(?P<part>[A-Z]{2})|T(?P<hh>[0-2][0-9])(?::(?P<mm>[0-5][0-9]))?(?::(?P<ss>[0-5][0-9]))?)?"
)


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none (2月30日)."""
    if not FIRST <= year <= LAST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_in(year: int, month: int) -> int:
    """The number of days of a month."""
    return _calendar.monthrange(year, month)[1] if FIRST <= year <= LAST else 31


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """``(year, month)`` moved by ``by`` months."""
    total = year * 12 + month - 1 + by
    return total // 12, total % 12 + 1


def shift_day(day: date, by: int) -> date | None:
    """``day`` moved by ``by`` days, None beyond the years that are reckoned with."""
    if not (FIRST - day.year) * 366 < by < (LAST - day.year) * 365:
        return None
    return day + timedelta(days=by)


def week_value(day: date) -> str:
    """The ISO week that ``day`` lies in: ``2024-W22``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def weekday_in_week(day: date, weekday: int) -> date:
    """The day ``weekday`` (1 Monday … 7 Sunday) of the ISO week that ``day`` lies in."""
    return day + timedelta(days=weekday - day.isoweekday())


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The ``nth`` (1-based) ``weekday`` of a month, as Mother's Day is the second Sunday of May; -1 is the last."""
    if nth == -1:
        last = make_date(year, month, days_in(year, month))
        return last and last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = make_date(year, month, 1)
    if first is None:
        return None
    day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (nth - 1)
    return make_date(year, month, day)


def easter(year: int) -> date | None:
    """Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    century, rest = divmod(year, 100)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return make_date(year, month, day + 1)


@lru_cache(maxsize=4096)
def interval(value: str) -> Bounds:
    """The half-open interval of an ISO 8601 / TIMEX3 value as local date-times; (None, None) where it has none.

    A clock time lasts as long as its last stated part; ``A/B`` ends with B, at B where that is a clock time.
    """
    if "/" in value:
        left, right = value.split("/", 1)
        a, b = interval(left), interval(right)
        return (a[0], b[0] if "T" in right else b[1]) if a[0] and b[1] else OPEN
    m = _VALUE.fullmatch(value)
    if m is None:
        return OPEN
    bounds = _days(m)
    if bounds is None:
        return OPEN
    start, end = bounds
    if m["part"] or m["hh"]:
        return _within_day(start, m)
    return f"{start.isoformat()}T00:00:00", f"{end.isoformat()}T00:00:00"


def _days(m: regex.Match[str]) -> tuple[date, date] | None:
    """The first day and the day after the last of the day part of a value."""
    year = int(m["y"].replace("X", "0"))
    if not FIRST <= year <= LAST:
        return None
    if m["w"]:
        return _week(year, int(m["w"]), bool(m["we"]))
    if m["d"]:
        day = make_date(year, int(m["m"]), int(m["d"]))
        return (day, day + timedelta(days=1)) if day else None
    month, count = 1, 12
    if m["m"]:
        month, count = int(m["m"]), 1
    elif m["q"]:
        month, count = 3 * int(m["q"]) - 2, 3
    elif m["h"]:
        month, count = 6 * int(m["h"]) - 5, 6
    elif m["s"]:
        month, count = SEASONS[m["s"]], 3
    elif "X" in m["y"]:
        count = 12 * 10 ** m["y"].count("X")
    end_year, end_month = shift_month(year, month, count)
    first, end = make_date(year, month, 1), make_date(end_year, end_month, 1)
    return (first, end) if first and end else None


def _week(year: int, week: int, weekend: bool) -> tuple[date, date] | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=7)


def _within_day(day: date, m: regex.Match[str]) -> Bounds:
    midnight = datetime(day.year, day.month, day.day)
    if m["part"]:
        hours = PARTS.get(m["part"])
        if hours is None:
            return OPEN
        start, end = (midnight + timedelta(hours=h) for h in hours)
    else:
        start = midnight + timedelta(hours=int(m["hh"]), minutes=int(m["mm"] or 0), seconds=int(m["ss"] or 0))
        end = start + (timedelta(seconds=1) if m["ss"] else timedelta(minutes=1) if m["mm"] else timedelta(hours=1))
    return start.isoformat(), end.isoformat()


# Lunar days and solar terms --------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
@lru_cache(maxsize=512)
def lunar_day(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The Gregorian day of a day of the lunar year ``year`` (正月初一 2024 is 2024-02-10); None where there is none.

    ``day`` 30 of a short month is its last day, as 大年三十 is said of the 29th too.
    """
    if not 1000 <= year <= 3000:
        return None
    from lunar_python import Lunar  # 30 ms: only where a lunar day is named

    for last in (day, 29) if day == 30 else (day,):
        try:
            solar = Lunar.fromYmd(year, -month if leap else month, last).getSolar()
        except Exception:  # lunar-python raises plain Exceptions for days and leap months that do not exist
            continue
        return make_date(solar.getYear(), solar.getMonth(), solar.getDay())
    return None


def lunar_day_of(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The day of the lunar month and day that lies in the Gregorian year ``year``, else that of its lunar year.

    腊月廿三 of 2024 is 2024-02-02, which belongs to the lunar year before.
    """
    found = [lunar_day(y, month, day, leap) for y in (year, year - 1)]
    return next((d for d in found if d and d.year == year), found[0])


@lru_cache(maxsize=512)
def _terms(year: int) -> dict[str, date]:
    from lunar_python import Lunar

    out = {}
    for name, solar in Lunar.fromYmd(year, 6, 1).getJieQiTable().items():
        day = make_date(solar.getYear(), solar.getMonth(), solar.getDay())
        if day is not None:
            out[name] = day
    return out


def solar_term(year: int, name: str) -> date | None:
    """The day of a solar term in a Gregorian year, ``name`` as lunar-python calls it (冬至 of the year is DONG_ZHI)."""
    return _terms(year).get(name) if 1000 <= year <= 3000 else None
