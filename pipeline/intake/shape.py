"""What a page looks like: whether its lines are wrapped and how wide, what indents and empty lines mean in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, zip_longest

from msgspec import Struct

from pipeline.intake.lines import HardLine, width_of
from pipeline.intake.narrow import note_narrow
from pipeline.intake.repeats import note_repeated, twice
from pipeline.intake.signs import Signs
from pipeline.intake.table_rows import note_rows

LAST_ASCII = "\x7f"


class Shape(Struct, frozen=True):
    """The habits of a page; those of its lines (column, full, repeated) are noted on the lines themselves."""

    wrapped: bool
    """Whether lines are broken where a column ends."""
    indent: int
    """The indent of a paragraph's first line, in half-widths; 0 where paragraphs have none."""
    flush: int
    """The largest indent, in half-widths, of a line that surely has none of these and is not centred."""
    gap: int
    """How many empty lines stand between two lines of a paragraph."""
    parted: bool
    """Whether more empty lines than that stand between paragraphs."""
    runs_long: bool
    """Whether paragraphs that nothing else sets apart have so many sentences that one which ends with its line
    seldom ends its paragraph too."""
    has_sentences: bool
    """Whether any line ends as a sentence does: a list of names has no titles."""
    whole: str
    """The text of all lines, joined, without spaces."""

    def repeats(self, text: str) -> bool:
        """Whether the `bare` text stands on the page twice or more."""
        return twice(text, self.whole)

    top: int
    """Where the first line begins in the source."""
    intact: bool
    """Whether no long line breaks off."""
    small: bool
    """Whether the text is so short that a line without a full stop may be half of its only sentence."""

    def speaks_of(self, text: str) -> bool:
        """Whether two neighbouring characters of ``text``, a line of the page, stand in another place too."""
        rest = self.whole.replace(text.replace(" ", ""), "", 1)
        return any(text[i : i + 2] in rest for i in range(len(text) - 1))

    def is_indented(self, line: HardLine) -> bool:
        """Whether ``line`` has the indent of a paragraph's first line."""
        return self.indent > 0 and abs(line.indent - self.indent) <= 1

    def is_centred(self, line: HardLine) -> bool:
        """Whether ``line`` has an indent that no paragraph has here, as titles have."""
        return line.indent > 1 and not self.is_indented(line)


def shape_of(lines: Sequence[HardLine], signs: Signs) -> Shape:
    """The shape of a page from its lines that may be body text, on which it notes column, fullness and repetition."""
    done = [line.done for line in lines]
    # Where most lines end sentences no column breaks them, whatever their widths.
    least = len(lines) // signs.weight("wrapped_share")
    if len(lines) - sum(done) > least:
        _measure(lines, done, least, signs)
    note_rows(lines, done, signs)
    open_full = [line.full and not end for line, end in zip(lines, done, strict=True)]
    wrapped = sum(open_full) > least
    gap, parted = _gaps(lines, open_full, done, wrapped)
    if not wrapped:
        for line in lines:
            line.full = line.tight = False
    whole = "".join([line.text for line in lines]).replace(" ", "")
    note_repeated(lines, whole, signs)
    if not wrapped and least:
        note_narrow(lines, done, gap, signs)
    indent = _indent(lines, done, signs)
    return Shape(
        wrapped=wrapped,
        indent=indent,
        flush=0 if indent == 2 else 1,  # an indent may be off by one
        gap=gap,
        parted=parted,
        runs_long=wrapped and not indent and not parted and _runs_long(lines, whole, signs),
        has_sentences=any(done),
        whole=whole,
        top=lines[0].start,
        intact=not wrapped and not any([len(b.text) > signs.longest_head for b in lines if not b.done]),
        small=len(whole) <= signs.weight("small_text"),
    )


def _gaps(lines: Sequence[HardLine], within: Sequence[bool], done: Sequence[bool], wrapped: bool) -> tuple[int, bool]:
    """How many empty lines stand between two lines of a paragraph, and whether more than that part paragraphs.

    Behind a line ``within`` a paragraph its next comes, behind one that is ``done`` as often another paragraph.
    """
    gaps = [line.gap for line in lines[1:]]
    if not any(gaps):
        return 0, False
    inner, outer = _tally(compress(gaps, within)), _tally(compress(gaps, done))
    told = (inner or outer) if wrapped else (outer or inner)
    gap = max(told, key=told.__getitem__) if told else 0
    return gap, wrapped and sum([n for g, n in outer.items() if g > gap]) * 2 > sum(outer.values())


def _indent(lines: Sequence[HardLine], done: Sequence[bool], signs: Signs) -> int:
    """The indent that most first lines of paragraphs have, in half-widths: they fill a column behind one that ends."""
    if max([line.indent for line in lines]) < 2:
        return 0
    long = signs.longest_head
    # Behind a line that ends its sentence and its column the paragraph may go on.
    ends = [end and not line.tight for line, end in zip(lines, done, strict=True)]
    starts = [b for b in compress(lines[1:], ends) if b.full or len(b.text) > long] or [lines[0]]
    # Behind a heading or a byline nothing ends, but the next line hangs out: 　　新桥昨日通/车。
    behind = [False, *ends]
    starts += [
        a for a, b, n in zip(lines, lines[1:], behind, strict=False) if a.full and 1 < a.indent > b.indent and not n
    ]
    indents = _tally([line.indent for line in starts if line.indent > 1])
    usual = max(indents, key=indents.__getitem__) if indents else 0
    return usual if usual and indents[usual] * 2 > len(starts) else 0


