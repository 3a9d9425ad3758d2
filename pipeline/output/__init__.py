"""Documents to files: one writer a format, found by its name in `WRITERS` or by a file's suffix in `SUFFIXES`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO, Protocol

from pipeline.core.records import Document
from pipeline.output.brat import BratFolder
from pipeline.output.conll import ConllLines
from pipeline.output.doccano import DoccanoLines
from pipeline.output.duck import DuckdbFile
from pipeline.output.hf import HfParquet
from pipeline.output.inception import InceptionFolder
from pipeline.output.jsonl import JsonArray, JsonLines
from pipeline.output.labelstudio import LabelStudioTasks
from pipeline.output.markdown import Markdown
from pipeline.output.prodigy import ProdigyTasks
from pipeline.output.spacy_docs import SpacyDocs
from pipeline.output.sqlite import SqliteFile
from pipeline.output.tables import CsvTable, ParquetTable
from pipeline.output.webannotation import WebAnnotations

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
    "sqlite": SqliteFile,
    "duckdb": DuckdbFile,
    "labelstudio": LabelStudioTasks,
    "doccano": DoccanoLines,
    "brat": BratFolder,
    "inception": InceptionFolder,
    "webannotation": WebAnnotations,
    "spacy": SpacyDocs,
    "prodigy": ProdigyTasks,
    "conll": ConllLines,
    "hf": HfParquet,
}
"""The writer of each format."""

READS_TEXT = frozenset(WRITERS) - {"jsonl", "json"}
"""The formats that hold the text or show sentences and places of facts: documents are made with their text for them."""

BINARY = frozenset({"parquet", "sqlite", "duckdb", "brat", "inception", "spacy", "hf"})
"""The formats that a terminal cannot show."""

SUFFIXES: Mapping[str, str] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".parquet": "parquet",
    ".md": "markdown",
    ".sqlite": "sqlite",
    ".db": "sqlite",
    ".duckdb": "duckdb",
    ".spacy": "spacy",
    ".conll": "conll",
}
"""The format that a file's suffix stands for."""
