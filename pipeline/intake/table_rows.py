"""Which lines are rows of a table: they have cells, fill no column, and go on with nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from pipeline.core.offsets import Span
from pipeline.intake.lines import HardLine
from pipeline.intake.signs import Signs

TAB, BAR, WIDE = "\t", "|", "  "
NUMBER_ENDS = "0123456789%"
PAIRS = 3
"""So many lines in a row that are a name and a number are a table; two may be broken by a column."""


def note_rows(lines: Sequence[HardLine], done: Sequence[bool], signs: Signs) -> None:
    """Note the cells of the rows of tables on ``lines``; ``done`` are those that end a sentence."""
    spaced = [
        i for i, line in enumerate(lines) if (" " in line.text or TAB in line.text or BAR in line.text) and not done[i]
    ]
    if not spaced:
        return
    plain = [i for i in spaced if not signs.marks_clause(lines[i].text)]
    _by_words(plain, lines, signs)
    parted = [i for i in plain if TAB in lines[i].text or BAR in lines[i].text or WIDE in lines[i].text]
    if parted:
        _by_signs({i: signs.cells.split(lines[i].text) for i in parted}, lines, signs)
    numbers = [i for i in plain if lines[i].text[-1] in NUMBER_ENDS]
    if len(numbers) >= PAIRS:
        _by_pairs([i for i in numbers if signs.named_number.match(lines[i].text)], lines)


def tables_in(lines: Sequence[HardLine], signs: Signs) -> Iterator[Span]:
    """The spans of tables on ``lines``, whose rows are noted, with numbers without a unit."""
    for is_row, of in groupby(lines, key=lambda line: line.cells > 0):
        rows = list(of)
        if is_row and any([signs.number.fullmatch(c.strip()) for row in rows for c in signs.cells.split(row.text)]):
            yield rows[0].start, rows[-1].end


def _by_words(spaced: Iterable[int], lines: Sequence[HardLine], signs: Signs) -> None:
    """Lines in a row that have as many words: 滨江区 120.5 6.1%."""
    for i, k in pairwise(i for i in spaced if lines[i].text.count(" ") > 1):
        last, line = lines[i], lines[k]
        cells = len(line.text.split())
        if k == i + 1 and cells > 2 and cells == len(last.text.split()) and _has_cells(last, line, signs):
            _note((last, line), cells)


def _has_cells(last: HardLine, line: HardLine, signs: Signs) -> bool:
    """Whether the spaces of two lines part more than digits from words: 滨江区 120.5 6.1%, 1 滨江区, not 共 30 人."""
    lines = last.text, line.text
    return all([text.count(" ") > len(signs.spaces.findall(text)) or text.split()[0].isdecimal() for text in lines])


def _by_signs(cells: Mapping[int, Sequence[str]], lines: Sequence[HardLine], signs: Signs) -> None:
    """Lines whose cells wide space, tabs or bars part: three by a tab or bar, or two lines of which one has numbers."""
    for i, of in cells.items():
        behind = cells.get(i + 1, ())
        if len(of) > 2 and (TAB in lines[i].text or BAR in lines[i].text):
            _note((lines[i],), len(of))
        if behind and any(signs.number.fullmatch(cell) for cell in (of[-1], behind[-1])):
            _note((lines[i],), len(of))
            _note((lines[i + 1],), len(behind))


def _by_pairs(named: Sequence[int], lines: Sequence[HardLine]) -> None:
    """Lines in a row that are a name and a number: 滨江区 120.5."""
    run: list[int] = []
    for i in [*named, -1]:
        if run and i != run[-1] + 1:
            if len(run) >= PAIRS:
                _note([lines[k] for k in run], 2)
            run = []
        run.append(i)


def _note(rows: Iterable[HardLine], cells: int) -> None:
    for row in rows:
        row.cells, row.full, row.tight = cells, False, False
