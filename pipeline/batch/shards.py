"""One shard from its sources to its files: read, extract, write under other names, sync, rename, the manifest last.

What has a manifest is done and whole; what has none is done again. A file of output is the same byte for byte whatever
engine made it: rows are grouped by count, never by how they arrived.
"""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec
import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from pipeline.batch.plan import Reader, Shard
from pipeline.batch.work import OK, SCHEMAS, given, split
from pipeline.core.files import sync_folder
from pipeline.intake.source import Failure, Source

BATCH_DOCUMENTS = 1024
BATCH_BYTES = 100_000
"""How much is worked at once: enough that the steps cost little beside it, little enough to be done twice."""
ROWS = 16_384
"""How many rows of a table are held and written as one group."""

Mapped = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]
"""An engine's way of working batches: results in the order of the batches, each of as many rows."""


class Counts(msgspec.Struct):
    """What documents gave. ``status``: how many of each; ``facts``: how many of each type; ``issues``: in how many
    documents there is one of each code; ``troubles``: a line for each document that could not be worked."""

    status: Counter[str] = msgspec.field(default_factory=Counter)
    facts: Counter[str] = msgspec.field(default_factory=Counter)
    mentions: int = 0
    characters: int = 0
    troubles: list[str] = msgspec.field(default_factory=list)
    issues: Counter[str] = msgspec.field(default_factory=Counter)

    @property
    def documents(self) -> int:
        """How many documents there were."""
        return sum(self.status.values())

    def add(self, other: Counts) -> None:
        """Add what ``other`` counted, but for its troubles, which are told once."""
        self.status.update(other.status)
        self.facts.update(other.facts)
        self.issues.update(other.issues)
        self.mentions += other.mentions
        self.characters += other.characters


Seen = Callable[[Counts], None]
"""Takes the counts of what was just worked, for who watches."""


class Manifest(msgspec.Struct, frozen=True):
    """What a shard gave: written last, so a shard that has one is whole."""

    shard: int
    documents: int
    characters: int
    status: Mapping[str, int]
    mentions: int
    facts: Mapping[str, int]
    issues: Mapping[str, int] = {}

    @property
    def counts(self) -> Counts:
        """The same as counts."""
        counts = Counts(mentions=self.mentions, characters=self.characters)
        for own, told in ((counts.status, self.status), (counts.facts, self.facts), (counts.issues, self.issues)):
            own.update(told)
        return counts


def run_shard(shard: Shard, reader: Reader, out: Path, mapped: Mapped, seen: Seen) -> Manifest:
    """Work ``shard`` into its files below ``out`` and return its manifest, which is written when all else is safe.

    ``mapped`` works batches, ``seen`` takes the counts of each.

    Raises OSError where the output cannot be written; then nothing of the shard is left.
    """
    total = Counts()
    with Tables(out, shard.name) as tables:
        number = shard.first
        for result in mapped(batches(reader.shard(shard))):
            tables.write(split(result, number))
            number += result.num_rows
            counts = count(result)
            total.add(counts)
            seen(counts)
        tables.finish()
    status, facts, issues = (dict(sorted(told.items())) for told in (total.status, total.facts, total.issues))
    manifest = Manifest(shard.number, total.documents, total.characters, status, total.mentions, facts, issues)
    write_whole(manifest_path(out, shard.name), msgspec.json.encode(manifest))
    return manifest


def manifest_path(out: Path, name: str) -> Path:
    """Where the manifest of the shard of that name stands."""
    return out / "manifests" / f"{name}.json"


def batches(documents: Iterable[Source | Failure]) -> Iterator[pa.RecordBatch]:
    """``documents`` in batches of the schema `GIVEN`, bounded by count and size."""
    held: list[Source | Failure] = []
    size = 0
    for document in documents:
        held.append(document)
        size += len(document.data) if isinstance(document, Source) else 0
        if len(held) >= BATCH_DOCUMENTS or size >= BATCH_BYTES:
            yield given(held)
            held, size = [], 0
    if held:
        yield given(held)


