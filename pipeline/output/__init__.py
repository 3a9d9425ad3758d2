"""Documents to files: one writer a format, found by its name in `WRITERS` or by a file's suffix in `SUFFIXES`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO, Protocol

from pipeline.core.records import Document
from pipeline.output.jsonl import JsonArray, JsonLines
from pipeline.output.markdown import Markdown
from pipeline.output.tables import CsvTable, ParquetTable

__all__ = ["BINARY", "READS_TEXT", "SUFFIXES", "WRITERS", "Writer"]


class Writer(Protocol):
    """What every format offers; made from the binary stream that it writes to."""

    def write(self, document: Document) -> None:
        """Write one document."""

    def close(self) -> None:
        """Write what ends the file; the stream itself stays open."""


WRITERS: Mapping[str, Callable[[BinaryIO], Writer]] = {
    "jsonl": JsonLines,
    "json": JsonArray,
    "csv": CsvTable,
    "parquet": ParquetTable,
    "markdown": Markdown,
}
"""The writer of each format."""

READS_TEXT = frozenset({"csv", "parquet", "markdown"})
"""The formats that show the sentences or places of facts, for which documents are made with their text."""

BINARY = frozenset({"parquet"})
"""The formats that a terminal cannot show."""

SUFFIXES: Mapping[str, str] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".parquet": "parquet",
    ".md": "markdown",
}
"""The format that a file's suffix stands for."""
