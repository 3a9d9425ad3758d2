"""Sketches of texts: reprints are alike, other texts are not; the same everywhere, in bounded memory."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.similarity import ALIKE, SIZE, Reprints, Sketch, hashes_of, similarity, sketches

SIGNS = "滨江新桥昨天上午通车全长一千二百米市民步行过桥只要十分钟比去年快了半港口铁路学校医院公园图书馆"


def sketch(text: str) -> Sketch:
    return sketches([text])[0]


def text(seed: int, length: int = 600) -> str:
    some = random.Random(seed)
    return "".join(some.choice(SIGNS) for _ in range(length))


def test_a_text_is_like_itself_and_like_no_other() -> None:
    assert similarity(sketch(text(1)), sketch(text(1))) == 1.0
    assert similarity(sketch(text(1)), sketch(text(2))) < 0.1


def test_wraps_and_signs_do_not_count() -> None:
    whole = text(3)
    wrapped = "，\n　　".join(whole[i : i + 17] for i in range(0, len(whole), 17))
    assert sketch(whole) == sketch(wrapped)


def test_the_estimate_is_near_the_true_share() -> None:
    # A text of which a tenth is changed shares about 0.9 / 1.1 of the runs of both.
    for seed in range(20):
        whole = text(seed, 3000)
        changed = whole[:2700] + text(seed + 100, 300)
        assert abs(similarity(sketch(whole), sketch(changed)) - 0.82) < 0.2


def test_a_sketch_does_not_change_between_releases_and_machines() -> None:
    assert hashes_of(sketch(SIGNS * 2), 2) == (563842706006657373, 1238102707690502805)


def test_short_texts_have_none() -> None:
    assert sketch("新桥今天通车。") == b"" and similarity(b"", b"") == 0.0


def test_a_reprint_names_the_earliest() -> None:
    seen: Reprints[str] = Reprints()
    assert seen.add("first", sketch(text(1))) is None
    assert seen.add("other", sketch(text(2))) is None
    found = seen.add("again", sketch(text(1)[:560] + "本报记者何晴"))
    assert found is not None and found[0] == "first" and ALIKE <= found[1] < 1
    assert seen.add("third", sketch(text(1))) == ("first", 1.0)
    # Worked once more, as a document is whose batch broke, it is no reprint of itself.
    assert seen.add("other", sketch(text(2))) is None


def test_memory_is_bounded_and_the_oldest_are_forgotten() -> None:
    seen: Reprints[int] = Reprints(largest=10)
    for n in range(50):
        assert seen.add(n, sketch(text(n))) is None
    assert len(seen._sketches) == 10
    assert len(seen._by_hash) + sum(map(len, seen._more.values())) <= 10 * SIZE
    assert seen.add(100, sketch(text(0))) is None
    assert seen.add(101, sketch(text(49))) == (49, 1.0)


def test_of_many_with_one_phrase_those_that_are_left_are_found() -> None:
    seen: Reprints[int] = Reprints(largest=4)
    for n in range(12):
        assert n == 0 or seen.add(n, sketch(text(1))) == (max(0, n - 4), 1.0)
        seen.add(n, sketch(text(1)))
    assert list(seen._sketches) == [8, 9, 10, 11] and set(seen._by_hash.values()) == {8}


@given(st.text(max_size=300))
def test_any_text_has_an_ascending_sketch(some: str) -> None:
    hashes = hashes_of(sketch(some))
    assert list(hashes) == sorted(set(hashes)) and len(hashes) <= SIZE


@given(st.lists(st.text(alphabet="滨江新桥，1", max_size=200), max_size=5))
def test_a_sketch_is_that_of_the_text_alone(texts: list[str]) -> None:
    assert sketches(texts) == [sketch(one) for one in texts]
