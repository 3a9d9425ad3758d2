"""Facts as a table for a terminal. Source text goes in as plain text, never as Rich markup."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import BinaryIO

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from pipeline.commands.cells import NO_LIMIT
from pipeline.commands.check_rows import checks_table
from pipeline.commands.page import ALARM, GAP, NARROWEST, Page, snippet
from pipeline.commands.rows import FactRow, fact_row
from pipeline.commands.streams import counted, printable
from pipeline.core.records import Article, Document

LIMITS = {"fact": 20, "value": 28, "unit": 16, "who": 30, "when": 21}
TIGHT = {"fact": 11, "value": 20, "unit": 10, "who": 30, "when": 10}
"""How wide columns are at most, the tight ones on a narrow terminal: trillions and dates stay on one line there."""
BREAKS = re.compile(r"(?<=/)|(?=T)")
"""Where a time may break on a narrow terminal: 2023-08-16 T15:27."""
ROOMY = 40
"""With fewer cells for names and the source below them, the other columns are made tight."""


class TableWriter:
    """Writes each document as a table as wide as the terminal, or as what is in it."""

    def __init__(self, out: BinaryIO, styled: bool = False, whole: bool = False) -> None:
        """``out`` takes the bytes, UTF-8; ``styled``: with bold, dim and colour; ``whole``: nothing is cut."""
        self._page = Page(out, styled, whole)

    def write(self, document: Document) -> None:
        """Write the document's heading, a table for each article, and the checks that failed."""
        self._page.put(Text(_heading(document), style="dim"))
        titles = {a.id: _title(a, len(document.articles) > 1) for a in document.articles}
        failed = {i for c in document.checks if not c.ok for i in c.facts}
        for article, facts in groupby(document.facts, key=lambda f: f.article):
            if titles.get(article):
                self._page.put(Text(titles[article], style="bold"))
            rows = [fact_row(f, f.id in failed) for f in facts]
            self._page.put(_table(rows, str(document.doc.text), self._page.width))
        failures = [c for c in document.checks if not c.ok]
        if failures:
            self._page.put(Text(f"{counted(len(failures), 'check')} failed", style=ALARM))
            self._page.put(checks_table(document, failures, self._page.width))
        self._page.pour()

    def close(self) -> None:
        """Nothing ends a table."""


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
    limits = dict.fromkeys(LIMITS, width) if width == NO_LIMIT else LIMITS
    cells = {name: _cells(rows, name, limits) for name in limits}
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
        head = "who, source" if name == "who" and not apart else name
        table.add_column(head, max_width=cap, justify="right" if name == "value" else "left", overflow="fold")
    if apart:
        table.add_column("source", max_width=room, no_wrap=True, overflow="ellipsis")
    for row in rows:
        line = {name: Text(getattr(row, name), style=ALARM if row.failed else "") for name in names}
        place = snippet(source, row.marked, row.sentence, room)
        if not apart and "who" in line:
            line["who"] = Text("\n").join(t for t in (line["who"], place) if t)
        table.add_row(*line.values(), *([place] if apart else []))
    return table


def _cells(rows: list[FactRow], name: str, limits: Mapping[str, int]) -> int:
    widest = max((cell_len(line) for row in rows for line in getattr(row, name).split("\n")), default=0)
    return min(max(widest, len(name)), limits[name]) if widest else 0
