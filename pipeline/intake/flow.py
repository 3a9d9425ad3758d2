"""From lines to parts: which lines run on into one paragraph, and which are titles and headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.intake.articles import JUMP
from pipeline.intake.breaks import BreaksIn
from pipeline.intake.evidence import Decisions
from pipeline.intake.heads import Heads, before_bylines
from pipeline.intake.joins import Joins, Open
from pipeline.intake.lines import HardLine
from pipeline.intake.roles import BODY, Block
from pipeline.intake.shape import Shape
from pipeline.intake.signs import Signs

HEAD = "head"
PARAGRAPH = "paragraph"
CLOSING = ("title", "dateline")
BREAKS_IN = "join_breaks_in"
GOES_ON, BEGINS, OTHER = "g", "b", "o"
ALIKE = re.compile(f"{GOES_ON}+|{BEGINS}+")


def flow(blocks: Sequence[Block], shape: Shape, signs: Signs, decisions: Decisions) -> list[Block]:
    """The blocks with every ``body`` line settled: joined into paragraphs, or a ``head`` (title or heading).

    What interrupts a paragraph (a caption, a byline, a pull line) stands behind its beginning in the list.
    ``decisions`` takes the evidence.
    """
    return _Flow(blocks, shape, signs, decisions).run()


class _Flow:
    def __init__(self, blocks: Sequence[Block], shape: Shape, signs: Signs, decisions: Decisions) -> None:
        self._blocks, self._shape, self._signs, self._decisions = blocks, shape, signs, decisions
        self._asked = decisions.asked
        self._joins = Joins(shape, signs)
        self._heads = Heads(blocks, before_bylines(blocks, signs), shape, signs, self._asked)
        self._breaks_in = BreaksIn(self._heads)
        self._broken = -1
        """The last block that was found to break into a sentence."""

    def run(self) -> list[Block]:
        out: list[Block] = []
        current: Open | None = None
        plain = self._plain()
        i = 0
        while i < len(self._blocks):
            beside = bool(out) and out[-1].role == HEAD
            alike = ALIKE.match(plain, i)
            if alike is not None and current is not None and current.at == i - 1 and not beside:
                end = alike.end()
                current = self._run_on(current, i, end) if plain[i] == GOES_ON else self._begin(current, i, end, out)
                i = end
            else:
                current = self._settle(i, current, beside, out)
                i += 1
        return out

    def _plain(self) -> str:
        """A sign for each block, and one for their end: whether it plainly goes on with the one before, or begins.

        So do most lines of a column, and of text that is not wrapped; what stands at their edges need not be weighed.
        """
        blocks = self._blocks
        if not self._shape.has_sentences:
            return OTHER * (len(blocks) + 1)
        wrapped, follows = self._shape.wrapped, self._joins.follows
        signs = [OTHER]
        for i, (last, block) in enumerate(pairwise(blocks), 1):
            sign = OTHER
            if block.role == BODY == last.role:
                before, line = last.lines[0], block.lines[0]
                if before.full:
                    if wrapped and follows(before, line):
                        sign = GOES_ON
                elif before.done and self._begins(i, before, line):
                    sign = BEGINS
            signs.append(sign)
        return "".join(signs) + OTHER

    def _begins(self, i: int, last: HardLine, line: HardLine) -> bool:
        """Whether ``line`` of block ``i`` surely begins a paragraph behind ``last``."""
        if not self._joins.begins(last, line):
            return False
        return self._heads.is_body(i, line) if line.tight else not self._heads.may_be(i, line)

    def _run_on(self, current: Open, start: int, end: int) -> Open:
        """Put the blocks from ``start`` to ``end`` behind the open paragraph."""
        lines = [block.lines[0] for block in self._blocks[start:end]]
        if self._asked:
            for line in lines:
                self._note_join(current, line, True)
                current.add(line)
        else:
            current.add(*lines)
        current.at = end - 1
        return current

    def _begin(self, current: Open, start: int, end: int, out: list[Block]) -> Open:
        """A paragraph of each of the blocks from ``start`` to ``end``; the last of them is open."""
        for i in range(start, end):
            line = self._blocks[i].lines[0]
            if self._asked:
                self._note_join(current, line, False)
                self._is_head(i, line)
            current = Open(Block(PARAGRAPH, [line]), line, i)
            out.append(current.block)
        return current

    def _note_join(self, current: Open, line: HardLine, holds: bool, names: list[str] | None = None) -> None:
        """Keep why ``line`` goes on with ``current`` or does not, for somebody who wants to know."""
        last = current.last
        if names is None:
            names = self._joins.evidence(current, line, self._joins.finished(current))
        self._decisions.note("join", holds, (last.start, last.end), (line.start, line.end), names)

    def _settle(self, i: int, current: Open | None, beside: bool, out: list[Block]) -> Open | None:
        """Put block ``i`` where it belongs; the paragraph that is open behind it."""
        block = self._blocks[i]
        if block.role != BODY:
            out.append(block)
            return None if block.role in CLOSING or block.kind == JUMP else current
        line = block.lines[0]
        if current is not None and self._runs_on(i, current, line, beside):
            _append(current, line, i)
        elif self._broken == i or self._is_head(i, line) or beside and self._heads.goes_on(i, line):
            out.append(Block(HEAD, [line]))
            # A heading or pull line that breaks into a sentence does not end its paragraph, as a title does.
            if current is not None and (not line.repeated or self._joins.finished(current)):
                return None
        else:
            current = Open(Block(PARAGRAPH, [line]), line, i)
            out.append(current.block)
        return current

    def _runs_on(self, i: int, current: Open, line: HardLine, beside: bool) -> bool:
        """Whether ``line`` goes on with the open paragraph; ``beside`` a head, a short unfinished line is one too."""
        names: list[str] | None = None
        if beside and self._shape.wrapped and not line.full and not line.done:
            names = ["join_beside_head"]
            holds = self._signs.sum(names) > 0
        else:
            joins = self._joins
            finished = joins.finished(current)
            plain = joins.is_plain(current, line, finished)
            if plain is not None:
                holds = plain
            else:
                names = joins.evidence(current, line, finished)
                holds = self._signs.sum(names) > 0
            told = self._told_apart(i, line, current, finished) if holds else None
            if told:
                self._broken = i if told == BREAKS_IN else self._broken
                names = [*(names or joins.evidence(current, line, finished)), told]
                holds = self._signs.sum(names) > 0
        if self._asked:
            self._note_join(current, line, holds, names)
        return holds

    def _told_apart(self, i: int, line: HardLine, current: Open, finished: bool) -> str | None:
        """What tells that ``line`` does not go on with the open paragraph though it looks so by itself."""
        if not finished:
            return BREAKS_IN if self._breaks_in(i, line, current) else None
        return "join_before_head" if self._heads.is_wrapped(i) or self._heads.stands_before_start(i, line) else None

    def _is_head(self, i: int, line: HardLine) -> bool:
        holds, names = self._heads.is_head(i, line)
        if self._asked and names:
            self._decisions.note("head", holds, None, (line.start, line.end), names)
        return holds


def _append(current: Open, line: HardLine, i: int) -> None:
    """Put line ``i`` behind the open paragraph; the join is loose where something stands between or no column ends."""
    if i > current.at + 1 or not current.last.full:
        current.block.loose = current.block.loose or []
        current.block.loose.append(len(current.block.lines))
    current.add(line)
    current.at = i
