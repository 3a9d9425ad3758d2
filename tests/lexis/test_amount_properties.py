"""Amounts made from values, in every spelling, with units, signs and ends, are read back as they were."""

from __future__ import annotations

from decimal import Decimal

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.lexis.amounthit import AmountHit
from pipeline.lexis.amountnumber import number_reader
from pipeline.lexis.amountpiece import piece_reader
from pipeline.lexis.amountscan import scan_amounts
from pipeline.lexis.fold import fold
from pipeline.rulebook import load
from tests.lexis.spelling import STYLES, WHOLE, han, plain

PLACES = st.integers(0, 6)
DIGITS = st.integers(1, 10**16 - 1)
# Units that stand by themselves wherever they are; what the surroundings decide has examples of its own.
UNITS = [
    (row["words"][0], row["code"], row["scale"] or Decimal(1))
    for row in load().rows("units")
    if row["role"] in ("measure", "percent", "ratio") and row["words"][0] not in ("成", "折", "百万英热单位")
] + [
    (row["words"][0], row["unit"] or row["words"][0], Decimal(1))
    for row in load().rows("measure_words")
    if row["one"] == "yes"
]
MONEY = [(row["words"][0], row["code"]) for row in load().rows("currencies") if row["factor"] is None]


def decimal(digits: int, places: int) -> Decimal:
    """A number between 10^-6 and 10^16 whose last place counts."""
    number = Decimal(digits).scaleb(-places)
    return number if places == 0 or digits % 10 else number + Decimal(1).scaleb(-places)


def one(text: str) -> AmountHit:
    hits = scan_amounts(fold(text), load())
    assert len(hits) == 1, (text, hits)
    return hits[0]


@given(DIGITS, PLACES, st.sampled_from(sorted(STYLES)))
def test_every_spelling_comes_back(digits: int, places: int, style: str) -> None:
    value = decimal(digits, places)
    assume(value < 10**16)
    text = f"共{STYLES[style](value)}吨。"
    hit = one(text)
    assert (hit.value, hit.unit, text[hit.start : hit.end]) == (value, "t", text[1:-1])


@given(st.integers(1, 10**16 - 1), st.sampled_from(sorted(WHOLE)))
def test_whole_numbers_come_back(number: int, style: str) -> None:
    text = f"计{WHOLE[style](Decimal(number))}元整。"
    hit = one(text)
    assert (hit.value, hit.unit) == (number, "CNY")


@given(DIGITS, PLACES)
def test_precision_is_that_of_the_spelling(digits: int, places: int) -> None:
    value = Decimal(digits).scaleb(-places)
    assume(value < 10**16)
    assert str(one(f"共{plain(value)}吨。").value) == f"{value:f}"


@given(st.integers(2, 10**7), PLACES, st.sampled_from(UNITS))
def test_every_unit_is_read(digits: int, places: int, unit: tuple[str, str, Decimal]) -> None:
    word, code, scale = unit
    value = decimal(digits, places)
    hit = one(f"共{plain(value)}{word}。")
    assert (hit.value, hit.unit) == (value * scale, code)


@given(st.integers(2, 10**7), PLACES, st.sampled_from(MONEY))
def test_every_currency_is_read(digits: int, places: int, unit: tuple[str, str]) -> None:
    value = decimal(digits, places)
    hit = one(f"共{plain(value)}万{unit[0]}。")
    assert (hit.value, hit.unit, hit.kind) == (value * 10000, unit[1], "money")


@given(
    st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.sampled_from("-—–~～至到"),
    st.sampled_from(["吨", "元", "公里", "%"]),
)
def test_ranges_come_back(a: int, b: int, sign: str, unit: str) -> None:
    assume(a < b)
    hit = one(f"约为{a}{sign}{b}{unit}。")
    assert (hit.value, hit.low, hit.high, hit.modifier) == (None, a, b, "approx")


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from([("万", 10**4), ("亿", 10**8)]))
def test_a_range_shares_its_scale(a: int, b: int, scale: tuple[str, int]) -> None:
    assume(a < b)
    hit = one(f"投资{a}至{b}{scale[0]}元。")
    assert (hit.low, hit.high) == (a * scale[1], b * scale[1])


@given(st.integers(1, 9999), PLACES, st.sampled_from(["零下", "-", "－", "−", "负"]))
def test_negatives_come_back(digits: int, places: int, sign: str) -> None:
    value = decimal(digits, places)
    assert one(f"气温{sign}{plain(value)}℃。").value == -value


@given(st.integers(1, 99), st.sampled_from([("百", "%", 1), ("千", "", 1000), ("万", "", 10000)]))
def test_shares_of_a_hundred_thousand_and_ten_thousand(number: int, below: tuple[str, str, int]) -> None:
    word, unit, divisor = below
    hit = one(f"占{word}分之{han(number)}。")
    assert (hit.value, hit.unit) == (Decimal(number) / divisor, unit)


@pytest.mark.parametrize(("word", "code", "scale"), UNITS, ids=lambda u: str(u))
def test_every_unit_takes_a_chinese_numeral(word: str, code: str, scale: Decimal) -> None:
    hit = one(f"共三百二十五{word}。")
    assert (hit.value, hit.unit) == (325 * scale, code)


@settings(max_examples=300)
@given(st.text("0123456789..,，·・ 多余来几万亿千百点五一两壹拾元个股%+又分之半年", min_size=1, max_size=12))
def test_digits_are_read_at_once_as_every_numeral_is(text: str) -> None:
    run, *told = (regex.compile(load().fragment("quantities", name)) for name in ("RUN", "DIGITS", "HAN_ALONE"))
    pieces, numbers = piece_reader(load()), number_reader(load())
    for m in (m for one in told for m in one.finditer(text)):
        assert run.match(text, m.start())[0] == m[0]
        if text[m.end() : m.end() + 1] not in pieces.goes_on:
            number = numbers.parsed(m[0])
            assert pieces.with_unit(text, *m.span(), number, None, m.end()) == pieces.read(text, m.start())