def count(result: pa.RecordBatch) -> Counts:
    """The counts of a batch of the schema `FOUND`, from its columns."""
    status = result.column("status").to_pylist()
    troubles = [
        f"{result.column('source')[row]}: {result.column('reason')[row]}" for row, s in enumerate(status) if s != OK
    ]
    chars = result.column("documents").flatten().field("chars").to_pylist()
    facts = result.column("facts").flatten().field("type").to_pylist()
    issues = result.column("issues").flatten().to_pylist()
    mentions = len(result.column("mentions").flatten())
    return Counts(Counter(status), Counter(facts), mentions, sum(map(int, chars)), troubles, Counter(issues))


class Tables:
    """The files of a shard: written under names that nobody reads, renamed when all are whole, gone on an error."""

    def __init__(self, out: Path, name: str) -> None:
        """``out``: the folder of the archive; ``name``: that of the shard."""
        self._paths = {table: out / table / f"{name}.parquet" for table in SCHEMAS}
        self._held: dict[str, list[pa.RecordBatch]] = {table: [] for table in SCHEMAS}
        self._streams: dict[str, BinaryIO] = {}
        self._writers: dict[str, ParquetWriter] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Tables:
        """Open the files."""
        try:
            for table, path in self._paths.items():
                path.parent.mkdir(exist_ok=True)
                self._streams[table] = self._stack.enter_context(part_of(path).open("wb"))
                self._writers[table] = ParquetWriter(
                    self._streams[table], SCHEMAS[table], compression="zstd", write_page_checksum=True
                )
        except BaseException:  # a signal may come here too
            self._discard()
            raise
        return self

    def write(self, rows: Mapping[str, pa.RecordBatch]) -> None:
        """Take rows of each table; full groups are written."""
        for table, some in rows.items():
            self._held[table].append(some)
            while sum(b.num_rows for b in self._held[table]) >= ROWS:
                self._group(table)

    def _group(self, table: str) -> None:
        whole = pa.Table.from_batches(self._held[table], SCHEMAS[table]).combine_chunks()
        self._writers[table].write_table(whole.slice(0, ROWS), row_group_size=ROWS)
        self._held[table] = whole.slice(ROWS).to_batches()

    def finish(self) -> None:
        """Write what is left, make it safe on the disk, and give the files their names."""
        for table, stream in self._streams.items():
            if self._held[table]:
                self._group(table)
            self._writers[table].close()
            stream.flush()
            os.fsync(stream.fileno())
        for path in self._paths.values():
            part_of(path).replace(path)
            sync_folder(path.parent)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the files; on an error they are taken away."""
        if error is not None:
            self._discard()
        self._stack.close()

    def _discard(self) -> None:
        # Parquet's own writer would write the end of a file that was cut short, if its stream were still open; and
        # would complain that it cannot, if it thought that it were open itself.
        for writer in self._writers.values():
            writer.is_open = False
        with suppress(OSError):  # on a full disk what is still held cannot be written either
            self._stack.close()
        for path in self._paths.values():
            with suppress(OSError):
                part_of(path).unlink()


def part_of(path: Path) -> Path:
    """The name of a file while this process writes it: a machine that is given up may still be writing the same."""
    return path.with_name(f".{path.name}.{_writer(os.getpid())}.part")


def parts_of(out: Path, pid: int) -> Iterator[Path]:
    """What a process of this machine has not ended of the files below ``out``: of one that was killed, what it left."""
    name = f".*.{_writer(pid)}.part"
    return chain(out.glob(name), out.glob(f"*/{name}"))


def _writer(pid: int) -> str:
    return f"{platform.node()}-{pid}"


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A stream into a file that appears whole or not at all, and is on the disk when this ends."""
    path.parent.mkdir(exist_ok=True)
    part = part_of(path)
    try:
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:  # a signal may come here too
        with suppress(OSError):
            part.unlink()
        raise
    sync_folder(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` into a file that appears whole or not at all."""
    with whole(path) as stream:
        stream.write(data)
