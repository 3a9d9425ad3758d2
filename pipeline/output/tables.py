"""Tables to files: CSV that a spreadsheet opens as it is meant, and Parquet with typed columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, TypeVar

from pipeline.core.records import Document
from pipeline.output.flat import FACTS, Cell, Kind, Row, Table

if TYPE_CHECKING:
    import pyarrow as pa

R = TypeVar("R")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
FORMULA = re.compile(r"[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
"""What makes a cell a formula to a spreadsheet where it begins with it, in full width too."""
ROWS = 8_192
"""How many rows of a Parquet file are held and written as one group."""


class CsvTable:
    """A table as CSV by RFC 4180: UTF-8 with a byte order mark, CRLF, a header; lists as JSON, yes and no as in JSON.

    A cell that a spreadsheet would run as a formula gets a ``'`` before it; negative numbers stay numbers.
    """

    def __init__(self, out: BinaryIO, table: Table = FACTS) -> None:
        """``out`` takes the bytes."""
        self._out = out
        self._table = table
        self._page = io.StringIO(newline="")
        self._csv = csv.writer(self._page, lineterminator="\r\n")
        self._page.write("\ufeff")
        self._csv.writerow(table.names)

    def write(self, document: Document) -> None:
        """Write the rows of the document."""
        for row in self._table.rows(document):
            self._csv.writerow([_csv_cell(cell) for cell in row])
        self._pour()

    def close(self) -> None:
        """A table without rows is its header."""
        self._pour()

    def _pour(self) -> None:
        self._out.write(self._page.getvalue().encode("utf-8", "replace"))
        self._page.seek(0)
        self._page.truncate()


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of texts as CSV, with the same signs."""
    page = io.StringIO(newline="")
    csv.writer(page, lineterminator="\r\n").writerows([_csv_cell(cell) for cell in row] for row in rows)
    return f"\ufeff{page.getvalue()}".encode("utf-8", "replace")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell
    return json.dumps(cell, ensure_ascii=False)


class ParquetTable:
    """A table as Parquet: zstd, a checksum on every page, a row group for each `ROWS` rows.

    Texts and numbers are strings (numbers exact, as in the records), spans lists of pairs.
    """

    def __init__(self, out: BinaryIO, table: Table = FACTS) -> None:
        """``out`` takes the bytes, from its first one on; it need not be seekable."""
        self._table = table
        self._schema = arrow_schema(table)
        self._groups = Groups(ParquetFile(out, self._schema), ROWS, self._arrow)

    def write(self, document: Document) -> None:
        """Take the rows of the document; a full group is written."""
        for row in self._table.rows(document):
            self._groups.take(row)

    def close(self) -> None:
        """Write the last group and what ends the file; without rows it holds the columns."""
        self._groups.close()

    def _arrow(self, rows: list[Row]) -> pa.Table:
        import pyarrow as pa

        columns = zip(*rows, strict=True)
        arrays = [pa.array(cells, field.type) for cells, field in zip(columns, self._schema, strict=True)]
        return pa.table(arrays, schema=self._schema)


def arrow_schema(table: Table) -> pa.Schema:
    """The columns of ``table`` with their Arrow types."""
    import pyarrow as pa

    return pa.schema([(column.name, _arrow_type(column.kind)) for column in table.columns])


def _arrow_type(kind: Kind) -> pa.DataType:
    import pyarrow as pa

    types: dict[Kind, Any] = {
        "text": pa.string(),
        "flag": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "spans": pa.list_(pa.list_(pa.int32())),
        "hashes": pa.list_(pa.uint64()),
    }
    return types[kind]


class ParquetFile:
    """A Parquet file that goes down a stream, table by table: zstd, a checksum on every page."""

    def __init__(self, out: BinaryIO, schema: pa.Schema) -> None:
        """``out`` takes the bytes, from its first one on; it need not be seekable."""
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter

        self._sink = _Sink(out)
        with self._sink.open():
            self._parquet = ParquetWriter(
                pa.PythonFile(self._sink, mode="w"), schema, compression="zstd", write_page_checksum=True
            )

    def write(self, table: pa.Table) -> None:
        """Write the rows of ``table`` as one group."""
        with self._sink.open():
            self._parquet.write_table(table, row_group_size=max(table.num_rows, 1))

    def close(self) -> None:
        """Write what ends the file; the stream below stays open."""
        with self._sink.open():
            self._parquet.close()


class Groups(Generic[R]):
    """Rows on their way to a Parquet file, which takes so many at once."""

    def __init__(self, file: ParquetFile, size: int, made: Callable[[list[R]], pa.Table]) -> None:
        """``size``: rows a group; ``made`` makes a table of them."""
        self._file, self._size, self._made = file, size, made
        self._rows: list[R] = []

    def take(self, row: R) -> None:
        """Take a row; a full group is written."""
        self._rows.append(row)
        if len(self._rows) == self._size:
            self._pour()

    def close(self) -> None:
        """Write the last group and what ends the file."""
        if self._rows:
            self._pour()
        self._file.close()

    def _pour(self) -> None:
        self._file.write(self._made(self._rows))
        self._rows.clear()


class _Sink(io.RawIOBase):
    """A stream that knows its place, so that Parquet can go down a pipe; the stream below stays open.

    It takes bytes while it is `open` only: Parquet's own writer writes the end of the file even where it is thrown away
    after an error, and what was cut short must not look whole.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._place = 0
        self._open = False

    @contextmanager
    def open(self) -> Iterator[None]:
        """For the time of one of our own calls."""
        self._open = True
        try:
            yield
        finally:
            self._open = False

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Write the bytes while it is open; returns how many there were."""
        size = memoryview(data).nbytes
        if self._open:
            self._out.write(data)
        self._place += size
        return size

    def tell(self) -> int:
        """How many bytes came so far."""
        return self._place

    def flush(self) -> None:
        """Flush the stream below while it is open."""
        if self._open:
            self._out.flush()
