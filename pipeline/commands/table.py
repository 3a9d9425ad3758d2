"""Facts as a table for a terminal. Source text goes in as plain text, never as Rich markup."""

from __future__ import annotations

import io
import shutil
from itertools import groupby
from typing import BinaryIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.commands.rows import FactRow, fact_row
from pipeline.commands.streams import printable, stdout_is_terminal
from pipeline.core.records import Arg, Article, Document

MARKS = ("\u00bb", "\u00ab")
"""They stand around the span; styles alone are lost on a pipe and in black and white."""
LIMITS = {"fact": 20, "value": 22, "unit": 16, "who": 30, "when": 21}
NARROWEST = 24
"""The source column is left out where it would be narrower (in cells)."""


class TableWriter:
    """Writes each document as a table as wide as the terminal."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes, UTF-8."""
        self._out = out
        self._page = io.StringIO()
        self._console = Console(
            file=self._page,
            force_terminal=stdout_is_terminal(),
            width=shutil.get_terminal_size((120, 24)).columns,
            markup=False,
            highlight=False,
            emoji=False,
        )

    def write(self, document: Document) -> None:
        """Write the document's heading and a table for each article."""
        self._console.print(Text(_heading(document), style="dim"))
        titles = {a.id: a for a in document.articles}
        for article, facts in groupby(document.facts, key=lambda f: f.article):
            if article in titles:
                self._console.print(Text(_title(titles[article]), style="bold"))
            self._console.print(_table([fact_row(f) for f in facts], str(document.doc.text), self._console.width))
        self._pour()

    def close(self) -> None:
        """Nothing ends a table."""

    def _pour(self) -> None:
        # Lone surrogates cannot reach this place (they are read as U+FFFD), file names can hold them.
        self._out.write(self._page.getvalue().encode("utf-8", "replace"))
        self._out.flush()
        self._page.seek(0)
        self._page.truncate()


def _heading(document: Document) -> str:
    doc = document.doc
    counts = f"{len(document.articles)} articles, {len(document.mentions)} mentions, {len(document.facts)} facts"
    return printable(" · ".join(filter(None, (doc.source, doc.published, counts))))


def _title(article: Article) -> str:
    return printable("".join(article.title.text.split("\n"))) if article.title else article.id


def _table(rows: list[FactRow], source: str, width: int) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    left = width
    for name in ("fact", "value", "unit", "who", "when"):
        cells = max((cell_len(getattr(r, name)) for r in rows), default=0)
        if not cells:
            continue
        cells = min(max(cells, len(name)), LIMITS[name])
        left -= cells + 2
        table.add_column(name, max_width=cells, justify="right" if name == "value" else "left", overflow="fold")
    shown = [str(c.header) for c in table.columns]
    if left >= NARROWEST:
        table.add_column("source", width=left - 1, no_wrap=True, overflow="ellipsis")
    for row in rows:
        cells_of_row: list[Text] = [Text(getattr(row, name)) for name in shown]
        if left >= NARROWEST:
            cells_of_row.append(snippet(source, row.marked, left - 1))
        table.add_row(*cells_of_row)
    return table


def snippet(source: str, arg: Arg, width: int) -> Text:
    """The place of ``arg`` in the source in ``width`` cells, its span between marks, with what stands around it."""
    start, end = arg.spans[0][0], arg.spans[-1][1]
    span = _crop(_flat(source[start : min(end, start + width)]), max(width - 2, 1))
    room = max(width - 2 - cell_len(span), 0)
    after = _crop(_flat(source[end : end + room]), room - room // 2)
    before = _crop(_flat(source[max(start - room, 0) : start])[::-1], room - cell_len(after))[::-1]
    return Text.assemble((before, "dim"), MARKS[0], (span, "bold"), MARKS[1], (after, "dim"))


def _flat(text: str) -> str:
    return printable("".join(text.split()))


def _crop(text: str, width: int) -> str:
    """As much of ``text`` as fits into ``width`` cells, with … where something was left out."""
    if cell_len(text) <= width:
        return text
    used = 1
    for i, c in enumerate(text):
        used += cell_len(c)
        if used > width:
            return text[:i] + "\u2026" if width > 0 else ""
    return text
