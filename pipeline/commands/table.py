"""Facts as a table for a terminal. Source text goes in as plain text, never as Rich markup."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import BinaryIO

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from pipeline.commands.console import console
from pipeline.commands.rows import FactRow, fact_row
from pipeline.commands.streams import counted, printable
from pipeline.core.records import Arg, Article, Document, Spans

MARKS = ("\u00bb", "\u00ab")
"""They stand around the span; styles alone are lost on a pipe and in black and white."""
LIMITS = {"fact": 20, "value": 28, "unit": 16, "who": 30, "when": 21}
TIGHT = {"fact": 9, "value": 16, "unit": 8, "who": 30, "when": 10}
"""How wide columns are at most, the tight ones on a narrow terminal."""
NARROWEST = 24
"""A source column would not be narrower than this many cells."""
BREAKS = re.compile(r"(?<=/)|(?=T)")
"""Where a time may break on a narrow terminal: 2023-08-16 T15:27."""
ROOMY = 40
"""With fewer cells for names and the source below them, the other columns are made tight."""
GAP = 2


class TableWriter:
    """Writes each document as a table as wide as the terminal."""

    def __init__(self, out: BinaryIO, styled: bool = False) -> None:
        """``out`` takes the bytes, UTF-8; ``styled``: with bold and dim."""
        self._out = out
        self._page = io.StringIO()
        self._console = console(self._page, styled)

    def write(self, document: Document) -> None:
        """Write the document's heading and a table for each article."""
        self._console.print(Text(_heading(document), style="dim"))
        titles = {a.id: _title(a, len(document.articles) > 1) for a in document.articles}
        for article, facts in groupby(document.facts, key=lambda f: f.article):
            if titles.get(article):
                self._console.print(Text(titles[article], style="bold"))
            self._console.print(_table([fact_row(f) for f in facts], str(document.doc.text), self._console.width))
        self._pour()

    def close(self) -> None:
        """Nothing ends a table."""

    def _pour(self) -> None:
        # Lone surrogates cannot reach this place (they are read as U+FFFD), file names can hold them.
        page = "".join(f"{line.rstrip()}\n" for line in self._page.getvalue().splitlines())
        self._out.write(page.encode("utf-8", "replace"))
        self._out.flush()
        self._page.seek(0)
        self._page.truncate()


def _heading(document: Document) -> str:
    doc = document.doc
    named = (("article", document.articles), ("mention", document.mentions), ("fact", document.facts))
    counts = ", ".join(counted(len(things), noun) for noun, things in named)
    return printable(" · ".join(filter(None, (doc.source, doc.published, counts))))


def _title(article: Article, one_of_many: bool) -> str:
    if article.title is None:
        return article.id if one_of_many else ""
    return printable("".join(article.title.text.split("\n")))


def _table(rows: list[FactRow], source: str, width: int) -> Table:
    """A column of its own for the source where there is room, else the source below the name that it belongs to."""
    cells = {name: _cells(rows, name, LIMITS) for name in LIMITS}
    names = [name for name in LIMITS if cells[name]]
    left = width - sum(cells[name] + GAP for name in names)
    apart = left >= NARROWEST
    if not apart and left + cells["who"] < ROOMY:
        rows = [replace(row, when=BREAKS.sub(r"\n", row.when)) for row in rows]
        cells = {name: _cells(rows, name, TIGHT) for name in TIGHT}
        left = width - sum(cells[name] + GAP for name in names)
    room = left if apart else max(left + cells["who"], NARROWEST // 2)
    table = Table(box=None, padding=(0, GAP, 0, 0), header_style="dim", pad_edge=False)
    for name in names:
        cap = room if name == "who" and not apart else cells[name]
        table.add_column(name, max_width=cap, justify="right" if name == "value" else "left", overflow="fold")
    if apart:
        table.add_column("source", width=room, no_wrap=True, overflow="ellipsis")
    for row in rows:
        line = {name: Text(getattr(row, name)) for name in names}
        place = snippet(source, row.marked, row.sentence, room)
        if not apart and "who" in line:
            line["who"] = Text("\n").join(t for t in (line["who"], place) if t)
        table.add_row(*line.values(), *([place] if apart else []))
    return table


def _cells(rows: list[FactRow], name: str, limits: Mapping[str, int]) -> int:
    widest = max((cell_len(line) for row in rows for line in getattr(row, name).split("\n")), default=0)
    return min(max(widest, len(name)), limits[name]) if widest else 0


def snippet(source: str, arg: Arg, sentence: Spans, width: int) -> Text:
    """``arg`` between marks, with what stands around it in its ``sentence``, in ``width`` cells."""
    start, end = arg.spans[0][0], arg.spans[-1][1]
    span = crop(flat(arg.text[:width]), max(width - 2, 1))
    room = max(width - 2 - cell_len(span), 0)
    ahead = "".join(source[a : min(b, start)] for a, b in sentence if a < start)[-room:] if room else ""
    behind = "".join(source[max(a, end) : b] for a, b in sentence if b > end)[:room]
    after = crop(flat(behind), max(room // 2, room - cell_len(flat(ahead))))
    before = crop(flat(ahead)[::-1], room - cell_len(after))[::-1]
    return Text.assemble((before, "dim"), MARKS[0], (span, "bold"), MARKS[1], (after, "dim"))


def flat(text: str) -> str:
    """``text`` on one line, printable."""
    # A hard line break in a Chinese sentence is no space, and neither is the indent behind it.
    return printable(re.sub(r"\s+", " ", re.sub(r"\s*\n\s*", "", text)))


def crop(text: str, width: int) -> str:
    """As much of ``text`` as fits into ``width`` cells, with … where something was left out."""
    if cell_len(text) <= width:
        return text
    used = 1
    for i, c in enumerate(text):
        used += cell_len(c)
        if used > width:
            return text[:i] + "\u2026" if width > 0 else ""
    return text
