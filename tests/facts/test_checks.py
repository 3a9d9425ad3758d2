"""Checks: what agrees, what does not, and what is left alone because its words do not say that it must."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.chain import extract
from pipeline.facts.verdict import Range, plain
from tests.work import calls

CASES = json.loads((Path(__file__).parents[1] / "cases" / "facts_checks.json").read_text("utf-8"))


def told(text, published="2024-05-31"):
    document = extract(text, published)
    marks = {True: "ok", False: "failed"}
    return [f"{c.rule.removeprefix('check.')} {c.expected} {c.actual} {marks[c.ok]}" for c in document.checks]


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:20] for c in CASES])
def test_checks(case):
    assert told(case["text"]) == case["checks"]


def test_the_facts_of_a_check_stand_in_the_order_of_the_text():
    document = extract("全市林地共400公顷，其中竹林100公顷，占25%。", "2024-05-31")
    texts = {f.id: f.args.quantity.text for f in document.facts}
    assert [texts[i] for i in document.checks[0].facts] == ["400公顷", "100公顷", "25%"]


def test_a_date_that_fails_is_told_as_an_issue_with_its_place():
    text = "会议定于2024年5月30日（星期五）召开。"
    (issue,) = extract(text, "2024-05-31").issues
    assert issue.code == "check.weekday"
    assert [text[a:b] for a, b in issue.spans] == ["2024年5月30日（星期五"]


def test_a_rule_that_is_switched_off_checks_nothing(tmp_path):
    (tmp_path / "checks.toml").write_text(
        'note = "mine"\n[[rule]]\nid = "check.part-whole"\nenabled = false\n', encoding="utf-8"
    )
    text = "全市林地共400公顷，其中竹林100公顷，占25%。"
    assert extract(text).checks and not extract(text, rules=tmp_path).checks


@given(st.integers(1, 10**6), st.integers(1, 10**6))
@settings(max_examples=60)
def test_a_share_that_is_computed_and_rounded_agrees(part, rest):
    whole = part + rest
    share = (Decimal(100 * part) / whole).quantize(Decimal("0.01"))
    found = told(f"全市林地共{whole}公顷，其中竹林{part}公顷，占{share}%。")
    assert [line.split()[-1] for line in found if line.startswith("part-whole")] in ([], ["ok"])


@given(st.lists(st.integers(2, 99), min_size=2, max_size=6), st.integers(1, 9))
@settings(max_examples=40)
def test_a_list_in_brackets_agrees_with_its_sum_and_with_no_other(parts, more):
    names = "东乡 西乡 南乡 北乡 上乡 下乡".split()
    listed = "，".join(f"{name}{n}座" for name, n in zip(names, parts, strict=False))
    total = sum(parts)
    if total % 10 and (total + more) % 10 and all(n % 10 for n in parts):  # exact counts
        assert told(f"全县新建水库{total}座（{listed}）。") == [f"sum {total} {total} ok"]
        assert told(f"全县新建水库{total + more}座（{listed}）。") == [f"sum {total} {total + more} failed"]


def test_bounds_are_those_of_the_worst_case():
    a = Range(Decimal(10), Decimal(9), Decimal(11))
    b = Range(Decimal(4), Decimal(3), Decimal(5))
    assert a - b == Range(Decimal(6), Decimal(4), Decimal(8))
    assert (a / b).low == Decimal(9) / 5 and (a / b).high == Decimal(11) / 3


def test_numbers_are_plain():
    assert plain(Decimal("1E+8")) == "100000000"
    assert plain(Decimal("62.560")) == "62.560"
    assert plain(Decimal("0.0050")) == "0.0050"


@pytest.mark.parametrize(
    "clause", ["同比增长{}%，", "云岭药业({}%)", "由{}亿元增长3%，", "占全国{}万辆的52%，", "目标是翻{}番"]
)
def test_changes_and_brackets_of_a_sentence_stay_linear(clause):
    """Of thousands of shares, or changes without an amount, none looks through all others, nor through all brackets."""

    def work(times):
        return calls(extract, "".join(clause.format(i % 97 + 1) for i in range(times)))

    work(1200)  # what is compiled only when it is first needed
    assert work(1200) < work(300) * 4 * 1.4


def test_checks_are_linear():
    """Thousands of amounts of one unit in one sentence are looked at within a bounded distance."""
    text = "全县水库共40座，其中" + "、".join(f"第{i}乡{i % 7 + 2}座" for i in range(3000)) + "。"
    assert len(extract(text).facts) > 2000
