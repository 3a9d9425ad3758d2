"""An archive as reviewers go through it: what is in each document, found by words and by what is doubtful, and samples.

The columns that are asked for stay in memory, packed; texts and records are read when they are shown.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.audit.columns import OK, READ, Archived, Columns, Flags, Floats, Integers, places, read_columns
from pipeline.audit.index_data import BINS, DocumentRow, Totals
from pipeline.audit.sample import Sampled
from pipeline.core.errors import InputError, UsageError

PAGE = 100
"""How many documents the index shows at once."""
UNSURE = 0.9
"""A fact below this confidence is one that a reviewer may look for."""
SPACE = r"[\s\pZ]+"
"""What a line break and an indent are made of: words are found across them."""
By = Literal["random", "rule", "low", "failed"]


class Drawn(NamedTuple):
    """An item of a sample: the number of its document, and its id there."""

    number: int
    id: str


@dataclass(frozen=True)
class Wanted:
    """What the index is asked for. ``only``: ``failed``, ``unsure``, ``open`` or all; ``page`` counts from 0."""

    words: str = ""
    only: str = ""
    type: str = ""
    order: str = "number"
    page: int = 0


class Shelf:
    """The documents of an archive in their order; those that could not be worked are left out."""

    def __init__(self, archive: Archived) -> None:
        """Reads the columns; raises `InputError` where a file is damaged."""
        self.archive = archive
        self.held = held = read_columns(archive)
        self.totals = _totals(held)
        self._matching = lru_cache(maxsize=16)(self._with_words)

    def __len__(self) -> int:
        return len(self.held)

    def find(self, wanted: Wanted, judged: Mapping[str, int]) -> tuple[int, list[DocumentRow]]:
        """How many documents there are of what is wanted, and the rows of one page of them.

        ``judged``: how many facts the reviewer has judged, by the document's id; it decides what is ``open``.
        """
        keep = np.ones(len(self), np.bool_)
        if wanted.words.strip():
            keep &= self._matching(wanted.words)
        if wanted.only == "failed":
            keep &= self.held.failing > 0
        elif wanted.only == "unsure":
            keep &= self.held.least < UNSURE
        elif wanted.only == "open":
            keep &= self._judged(judged) < self.held.by_type.sum(axis=1)
        if wanted.type in self.held.facts.types:
            keep &= self.held.by_type[:, self.held.facts.types.index(wanted.type)] > 0
        found = np.flatnonzero(keep)
        keys = {
            "failed": -self.held.failing,
            "low": self.held.least,
            "facts": -self.held.by_type.sum(axis=1),
            "chars": -self.held.chars,
        }
        if wanted.order in keys:
            found = found[np.argsort(keys[wanted.order][found], kind="stable")]
        page = found[wanted.page * PAGE : (wanted.page + 1) * PAGE]
        return len(found), [self._row(int(place)) for place in page]

    def _judged(self, judged: Mapping[str, int]) -> Integers:
        found = np.zeros(len(self), np.int64)
        ids = pc.index_in(self.held.table["doc"], pa.array(list(judged), pa.string())).to_numpy()
        counts = np.array([*judged.values(), 0])
        here = ~np.isnan(ids.astype(np.float64))
        found[here] = counts[ids[here].astype(np.int64)]
        return found

    def _row(self, place: int) -> DocumentRow:
        row = self.held.table.slice(place, 1).to_pylist()[0]
        least = self.held.least[place]
        return DocumentRow(
            number=row["number"],
            id=row["doc"],
            name=row["source"],
            title=row["title"],
            source="",
            published=row["published"],
            chars=int(row["chars"]),
            mentions=int(self.held.mentions[place]),
            facts={t: int(n) for t, n in zip(self.held.facts.types, self.held.by_type[place], strict=False) if n},
            checks=int(self.held.checks[place]),
            failed=int(self.held.failing[place]),
            low=f"{least:.2f}" if np.isfinite(least) else None,
            href=f"doc/{row['number']}",
        )

    def _with_words(self, words: str) -> Flags:
        """Which documents have all the words in their text, title or name; words are found across line breaks."""
        found = np.zeros(len(self), np.bool_)
        for batch in self.archive.rows("documents", ["number", "status", "doc", "source", "text"], READ):
            batch = batch.filter(pc.equal(batch["status"], OK))
            hit: Any = True
            for word in words.split():
                columns = (batch["doc"], batch["source"], pc.replace_substring_regex(batch["text"], SPACE, ""))
                any_ = [pc.fill_null(pc.match_substring(c, word, ignore_case=True), False) for c in columns]
                hit = pc.and_(hit, pc.or_(any_[0], pc.or_(any_[1], any_[2])))
            found[places(self.held.numbers, batch["number"])] = np.asarray(hit)
        return found

    def number(self, doc: str) -> int | None:
        """The number of the document of an id; None where there is none."""
        place = int(pc.index(self.held.table["doc"], doc).as_py())
        return None if place < 0 else int(self.held.numbers[place])

    def neighbours(self, number: int) -> tuple[int | None, int | None]:
        """The numbers of the documents before and behind one; None at the ends."""
        place = int(np.searchsorted(self.held.numbers, number))
        before = int(self.held.numbers[place - 1]) if place > 0 else None
        return before, int(self.held.numbers[place + 1]) if place + 1 < len(self) else None

    def listed(self, sample: Iterable[Sampled]) -> list[Drawn]:
        """What a sample that was drawn before holds; raises `InputError` where that is of another archive."""
        numbers = dict(zip(self.held.table["doc"].to_pylist(), self.held.numbers.tolist(), strict=True))
        out = []
        for one in sample:
            if one.doc not in numbers:
                raise InputError(
                    f"the sample has {one.doc}, and {self.archive.path} has no such document; draw it anew"
                )
            out.append(Drawn(numbers[one.doc], one.id))
        return out

    def sample(self, by: By, size: int, seed: int, rule: str = "") -> list[Drawn]:
        """Facts to be judged: the same for the same archive and seed, in an order of chance.

        ``by``: ``random`` (each fact alike), ``rule`` (each rule alike), ``low`` (the least confident, in their order),
        ``failed`` (those in a check that fails); ``rule``: only of this one. Raises `UsageError` for a rule that has
        no facts.
        """
        chance = random.Random(seed)
        offered, facts = self._offered(by, rule), self.held.facts
        if by == "rule":
            chosen = _in_turn([_some(group, size, chance) for group in _groups(offered, facts.rule)], size)
        elif by == "low":
            chosen = []
            for group in _groups(offered, facts.confidence):
                chosen += _some(group, size - len(chosen), chance)
                if len(chosen) == size:
                    break
        else:
            chosen = _some(offered, size, chance)
        return [Drawn(int(self.held.numbers[facts.at[p]]), facts.ids[p].as_py()) for p in chosen]

    def _offered(self, by: By, rule: str) -> Integers:
        facts = self.held.facts
        keep = facts.failed if by == "failed" else np.ones(len(facts.at), np.bool_)
        if rule:
            if rule not in facts.rules:
                raise UsageError(f"no fact is of the rule {rule}; the index lists the rules")
            keep = keep & (facts.rule == facts.rules.index(rule))
        return np.flatnonzero(keep)


def _groups(offered: Integers, values: Integers | Floats) -> Iterator[Integers]:
    """What is offered in groups of one value, the smallest first."""
    for value in np.unique(values[offered]):
        yield offered[values[offered] == value]


def _some(group: Integers, size: int, chance: random.Random) -> list[int]:
    return [int(group[i]) for i in chance.sample(range(len(group)), min(size, len(group)))]


def _in_turn(groups: Sequence[Sequence[int]], size: int) -> list[int]:
    """One of each group in turn, until there are enough."""
    longest = max(map(len, groups), default=0)
    return [group[turn] for turn in range(longest) for group in groups if turn < len(group)][:size]


def _totals(held: Columns) -> Totals:
    facts = held.facts
    bins = np.minimum((facts.confidence * BINS).astype(np.int64), BINS - 1)
    return Totals(
        facts=_counted(facts.types, facts.type),
        rules=_counted(facts.rules, facts.rule),
        confidence=np.bincount(bins, minlength=BINS).tolist(),
        checks=int(held.checks.sum()),
        failed=int(held.failing.sum()),
    )


def _counted(names: list[str], codes: Integers) -> Counter[str]:
    return Counter(dict(zip(names, np.bincount(codes, minlength=len(names)).tolist(), strict=True)))
