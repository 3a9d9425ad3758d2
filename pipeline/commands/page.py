"""What the tables of a terminal share: the page that they are put on, and places in the source shown in one line."""

from __future__ import annotations

import io
from typing import BinaryIO

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.commands.cells import NO_LIMIT, crop, crop_front, flat
from pipeline.commands.console import console, plain_lines
from pipeline.core.records import Arg, Spans
from pipeline.output.pieces import in_pieces

MARKS = ("\u00bb", "\u00ab")
"""They stand around the span; styles alone are lost on a pipe and in black and white."""
NARROWEST = 24
"""A source column would not be narrower than this many cells."""
GAP = 2
"""Cells between two columns."""
ALARM = "bold red"
"""The style of what does not add up."""


class Page:
    """What is put on it goes to a stream as lines as wide as the terminal, without blanks at their ends."""

    def __init__(self, out: BinaryIO, styled: bool, whole: bool = False) -> None:
        """``out`` takes the bytes, UTF-8; ``styled``: with bold, dim and colour; ``whole``: nothing is cut."""
        self._out = out
        self._page = io.StringIO()
        self._console = console(self._page, styled)
        if whole:
            self._console.width = NO_LIMIT

    @property
    def width(self) -> int:
        """Cells a line."""
        return self._console.width

    def put(self, thing: Padding | Text | Table) -> None:
        """Put a text or a table on the page."""
        self._console.print(thing)

    def pour(self) -> None:
        """Write out what was put on the page."""
        # Lone surrogates cannot reach this place (they are read as U+FFFD), file names can hold them.
        self._out.write(plain_lines(self._page.getvalue()).encode("utf-8", "replace"))
        self._out.flush()
        self._page.seek(0)
        self._page.truncate()


def snippet(source: str, arg: Arg, sentence: Spans, width: int) -> Text:
    """``arg`` between marks, with what stands around it in its ``sentence``, in ``width`` cells."""
    start, end = arg.spans[0][0], arg.spans[-1][1]
    span = crop(flat(in_pieces(arg, source)), max(width - 2, 1))
    room = max(width - 2 - cell_len(span), 0)
    ahead = flat("".join(source[a : min(b, start)] for a, b in sentence if a < start))
    behind = flat("".join(source[max(a, end) : b] for a, b in sentence if b > end))
    after = crop(behind, max(room // 2, room - cell_len(ahead)))
    before = crop_front(ahead, room - cell_len(after))
    return Text.assemble((before, "dim"), MARKS[0], (span, "bold"), MARKS[1], (after, "dim"))
