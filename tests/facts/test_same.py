"""Facts that state the same are grouped, the most precise first."""

from __future__ import annotations

import pytest

from pipeline.chain import extract


def groups(text):
    document = extract(text, "2024-05-31")
    texts = {f.id: f.args.quantity.text for f in document.facts if hasattr(f.args, "quantity")}
    names = {f.id: texts.get(f.id) or f.args.person.text for f in document.facts if f.same_as}
    return {f"{f.id}:{names[f.id]}": [names[i] for i in f.same_as] for f in document.facts if f.same_as}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("全市苗圃面积超100公顷\n2023年，全市苗圃面积达103.08公顷。", ["超100公顷", "103.08公顷"]),
        ("全市苗圃面积103公顷。2023年全市苗圃面积为103.08公顷。", ["103公顷", "103.08公顷"]),
        ("全市苗圃面积103公顷。2023年全市林地面积为103.08公顷。", []),
        ("2022年全市苗圃面积103公顷。2023年全市苗圃面积为103公顷。", []),
        ("全市苗圃面积103公顷。全市苗圃面积增长103公顷。", []),
        ("该村有3条河。该村修了3条路。", []),
        ("该厂净利润-1,684.52万元。去年，该厂净利润为-1,684.52万元。", ["-1,684.52万元"]),
    ],
)
def test_amounts(text, same):
    found = groups(text)
    assert sorted({name.partition(":")[2] for name in found}) == sorted(same)


def test_the_most_precise_comes_first():
    document = extract("全市苗圃面积近104公顷。全市苗圃面积约103公顷。2023年全市苗圃面积为103.4公顷。", "2024-05-31")
    exact = [f for f in document.facts if f.args.quantity.text == "103.4公顷"]
    others = [f for f in document.facts if f.same_as and f not in exact]
    assert others and all(f.same_as[0] == exact[0].id for f in others)


def test_roles():
    document = extract("园林局局长周启明介绍了情况。园林局局长周启明说，明年再建。", "2024-05-31")
    roles = [f for f in document.facts if hasattr(f.args, "person")]
    assert [f.same_as for f in roles] == [(roles[1].id,), (roles[0].id,)]


def test_one_price_told_a_thousand_times_is_no_million_of_names():
    document = extract("全市苗圃面积超103.4公顷。" * 500)
    told = [f for f in document.facts if f.same_as]
    assert len(told) == 500 and sum(len(f.same_as) for f in told) < 4 * 500
    first = next(f for f in told if len(f.same_as) == 499)
    assert all(f.same_as[0] == first.id for f in told if f is not first)
