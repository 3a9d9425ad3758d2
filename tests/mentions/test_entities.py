"""Names in sentences, and what holds of the names of any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.core.model import Entity
from pipeline.mentions.entities import RulesTier, find_entities
from pipeline.rulebook import load
from tests.mentions.views import view_of

CASES = json.loads((Path(__file__).parents[1] / "cases" / "entities.json").read_text("utf-8"))
PIECES = (
    "温岭市 深圳 水务局 （ ） · 克里斯 霍尔 记者 陶启明 公司 《 》 和 、 的 说 ， 2024年 3公里".split()
    + "处 A 有限公司 以下简称 “ ” 😀 路".split()
    + ["\n", " "]
)


def entities(text: str) -> list[Entity]:
    return find_entities([view_of(text)], load(), RulesTier())[0]


def found(text: str) -> list[list[str]]:
    return [[text[e.start : e.end], e.label] for e in entities(text)]


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:12] for c in CASES])
def test_the_names_of_a_sentence(case: dict[str, Any]) -> None:
    names = found(case["text"])
    if case.get("within"):
        assert [name for name in case["entities"] if name not in names] == []
    else:
        assert names == case["entities"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_names_lie_in_the_text_apart_and_in_order(text: str) -> None:
    at = 0
    for e in entities(text):
        assert at <= e.start < e.end <= len(text)
        assert "\n" not in text[e.start : e.end]
        at = e.end


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_ids_count_up_in_the_order_of_first_mention(text: str) -> None:
    seen = list(dict.fromkeys(e.norm.entity for e in entities(text)))
    assert seen == [f"e{i}" for i in range(1, len(seen) + 1)]


def test_the_same_text_gives_the_same_names() -> None:
    text = "温岭市水务局局长陶启明介绍，深圳市与杭州市余杭区签约。"
    assert entities(text) == entities(text)


def test_every_rule_of_an_entity_stands_in_the_rules() -> None:
    known = {p.id for p in load().patterns("entities")}
    text = "\n".join(c["text"] for c in CASES)
    assert {e.rule for e in entities(text)} <= known


def test_a_byline_gives_its_writers() -> None:
    text = "本报记者 袁步兵 通讯员 于晓禾"
    names = [
        text[e.start : e.end]
        for e in find_entities([view_of(text, "byline")], load(), RulesTier())[0]
        if e.label == "PER"
    ]
    assert names == ["袁步兵", "于晓禾"]


def test_an_empty_text_has_no_names() -> None:
    assert entities("") == []


def test_no_name_reaches_beyond_the_text() -> None:
    # A compound surname with one given name in the last line.
    names = pipeline.extract("新桥今天通车。\n滨江晚报记者 欧阳晴").mentions
    assert "欧阳晴" in [m.text for m in names]


@pytest.mark.parametrize(
    "text",
    [
        "记者来自印度派出所，云岭研究所面临搬迁，王毅同德国外长会谈，快讯：远山锂业近日公告",
        "成员有比亚迪、宁德时代、远山博纳、",  # a list that breaks off: the finder of its firms went round and round
    ],
)
def test_a_text_may_end_within_a_name(text: str) -> None:
    for end in range(1, len(text) + 1):
        assert all(e.end <= end for e in entities(text[:end]))
