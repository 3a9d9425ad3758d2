"""Tables of facts: the columns that are promised, cells that a spreadsheet may open, files that any reader can read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.core.records import Document
from pipeline.output import tables
from pipeline.output.flat import FACTS, Column, Row, Table
from pipeline.output.tables import CsvTable, ParquetTable
from tests.records import FACTS as RECORDS
from tests.records import SOURCE, document

NORM = (
    "norm_value norm_low norm_high norm_unit norm_modifier norm_time norm_change_direction norm_change_role "
    "norm_change_basis norm_per norm_former norm_kind norm_speaker norm_resolved_from norm_type"
).split()
ARGS = (
    "quantity subject property time place whole rank scope person title org content speaker cue trigger agent object"
).split()
NAMES = [
    *("doc source published article fact type".split()),
    *NORM,
    *(name for arg in ARGS for name in (arg, f"{arg}_spans")),
    *("sentence sentence_spans modality polarity quoted_in same_as rule confidence version rules".split()),
]
"""The columns that users' programs rely on: names may be added, none may go."""


def written(kind: type[CsvTable] | type[ParquetTable], *documents: Document, table: Table = FACTS) -> bytes:
    out = io.BytesIO()
    writer = kind(out, table)
    for d in documents:
        writer.write(d)
    writer.close()
    return out.getvalue()


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def parquet_rows(data: bytes) -> list[dict[str, Any]]:
    return pq.read_table(pa.BufferReader(data)).to_pylist()


def test_the_columns_are_those_that_are_promised() -> None:
    assert FACTS.names == NAMES
    assert len(set(NAMES)) == len(NAMES)


def test_every_field_of_a_fact_is_in_its_row() -> None:
    rows = [dict(zip(NAMES, row, strict=True)) for row in FACTS.rows(document())]
    assert [row["type"] for row in rows] == ["role", "quantity", "quantity", "quote", "event", "rank"]
    for row, fact in zip(rows, RECORDS, strict=True):
        named = [name for name in fact.args.__struct_fields__ if not isinstance(getattr(fact.args, name), type(None))]
        held = {name: getattr(fact.args, name) for name in named}
        for name, arg in held.items():
            assert row[name] == getattr(arg, "text", None)
            assert row[f"{name}_spans"] == getattr(arg, "spans", None)
        assert row["sentence"] == SOURCE
    assert rows[2]["norm_change_direction"] == "increase" and rows[2]["norm_change_basis"] == "yoy"
    assert (rows[2]["norm_low"], rows[2]["norm_value"], rows[2]["norm_per"]) == ("30", None, "每股")
    assert rows[0]["norm_former"] is True and rows[1]["norm_former"] is None


def test_a_document_without_its_text_has_spans_of_sentences_alone() -> None:
    (row, *_) = (dict(zip(NAMES, row, strict=True)) for row in FACTS.rows(document(with_text=False)))
    assert row["sentence"] is None
    assert row["sentence_spans"] == ((0, len(SOURCE)),)


def test_csv_and_parquet_hold_the_same() -> None:
    plain = csv_rows(written(CsvTable, document(), document(source="other.txt")))
    typed = parquet_rows(written(ParquetTable, document(), document(source="other.txt")))
    assert len(plain) == len(typed) == 2 * len(RECORDS)
    for a, b in zip(plain, typed, strict=True):
        for name, value in b.items():
            if isinstance(value, str):
                assert a[name] == value
            else:
                assert a[name] == ("" if value is None else json.dumps(value, ensure_ascii=False))


def test_a_line_break_in_a_name_stays_in_its_cell() -> None:
    (event,) = (r for r in csv_rows(written(CsvTable, document())) if r["type"] == "event")
    assert event["agent"] == "公司4月\n"


def one_cell(cell: str) -> Table:
    def rows(_: Document) -> Iterator[Row]:
        yield (cell,)

    return Table("one", (Column("cell"),), rows)


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+2", "'=1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+86 0599", "'+86 0599"),
        ("-其他", "'-其他"),
        ("\tx", "'\tx"),
        ("＝1+2", "'＝1+2"),
        ("-3.5", "-3.5"),
        ("+12", "+12"),
        ("-3.5万", "'-3.5万"),
        ('他说"好", 走了', '他说"好", 走了'),
        ("同比增长=", "同比增长="),
    ],
)
def test_no_cell_of_a_csv_is_a_formula(cell: str, safe: str) -> None:
    assert csv_rows(written(CsvTable, document(), table=one_cell(cell)))[0]["cell"] == safe


def test_csv_is_what_spreadsheets_open() -> None:
    data = written(CsvTable, document())
    assert data.startswith(b"\xef\xbb\xbfdoc,source,")
    assert data.count(b"\r\n") == 1 + len(RECORDS)


@pytest.mark.parametrize("kind", [CsvTable, ParquetTable])
def test_a_table_without_facts_has_its_columns(kind: type[CsvTable] | type[ParquetTable]) -> None:
    data = written(kind, document(()))
    if kind is CsvTable:
        assert data.decode("utf-8-sig").rstrip().split(",") == NAMES
    else:
        assert pq.read_table(pa.BufferReader(data)).schema.names == NAMES


def test_parquet_is_written_in_groups_with_checksums(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS", 4)
    data = written(ParquetTable, *[document()] * 3)
    meta = pq.ParquetFile(pa.BufferReader(data)).metadata
    assert [meta.row_group(i).num_rows for i in range(meta.num_row_groups)] == [4, 4, 4, 4, 2]
    assert len(pq.read_table(pa.BufferReader(data), page_checksum_verification=True)) == 18


def test_spans_are_lists_of_pairs_in_parquet() -> None:
    schema = pq.read_schema(pa.BufferReader(written(ParquetTable, document())))
    assert schema.field("subject_spans").type == pa.list_(pa.list_(pa.int32()))
    assert schema.field("norm_former").type == pa.bool_()
    assert schema.field("norm_value").type == pa.string()


@pytest.mark.parametrize("kind", [CsvTable, ParquetTable])
def test_the_same_documents_give_the_same_bytes(kind: type[CsvTable] | type[ParquetTable]) -> None:
    assert written(kind, document()) == written(kind, document())


class Pipe(io.RawIOBase):
    """A stream that cannot seek, as a pipe."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += bytes(data)
        return len(data)


def test_parquet_goes_down_a_pipe() -> None:
    pipe = Pipe()
    writer = ParquetTable(pipe)  # type: ignore[arg-type]
    writer.write(document())
    writer.close()
    assert not pipe.closed
    assert len(parquet_rows(pipe.data)) == len(RECORDS)


def test_what_was_cut_short_does_not_look_whole() -> None:
    pipe = Pipe()
    writer = ParquetTable(pipe)  # type: ignore[arg-type]
    writer.write(document())
    del writer
    assert pipe.data == b"PAR1"
