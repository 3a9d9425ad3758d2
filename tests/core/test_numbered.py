"""Ids count from one, however many there are."""

from __future__ import annotations

from pipeline.core.numbered import MOST, numbered


def test_ids_count_from_one() -> None:
    assert list(numbered("m", 3)) == ["m1", "m2", "m3"]
    assert list(numbered("f", 0)) == []


def test_a_long_row_goes_on_as_a_short_one_begins() -> None:
    long = numbered("f", MOST + 5)
    assert list(long[:MOST]) == list(numbered("f", MOST))
    assert long[-1] == f"f{MOST + 5}"
    assert len(set(long)) == MOST + 5
