"""Facts as a table for a terminal. Source text goes in as plain text, never as Rich markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import BinaryIO, Literal

from rich.cells import cell_len
from rich.padding import Padding
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
            for laid in _laid(rows, str(document.doc.text), self._page.width):
                self._page.put(laid)
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


def _laid(rows: list[FactRow], source: str, width: int) -> Iterator[Padding | Table | Text]:
    """A column of its own for the source where there is room, else the source below the name that it belongs to, and
    on a terminal of some sixty cells both below the row."""
    limits = dict.fromkeys(LIMITS, width) if width == NO_LIMIT else LIMITS
    cells = _widths(rows, limits)
    left = width - _total(cells)
    if left >= NARROWEST:
        yield _table(rows, source, cells, left)
        return
    whole = rows, cells
    if left + cells.get("who", 0) < ROOMY:
        rows = [replace(row, when=BREAKS.sub(r"\n", row.when)) for row in rows]
        cells = _widths(rows, TIGHT)
        left = width - _total(cells)
    room = max(left + cells.get("who", 0), NARROWEST // 2)
    fitting = (those for those in (whole, (rows, cells)) if _total(_beside(those[1])) - GAP <= width)
    if room < NARROWEST and (those := next(fitting, None)):
        yield from _stacked(those[0], source, _beside(those[1]), width)
    else:
        yield _table(rows, source, cells, room, apart=False)


def _table(rows: list[FactRow], source: str, cells: Mapping[str, int], room: int, apart: bool = True) -> Table:
    """``rows`` as a table with columns of ``cells``; ``room``: cells for the source, which stands ``apart`` or below
    the name."""
    table = Table(box=None, padding=(0, GAP, 0, 0), header_style="dim", pad_edge=False)
    for name in cells:
        cap = room if name == "who" and not apart else cells[name]
        head = "who, source" if name == "who" and not apart else name
        table.add_column(head, max_width=cap, justify=_side(name), overflow="fold")
    if apart:
        table.add_column("source", max_width=room, no_wrap=True, overflow="ellipsis")
    for row in rows:
        line = {name: _cell(row, name) for name in cells}
        place = snippet(source, row.marked, row.sentence, room)
        if not apart and "who" in line:
            line["who"] = Text("\n").join(t for t in (line["who"], place) if t)
        table.add_row(*line.values(), *([place] if apart else []))
    return table


def _stacked(
    rows: list[FactRow], source: str, cells: Mapping[str, int], width: int
) -> Iterator[Padding | Table | Text]:
    """Each row in columns of ``cells``; below it who it is of, and the source."""
    yield _line({name: Text(name, style="dim") for name in cells}, cells)
    for row in rows:
        yield _line({name: _cell(row, name) for name in cells}, cells)
        for below in (_cell(row, "who"), snippet(source, row.marked, row.sentence, width - GAP)):
            if below:
                yield Padding(below, (0, 0, 0, GAP))


def _line(texts: Mapping[str, Text], cells: Mapping[str, int]) -> Table:
    """One row in columns as wide as ``cells`` say."""
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=False)
    for name, size in cells.items():
        table.add_column(width=size, justify=_side(name), overflow="fold")
    table.add_row(*texts.values())
    return table


def _cell(row: FactRow, name: str) -> Text:
    return Text(getattr(row, name), style=ALARM if row.failed else "")


def _side(name: str) -> Literal["left", "right"]:
    return "right" if name == "value" else "left"


def _widths(rows: list[FactRow], limits: Mapping[str, int]) -> dict[str, int]:
    """How wide the columns are that hold anything."""
    cells = {name: _cells(rows, name, limits) for name in limits}
    return {name: size for name, size in cells.items() if size}


def _beside(cells: Mapping[str, int]) -> dict[str, int]:
    """The columns but for the names."""
    return {name: size for name, size in cells.items() if name != "who"}


def _total(cells: Mapping[str, int]) -> int:
    return sum(size + GAP for size in cells.values())


def _cells(rows: list[FactRow], name: str, limits: Mapping[str, int]) -> int:
    widest = max((cell_len(line) for row in rows for line in getattr(row, name).split("\n")), default=0)
    return min(max(widest, len(name)), limits[name]) if widest else 0
