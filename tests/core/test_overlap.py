"""The one overlap policy."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.overlap import reason, resolve

spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 9), st.integers(0, 2)).map(lambda t: (t[0], t[0] + t[1], t[2])),
    max_size=40,
)


def settle(candidates):
    return resolve(candidates, span, priority)


def span(candidate):
    return candidate[:2]


def priority(candidate):
    return candidate[2]


def test_longest_then_priority_then_first():
    kept, lost = settle([(0, 4, 0), (2, 8, 0), (10, 12, 0), (10, 12, 5), (20, 22, 1), (20, 22, 1)])
    assert kept == [(2, 8, 0), (10, 12, 5), (20, 22, 1)]
    assert sorted((*x, reason(x, span, priority)) for x in lost) == [
        ((0, 4, 0), (2, 8, 0), "longer"),
        ((10, 12, 0), (10, 12, 5), "priority"),
        ((20, 22, 1), (20, 22, 1), "file order"),
    ]


@given(spans)
def test_kept_are_apart_in_order_and_nothing_is_lost(candidates):
    kept, lost = settle(candidates)
    assert all(a[1] <= b[0] for a, b in zip(kept, kept[1:], strict=False))
    assert sorted(kept + [x.candidate for x in lost]) == sorted(candidates)
    for loser in lost:
        a, b = loser.candidate, loser.against
        assert a[0] < b[1] and b[0] < a[1], "a candidate loses only against what it overlaps"
        assert b in kept and b[1] - b[0] >= a[1] - a[0]


@given(spans)
def test_the_policy_is_that_of_going_through_all_from_the_best_on(candidates):
    kept: list[tuple[int, int, int]] = []
    for one in sorted(candidates, key=lambda c: (c[0] - c[1], -c[2], c[0])):
        if all(one[1] <= other[0] or other[1] <= one[0] for other in kept):
            kept.append(one)
    assert settle(candidates)[0] == sorted(kept)


def test_of_equal_candidates_the_one_that_was_given_first_stands():
    first, second, third = ("a", 0, 4), ("b", 0, 4), ("c", 2, 6)
    kept, lost = resolve([second, first, third], lambda c: c[1:])
    assert (kept, lost) == ([second], [(first, second), (third, second)])
