"""Columns that were copied side by side, each line holding one of the left and one of the right: they are parted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.core.offsets import Span
from pipeline.intake.lines import HardLine, width_of
from pipeline.intake.signs import Signs
from pipeline.intake.table_rows import WIDE

LEAST = 4
"""So many lines in a row of two columns are no table."""
OFF = 2
"""So many half-widths one line of the right column may be off the one above."""
PROSE = 3
"""One of so many parts of lines, or more, has a comma or a full stop, as cells of tables have not."""


def part_columns(lines: list[HardLine], signs: Signs) -> tuple[list[HardLine], list[Span]]:
    """The lines with those of a right column behind all of its left one, and where there are such columns.

    滨江新桥昨日上午正式通车。新桥    记者昨天从园林局获悉，江湾公园
    """
    wide = {i for i, line in enumerate(lines) if WIDE in line.text}
    if len(wide) < LEAST:
        return lines, []
    out: list[HardLine] = []
    told: list[Span] = []
    at = 0
    for run in _runs(lines, wide, signs):
        pairs = [_parted(lines[i], signs) for i in run]
        if len(run) >= LEAST and all([len(pair) == 2 for pair in pairs]) and _are_prose(pairs, signs):
            out += lines[at : run[0]] + [left for left, _ in pairs] + [right for _, right in pairs]
            told.append((lines[run[0]].start, lines[run[-1]].end))
            at = run[-1] + 1
    return out + lines[at:], told


def _runs(lines: Sequence[HardLine], wide: set[int], signs: Signs) -> Iterator[list[int]]:
    """Lines in a row whose second part begins at one place."""
    run: list[int] = []
    last = 0
    for i in sorted(wide):
        begin = _second(lines[i], signs)
        if run and (i != run[-1] + 1 or abs(begin - last) > OFF):
            yield run
            run = []
        run.append(i)
        last = begin
    yield run


def _second(line: HardLine, signs: Signs) -> int:
    """Where the last part of a line begins, in half-widths from its left edge."""
    last = signs.cells.split(line.text)[-1]
    return line.indent + width_of(line.text[: len(line.text) - len(last)])


def _parted(line: HardLine, signs: Signs) -> Sequence[HardLine]:
    """The parts of a line, each a line of its own."""
    parts: list[HardLine] = []
    at = 0
    for text in signs.cells.split(line.text):
        begin = line.text.index(text, at)
        at = begin + len(text)
        indent = line.indent if not begin else 0
        own = replace(line, text=text, start=line.start + begin, end=line.start + at, indent=indent)
        own.width, own.spaced = indent + width_of(text), False
        parts.append(own)
    return parts


def _are_prose(pairs: Sequence[Sequence[HardLine]], signs: Signs) -> bool:
    """Whether parts of lines on both sides are of sentences, and no cells."""
    for side in zip(*pairs, strict=True):
        texts = [line.text for line in side]
        if sum(map(signs.marks_clause, texts)) * PROSE < len(texts):
            return False
        if any([signs.number.fullmatch(text) for text in texts]):
            return False
    return True
