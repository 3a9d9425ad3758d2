"""The map from clean text to source: every piece leads back to the very characters it came from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.offsets import OffsetMap, slices

ALPHABET = st.text(st.sampled_from("新桥ab1 \n\r\u3000\0𠮷😀"), max_size=60)


@st.composite
def maps(draw: st.DrawFn) -> tuple[str, str, OffsetMap]:
    """A source, a clean text made of some of its pieces in any order with breaks between, and the map."""
    source = draw(ALPHABET)
    cuts = sorted(set(draw(st.lists(st.integers(0, len(source)), max_size=8))))
    spans = draw(st.permutations(list(zip(cuts, cuts[1:], strict=False))))
    clean, pieces = "", []
    for a, b in spans:
        pieces.append((len(clean), a, b - a))
        clean += source[a:b] + draw(st.sampled_from(["", "\n"]))
    return source, clean, OffsetMap(pieces, source)


def visible(text: str) -> str:
    return "".join(text.split())


@given(maps(), st.data())
def test_a_clean_range_leads_back_to_its_own_characters(made: tuple[str, str, OffsetMap], data: st.DataObject) -> None:
    source, clean, offsets = made
    start = data.draw(st.integers(0, len(clean)))
    end = data.draw(st.integers(start, len(clean)))
    spans = offsets.spans(start, end)
    assert visible(slices(source, spans)) == visible(clean[start:end])
    assert all(0 <= a < b <= len(source) for a, b in spans)


@given(maps(), st.data())
def test_a_range_alone_stands_where_its_characters_do(made: tuple[str, str, OffsetMap], data: st.DataObject) -> None:
    source, clean, offsets = made
    start = data.draw(st.integers(0, len(clean)))
    end = data.draw(st.integers(start, len(clean)))
    assert offsets.pieces(((start, end),)) == offsets.spans(start, end)
    if offsets.straight:
        assert clean.rstrip("\n") == source[: len(clean.rstrip("\n"))]


def test_pieces_parted_by_space_alone_are_one_span() -> None:
    source = "全长18.\n2公里"
    offsets = OffsetMap([(0, 0, 5), (5, 6, 3)], source)
    assert offsets.spans(2, 8) == ((2, 9),)
    assert slices(source, offsets.spans(2, 8)) == "18.\n2公里"


def test_an_interruption_parts_a_span() -> None:
    source = "全长18公\n（图）\n里"
    offsets = OffsetMap([(0, 0, 5), (5, 10, 1)], source)
    assert offsets.spans(2, 6) == ((2, 5), (10, 11))


def test_text_that_stands_backwards_keeps_the_order_of_the_sentence() -> None:
    source = "里。\n全长18公"
    offsets = OffsetMap([(0, 3, 5), (5, 0, 2)], source)
    assert offsets.spans(2, 7) == ((5, 8), (0, 2))
    assert offsets.pieces(((5, 7), (0, 2))) == ((0, 5),)


def test_a_break_that_the_layout_put_in_has_no_place() -> None:
    offsets = OffsetMap([(0, 0, 2), (3, 2, 2)], "新桥通车")
    assert offsets.spans(2, 3) == ()
    assert offsets.spans(0, 5) == ((0, 4),)