def _tally(numbers: Iterable[int]) -> dict[int, int]:
    """How often each of a few ``numbers`` is among them, for which a dictionary is faster than a `Counter`."""
    counts: dict[int, int] = {}
    for n in numbers:
        counts[n] = counts.get(n, 0) + 1
    return counts


def _runs_long(lines: Sequence[HardLine], whole: str, signs: Signs) -> bool:
    """Whether sentences end within lines so much more often than paragraphs surely do, in lines that are not full.

    Both kinds of end fall on a line's end alike, so what is commoner is likelier there.
    """
    ends = [line.tight for line in lines if line.done]
    return whole.count(signs.full_stop) - len(ends) > signs.weight("sentences_for_each") * ends.count(False)


def _measure(lines: Sequence[HardLine], done: Sequence[bool], least: int, signs: Signs) -> None:
    """Note the column of each line, the commonest width before or behind it, and whether it fills it.

    It is tight where the next line's first word would not have stood in it any more. Nothing is noted where no more
    than ``least`` of the lines that are not ``done`` may fill one.
    """
    slack, overhang, narrowest = signs.weight("slack"), signs.overhang, signs.weight("narrowest_column")
    widths = [line.width for line in lines]
    counts: dict[int, int] = Counter(widths)
    usual = max(counts.values())
    # Programs break lines by the number of characters, printers by their widths; the one that fits more lines is meant.
    counted = [line.indent + 2 * len(line.text) for line in lines]
    numbers = Counter(counted)
    by_number = max(numbers.values())
    if max(usual, by_number) < 2:
        return
    if by_number * 4 > usual * 5:
        widths, counts = counted, numbers
        for line, width in zip(lines, counted, strict=True):
            line.width = width
    if usual * 4 < len(lines):
        columns = [width for width, n in counts.items() if n > 1 and width >= narrowest]
        near = {w for column in columns for w in range(column - slack, column + overhang + 1)}
        if sum([width in near for width, end in zip(widths, done, strict=True) if not end]) <= least and any(done[:-1]):
            return  # so few lines make no wrapped page, whichever columns there are
    columns = _columns(widths, signs)
    behind = iter(columns[signs.weight("window") - 1 :])
    for i, (line, width, column, other) in enumerate(zip(lines, widths, columns, behind, strict=False)):
        if width == column:
            line.column = column
            line.full = line.tight = True
            continue
        if abs(other - width) < abs(column - width):
            column = other
        line.column = column
        if column and column - slack <= width <= column + overhang:
            line.full = True
            line.tight = width >= column or i + 1 == len(lines) or width + first_word(lines[i + 1].text, signs) > column


def _columns(widths: Sequence[int], signs: Signs) -> list[int]:
    """The column of each width and those before it; so many places on stands that of a width and those behind it."""
    reach, least, widest = signs.weight("window"), signs.weight("narrowest_column"), max(widths)
    counts: dict[int, int] = {}
    columns: list[int] = []
    size = column = 0
    for coming, going in zip_longest(widths, [0] * reach + list(widths[:-1])):
        if coming == going:
            columns.append(column)
            continue
        if coming is not None:
            counts[coming] = counts.get(coming, 0) + 1
            size += 1
        if going:
            counts[going] -= 1
            size -= 1
            if not counts[going]:
                del counts[going]
        # Most often it is the one before: more than half of the lines have it, or it lost none and none has come near.
        known = counts.get(column, 0)
        if known * 2 <= size and (not known or going == column or coming != column and counts.get(coming, 0) >= known):
            column = _column(counts, least)
        elif widest * 2 > column * 3 and max(counts) * 2 > column * 3:
            column = _column(counts, least)
        columns.append(column)
    return columns


def _column(counts: Mapping[int, int], least: int) -> int:
    """The commonest of the widths, of several the widest; 0 where none stands out or two are far wider."""
    most = column = 0
    for width, n in counts.items():
        if n > most or n == most and width > column:
            most, column = n, width
    if most < 2 or column < least:
        return 0
    if max(counts) * 2 <= column * 3:
        return column
    return column if sum([n for width, n in counts.items() if width * 2 > column * 3]) < 2 else 0


def first_word(text: str, signs: Signs) -> int:
    """The width of what cannot be parted at the start of a line: a word of letters or digits, a sign with its marks."""
    if text[0] > LAST_ASCII and text[0] not in signs.opening and text[1:2] not in signs.inside:
        return 2
    end = 0
    while end < len(text) and text[end] in signs.opening:
        end += 1
    if end < len(text) and text[end].isascii() and text[end].isalnum():
        while end < len(text) and text[end].isascii() and not text[end].isspace():
            end += 1
    else:
        end += 1
    while end < len(text) and text[end] in signs.inside:
        end += 1
    return width_of(text[:end])
