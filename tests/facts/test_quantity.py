"""Quantity facts: what amounts hang on, what clauses leave out, changes and their basis, times, 每-phrases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.model import Entity, EntityNorm
from pipeline.facts.clause_marks import MEASURED
from pipeline.facts.ranks import ranks_in
from pipeline.rulebook import load
from tests.facts.amounts import measured
from tests.facts.articles import check_arguments, quantity_facts, words_of

CASES = json.loads((Path(__file__).parents[1] / "cases" / "facts_quantity.json").read_text("utf-8"))
MARKS = [
    p for p in "该市 粮食 产量 达 同比 增长 降至 比 {上年|2023} [3吨|measure|t] [5家|count|家] [7%|percent|%]".split()
]
MARKS += "[第二|ordinal|] [2倍|ratio|x] 企业 的 和 、 ， 。 （ ） 其中 占 分别 由 每 每股 受伤 查获 \n 100".split(" ")


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:16] for c in CASES])
def test_quantities(case):
    view = measured(case["text"])
    found = []
    for fact in quantity_facts(view):
        change = fact.norm["change"]
        args = [words_of(view, fact.args.get(name)) for name in ("quantity", "subject", "property")]
        told = change and [change.direction, change.role, change.basis]
        found.append([*args, fact.norm["time"], told, fact.norm["per"]])
    assert found == case["facts"]


@given(st.lists(st.sampled_from(MARKS), max_size=14).map("".join))
@settings(max_examples=150)
def test_every_measured_quantity_gives_one_fact_and_no_other_does(marked):
    view = measured(marked)
    facts = quantity_facts(view)
    assert [f.args["quantity"].pieces for f in facts] == [
        ((q.start, q.end),) for q in view.quantities if q.norm.kind in MEASURED
    ]
    ids = {p.id for p in load().patterns("facts_quantity")} | {"fact.quantity.respective"}
    for fact in facts:
        check_arguments(view, fact)
        assert fact.rule in ids
    assert facts == quantity_facts(view)


def test_text_without_punctuation_costs_no_more_a_character():
    """Windows are bounded, so that a run of thousands of amounts is looked at piece by piece."""
    view = measured("产量达[3吨|measure|t]比上年增长[7%|percent|%]的企业和" * 400)
    facts = quantity_facts(view)
    assert len(facts) == 800
    assert len({f.rule for f in facts}) <= 10


@pytest.mark.parametrize(
    ("marked", "subject", "scope"),
    [
        ("该县茶叶产量位居全省[第二|ordinal|]。", "该县茶叶", "全省"),
        ("该市种植果树四万亩，居全省[第三|ordinal|]。", "该市", "全省"),
    ],
)
def test_ranks(marked, subject, scope):
    view = measured(marked)
    ((fact,),) = ranks_in([view], load())
    assert words_of(view, fact.args["subject"]) == subject
    assert words_of(view, fact.args["scope"]) == scope
    assert quantity_facts(view) == []


@pytest.mark.parametrize(
    ("marked", "place"),
    [
        ("公司在青岚县新建[3座|count|座]水厂。", "青岚县"),
        ("青岚县发生[4.3级|measure|级]地震。", "青岚县"),
        ("青岚县人口达[3万人|count|人]。", None),
    ],
)
def test_places(marked, place):
    view = measured(marked)
    start = view.text.index("青岚县")
    view.entities = [Entity(start, start + 3, "LOC", EntityNorm("青岚县", "e1", None, ()), "entity.given")]
    (fact,) = quantity_facts(view)
    assert words_of(view, fact.args.get("place")) == place


@pytest.mark.parametrize(
    ("marked", "times"),
    [
        ("①{2021年|2021}，甲指涨[1%|percent|%]。②乙指涨[2%|percent|%]。", ["2021", None]),
        ("{2020年|2020}，公司发布公告[3次|count|次]，{近一年|P1Y|duration}共发布[12次|count|次]。", ["2020", None]),
        (
            "甲债收益率涨[1%|percent|%]，逼近{2月28日|2024-02-28}顶部[2%|percent|%]；乙债收益率涨[3%|percent|%]。",
            [None, "2024-02-28", None],
        ),
        ("【{2021年|2021}甲指收涨[1%|percent|%]】乙指涨[2%|percent|%]。", ["2021", None]),
    ],
)
def test_times_that_reach_no_further(marked, times):
    assert [fact.norm["time"] for fact in quantity_facts(measured(marked))] == times


def test_an_ordinal_without_a_verb_of_ranking_is_no_rank():
    assert ranks_in([measured("这是[第三届|ordinal|届]博览会。")], load()) == [[]]


@pytest.mark.parametrize(
    ("marked", "modality", "polarity"),
    [
        ("公司拟投资[5亿元|money|CNY]。", "planned", "affirmed"),
        ("全县完成年度目标的[93%|percent|%]。", "asserted", "affirmed"),
        ("产量预计达[5万吨|measure|t]。", "estimated", "affirmed"),
        ("产量并未达到[5万吨|measure|t]。", "asserted", "denied"),
        ("产量不会突破[5万吨|measure|t]。", "asserted", "denied"),
        ("产量会不会突破[5万吨|measure|t]？", "asserted", "affirmed"),
        ("产量达[5万吨|measure|t]。", "asserted", "affirmed"),
    ],
)
def test_plans_estimates_and_denials(marked, modality, polarity):
    (fact,) = quantity_facts(measured(marked))
    assert (fact.modality, fact.polarity) == (modality, polarity)


def test_a_change_of_what_is_foretold_is_foretold_too():
    told = "公司预计全年营收达[8亿元|money|CNY]，同比增长[两成|percent|%]，"
    marked = told + "已有订单[3亿元|money|CNY]，同比增长[一成|percent|%]。"
    modalities = [fact.modality for fact in quantity_facts(measured(marked))]
    assert modalities == ["estimated", "estimated", "asserted", "asserted"]
