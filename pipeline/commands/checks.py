"""The views of checks: a table whose failures stand out, and JSON Lines with the facts that each check is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO

import msgspec
from rich.text import Text

from pipeline.commands.check_rows import checks_table
from pipeline.commands.page import Page
from pipeline.commands.streams import counted, printable
from pipeline.core.records import Document
from pipeline.output import Writer


class CheckTable:
    """Writes the checks of each document as a table as wide as the terminal, or as what is in it."""

    def __init__(self, out: BinaryIO, styled: bool = False, whole: bool = False) -> None:
        """``out`` takes the bytes, UTF-8; ``styled``: with bold, dim and colour; ``whole``: nothing is cut."""
        self._page = Page(out, styled, whole)

    def write(self, document: Document) -> None:
        """Write the document's heading and its checks."""
        failed = sum(not c.ok for c in document.checks)
        told = f"{counted(len(document.checks), 'check')}, {failed} failed"
        self._page.put(Text(printable(" · ".join((document.doc.source, told))), style="dim"))
        if document.checks:
            self._page.put(checks_table(document, document.checks, self._page.width))
        self._page.pour()

    def close(self) -> None:
        """Nothing ends a table."""


class CheckLines:
    """Writes each check as a line of JSON: as in the output contract, with the document and the facts it is of."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        self._out = out

    def write(self, document: Document) -> None:
        """Write a line for each check of the document."""
        facts = {f.id: f for f in document.facts}
        for check in document.checks:
            told = msgspec.to_builtins(check)
            line = {"doc": document.doc.id, **told, "facts": [facts[i] for i in check.facts]}
            self._out.write(msgspec.json.encode(line) + b"\n")

    def close(self) -> None:
        """Nothing ends a JSONL file."""


WRITERS: Mapping[str, Callable[[BinaryIO], Writer]] = {"jsonl": CheckLines}
"""The writer of each form but the table."""
