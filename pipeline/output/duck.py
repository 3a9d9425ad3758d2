"""The tables of an archive as one DuckDB file, with the views of the SQLite file; lists and spans are lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline.core.errors import OutputError, install
from pipeline.core.records import Document
from pipeline.output.archive import DATABASE
from pipeline.output.database import Draft
from pipeline.output.flat import Row, Table
from pipeline.output.tables import arrow_schema
from pipeline.output.views import view_statements

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 8_192
"""How many rows of a table are held and written at once."""


class DuckdbFile:
    """One DuckDB file of all tables. Needs the extra ``duckdb``."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the file's bytes in the end. Raises `OutputError` where DuckDB is not installed."""
        try:
            import duckdb
        except ImportError:
            raise OutputError(f"DuckDB is not installed; {install('duckdb')}") from None
        self._draft, self._full = Draft(out, "facts.duckdb"), duckdb.IOException
        self._db: Any = duckdb.connect(str(self._draft.path))
        self._number = 0
        self._rows: dict[str, list[tuple[object, ...]]] = {table.name: [] for table in DATABASE}
        for table in DATABASE:
            self._db.register("given_rows", _arrow(table, []))
            self._db.execute(f"CREATE TABLE {table.name} AS SELECT * FROM given_rows")

    def write(self, document: Document) -> None:
        """Take the rows of the document; a full group is written."""
        for table in DATABASE:
            held = self._rows[table.name]
            held.extend((self._number, *row) for row in table.rows(document))
            if len(held) >= ROWS:
                with self._draft.room(self._full):
                    self._insert(table)
        self._number += 1

    def close(self) -> None:
        """Write what is left, make the views, and hand the file over."""
        with self._draft.room(self._full):
            for table in DATABASE:
                self._insert(table)
            for statement in view_statements():
                self._db.execute(statement)
            self._db.close()
        self._draft.hand_over()

    def _insert(self, table: Table) -> None:
        self._db.register("given_rows", _arrow(table, self._rows[table.name]))
        self._db.execute(f"INSERT INTO {table.name} SELECT * FROM given_rows")
        self._rows[table.name].clear()


def _arrow(table: Table, rows: Sequence[tuple[object, ...] | Row]) -> pa.Table:
    import pyarrow as pa

    schema = pa.schema([("number", pa.int64()), *arrow_schema(table)])
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
