"""The tables of an archive as one SQLite file: keys, views, and a full-text index that finds Chinese words.

SQLite's tokenizers take a run of Chinese for one word, or find nothing shorter than three characters. So the index
holds the text in forms that its plain tokenizer reads: each character a token (a word of any length is a phrase of
its characters), each pair of neighbours, and each name that was found, so that words of one and two characters and
names are found as they are typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

import regex

from pipeline.core.records import Document, EntityMention
from pipeline.output.archive import DATABASE, DOCUMENTS
from pipeline.output.database import Draft
from pipeline.output.flat import Cell, Kind, Table
from pipeline.output.views import view_statements

KEYS = {
    "mentions": ("number", "mention"),
    "facts": ("number", "fact"),
    "arguments": ("number", "fact", "role"),
    "reprints": ("number", "article"),
}
"""What tells the rows of a table apart; those of documents have a number."""
INTEGERS = frozenset({"chars", "replaced"})
TYPES: dict[Kind, str] = {"text": "TEXT", "flag": "INTEGER", "texts": "TEXT", "spans": "TEXT"}
INDEXES = (
    "CREATE INDEX mentions_entity ON mentions(norm_name)",
    "CREATE INDEX facts_type ON facts(type, subject)",
    "CREATE INDEX checks_number ON checks(number)",
)
SEARCH = (
    'CREATE VIRTUAL TABLE documents_fts USING fts5(characters, pairs, names, content="documents", '
    'content_rowid="number", tokenize="unicode61 categories \'L* N* Co\'")'
)
"""Tied to its table in the words by which Datasette knows it; the columns are made here and cannot be read back."""
RUN = regex.compile(r"\p{Han}+|[^\W\p{Han}]+")


class SqliteFile:
    """One SQLite file of all tables; lists and spans are JSON text, yes and no are 1 and 0."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the file's bytes in the end."""
        import sqlite3  # for who wants it

        self._draft, self._full = Draft(out, "facts.sqlite"), sqlite3.OperationalError
        self._db = sqlite3.connect(self._draft.path, isolation_level=None)
        self._number = 0
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "page_size=8192"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("BEGIN")
        for table in DATABASE:
            self._db.execute(_create(table))
        self._db.execute(SEARCH)

    def write(self, document: Document) -> None:
        """Take the rows of the document."""
        with self._draft.room(self._full):
            for table in DATABASE:
                marks = ", ".join("?" * (1 + len(table.columns)))
                rows = ((self._number, *map(_cell, row)) for row in table.rows(document))
                self._db.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
            self._db.execute(
                "INSERT INTO documents_fts(rowid, characters, pairs, names) VALUES (?, ?, ?, ?)",
                (self._number, *searchable(document)),
            )
        self._number += 1

    def close(self) -> None:
        """Make indexes and views, and hand the file over."""
        with self._draft.room(self._full):
            for statement in (*INDEXES, *view_statements()):
                self._db.execute(statement)
            self._db.execute("INSERT INTO documents_fts(documents_fts) VALUES ('optimize')")
            self._db.execute("COMMIT")
            self._db.close()
        self._draft.hand_over()


def searchable(document: Document) -> tuple[str, str, str]:
    """The text of a document for the index: its characters, its pairs of neighbours, the names in it."""
    text = document.doc.text if isinstance(document.doc.text, str) else ""
    runs = RUN.findall(text)
    names = {m.norm.name: None for m in document.mentions if isinstance(m, EntityMention)}
    return " ".join(_characters(runs)), " ".join(_pairs(runs)), " ".join(names)


def _characters(runs: list[str]) -> Iterator[str]:
    for run in runs:
        yield " ".join(run) if regex.match(r"\p{Han}", run) else run


def _pairs(runs: list[str]) -> Iterator[str]:
    for run in runs:
        if regex.match(r"\p{Han}", run):
            yield from (a + b for a, b in pairwise(run))


def _create(table: Table) -> str:
    first = "number INTEGER PRIMARY KEY" if table is DOCUMENTS else "number INTEGER NOT NULL REFERENCES documents"
    columns = [f'"{c.name}" {"INTEGER" if c.name in INTEGERS else TYPES[c.kind]}' for c in table.columns]
    ends = []
    if table.name in KEYS:
        ends.append(f"PRIMARY KEY ({', '.join(KEYS[table.name])})")
    if table.name == "arguments":
        ends.append("FOREIGN KEY (number, fact) REFERENCES facts(number, fact)")
    return f"CREATE TABLE {table.name} ({', '.join([first, *columns, *ends])})"


def _cell(cell: Cell) -> str | int | None:
    if cell is None or isinstance(cell, str | bool):
        return cell
    return json.dumps(cell, ensure_ascii=False, separators=(",", ":"))
