"""From lines to parts: which lines run on into one paragraph, and which are titles and headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.intake.evidence import Decisions
from pipeline.intake.heads import Heads
from pipeline.intake.joins import TAIL, Joins, Open
from pipeline.intake.lines import HardLine
from pipeline.intake.roles import BODY, Block
from pipeline.intake.shape import Shape
from pipeline.intake.signs import Signs

HEAD = "head"
PARAGRAPH = "paragraph"
CLOSING = ("title", "dateline")
PLAIN, OTHER = "p", "o"


def flow(blocks: Sequence[Block], shape: Shape, signs: Signs, decisions: Decisions) -> list[Block]:
    """The blocks with every ``body`` line settled: joined into paragraphs, or a ``head`` (title or heading).

    What interrupts a paragraph (a caption, a byline, a pull line) stands behind its beginning in the list.
    ``decisions`` takes the evidence.
    """
    return _Flow(blocks, shape, signs, decisions).run()


class _Flow:
    def __init__(self, blocks: Sequence[Block], shape: Shape, signs: Signs, decisions: Decisions) -> None:
        self._blocks, self._shape, self._signs, self._decisions = blocks, shape, signs, decisions
        self._joins = Joins(shape, signs)
        _note_beginnings(blocks, signs)
        self._heads = Heads(blocks, _following(blocks), shape, signs, decisions.asked)

    def run(self) -> list[Block]:
        out: list[Block] = []
        current: Open | None = None
        plain = self._plain()
        i = 0
        while i < len(self._blocks):
            beside = bool(out) and out[-1].role == HEAD
            if plain[i] == PLAIN and current is not None and current.at == i - 1 and not beside:
                end = plain.index(OTHER, i)
                current.block.lines += [block.lines[0] for block in self._blocks[i:end]]
                current.at = end - 1
                i = end
            else:
                current = self._settle(i, current, beside, out)
                i += 1
        return out

    def _plain(self) -> str:
        """A sign for each block, and one for their end: whether it is a line that plainly goes on with the one before.

        So are most lines of a column; what stands at their edges need not be weighed.
        """
        blocks = self._blocks
        if not self._shape.wrapped or self._decisions.asked:
            return OTHER * (len(blocks) + 1)
        follows = self._joins.follows
        signs = [
            PLAIN if block.role == BODY == last.role and follows(last.lines[0], block.lines[0]) else OTHER
            for last, block in pairwise(blocks)
        ]
        return OTHER + "".join(signs) + OTHER

    def _settle(self, i: int, current: Open | None, beside: bool, out: list[Block]) -> Open | None:
        """Put block ``i`` where it belongs; the paragraph that is open behind it."""
        block = self._blocks[i]
        if block.role != BODY:
            out.append(block)
            return None if block.role in CLOSING else current
        line = block.lines[0]
        if current is not None and self._runs_on(i, current, line, beside):
            _append(current, line, i)
        elif self._is_head(i, line):
            out.append(Block(HEAD, [line]))
            # A heading or pull line that breaks into a sentence does not end its paragraph, as a title does.
            if current is not None and (not line.repeated or self._joins.finished(current)):
                return None
        else:
            current = Open(Block(PARAGRAPH, [line]), i)
            out.append(current.block)
        return current

    def _runs_on(self, i: int, current: Open, line: HardLine, beside: bool) -> bool:
        """Whether ``line`` goes on with the open paragraph; ``beside`` a head, a short unfinished line is one too."""
        if beside and self._shape.wrapped and not line.full and not line.done:
            names = ["join_beside_head"]
        elif not self._decisions.asked and (plain := self._joins.is_plain(current, line)) is not None:
            return plain and not self._heads.breaks_in(i, line, current, self._joins)
        else:
            names = self._joins.evidence(current, line)
            if self._signs.sum(names) > 0 and self._heads.breaks_in(i, line, current, self._joins):
                names.append("join_breaks_in")
        holds = self._signs.sum(names) > 0
        if self._decisions.asked:
            last = current.last
            self._decisions.note("join", holds, (last.start, last.end), (line.start, line.end), names)
        return holds

    def _is_head(self, i: int, line: HardLine) -> bool:
        holds, names = self._heads.is_head(i, line)
        if self._decisions.asked and names:
            self._decisions.note("head", holds, None, (line.start, line.end), names)
        return holds


def _append(current: Open, line: HardLine, i: int) -> None:
    """Put line ``i`` behind the open paragraph; the join is loose where something stands between or no column ends."""
    lines = current.block.lines
    if i > current.at + 1 or not lines[-1].full:
        current.block.loose = current.block.loose or []
        current.block.loose.append(len(lines))
    lines.append(line)
    current.at = i


def _note_beginnings(blocks: Sequence[Block], signs: Signs) -> None:
    """Note of each line whether a report or a sentence of one begins there."""
    lines = [block.lines[0] for block in blocks if block.role == BODY]
    starts = [line.text[:TAIL] for line in lines]
    for i in signs.forms.lookout("opening", "prose").look(starts):
        lines[i].opens = signs.form(starts[i], "opening") is not None
        lines[i].prose = signs.form(starts[i], "prose") is not None


def _following(blocks: Sequence[Block]) -> list[HardLine | None]:
    """For each block the next line that may be body text."""
    out: list[HardLine | None] = [None] * len(blocks)
    coming: HardLine | None = None
    for i in range(len(blocks) - 1, -1, -1):
        out[i] = coming
        if blocks[i].role == BODY:
            coming = blocks[i].lines[0]
    return out
