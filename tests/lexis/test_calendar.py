"""Arithmetic of the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexis.calendar import (
    days_in,
    interval,
    lunar_day,
    lunar_day_of,
    make_date,
    nth_weekday,
    shift_day,
    shift_month,
    solar_term,
    week_value,
    weekday_in_week,
)


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2024", "2024-01-01T00:00:00", "2025-01-01T00:00:00"),
        ("2024-02", "2024-02-01T00:00:00", "2024-03-01T00:00:00"),
        ("2023-Q4", "2023-10-01T00:00:00", "2024-01-01T00:00:00"),
        ("2024-H2", "2024-07-01T00:00:00", "2025-01-01T00:00:00"),
        ("2024-WI", "2024-12-01T00:00:00", "2025-03-01T00:00:00"),
        ("2024-W01", "2024-01-01T00:00:00", "2024-01-08T00:00:00"),
        ("199X", "1990-01-01T00:00:00", "2000-01-01T00:00:00"),
        ("19XX", "1900-01-01T00:00:00", "2000-01-01T00:00:00"),
        ("2024-05-30TMO", "2024-05-30T06:00:00", "2024-05-30T12:00:00"),
        ("2024-05-30TNI", "2024-05-30T00:00:00", "2024-05-30T06:00:00"),
        ("2024-05-30T15:00", "2024-05-30T15:00:00", "2024-05-30T15:01:00"),
        ("2024-05-30T15", "2024-05-30T15:00:00", "2024-05-30T16:00:00"),
        ("2024-05-31T24:00", "2024-06-01T00:00:00", "2024-06-01T00:01:00"),
        ("2021/2025", "2021-01-01T00:00:00", "2026-01-01T00:00:00"),
        ("2024-05-31T09:00/2024-05-31T11:00", "2024-05-31T09:00:00", "2024-05-31T11:00:00"),
    ],
)
def test_the_interval_of_a_value(value: str, start: str, end: str) -> None:
    assert interval(value) == (start, end)


@pytest.mark.parametrize(
    "value", ["", "PAST_REF", "XXXX-05-22", "2023-02-30", "T08:00/T21:30", "P3Y", "0000", "2024-13", "2024-W60"]
)
def test_what_is_not_determined_has_no_interval(value: str) -> None:
    assert interval(value) == (None, None)


@given(st.integers(1, 9998), st.integers(1, 12), st.integers(-2000, 2000))
def test_months_move_there_and_back(year: int, month: int, by: int) -> None:
    assert shift_month(*shift_month(year, month, by), -by) == (year, month)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 7))
def test_a_weekday_lies_in_the_week(day: date, weekday: int) -> None:
    found = weekday_in_week(day, weekday)
    assert week_value(found) == week_value(day)
    assert found.isoweekday() == weekday


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 4), st.integers(1, 7))
def test_the_nth_weekday(year: int, month: int, nth: int, weekday: int) -> None:
    found = nth_weekday(year, month, nth, weekday)
    assert found is not None and found.isoweekday() == weekday and (found.day - 1) // 7 == nth - 1


@pytest.mark.parametrize(
    ("year", "month", "day", "leap", "expected"),
    [
        (2024, 1, 1, False, date(2024, 2, 10)),
        (2024, 5, 5, False, date(2024, 6, 10)),
        (2020, 4, 1, True, date(2020, 5, 23)),
        (2022, 4, 1, True, None),
        (2021, 12, 30, False, date(2022, 1, 31)),
    ],
)
def test_lunar_days(year: int, month: int, day: int, leap: bool, expected: date | None) -> None:
    assert lunar_day(year, month, day, leap) == expected


def test_a_lunar_day_lies_in_the_gregorian_year_that_is_asked_for() -> None:
    assert lunar_day_of(2024, 12, 23) == date(2024, 2, 2)


def test_the_solar_term_is_that_of_the_year() -> None:
    assert solar_term(2024, "DONG_ZHI") == date(2024, 12, 21)
    assert solar_term(2024, "立春") == date(2024, 2, 4)
    assert solar_term(2024, "no term") is None


def test_days_that_do_not_exist() -> None:
    assert make_date(2023, 2, 29) is None
    assert days_in(2024, 2) == 29
    assert shift_day(date(2024, 5, 31), 10**9) is None
