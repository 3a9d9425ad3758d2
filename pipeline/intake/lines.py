"""The hard lines of a source: where each begins and ends, how wide it is, what stands before it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat

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
    shut: bool = False
    """Whether it ends in a sign that may stand behind a sentence's last one."""
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
    item: bool = False
    """Whether it begins as an item of a list does: 一、, （2）, 项目名称：."""
    field: bool = False
    """Whether it names what it tells: 项目名称：."""
    leads: bool = False
    """Whether other articles' titles stand behind it: 相关阅读."""
    closes: bool = False
    """Whether it is of what closes a notice: 特此公告。, who signs it, when."""
    spaced: bool = False
    """Whether space stands behind it."""


def split_lines(source: str, folded: str) -> list[HardLine]:
    """The lines with content, in order. ``folded`` has the length of ``source``; a form feed ends a line too."""
    out: list[HardLine] = []
    raws = source.splitlines(keepends=True)
    at = gap = 0
    same = folded is source
    for raw, text, narrow in zip(raws, map(str.strip, raws), _narrow(source, len(raws)), strict=False):
        size = len(raw)
        if text:
            end = at + len(text)
            if at + size == end + 1 and narrow is not None:
                # Nearly all lines: no space stands around them.
                out.append(HardLine(text if same else folded[at:end], at, end, 0, 2 * (end - at) - len(narrow), gap))
            else:
                out.append(_line(raw, text, at, gap, folded))
            gap = 0
        else:
            gap += 1
        at += size
    return out


def _narrow(source: str, count: int) -> Iterable[bytes | None]:
    """The ASCII of each of the ``count`` lines that ends in a newline; None for each where something else ends one."""
    newlines = source.count("\n")
    if newlines + (source[-1:] != "\n") != count:
        return repeat(None)
    return [*source.encode("ascii", "ignore").splitlines()[:newlines], None]


def _line(raw: str, text: str, at: int, gap: int, folded: str) -> HardLine:
    """The line ``raw``, which begins at offset ``at``; it holds ``text`` and maybe space around that."""
    lead = raw.index(text[0])
    start, indent = at + lead, width_of(raw[:lead])
    end = start + len(text)
    behind = raw[lead + len(text) :]
    line = HardLine(folded[start:end], start, end, indent, indent + width_of(text), gap)
    line.spaced = len(behind) > 1 and behind[0] not in "\r\n"
    return line


def width_of(text: str) -> int:
    """How wide ``text`` prints, in half-widths: one for ASCII, two for anything else."""
    return len(text) if text.isascii() else 2 * len(text) - len(text.encode("ascii", "ignore"))
