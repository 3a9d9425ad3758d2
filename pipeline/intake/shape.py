"""What a page looks like: whether its lines are wrapped and how wide, what indents and empty lines mean in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.intake.lines import HardLine
from pipeline.intake.signs import Signs


@dataclass(frozen=True, slots=True)
class Shape:
    """The habits of a page; those of its lines (column, full, repeated) are noted on the lines themselves."""

    wrapped: bool
    """Whether lines are broken where a column ends."""
    indent: int
    """The indent of a paragraph's first line, in half-widths; 0 where paragraphs have none."""
    gap: int
    """How many empty lines stand between two lines of a paragraph."""
    parted: bool
    """Whether more empty lines than that stand between paragraphs."""
    has_sentences: bool
    """Whether any line ends as a sentence does: a list of names has no titles."""

    def is_indented(self, line: HardLine) -> bool:
        """Whether ``line`` has the indent of a paragraph's first line."""
        return self.indent > 0 and abs(line.indent - self.indent) <= 1

    def is_centred(self, line: HardLine) -> bool:
        """Whether ``line`` has an indent that no paragraph has here, as titles have."""
        return line.indent > 1 and not self.is_indented(line)


def shape_of(lines: Sequence[HardLine], signs: Signs) -> Shape:
    """The shape of a page from its lines that may be body text, on which it notes column, fullness and repetition."""
    done = [signs.ends_sentence(line.text) for line in lines]
    _measure(lines, signs)
    open_full = sum(line.full and not end for line, end in zip(lines, done, strict=True))
    wrapped = open_full * signs.weight("wrapped_share") > len(lines)
    inner = Counter(b.gap for a, b, end in zip(lines, lines[1:], done, strict=False) if a.full and not end)
    outer = Counter(b.gap for b, end in zip(lines[1:], done, strict=False) if end)
    gap = (inner if wrapped and inner else outer).most_common(1)[0][0] if inner or outer else 0
    if not wrapped:
        for line in lines:
            line.full = False
    _note_repeated(lines, signs)
    starts = [b for b, end in zip(lines[1:], done, strict=False) if end] or list(lines[:1])
    usual = Counter(line.indent for line in starts if line.indent > 1).most_common(1)
    return Shape(
        wrapped=wrapped,
        indent=usual[0][0] if usual and usual[0][1] * 2 > len(starts) else 0,
        gap=gap,
        parted=wrapped and sum(n for g, n in outer.items() if g > gap) * 2 > sum(outer.values()),
        has_sentences=any(done),
    )


def _measure(lines: Sequence[HardLine], signs: Signs) -> None:
    """Note the column of each line, the commonest width around it, and whether it fills it."""
    window, slack = signs.weight("window"), signs.weight("slack")
    counts: Counter[int] = Counter(line.width for line in lines[:window])
    for i, line in enumerate(lines):
        if i + window < len(lines):
            counts[lines[i + window].width] += 1
        if i - window - 1 >= 0:
            counts[lines[i - window - 1].width] -= 1
        line.column = max(counts, key=lambda width: (counts[width], width))
        often = counts[line.column]
        line.full = (
            often > 1 and line.column >= signs.weight("narrowest_column") and -slack <= line.width - line.column <= 3
        )


def _note_repeated(lines: Sequence[HardLine], signs: Signs) -> None:
    """Note lines that may be headings and whose text stands elsewhere too: a kicker, section heading or pull line."""
    longest = signs.weight("longest_head")
    some = [x for x in lines if 4 <= len(x.text) <= longest and x.text[-1] not in signs.final]
    whole = "".join(line.text for line in lines)
    # What is looked for in the whole page is bounded, so that pages of many thousand short lines stay linear.
    budget = signs.weight("most_looked_at") // max(len(whole), 1)
    for line in some[:budget]:
        line.repeated = whole.find(line.text, whole.find(line.text) + 1) >= 0
