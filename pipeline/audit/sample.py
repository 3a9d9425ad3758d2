"""A sample of an archive to be judged: stratified by rule, the same for the same seed, with what it takes to weigh it.

Every item has a number of its own, made of the seed, its source and what it says; of each rule those with the least
numbers are drawn. So a sample depends on no order, a larger one holds the smaller one, and after a rule changed what
is still found is drawn again.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from codecs import BOM_UTF8
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from pipeline.core.errors import InputError
from pipeline.core.items import Identified, Item, Layer, items_of, source_digest, source_text
from pipeline.core.offsets import slices
from pipeline.core.records import Document, Record, Spans

SCHEMA = "zhfacts-sample/1"
AROUND = 40
"""How many characters before and behind a mention are shown."""


class Sampled(Record, frozen=True):
    """One line of a sample: an item, where it stands, and the stratum that it was drawn from."""

    schema: Literal["zhfacts-sample/1"]
    source: str
    """SHA-256 of the source text."""
    doc: str
    rules: str
    id: str
    """The id of the mention or fact in the document."""
    item: Item
    context: str
    """The sentence of a fact, or the text around a mention."""
    stratum: str
    population: int
    """How many items the stratum has."""
    drawn: int
    """How many of them were drawn."""
    weight: str
    """For how many items of the archive this one stands: population / drawn, with six digits behind the point."""


class _Candidate(NamedTuple):
    """Ordered so that a heap has the one with the greatest number first."""

    rank: int
    place: tuple[str, str]
    line: Sampled


class Sampler:
    """Items as they come; at most ``size`` of each stratum are kept."""

    def __init__(self, size: int, seed: int, layer: Layer | None = "fact") -> None:
        """``size``: how many are to be drawn in all; ``layer``: mentions or facts, None for both."""
        self._size, self._layer = size, layer
        self._key = seed.to_bytes(16, "big", signed=True)
        self._strata: dict[str, list[_Candidate]] = {}
        self.population: dict[str, int] = {}
        """How many items there were of each rule."""

    def add(self, document: Document) -> None:
        """Take the items of a document; raises `InputError` where it was made without its text."""
        source = source_digest(document)
        sentences = {fact.id: fact.sentence for fact in document.facts}
        for one in items_of(document):
            if self._layer in (None, one.item.layer):
                self._take(document, source, one, sentences.get(one.id))

    def _take(self, document: Document, source: str, one: Identified, sentence: Spans | None) -> None:
        stratum = str(one.item.rule)
        self.population[stratum] = self.population.get(stratum, 0) + 1
        kept = self._strata.setdefault(stratum, [])
        rank = -self._number(source, document.doc.id, one.item)
        if len(kept) == self._size and rank <= kept[0].rank:
            return
        line = Sampled(
            schema="zhfacts-sample/1", source=source, doc=document.doc.id, rules=document.producer.rules, id=one.id,
            item=one.item, context=_context(source_text(document), one.item, sentence), stratum=stratum, population=0,
            drawn=0, weight="",
        )  # fmt: skip
        candidate = _Candidate(rank, (document.doc.id, one.id), line)
        (heapq.heappush if len(kept) < self._size else heapq.heapreplace)(kept, candidate)

    def _number(self, source: str, doc: str, item: Item) -> int:
        said = msgspec.json.encode([source, doc, item.place, item.label, item.norm], order="deterministic")
        return int.from_bytes(hashlib.blake2b(said, digest_size=8, key=self._key).digest(), "big")

    def drawn(self) -> list[Sampled]:
        """The sample in the order of its numbers, which is by chance: who stops early has judged a sample too."""
        shares = allocated(self.population, self._size)
        chosen: list[tuple[int, tuple[str, str], Sampled]] = []
        for stratum, candidates in self._strata.items():
            share, population = shares[stratum], self.population[stratum]
            for one in sorted(candidates, key=_order)[:share]:
                weight = f"{float(Fraction(population, share)):.6f}"
                line = msgspec.structs.replace(one.line, population=population, drawn=share, weight=weight)
                chosen.append((*_order(one), line))
        return [line for *_, line in sorted(chosen, key=lambda c: c[:2])]


def _order(one: _Candidate) -> tuple[int, tuple[str, str]]:
    return -one.rank, one.place


def allocated(population: Mapping[str, int], size: int) -> Mapping[str, int]:
    """How many are drawn of each stratum: in proportion to the square root of its population, two at the least.

    Bankier's power allocation (Am. Stat. 42, 1988): between equal shares, best for each rule, and proportional ones,
    best for the whole. Where ``size`` is less than one for each stratum the largest have one.
    """
    order = sorted(population, key=lambda name: (-population[name], name))
    shares = dict.fromkeys(order, 0)
    for least in (1, 2):
        for name in order:
            if shares[name] < min(least, population[name]) and sum(shares.values()) < size:
                shares[name] += 1
    while (left := size - sum(shares.values())) > 0:
        open_ = [name for name in order if shares[name] < population[name]]
        if not open_:
            break
        whole = sum(math.sqrt(population[name]) for name in open_)
        for name in open_:
            part = max(round(left * math.sqrt(population[name]) / whole), 1)
            shares[name] += min(part, population[name] - shares[name], size - sum(shares.values()))
    return shares


def _context(text: str, item: Item, sentence: Spans | None) -> str:
    if sentence:
        return slices(text, sentence)
    return text[max(item.spans[0][0] - AROUND, 0) : item.spans[-1][1] + AROUND]


def read_sample(path: Path) -> list[Sampled]:
    """The lines of a sample; raises `InputError`, which names the line, where it is none."""
    decode = msgspec.json.Decoder(Sampled).decode
    out = []
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    out.append(decode(line.removeprefix(BOM_UTF8)))
                except ValueError as e:
                    raise InputError(f"{path}:{number}: no line of a sample: {e}; draw it again") from e
    except OSError as e:
        raise InputError(f"{path} cannot be read: {e.strerror}; name the file that `audit sample` wrote") from e
    return out
