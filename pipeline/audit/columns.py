"""What of an archive stays in memory while it is reviewed: some columns of its tables, packed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core.records import Document
from pipeline.intake.source import Failure

READ = 1 << 14
"""How many rows are read at once."""
OK = "ok"
DOCUMENT = ("number", "status", "doc", "source", "published", "title", "chars")
FACT = ("number", "fact", "type", "rule", "confidence")
CHECK = ("number", "facts", "ok")
TYPES = {
    **dict.fromkeys((*DOCUMENT, *FACT), pa.string()),
    "number": pa.int64(),
    "facts": pa.list_(pa.string()),
    "ok": pa.bool_(),
}
"""The types of the columns, for an archive of which nothing is done yet."""
Integers = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


class Archived(Protocol):
    """What is needed of an archive that a batch wrote."""

    path: Path

    def rows(self, table: str, columns: list[str], most: int) -> Iterator[pa.RecordBatch]:
        """The columns of a table, shard by shard, at ``most`` so many rows at once."""

    def document(self, number: int) -> Document | Failure:
        """The document of a number, with its text."""


@dataclass(frozen=True)
class Facts:
    """The facts of an archive, one after the other; ``at``: the place of a fact's document in `Columns`."""

    at: Integers
    ids: pa.Array
    types: list[str]
    type: Integers
    rules: list[str]
    rule: Integers
    confidence: Floats
    failed: Flags
    """Whether it is in a check that fails."""


@dataclass(frozen=True)
class Columns:
    """The documents of an archive that could be worked, a place for each, in the order of their numbers."""

    table: pa.Table
    """Id, source, date, title and length."""
    numbers: Integers
    chars: Integers
    mentions: Integers
    checks: Integers
    failing: Integers
    """How many checks fail."""
    by_type: Integers
    """How many facts of each type of `Facts.types`, a row for each document."""
    least: Floats
    """The least confidence of a fact; infinite without facts."""
    facts: Facts

    def __len__(self) -> int:
        return len(self.numbers)


def read_columns(archive: Archived) -> Columns:
    """The columns of an archive; raises `InputError` where a file is damaged."""
    documents = _read(archive, "documents", DOCUMENT)
    table = documents.filter(pc.equal(documents["status"], OK)).combine_chunks()
    numbers: Integers = table["number"].to_numpy()
    checks = _read(archive, "checks", CHECK)
    failed = checks.filter(pc.invert(checks["ok"]))
    facts = _facts(_read(archive, "facts", FACT), numbers, failed)
    width = max(len(facts.types), 1)
    by_type = np.bincount(facts.at * width + facts.type, minlength=len(numbers) * width)
    least = np.full(len(numbers), np.inf)
    np.minimum.at(least, facts.at, facts.confidence)
    return Columns(
        table=table,
        numbers=numbers,
        chars=pc.cast(table["chars"], pa.int64()).to_numpy(),
        mentions=_mentions(archive, numbers),
        checks=np.bincount(places(numbers, checks["number"]), minlength=len(numbers)),
        failing=np.bincount(places(numbers, failed["number"]), minlength=len(numbers)),
        by_type=by_type.reshape(len(numbers), width),
        least=least,
        facts=facts,
    )


def places(numbers: Integers, column: pa.ChunkedArray | pa.Array) -> Integers:
    """The places of documents by a column of their numbers, which are sorted in ``numbers``."""
    return np.searchsorted(numbers, np.asarray(column)).astype(np.int64)


def _read(archive: Archived, name: str, columns: tuple[str, ...]) -> pa.Table:
    batches = list(archive.rows(name, list(columns), READ))
    return pa.Table.from_batches(batches) if batches else pa.table({c: pa.array([], TYPES[c]) for c in columns})


def _mentions(archive: Archived, numbers: Integers) -> Integers:
    found = np.zeros(len(numbers), np.int64)
    for batch in archive.rows("mentions", ["number"], READ):
        found += np.bincount(places(numbers, batch["number"]), minlength=len(numbers))
    return found


def _facts(table: pa.Table, numbers: Integers, failed: pa.Table) -> Facts:
    types, rules = (table[name].combine_chunks().dictionary_encode() for name in ("type", "rule"))
    ids = table["fact"].combine_chunks()
    return Facts(
        at=places(numbers, table["number"]),
        ids=ids,
        types=types.dictionary.to_pylist(),
        type=types.indices.to_numpy().astype(np.int64),
        rules=rules.dictionary.to_pylist(),
        rule=rules.indices.to_numpy().astype(np.int64),
        confidence=pc.cast(table["confidence"], pa.float64()).to_numpy(),
        failed=_in_checks(table, ids, failed),
    )


def _in_checks(table: pa.Table, ids: pa.Array, checks: pa.Table) -> Flags:
    """Which facts are in one of the checks."""
    pairs = zip(checks["number"].to_pylist(), checks["facts"].to_pylist(), strict=True)
    wanted = {(number, fact) for number, facts in pairs for fact in facts}
    numbers = np.asarray(table["number"])
    hit = np.zeros(len(numbers), np.bool_)
    for place in np.flatnonzero(np.isin(numbers, list({number for number, _ in wanted}))):
        hit[place] = (int(numbers[place]), ids[int(place)].as_py()) in wanted
    return hit
