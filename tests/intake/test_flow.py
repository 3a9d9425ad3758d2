"""Lines to paragraphs: what is plain by the look of lines is what the evidence says, whether anybody asks for it."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs

from pipeline.intake.evidence import Decision
from pipeline.intake.layout import lay_out
from pipeline.rulebook import load
from tests.intake.made import STYLES, make

RULES = load()
Lines = list[str]
DAMAGES: tuple[Callable[[Lines, random.Random], Lines], ...] = (
    lambda lines, some: lines,
    lambda lines, some: [x for x in lines if some.random() > 0.1],
    lambda lines, some: [x if some.random() > 0.1 else x[: some.randint(1, len(x) or 1)] for x in lines],
    lambda lines, some: [x.strip() for x in lines],
    lambda lines, some: [x.replace("。", " ").replace("”", "") for x in lines],
    lambda lines, some: [x.replace("，", "：") for x in lines],
    lambda lines, some: some.sample(lines, len(lines)),
    lambda lines, some: lines[len(lines) // 3 :] + lines[: len(lines) // 2],
    lambda lines, some: [x[i : i + 18] for x in ["".join(lines)] for i in range(0, len(x), 18)],
)
"""What may have happened to a page: lines lost, cut, stripped, in disorder, without full stops, wrapped anew."""


def damaged(style: str, seed: int, damage: int) -> str:
    return "\n".join(DAMAGES[damage](make(seed, style).text.splitlines(), random.Random(seed)))


def told(text: str, decisions: list[Decision] | None) -> list[Any]:
    """All that the layout tells of ``text``."""
    page = lay_out(text, RULES, decisions)
    articles = [{k: v for k, v in structs.asdict(x).items() if k != "offsets"} for x in page.articles]
    return [articles, page.furniture, page.issues]


PAGES = st.builds(damaged, st.sampled_from(STYLES), st.integers(0, 200), st.integers(0, len(DAMAGES) - 1))


@settings(max_examples=60)
@given(PAGES)
@example(damaged("wrap-parted", 11, 6))
def test_to_ask_for_the_evidence_changes_nothing(text: str) -> None:
    assert told(text, []) == told(text, None)


@settings(max_examples=60)
@given(PAGES)
def test_what_is_plain_is_what_the_evidence_says(text: str) -> None:
    decisions: list[Decision] = []
    lay_out(text, RULES, decisions)
    for d in decisions:
        if d.what in ("join", "head"):
            assert d.holds == (d.score > d.threshold), d


def test_a_report_is_not_drawn_into_a_line_where_no_line_ends_a_sentence() -> None:
    text = "江湾市昨天下午三时发生了震动\n江湾社滨江1月9日电（记者高远\n从会上了解到的情况是这样的市\n"
    decisions: list[Decision] = []
    assert told(text, decisions) == told(text, None)
    assert [d.holds for d in decisions if d.what == "join"] == [False, True]


def test_a_long_source_in_brackets_ends_its_paragraph() -> None:
    source = "（本文摘自江湾市交通局昨天发布的滨江新桥建设情况通报，题目和小标题都是编者后来另外加上去的）"
    text = f"滨江新桥昨天通车，全长三公里。{source}\n两岸居民昨天步行过桥，一共走了二十分钟。\n"
    decisions: list[Decision] = []
    assert told(text, decisions) == told(text, None)
    assert len(lay_out(text, RULES).articles[0].paragraphs) == 2


@pytest.mark.parametrize(
    ("behind", "joined"), [("好心的群众很快赶到了桥头。", False), ("分，群众很快赶到了桥头。", True)]
)
def test_a_time_without_its_unit_does_not_go_on(behind: str, joined: bool) -> None:
    first = "江湾市交通局昨天在会上介绍，第一辆从西岸开到东岸的汽车是一辆公共汽车，它通过新桥的时间是昨晚7点21"
    text = f"滨江新桥昨天通车，全长三公里。\n{first}\n{behind}\n两岸居民步行过桥，一共走了二十分钟。\n"
    decisions: list[Decision] = []
    lay_out(text, RULES, decisions)
    assert [d.holds for d in decisions if d.what == "join"][1] == joined
    assert any(name == "join_no_unit" for d in decisions for name, _ in d.evidence) != joined
