"""An archive's folder read back: its documents with all that was found in them, in order and in bounded memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace
from pyarrow.parquet import ParquetFile

from pipeline.batch.folder import REPRINTS, Folder, other_schema, read_key
from pipeline.batch.work import OK
from pipeline.core.errors import InputError
from pipeline.core.records import Document
from pipeline.intake.own import JOB, is_archive
from pipeline.intake.source import Failure

DOCUMENT = ["number", "source", "status", "reason", "text", "record"]
"""The columns that a document is made of."""
ROWS = 64
"""How many documents are read at once."""


class Archive:
    """An archive that a batch wrote; one that is still being written is read as far as it is done."""

    def __init__(self, path: Path) -> None:
        """Raises `InputError` where ``path`` is no archive, or one of another schema."""
        if not is_archive(path):
            raise InputError(f"{path} is no archive of this program; name the folder that a batch wrote")
        key = read_key(path / JOB)
        if problem := other_schema(path, key):
            raise InputError(problem)
        self.path = path
        self.key = key
        """What the archive's job was: rules, options, code, libraries, sources."""
        folder = Folder(path)
        self.shards = [(shard, folder.manifest(shard)) for shard in folder.shards()]
        """Its shards with their manifests, None where one is still to be worked."""
        self.finished = folder.finished and not self.missing
        """Whether nothing is missing and all reprints were looked for."""

    @property
    def total(self) -> int:
        """How many documents it is to have."""
        return sum(shard.documents for shard, _ in self.shards)

    @property
    def missing(self) -> int:
        """How many documents are still to be worked."""
        return sum(shard.documents for shard, manifest in self.shards if manifest is None)

    @property
    def broken(self) -> int:
        """How many documents have a status other than ``ok``."""
        return sum(n for _, manifest in self.shards if manifest for s, n in manifest.status.items() if s != OK)

    def rows(self, table: str, columns: list[str], most: int = ROWS) -> Iterator[pa.RecordBatch]:
        """The columns of a table, shard by shard, at ``most`` so many rows at once.

        Raises `InputError` where a file is damaged.
        """
        for shard, manifest in self.shards:
            if manifest is not None:
                yield from _rows(self.path / table / f"{shard.name}.parquet", columns, most)

    def reprints(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """For each document that holds reprints its number, and by article what each repeats; in order."""
        path = reprints_path(self.path)
        if path.exists():
            rows = (row for batch in _rows(path, None, 4096) for row in batch.to_pylist())
            for number, of in groupby(rows, itemgetter("number")):
                yield number, {row["article"]: _reprint(row) for row in of}

    def documents(self) -> Iterator[Document | Failure]:
        """Every document with its text and what it reprints, or the `Failure` that it had."""
        reprints = self.reprints()
        at, told = next(reprints, (-1, {}))
        for batch in self.rows("documents", DOCUMENT):
            for row in batch.to_pylist():
                document = _document(row)
                if row["number"] == at:
                    if isinstance(document, Document):
                        meta = {**document.doc.meta, "reprint_of": told}
                        document = replace(document, doc=replace(document.doc, meta=meta))
                    at, told = next(reprints, (-1, {}))
                yield document

    def document(self, number: int) -> Document | Failure:
        """The document of a number, without reading the others; what it reprints is not told.

        Raises `InputError` where there is none of that number, or where a file is damaged.
        """
        place = bisect_right(self.shards, number, key=lambda one: one[0].first) - 1
        shard, manifest = self.shards[place] if place >= 0 else (None, None)
        if shard is None or manifest is None or number >= shard.first + shard.documents:
            raise InputError(f"{self.path} has no document of number {number}")
        row = _row_of(self.path / "documents" / f"{shard.name}.parquet", number)
        if row is None:
            raise InputError(f"{self.path} has no document of number {number}")
        return _document(row)


def _document(row: Mapping[str, Any]) -> Document | Failure:
    if row["status"] != OK:
        return Failure(row["source"], row["reason"])
    document = _DECODER.decode(row["record"])
    return replace(document, doc=replace(document.doc, text=row["text"]))


_DECODER = msgspec.json.Decoder(Document)


def reprints_path(out: Path) -> Path:
    """The table of an archive's reprints."""
    return out / REPRINTS


def _reprint(row: Mapping[str, Any]) -> Mapping[str, str]:
    return {"doc": row["of_doc"], "article": row["of_article"], "similarity": row["similarity"]}


def _row_of(path: Path, number: int) -> Mapping[str, Any] | None:
    """The row of a document: of the groups of rows only the one that holds its number is read."""
    try:
        with ParquetFile(path, page_checksum_verification=True) as file:
            for group in range(file.num_row_groups):
                held = file.metadata.row_group(group).column(0).statistics
                if held is None or held.min <= number <= held.max:
                    table = file.read_row_group(group, DOCUMENT)
                    found: list[Mapping[str, Any]] = table.filter(pc.equal(table["number"], number)).to_pylist()
                    if found:
                        return found[0]
    except (OSError, pa.ArrowException) as e:
        raise _damaged(path, e) from e
    return None


def _rows(path: Path, columns: list[str] | None, most: int) -> Iterator[pa.RecordBatch]:
    try:
        with ParquetFile(path, page_checksum_verification=True) as file:
            yield from file.iter_batches(most, columns=columns)
    except (OSError, pa.ArrowException) as e:
        raise _damaged(path, e) from e


def _damaged(path: Path, e: Exception) -> InputError:
    return InputError(f"{path} is damaged ({str(e).splitlines()[0]}); remove it and run the batch again")
