"""The hard lines of a source: where each begins and ends, how wide it is, what stands before it."""

from __future__ import annotations

from msgspec import Struct

BEGINNING = 40
"""So many characters at the start of a text, or at its end, tell how it begins or goes on."""


class HardLine(Struct, eq=False, gc=False):
    """A line with content: ``text`` is folded, without the space around it, at ``[start, end)`` of the source.

    What is noted on it later has its default until then.
    """

    text: str
    start: int
    end: int
    indent: int
    """Its indent, in half-widths."""
    width: int
    """Its width with the indent, in half-widths (a Han character has two)."""
    gap: int
    """How many empty lines stand before it."""
    done: bool = False
    """Whether it ends as a sentence does."""
    column: int = 0
    """The width of the column around it, in half-widths; told by the shape of the page."""
    full: bool = False
    """Whether it fills its column, or nearly so."""
    tight: bool = False
    """Whether no word more would have stood in it."""
    cells: int = 0
    """How many cells it has, where it is the row of a table."""
    repeated: bool = False
    """Whether its text stands elsewhere in the body too."""
    paired: bool = False
    """Whether it does so together with the next line: a heading over two lines."""
    clause: bool = False
    """Whether it stands elsewhere as a whole clause, between two signs: a kicker or heading was taken from there."""
    opens: bool = False
    """Whether it begins as a report does: 本报讯."""
    prose: bool = False
    """Whether it begins as a sentence of a report does: 据介绍，."""
    spaced: bool = False
    """Whether space stands behind it."""


def split_lines(source: str, folded: str) -> list[HardLine]:
    """The lines with content, in order. ``folded`` has the length of ``source``; a form feed ends a line too."""
    out: list[HardLine] = []
    at = gap = 0
    for raw in source.splitlines(keepends=True):
        text, size = raw.strip(), len(raw)
        if text:
            start, indent = at, 0
            if raw[0] != text[0]:
                lead = raw.index(text[0])
                start, indent = at + lead, width_of(raw[:lead])
            end = start + len(text)
            line = HardLine(folded[start:end], start, end, indent, indent + width_of(text), gap)
            if end + 1 < at + size and raw[end - at] not in "\r\n":
                line.spaced = True
            out.append(line)
            gap = 0
        else:
            gap += 1
        at += size
    return out


def width_of(text: str) -> int:
    """How wide ``text`` prints, in half-widths: one for ASCII, two for anything else."""
    return len(text) if text.isascii() else 2 * len(text) - len(text.encode("ascii", "ignore"))
