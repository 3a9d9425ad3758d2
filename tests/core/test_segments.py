"""Flat segments: the whole text once, whatever overlaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.segments import Interval, Segment, segments

INTERVALS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.integers(0, 5)), max_size=8)


def test_spans_that_cross_are_cut_where_they_cross() -> None:
    assert list(segments(6, [Interval(0, 4, 0), Interval(2, 6, 1)])) == [
        Segment(0, 2, (0,)),
        Segment(2, 4, (0, 1)),
        Segment(4, 6, (1,)),
    ]


def test_the_longest_owner_stands_first() -> None:
    assert list(segments(5, [Interval(1, 3, 0), Interval(0, 5, 1)]))[1] == Segment(1, 3, (1, 0))


def test_a_text_without_spans_and_an_empty_one() -> None:
    assert list(segments(3, [])) == [Segment(0, 3, ())]
    assert list(segments(0, [Interval(0, 2, 0)])) == []


@given(length=st.integers(0, 30), rows=INTERVALS)
def test_segments_are_the_text_and_know_who_covers_them(length: int, rows: list[tuple[int, int, int]]) -> None:
    intervals = [Interval(start, start + size, owner) for start, size, owner in rows]
    found = list(segments(length, intervals))
    assert [i for s in found for i in range(s.start, s.end)] == list(range(length))
    for s in found:
        for i in range(s.start, s.end):
            assert sorted(s.owners) == sorted(v.owner for v in intervals if v.start <= i < v.end)
