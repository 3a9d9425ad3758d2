"""The formulas against the worked examples that were published with them, and against what they must be."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.statistics import Stratum, cohen_kappa, f1, krippendorff_alpha, stratified, wilson


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_newcombes(right: int, of: int, low: float, high: float) -> None:
    got = wilson(right, of)
    assert (got.value, got.low, got.high) == (right / of, pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_holds_the_proportion(counts: tuple[int, int]) -> None:
    value, low, high = wilson(*counts)
    assert value is not None and low is not None and high is not None
    assert 0 <= low <= value <= high <= 1


def test_of_nothing_there_is_no_proportion() -> None:
    assert wilson(0, 0) == (None, None, None)
    assert stratified([Stratum(5, 0, 0)]).proportion == (None, None, None)


def test_kappa_of_cohens_example() -> None:
    # Cohen (1960), table 1: 200 cases, three categories; kappa is given as .492.
    table = [(88, 14, 18), (10, 40, 10), (2, 6, 12)]
    pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    assert cohen_kappa(pairs) == pytest.approx(0.492, abs=5e-4)


def test_kappa_of_a_table_of_two_by_two() -> None:
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_kappa_needs_two_answers() -> None:
    assert cohen_kappa([]) is None
    assert cohen_kappa([("accept", "accept")] * 9) is None


def test_alpha_of_krippendorffs_examples() -> None:
    # Krippendorff (2011): section A, two observers and two values; section C, four observers, gaps, five values.
    first = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0)
    second = (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    assert krippendorff_alpha(zip(first, second, strict=True)) == pytest.approx(0.095, abs=5e-4)
    table = [
        (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
        (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
    ]
    units = [[a for a in answers if a is not None] for answers in zip(*table, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_alpha_needs_two_answers() -> None:
    assert krippendorff_alpha([["a"], ["b"]]) is None
    assert krippendorff_alpha([["a", "a"], ["a", "a"]]) is None


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=2, max_size=5), min_size=2, max_size=20))
def test_alpha_is_one_only_where_all_agree(units: list[list[str]]) -> None:
    alpha = krippendorff_alpha(units)
    if alpha is not None:
        assert alpha <= 1 + 1e-12
        assert (abs(alpha - 1) < 1e-12) == all(len(set(answers)) == 1 for answers in units)


def test_f1_is_the_same_either_way() -> None:
    one, other = frozenset("abcd"), frozenset("cdefgh")
    assert f1(one, other) == f1(other, one) == pytest.approx(2 * 2 / 10)
    assert f1(frozenset(), frozenset()) is None


def test_one_stratum_is_wilson_but_for_what_was_seen_of_it() -> None:
    got = stratified([Stratum(10**9, 50, 45)])
    want = wilson(45, 50)
    assert got.proportion == pytest.approx(want, abs=1e-6)
    whole = stratified([Stratum(50, 50, 45)])
    assert whole.proportion == (0.9, 0.9, 0.9), "all were judged: nothing is left to guess"


def test_each_stratum_has_the_weight_of_its_population() -> None:
    # Two rules, 900 and 100 facts; ten of each judged: all right, and half right.
    got = stratified([Stratum(900, 10, 10), Stratum(100, 10, 5), Stratum(7, 0, 0)])
    assert got.proportion.value == pytest.approx(0.95)
    assert (got.population, got.covered, got.judged) == (1007, 1000, 20)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """A thousand samples of a known population: 95 of a hundred intervals hold the truth, give or take."""
    dice = random.Random(7)
    strata = [(4000, 0.97, 12), (1500, 0.90, 8), (300, 0.60, 6), (60, 0.30, 5)]
    people = [[i < round(n * p) for i in range(n)] for n, p, _ in strata]
    truth = sum(map(sum, people)) / sum(map(len, people))
    held = 0
    for _ in range(1000):
        drawn = [dice.sample(one, k) for one, (_, _, k) in zip(people, strata, strict=True)]
        got = stratified(Stratum(len(one), len(d), sum(d)) for one, d in zip(people, drawn, strict=True)).proportion
        assert got.low is not None and got.high is not None
        held += got.low <= truth <= got.high
    assert 930 <= held <= 1000
