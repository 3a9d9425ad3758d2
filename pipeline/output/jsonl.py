"""The output contract as JSON: one document a line, or one indented array. UTF-8, non-ASCII unescaped."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from pipeline.core.records import Document


def line(document: Document) -> bytes:
    """One document as a line of JSONL, with its line break."""
    return _ENCODER.encode_lines([document])


class JsonLines:
    """One document a line."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        self._out = out

    def write(self, document: Document) -> None:
        """Write the document's line."""
        self._out.write(line(document))

    def close(self) -> None:
        """Nothing ends a JSONL file."""


class JsonArray:
    """One array of all documents, indented by two spaces."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        self._out = out
        self._before = b"[\n  "

    def write(self, document: Document) -> None:
        """Write the document as an element of the array."""
        pretty = msgspec.json.format(_encode(document), indent=2)
        # A line break inside a string is escaped in JSON, so every real one here is one of the layout.
        self._out.write(self._before + pretty.replace(b"\n", b"\n  "))
        self._before = b",\n  "

    def close(self) -> None:
        """End the array; one without documents is ``[]``."""
        self._out.write(b"[]\n" if self._before.startswith(b"[") else b"\n]\n")


def _encode(document: Document) -> bytes:
    return _ENCODER.encode(document)


_ENCODER = msgspec.json.Encoder()
