"""What a page looks like: whether its lines are wrapped and how wide, what indents and empty lines mean in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.intake.lines import HardLine
from pipeline.intake.signs import Signs

WINDOW = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """``full``: starts of the lines that fill their column; ``repeated``: of those whose text stands in the body too."""

    full: frozenset[int]
    repeated: frozenset[int]
    wrapped: bool
    indented: bool
    indent: int
    gap: int
    """How many empty lines stand between two lines of a paragraph."""
    has_sentences: bool
    columns: dict[int, int]

    def column(self, line: HardLine) -> int:
        """The width of the column in which ``line`` stands, in half-widths."""
        return self.columns.get(line.start, 0)

    def is_indented(self, line: HardLine) -> bool:
        """Whether ``line`` has the indent of a paragraph's first line."""
        return self.indented and line.indent == self.indent


def shape_of(lines: Sequence[HardLine], signs: Signs) -> Shape:
    """The shape of a page from its lines that may be body text."""
    same = signs.weight("same_width")
    full: set[int] = set()
    columns: dict[int, int] = {}
    for i, line in enumerate(lines):
        near = lines[max(0, i - WINDOW) : i + WINDOW + 1]
        columns[line.start] = max(other.width for other in near)
        alike = sum(abs(other.width - line.width) <= same for other in near) - 1
        if alike >= 2 and line.width >= signs.weight("narrowest_column"):
            full.add(line.start)
    finished = [signs.ends_sentence(line.text) for line in lines]
    open_full = sum(line.start in full and not done for line, done in zip(lines, finished, strict=True))
    wrapped = open_full * 4 > len(lines)
    gaps = Counter(
        b.gap for a, b in zip(lines, lines[1:], strict=False) if a.start in full and not signs.ends_sentence(a.text)
    )
    if not gaps:
        gaps = Counter(line.gap for line in lines[1:])
    indents = Counter(line.indent for line in lines if line.indent >= 2)
    indent, often = indents.most_common(1)[0] if indents else (0, 0)
    return Shape(
        full=frozenset(full) if wrapped else frozenset(),
        repeated=_repeated(lines, signs),
        wrapped=wrapped,
        indented=often >= 2 and often * 20 > len(lines),
        indent=indent,
        gap=gaps.most_common(1)[0][0] if gaps else 0,
        has_sentences=any(finished),
        columns=columns,
    )


def _repeated(lines: Sequence[HardLine], signs: Signs) -> frozenset[int]:
    """Lines that may be headings and whose text stands elsewhere too: a kicker, section heading or pull line."""
    longest = signs.weight("longest_head")
    some = [x for x in lines if 4 <= len(x.text) <= longest and x.text[-1] not in signs.final]
    some = some[: signs.weight("most_heads")]
    whole = "".join(line.text for line in lines)
    return frozenset(x.start for x in some if whole.find(x.text, whole.find(x.text) + 1) >= 0)
