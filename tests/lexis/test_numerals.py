"""Numeral strings and their numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexis.numerals import LONGEST, numerals
from pipeline.rulebook import load
from tests.lexis.spelling import han


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5×10^6", "1500000"),
        ("3.2×10⁻⁵", "0.000032"),
        ("一百零十万", "1100000"),
        ("0", "0"),
        ("1,234,567.89", "1234567.89"),
        ("185.30", "185.30"),
        ("1.50万", "15000"),
        ("1.5万亿", "1500000000000"),
        ("3万4千5百", "34500"),
        ("7万 5千", "75000"),
        ("二〇二四", "2024"),
        ("三点五", "3.5"),
        ("三点一四万", "31400"),
        ("廿", "20"),
        ("廿五", "25"),
        ("卅三", "33"),
        ("壹佰贰拾叁", "123"),
        ("一百五", "150"),
        ("三万五", "35000"),
        ("一百零五", "105"),
        ("十", "10"),
        ("十五", "15"),
        ("百万", "1000000"),
        ("两千一", "2100"),
        ("一万亿", "1000000000000"),
        ("三万五千亿", "3500000000000"),
        ("一亿两千万", "120000000"),
        ("2亿5000万", "250000000"),
        ("82，225.00", "82225.00"),
    ],
)
def test_values(text: str, value: str) -> None:
    found = numerals(load()).value(text)
    assert found is not None
    assert f"{found:f}" == value


@pytest.mark.parametrize(
    "text", ["", "点", "一点", "半", "1.2.3", "1,23", "三个", "两三百", "2 三", "9" * (LONGEST + 1)]
)
def test_what_is_no_numeral(text: str) -> None:
    assert numerals(load()).value(text) is None


@given(st.integers(0, 10**16 - 1))
def test_spelled_numbers_come_back(number: int) -> None:
    assert numerals(load()).value(han(number)) == number


@given(st.integers(0, 10**30), st.integers(0, 6))
def test_grouping_changes_nothing(number: int, places: int) -> None:
    value = Decimal(f"{number}E-{places}")
    assert (
        numerals(load()).value(f"{number // 10**places:,}" + (f".{number % 10**places:0{places}d}" if places else ""))
        == value
    )


@given(st.text("零一二三十百千万亿点.,0123廿两壹佰", max_size=60))
def test_a_value_is_finite_and_not_negative(text: str) -> None:
    value = numerals(load()).value(text)
    assert value is None or (value.is_finite() and value >= 0)
