"""Examples: what is read of them is what is written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.rulebook.rule import Example, parse_example

TEXTS = st.text("临江铁路68公里。，\U00020bb7🚄\n", max_size=12)
PARTS = st.lists(st.sampled_from(["68", "km", "more_than", "2024-05-30"]), max_size=3).map(tuple)
PUBLISHED = st.sampled_from([None, "2024-05-31", "2024-05-31T08:00"])


@given(TEXTS, TEXTS, TEXTS, PARTS, PUBLISHED)
def test_an_example_is_read_as_it_was_written(
    before: str, span: str, after: str, expected: tuple[str, ...], published: str | None
) -> None:
    marked = Example(before + span + after, (len(before), len(before) + len(span)), expected, published)
    plain = Example(before + span + after, None, expected, published)
    for example in (marked, plain):
        assert parse_example(str(example), "own.toml", 1) == example
    assert marked.marked.replace("[", "").replace("]", "") == plain.marked
