"""Rows of short texts on standard output: aligned columns for a person, cells parted by tabs in a pipe."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Sequence

from pipeline.commands.console import coloured, console, plain_lines, width
from pipeline.commands.streams import printable, stdout_bytes, stdout_is_terminal

GAP = 2
"""Cells between two columns."""
SHORT = 10
"""Cells of a column that is not broken where others can be."""


def put_rows(columns: Sequence[str], rows: Iterable[Sequence[str]], named: bool = False) -> None:
    """Print ``rows`` under the names of ``columns`` on a terminal, as they are in a pipe.

    ``named``: the names stand above them there too, as of a report (no rows, no names); a list has a thing a line and
    nothing else. What is too wide for a terminal goes on in the next line; nothing is left out.
    """
    if stdout_is_terminal():
        stdout_bytes().write(aligned(columns, rows).encode("utf-8", "replace"))
        return
    for number, row in enumerate(rows):
        for cells in (columns, row) if named and not number else (row,):
            stdout_bytes().write("\t".join(map(printable, cells)).encode("utf-8", "replace") + b"\n")


def fits(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether no cell of ``rows`` must be broken on this terminal."""
    from rich.cells import cell_len

    return sum(max(map(cell_len, column)) + GAP for column in zip(columns, *rows, strict=True)) - GAP <= width()


def aligned(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """``rows`` as a table as wide as the terminal, two cells between columns; full-width characters count as two."""
    from rich.table import Table
    from rich.text import Text

    page = io.StringIO()
    table = Table(box=None, padding=(0, GAP, 0, 0), header_style="dim", pad_edge=False)
    cells = [[Text(printable(cell)) for cell in row] for row in rows]
    for i, name in enumerate(columns):
        widest = max((row[i].cell_len for row in cells), default=0)
        table.add_column(name, overflow="fold", min_width=max(len(name), widest if widest <= SHORT else 0))
    for row in cells:
        table.add_row(*row)
    console(page, coloured(sys.stdout)).print(table)
    return plain_lines(page.getvalue())
