"""Documents to files: one writer a format, found by its name in `WRITERS` or by a file's suffix in `SUFFIXES`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import BinaryIO, Protocol

from pipeline.core.records import Document

__all__ = ["BINARY", "READS_TEXT", "SUFFIXES", "WRITERS", "Writer"]


class Writer(Protocol):
    """What every format offers; made from the binary stream that it writes to."""

    def write(self, document: Document) -> None:
        """Write one document."""

    def close(self) -> None:
        """Write what ends the file; the stream itself stays open."""


def _writer(module: str, name: str) -> Callable[[BinaryIO], Writer]:
    """Makes writers by the class ``name`` of a module, which is loaded for the first one: a run writes one format."""

    def made(out: BinaryIO) -> Writer:
        make: Callable[[BinaryIO], Writer] = getattr(import_module(f"{__name__}.{module}"), name)
        return make(out)

    return made


WRITERS: Mapping[str, Callable[[BinaryIO], Writer]] = {
    "jsonl": _writer("jsonl", "JsonLines"),
    "json": _writer("jsonl", "JsonArray"),
    "csv": _writer("tables", "CsvTable"),
    "parquet": _writer("tables", "ParquetTable"),
    "markdown": _writer("markdown", "Markdown"),
    "sqlite": _writer("sqlite", "SqliteFile"),
    "duckdb": _writer("duck", "DuckdbFile"),
    "labelstudio": _writer("labelstudio", "LabelStudioTasks"),
    "doccano": _writer("doccano", "DoccanoLines"),
    "brat": _writer("brat", "BratFolder"),
    "inception": _writer("inception", "InceptionFolder"),
    "webannotation": _writer("webannotation", "WebAnnotations"),
    "spacy": _writer("spacy_docs", "SpacyDocs"),
    "prodigy": _writer("prodigy", "ProdigyTasks"),
    "conll": _writer("conll", "ConllLines"),
    "hf": _writer("hf", "HfParquet"),
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
