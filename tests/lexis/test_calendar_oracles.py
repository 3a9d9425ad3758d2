"""The lunar calendar, solar terms and movable feasts against independent sources.

The oracles: the position of the sun by the low-precision formula of Meeus (Astronomical Algorithms, chapter 25, good to
0.01 degrees), the statutory holidays of 2004 to 2026 as chinesecalendar lists them, dateutil's Easter, and New Year's
days of almanacs.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from dateutil.easter import easter as easter_of_dateutil

from pipeline.lexis.calendar import easter, lunar_day, lunar_day_of, nth_weekday, shift_day, solar_term
from pipeline.rulebook import load

TERMS = [r["term"] for r in load().rows("feasts") if r.id.startswith(("term.", "feast.tomb-sweeping"))]
NEW_YEARS = [
    *((1900, 1, 31), (1901, 2, 19), (1902, 2, 8), (1903, 1, 29), (1904, 2, 16), (1911, 1, 30), (1912, 2, 18)),
    *((1921, 2, 8), (1937, 2, 11), (1945, 2, 13), (1949, 1, 29), (1957, 1, 31), (1966, 1, 21), (1976, 1, 31)),
    *((1985, 2, 20), (1988, 2, 17), (1997, 2, 7), (2000, 2, 5), (2008, 2, 7), (2012, 1, 23), (2020, 1, 25)),
    *((2023, 1, 22), (2024, 2, 10), (2033, 1, 31), (2050, 1, 23), (2099, 1, 21), (2100, 2, 9)),
]


def solar_longitude(moment: datetime) -> float:
    """The apparent longitude of the sun in degrees at a moment of Chinese standard time."""
    days = (moment - timedelta(hours=8) - datetime(2000, 1, 1, 12)) / timedelta(days=1)
    t = days / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = math.radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (1.914602 - 0.004817 * t) * math.sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * math.sin(2 * anomaly) + 0.000289 * math.sin(3 * anomaly)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(math.radians(125.04 - 1934.136 * t))) % 360


def ahead(longitude: float, of: float) -> float:
    """How far ``longitude`` lies before (positive) or behind ``of``, in degrees between -180 and 180."""
    return (of - longitude + 180) % 360 - 180


@pytest.mark.parametrize("year", range(1900, 2101, 8))
def test_the_sun_reaches_each_term_on_its_day(year: int) -> None:
    assert len(TERMS) == 24
    reached = set()
    for name in TERMS:
        day = solar_term(year, name)
        assert day is not None and day.year == year
        midnight = datetime(day.year, day.month, day.day)
        longitude = round(solar_longitude(midnight + timedelta(hours=12)) / 15) * 15 % 360
        reached.add(longitude)
        assert ahead(solar_longitude(midnight), longitude) > -0.02, (name, day)
        assert ahead(solar_longitude(midnight + timedelta(days=1)), longitude) < 0.02, (name, day)
    assert reached == set(range(0, 360, 15))


@pytest.mark.parametrize("new_year", NEW_YEARS)
def test_new_years_days_of_almanacs(new_year: tuple[int, int, int]) -> None:
    day = date(*new_year)
    assert lunar_day(day.year, 1, 1) == day
    assert lunar_day(day.year - 1, 12, 30) == shift_day(day, -1)


def test_the_leap_month_of_2033() -> None:
    assert lunar_day(2033, 11, 1, leap=True) == date(2033, 12, 22)
    assert lunar_day(2033, 8, 1, leap=True) is None


@pytest.mark.parametrize(
    ("month", "day", "names", "first"),
    [
        (1, 1, {"Spring Festival"}, 2004),
        (5, 5, {"Dragon Boat Festival"}, 2008),
        (8, 15, {"Mid-autumn Festival", "National Day"}, 2008),
    ],
)
def test_lunar_feasts_are_holidays(month: int, day: int, names: set[str], first: int) -> None:
    for year in range(first, 2027):
        found = lunar_day_of(year, month, day)
        assert found is not None
        holiday, name = chinese_calendar.get_holiday_detail(found)
        assert holiday and name in {*names, None}, found  # 2012 has a Saturday without a name


def test_tomb_sweeping_is_a_holiday() -> None:
    for year in range(2008, 2027):
        found = solar_term(year, "清明")
        assert found is not None
        assert chinese_calendar.get_holiday_detail(found) == (True, "Tomb-sweeping Day")


def test_easter() -> None:
    assert all(easter(year) == easter_of_dateutil(year) for year in range(1900, 2101))


def test_the_last_weekday_of_a_month() -> None:
    for year in range(1999, 2030):
        last = nth_weekday(year, 5, -1, 1)
        assert last is not None and last.isoweekday() == 1 and last.month == 5 and last.day > 24
