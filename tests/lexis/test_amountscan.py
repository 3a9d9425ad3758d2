"""Where amounts stand and what they are; the cases are tests/cases/quantities.json."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.lexis.amountpiece import Piece
from pipeline.lexis.amountscan import AmountHit, Scanner, scan_amounts
from pipeline.lexis.amountsure import Sure
from pipeline.rulebook import load
from tests.work import calls

CASES = json.loads((Path(__file__).parents[1] / "cases" / "quantities.json").read_text("utf-8"))
ALPHABET = (
    "0123456789.,-—~:∶/% \nA¥一两三五十百千万亿零半几数第每约近超上多余来"
    "个元块毛角分点度级年月日人米公里斤成折倍首前翻番之又"
)

WORDS = [w for row in load().rows("approximators") for w in row["words"]] + [
    "每平方米", "亩产", "时速", "@", "电话", "中铁", "增长", "约占", "大目标", "企业", "死", "港元", "比索", "节", "（",
]  # fmt: skip


def shape(text: str, hit: AmountHit) -> list[Any]:
    """A hit as the cases write it: text, kind, value or [low, high] or points, unit, modifier."""
    value: Any = hit.points
    if value is None:
        value = f"{hit.value:f}" if hit.value is not None else [f"{hit.low:f}", f"{hit.high:f}"]
    return [text[hit.start : hit.end], hit.kind, value, hit.unit, hit.modifier]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:12])
def test_cases(case: dict[str, Any]) -> None:
    assert [shape(case["text"], h) for h in scan_amounts(case["text"], load())] == case["found"]


@given(st.text(ALPHABET, max_size=40))
def test_hits_are_in_order_apart_and_finite(text: str) -> None:
    hits = scan_amounts(text, load())
    assert all(a.end <= b.start for a, b in zip(hits, hits[1:], strict=False))
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
        numbers = [n for n in (hit.value, hit.low, hit.high) if n is not None]
        assert all(n.is_finite() for n in numbers)
        assert (hit.value is None) != (hit.low is None) or hit.points is not None or hit.issue is not None
        assert hit.low is None or hit.high is not None and hit.low <= hit.high


class _Unsure(Sure):
    """Tells nothing at once, so that all amounts go the long way."""

    def alone(self, text: str, start: int) -> bool:
        return False

    def is_nothing(self, text: str, blotted: str, piece: Piece) -> bool:
        return False


@settings(max_examples=300)
@given(st.lists(st.one_of(st.text(ALPHABET, max_size=6), st.sampled_from(WORDS)), max_size=12).map("".join))
def test_what_is_told_at_once_is_what_the_long_way_finds(text: str) -> None:
    slow = Scanner(load())
    slow._sure = _Unsure(load())
    assert scan_amounts(text, load()) == slow.scan([text])[0]


@given(st.text(ALPHABET, max_size=30))
def test_every_hit_names_a_rule(text: str) -> None:
    known = {rule.id for rule in load().all()}
    assert {h.rule for h in scan_amounts(text, load())} <= known


@pytest.mark.parametrize("char", ["7", "一", "万", "十", "几", "第", "每", "半"])
def test_endless_runs_are_bounded(char: str) -> None:
    hits = scan_amounts(char * 100_000, load())
    assert all(h.issue == "numeral.too-long" for h in hits)
    assert len(hits) <= 1


@pytest.mark.parametrize(
    "piece", ["7", "一", "万", "百", "1,", "3吨", "1/2", "第3", "约", "元", "3—", "五、", "比索", "每米"]
)
def test_work_is_in_proportion_to_length(piece: str) -> None:
    def work(length: int) -> int:
        return calls(lambda text: scan_amounts(text, load()), piece * (length // len(piece)))

    work(1000)
    assert work(400_000) < 4 * 1.4 * work(100_000)


def test_a_numeral_beyond_the_bound_is_an_issue() -> None:
    (hit,) = scan_amounts("合计" + "9" * 401 + "元", load())
    assert (hit.issue, hit.value) == ("numeral.too-long", None)


def test_precision_is_kept_as_written() -> None:
    (hit,) = scan_amounts("面积185.30公顷", load())
    assert str(hit.value) == "185.30"


def test_a_scale_is_exact() -> None:
    (hit,) = scan_amounts("共" + "3" * 60 + "万元", load())
    assert hit.value == Decimal("3" * 60 + "0000")
