"""The one pure function of a batch: documents in, everything that is found in them out, both as Arrow record batches.

A row of the result is a document with its status and, nested, its rows of each table; the tables of a shard are made of
such rows by Arrow alone (`split`), so that the process that writes does next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from pipeline.chain import extract_sources
from pipeline.core.options import Options
from pipeline.core.records import Document
from pipeline.intake.source import Failure, Source
from pipeline.output.archive import ARCHIVE
from pipeline.output.flat import Row, Table
from pipeline.output.tables import arrow_schema

OK, FAILED, QUARANTINED = "ok", "failed", "quarantined"
"""What became of a document: worked · no document could be read · the program broke on it, or it broke a limit."""

GIVEN = pa.schema(
    [
        ("id", pa.string()), ("source", pa.string()), ("text", pa.large_string()), ("data", pa.large_binary()),
        ("sha256", pa.string()), ("published", pa.string()), ("encoding", pa.string()), ("meta", pa.string()),
        ("page", pa.bool_()), ("failure", pa.string()), ("fault", pa.bool_()),
    ]
)  # fmt: skip
"""A document to be worked: ``text`` of a record or ``data`` of a file; or why there is none."""

ROWS: Mapping[str, pa.Schema] = {table.name: arrow_schema(table) for table in ARCHIVE}
"""The columns that the rows of each table have of themselves."""
STATUS = [("source", pa.string()), ("status", pa.string()), ("reason", pa.string())]
ISSUES = ("issues", pa.list_(pa.string()))
FOUND = pa.schema([*STATUS, ISSUES, *((t.name, pa.list_(pa.struct(list(ROWS[t.name])))) for t in ARCHIVE)])
"""A document that was worked: its source and status, the codes of its issues, and its rows of each table."""


def given(sources: Iterable[Source | Failure]) -> pa.RecordBatch:
    """``sources`` as a batch of the schema `GIVEN`."""
    return pa.RecordBatch.from_pylist([_given(one) for one in sources], schema=GIVEN)


def _given(one: Source | Failure) -> Mapping[str, Any]:
    if isinstance(one, Failure):
        return {"source": one.source, "failure": one.message, "fault": one.fault}
    data: Mapping[str, Any] = {"text": one.data} if isinstance(one.data, str) else {"data": one.data}
    return {
        "id": one.id, "source": one.source, **data, "sha256": one.sha256, "published": one.published,
        "encoding": one.encoding, "meta": msgspec.json.encode(one.meta).decode(), "page": one.page,
    }  # fmt: skip


def sources(batch: pa.RecordBatch) -> Iterator[Source | Failure]:
    """The sources of a batch of the schema `GIVEN`."""
    for row in batch.to_pylist():
        if row["failure"] is not None:
            yield Failure(row["source"], row["failure"], row["fault"])
        else:
            data = row["data"] if row["text"] is None else row["text"]
            meta = msgspec.json.decode(row["meta"])
            yield Source(
                row["id"], row["source"], data, row["sha256"], row["published"], row["encoding"], meta, page=row["page"]
            )


def process_batch(batch: pa.RecordBatch, options: Options) -> pa.RecordBatch:
    """A batch of the schema `FOUND` for one of the schema `GIVEN`: a row for each document, in order; pure."""
    documents = extract_sources(
        sources(batch),
        options.published,
        rules=options.rules,
        segmenter=options.segmenter,
        entities=options.entities,
        with_text=True,
        apart=True,
    )
    return found(list(documents))


def found(results: Sequence[Document | Failure]) -> pa.RecordBatch:
    """The rows of ``results`` as a batch of the schema `FOUND`."""
    told = [(r.source, QUARANTINED if r.fault else FAILED, r.message) if isinstance(r, Failure)
            else (r.doc.source, OK, None) for r in results]  # fmt: skip
    columns = [pa.array(column, pa.string()) for column in zip(*told, strict=True)] or [[], [], []]
    codes = [sorted({i.code for i in r.issues}) if isinstance(r, Document) else [] for r in results]
    nested = [_nested(table, results) for table in ARCHIVE]
    return pa.RecordBatch.from_arrays([*columns, pa.array(codes, ISSUES[1]), *nested], schema=FOUND)


def _nested(table: Table, results: Sequence[Document | Failure]) -> pa.ListArray:
    rows: list[Row] = []
    offsets = [0]
    made = iter(table.rows_of([result for result in results if isinstance(result, Document)]))
    for result in results:
        if isinstance(result, Document):
            rows.extend(next(made))
        offsets.append(len(rows))
    schema = ROWS[table.name]
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    arrays = [pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
    return pa.ListArray.from_arrays(
        pa.array(offsets, pa.int32()), pa.StructArray.from_arrays(arrays, fields=list(schema))
    )


def split(batch: pa.RecordBatch, first: int) -> Mapping[str, pa.RecordBatch]:
    """The tables of a batch of the schema `FOUND`; each row has its document's ``number``, counted from ``first``.

    ``documents`` has a row for every document, with its status, also where nothing could be worked.
    """
    numbers = pa.array(range(first, first + batch.num_rows), pa.int64())
    out = {}
    for table in ARCHIVE:
        nested = batch.column(table.name)
        rows = nested.flatten()
        if table is ARCHIVE[0]:
            out[table.name] = _documents(batch, nested, rows, numbers)
        else:
            of = numbers.take(pa.compute.list_parent_indices(nested))
            out[table.name] = pa.RecordBatch.from_arrays([of, *rows.flatten()], schema=table_schema(table))
    return out


def _documents(batch: pa.RecordBatch, nested: pa.ListArray, rows: pa.StructArray, numbers: pa.Array) -> pa.RecordBatch:
    counts = nested.value_lengths().to_pylist()
    places, at = [], 0
    for count in counts:
        places.append(at if count else None)
        at += count
    known = rows.take(pa.array(places, pa.int64())).flatten()
    by_name = dict(zip((c.name for c in ARCHIVE[0].columns), known, strict=True))
    by_name["source"] = batch.column("source")
    return pa.RecordBatch.from_arrays(
        [numbers, batch.column("status"), batch.column("reason"), *by_name.values()], schema=table_schema(ARCHIVE[0])
    )


def table_schema(table: Table) -> pa.Schema:
    """The columns of a table of an archive: the document's number, and for documents what became of it, come first."""
    status = STATUS[1:] if table is ARCHIVE[0] else []
    return pa.schema([("number", pa.int64()), *status, *ROWS[table.name]])


SCHEMAS: Mapping[str, pa.Schema] = {table.name: table_schema(table) for table in ARCHIVE}
"""The schema of each table of an archive."""
