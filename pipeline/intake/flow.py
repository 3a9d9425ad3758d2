"""From lines to parts: which lines run on into one paragraph, and which are titles and headings."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.intake.evidence import Decisions
from pipeline.intake.heads import Heads
from pipeline.intake.joins import Joins, Open
from pipeline.intake.lines import HardLine
from pipeline.intake.roles import BODY, Block
from pipeline.intake.shape import Shape
from pipeline.intake.signs import Signs

HEAD = "head"
PARAGRAPH = "paragraph"
CLOSING = ("title", "dateline")


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
        self._heads = Heads(blocks, _following(blocks), shape, signs)

    def run(self) -> list[Block]:
        out: list[Block] = []
        current: Open | None = None
        for i, block in enumerate(self._blocks):
            if block.role != BODY:
                out.append(block)
                current = None if block.role in CLOSING else current
                continue
            line = block.lines[0]
            beside = bool(out) and out[-1].role == HEAD
            if current is not None and self._runs_on(i, current, line, beside):
                _append(current, line, i)
            elif self._is_head(i, line):
                out.append(Block(HEAD, [line]))
                # A heading or pull line that breaks into a sentence does not end its paragraph, as a title does.
                if current is not None and (not line.repeated or self._joins.finished(current)):
                    current = None
            else:
                current = Open(Block(PARAGRAPH, [line]), i)
                out.append(current.block)
        return out

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
        current.block.loose.append(len(lines))
    lines.append(line)
    current.at = i


def _following(blocks: Sequence[Block]) -> list[HardLine | None]:
    """For each block the next line that may be body text."""
    out: list[HardLine | None] = [None] * len(blocks)
    coming: HardLine | None = None
    for i in range(len(blocks) - 1, -1, -1):
        out[i] = coming
        if blocks[i].role == BODY:
            coming = blocks[i].lines[0]
    return out
