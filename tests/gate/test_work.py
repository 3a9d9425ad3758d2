"""How much is done for a text, counted in what no machine changes: calls, searches, objects. The ceilings only fall.

Times are measured in tests/bench; here a change that makes every document dearer is seen without a clock.
"""

from __future__ import annotations

import gc
import sys
import tomllib
from collections import Counter
from pathlib import Path
from types import FrameType

import pytest

import pipeline

HERE = Path(__file__).parent
CEILINGS = tomllib.loads((HERE / "ceilings.toml").read_text("utf-8"))
SEARCHES = {"search", "match", "fullmatch", "finditer", "sub", "split", "find_matches_as_indexes"}
"""Methods that scan a text in C: of patterns and of automata."""


def articles() -> list[bytes]:
    return [path.read_bytes() for path in sorted((HERE.parents[1] / "samples").glob("*.txt"))]


def calls(texts: list[bytes]) -> Counter[str]:
    """What is called as facts are extracted from ``texts``."""
    counts: Counter[str] = Counter()

    def count(frame: FrameType, event: str, arg: object) -> None:
        if event == "call":
            counts["calls"] += 1
        elif event == "c_call":
            counts["calls into C"] += 1
            counts["searches"] += getattr(arg, "__name__", "") in SEARCHES

    sys.setprofile(count)
    try:
        list(pipeline.extract_texts(texts))
    finally:
        sys.setprofile(None)
    return counts


@pytest.fixture(scope="module")
def counted() -> dict[str, float]:
    """What is done and made for a thousand characters once all rules are compiled."""
    texts = articles()
    list(pipeline.extract_texts(texts))
    counts = calls(texts)
    gc.collect()
    before = sys.getallocatedblocks()
    documents = list(pipeline.extract_texts(texts))
    gc.collect()
    counts["objects held"] = sys.getallocatedblocks() - before
    assert len(documents) == len(texts)
    size = sum(document.doc.chars for document in documents) / 1000
    return {name: number / size for name, number in counts.items()}


@pytest.mark.parametrize("name", CEILINGS)
def test_no_more_is_done_than_before(counted: dict[str, float], name: str) -> None:
    assert counted[name] <= CEILINGS[name], f"{name} a thousand characters: {counted[name]:.0f}"
    assert counted[name] > CEILINGS[name] / 2, "the ceiling is far too high: lower it"


def test_a_character_costs_the_same_in_a_text_of_any_length() -> None:
    article = "".join(articles()[0].decode("utf-8").split("\n"))
    one = "县水务局局长唐启文说，水库蓄水1.2亿立方米，比去年同期多3%。县农业局长魏立群昨天也到场。" + article
    calls([(one * 2).encode()])  # compiles what is compiled once
    short, long = (calls([(one * times).encode()]) for times in (16, 64))
    grown = {name: long[name] / short[name] / 4 for name in short}
    assert max(grown.values()) < 1.1, grown
