"""Samples: the same for the same seed, whatever the order; every rule has its share, and the weights add up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.audit.sample import Sampled, allocated, read_sample
from pipeline.core.errors import InputError
from pipeline.core.records import Document
from tests.audit.archives import draw
from tests.hard import hard
from tests.records import FACTS, document


def archive(count: int = 40) -> list[Document]:
    """Documents of different texts; a common rule, a rarer one, and one that is there once."""
    out = []
    for n in range(count):
        facts = [replace(FACTS[0], rule="fact.common"), replace(FACTS[1], rule="fact.common")]
        facts += [replace(FACTS[2], rule="fact.rare")] if n % 8 == 0 else []
        facts += [replace(FACTS[3], rule="fact.once")] if n == 5 else []
        one = document(tuple(facts))
        out.append(replace(one, doc=replace(one.doc, id=f"d{n}", text=f"{one.doc.text}{n}")))
    return out


def test_the_same_seed_is_the_same_sample_in_any_order() -> None:
    assert draw(archive(), 12, 1) == draw(archive()[::-1], 12, 1)
    assert draw(archive(), 12, 1) != draw(archive(), 12, 2)


def test_a_larger_sample_holds_the_smaller_one() -> None:
    small, large = ({(s.doc, s.id) for s in draw(archive(), n, 3)} for n in (8, 30))
    assert small < large


def test_every_rule_has_its_share_and_the_weights_add_up() -> None:
    drawn = draw(archive(), 20, 0)
    shares = Counter(s.stratum for s in drawn)
    assert len(drawn) == 20
    assert shares["fact.once"] == 1 and 2 <= shares["fact.rare"] <= 5 < shares["fact.common"]
    assert {s.stratum: s.population for s in drawn} == {"fact.common": 80, "fact.rare": 5, "fact.once": 1}
    assert all(s.drawn == shares[s.stratum] for s in drawn)
    assert sum(float(s.weight) for s in drawn) == pytest.approx(86, abs=1e-3)


def test_a_sample_of_more_than_there_is_is_all() -> None:
    drawn = draw(archive(3), 1000, 0)
    assert len(drawn) == 7
    assert {s.weight for s in drawn} == {"1.000000"}


def test_mentions_are_drawn_where_they_are_asked_for() -> None:
    assert {s.item.layer for s in draw([hard()], 5, 0, "mention")} == {"mention"}
    assert {s.item.layer for s in draw([hard()], 99, 0, None)} == {"mention", "fact"}
    (one,) = (s for s in draw([hard()], 99, 0, "mention") if s.id == "m4")
    assert one.item.text == "58.5公里" and "全线" in one.context


def test_after_a_rule_change_what_is_still_found_is_drawn_again() -> None:
    changed = [replace(d, producer=replace(d.producer, rules="sha256:1")) for d in archive()]
    assert [(s.doc, s.id) for s in draw(changed, 12, 1)] == [(s.doc, s.id) for s in draw(archive(), 12, 1)]


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 10**6), max_size=40), st.integers(1, 5000))
def test_shares_are_of_what_there_is(population: dict[str, int], size: int) -> None:
    shares = allocated(population, size)
    assert sum(shares.values()) == min(size, sum(population.values()))
    assert all(0 <= shares[name] <= population[name] for name in population)
    if size >= 2 * len(population):
        assert all(shares[name] >= min(2, population[name]) for name in population)


def test_a_sample_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "sample.jsonl"
    drawn = draw(archive(), 9, 0)
    path.write_bytes(b"".join(msgspec.json.encode(s) + b"\n" for s in drawn))
    assert read_sample(path) == drawn
    path.write_bytes(b"{}\n")
    with pytest.raises(InputError, match=r"sample\.jsonl:1: no line of a sample"):
        read_sample(path)
    assert Sampled.__struct_config__.frozen
