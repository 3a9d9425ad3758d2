"""Event facts: triggers in their frames, who, what, where and when, and the same words where they tell no event."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.facts.articles import article, check_arguments, event_facts, words_of

CASES = json.loads((Path(__file__).parents[1] / "cases" / "facts_events.json").read_text("utf-8"))
PIECES = "云岭药业|将|在昆明|举行|了|的|成立|相撞|与|客车|，|。|“|”|（|发生|火灾|于|收购|股份".split("|")


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:16] for c in CASES])
def test_events(case):
    view = article(case["text"], case["names"])
    found = [
        [f.norm["type"], *(words_of(view, f.args.get(k)) for k in ("trigger", "agent", "object", "place"))]
        for f in event_facts(view)
    ]
    assert found == case["events"]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("去年5月，协会成立。", "2023-05"),
        ("去年5月，茶价上涨，协会成立。", "2023-05"),
        ("茶价去年5月上涨，协会成立。", None),
        ("协会于去年5月成立。", "2023-05"),
    ],
)
def test_the_time_of_the_clause_or_of_the_whole_sentence(text, time):
    view = article(text, times=[("去年5月", "2023-05")])
    (fact,) = event_facts(view)
    assert fact.norm["time"] == time


def test_who_acts_behind_a_date_that_opens_the_clause():
    view = article("茶厂发布公告，于9月17日该公司回购两万股。", times=[("9月17日", "2023-09-17")])
    fact = event_facts(view)[-1]
    assert words_of(view, fact.args.get("agent")) == "该公司"


@pytest.mark.parametrize(
    ("text", "modality", "polarity"),
    [
        ("公司拟收购药厂股份。", "planned", "affirmed"),
        ("公司尚未收购药厂股份。", "asserted", "denied"),
        ("公司收购药厂股份。", "asserted", "affirmed"),
        ("如果公司收购药厂股份，药价将下降。", "estimated", "affirmed"),
        ("网传公司收购药厂股份。", "reported", "affirmed"),
        ("公司拒绝收购药厂股份。", "asserted", "denied"),
        ("县里要加快编制出台《湖泊保护规划》。", "planned", "affirmed"),
        ("公司加快扩产后收购药厂股份。", "asserted", "affirmed"),
        ("希望两家药厂达成供货协议。", "planned", "affirmed"),
        ("新希望收购药厂股份。", "asserted", "affirmed"),
    ],
)
def test_plans_and_denials(text, modality, polarity):
    (fact,) = event_facts(article(text))
    assert (fact.modality, fact.polarity) == (modality, polarity)


@settings(max_examples=80)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_any_text_gives_arguments_within_it(text):
    view = article(text, [("云岭药业", "ORG")] if "云岭药业" in text else [])
    for fact in event_facts(view):
        check_arguments(view, fact)
        assert fact.norm["type"]
