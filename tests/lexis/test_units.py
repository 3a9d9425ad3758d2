"""Units at a place of a text, and their SI values."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexis.units import to_si, units
from pipeline.rulebook import load


@pytest.mark.parametrize(
    ("text", "code", "role"),
    [
        ("公里处", "km", "measure"),
        ("平方米以上", "m2", "measure"),
        ("千瓦时", "kWh", "measure"),
        ("kg左右", "kg", "measure"),
        ("人次", "人次", "count"),
        ("口人", "人", "count"),
        ("亿元", None, ""),
        ("元人民币", "CNY", "money"),
        ("元欧元", "EUR", "money"),
        ("个百分点", "pp", "percent"),
        ("月", "月", "time"),
        ("个月", "个月", "time"),
        ("度", "度", "open"),
        ("岁", "岁", "age"),
        ("部门", None, ""),
        ("项目标", "项", "count"),
        ("项目投资", None, ""),
        ("kgs", None, ""),
        ("米饭", None, ""),
        ("成立", None, ""),
    ],
)
def test_longest_unit(text: str, code: str | None, role: str) -> None:
    unit = units(load()).at(text, 0)
    assert (unit.code if unit else None) == code
    assert (unit.role if unit else "") == role


@pytest.mark.parametrize(
    ("text", "code"), [("立方米", "m3"), ("分", "min"), ("小时", "h"), ("度", "kWh"), ("箱", "箱")]
)
def test_denominators(text: str, code: str) -> None:
    unit = units(load()).per(text, 0)
    assert unit is not None and unit.code == code


@pytest.mark.parametrize(
    ("text", "value", "si"),
    [
        ("吨", "1.5", "1500"),
        ("千瓦时", "2", "7200000"),
        ("℃", "-12.4", "260.75"),
        ("℉", "32", "273.15"),
        ("亩", "1", "666.666666667"),
        ("斤", "3", "1.5"),
        ("微米", "7", "0.000007"),
        ("公顷", "185.30", "1853000"),
    ],
)
def test_si(text: str, value: str, si: str) -> None:
    unit = units(load()).at(text, 0)
    assert unit is not None
    assert to_si(Decimal(value), unit) == si


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from([r for r in load().rows("units") if r["factor"]]))
def test_si_is_exact_where_it_ends(value: Decimal, row: object) -> None:
    unit = units(load()).at(row["words"][0], 0)  # type: ignore[index]
    if unit is None or unit.factor is None:
        return
    exact = (Fraction(value) + (unit.offset or 0)) * unit.factor
    text = to_si(value, unit)
    assert "E" not in text.upper()
    assert abs(Fraction(text) - exact) <= abs(exact) / 10**11


def test_every_factor_has_its_si_unit() -> None:
    for row in load().rows("units"):
        assert row["factor"] is None or row["si"] or row["role"] == "period", row.id
