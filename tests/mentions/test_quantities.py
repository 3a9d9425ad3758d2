"""Amounts as mentions with their norm."""

from __future__ import annotations

import pytest

from pipeline.core.model import Quantity, View
from pipeline.lexis.amountscan import scan_amounts
from pipeline.mentions.quantities import find_quantities
from pipeline.rulebook import load


def mentions(text: str) -> tuple[View, list[Quantity]]:
    view = View(text, text)
    return view, find_quantities(view, scan_amounts(text, load()), load())


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "unit", "si"),
    [
        ("存粮约3.2万吨", "32000", None, None, "t", ("32000000", "kg")),
        ("室温2—7℃", None, "2", "7", "Cel", (None, "K")),
        ("浓度31微克/立方米", "31", None, None, "ug/m3", ("0.000000031", "kg/m3")),
        ("时速300公里", "300", None, None, "km/h", ("83.3333333333", "m/s")),
        ("省电50度", "50", None, None, "kWh", ("180000000", "J")),
        ("每平方公里1.8万人", "18000", None, None, "人/km2", None),
        ("共有46辆", "46", None, None, "辆", None),
        ("以3∶1击败对手", "3:1", None, None, "", None),
        ("跌破12.50美元", "12.50", None, None, "USD", None),
    ],
)
def test_norms(
    text: str, value: str | None, low: str | None, high: str | None, unit: str, si: tuple[str | None, str] | None
) -> None:
    (found,) = mentions(text)[1]
    norm = found.norm
    assert (norm.value, norm.low, norm.high, norm.unit) == (value, low, high, unit)
    assert (norm.si and (norm.si.value, norm.si.unit)) == si


def test_both_ends_of_a_range_are_converted() -> None:
    (found,) = mentions("室温2—7℃")[1]
    assert found.norm.si is not None
    assert (found.norm.si.low, found.norm.si.high) == ("275.15", "280.15")


def test_a_numeral_beyond_the_bound_is_told_and_not_found() -> None:
    view, found = mentions("账上" + "8" * 500 + "元")
    assert found == []
    assert [(i.code, i.spans) for i in view.issues] == [("numeral.too-long", ((2, 502),))]
