"""From lines to parts: which lines run on into one paragraph, and which are titles and headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.intake.lines import HardLine
from pipeline.intake.roles import BODY, Block
from pipeline.intake.shape import Shape
from pipeline.intake.signs import Signs

HEAD = "head"
PARAGRAPH = "paragraph"


def flow(blocks: Sequence[Block], shape: Shape, signs: Signs) -> list[Block]:
    """The blocks with every ``body`` line settled: joined into paragraphs, or a ``head`` (title or heading, not yet told).

    What interrupts a paragraph (a caption, a byline) stands after it in the list, where it does not open another part.
    """
    return _Flow(blocks, shape, signs).run()


@dataclass(slots=True)
class _Flow:
    blocks: Sequence[Block]
    shape: Shape
    signs: Signs

    def run(self) -> list[Block]:
        out: list[Block] = []
        current: Block | None = None
        following = self._following()
        for i, block in enumerate(self.blocks):
            if block.role != BODY:
                out.append(block)
                continue
            line = block.lines[0]
            if current is not None and self._joins(current, line):
                current.lines.append(line)
                continue
            if self._is_head(line, following[i], current):
                out.append(Block(HEAD, [line]))
                # A heading or pull line that breaks into a sentence does not end its paragraph.
                if current is not None and self.signs.ends_sentence(current.lines[-1].text):
                    current = None
                continue
            current = Block(PARAGRAPH, [line])
            out.append(current)
        return out

    def _following(self) -> list[HardLine | None]:
        """For each block the next line that may be body text."""
        out: list[HardLine | None] = [None] * len(self.blocks)
        coming: HardLine | None = None
        for i in range(len(self.blocks) - 1, -1, -1):
            out[i] = coming
            if self.blocks[i].role == BODY:
                coming = self.blocks[i].lines[0]
        return out

    def _joins(self, current: Block, line: HardLine) -> bool:
        return self._evidence(current.lines[-1], line, current) > 0

    def _evidence(self, last: HardLine, line: HardLine, current: Block | None) -> int:
        """The sum of what speaks for (above zero) and against ``line`` running on from ``last``."""
        signs, w = self.signs, self.signs.weight
        told = self.shape
        end, begin = last.text[-1], line.text[0]
        finished = signs.ends_sentence(last.text)
        score = w("join_finished") if finished else w("join_unfinished")
        if signs.runs_on(last.text):
            score += w("join_continuing")
        if begin in signs.inside:
            score += w("join_inside")
        if end in signs.numeral and (begin in signs.numeral or begin in signs.counted):
            score += w("join_numeral")
        if end.isascii() and end.isalpha() and begin.isascii() and begin.isalpha():
            score += w("join_latin")
        if current is not None and not finished and signs.opens(current.text) > 0:
            score += w("join_open")
        if last.start in told.full:
            score += w("join_full")
        elif told.wrapped and last.width < told.column(last) - w("same_width"):
            score += w("join_short") if finished else 0
        if told.indented:
            score += w("join_indented") if told.is_indented(line) else w("join_flush") if last.start in told.full else 0
        if line.gap > told.gap and finished:
            score += w("join_wider_gap")
        if line.text in signs.headings:
            score += w("join_heading")
        if line.start in told.repeated and line.start not in told.full:
            score += w("join_repeated")
        return score

    def _is_head(self, line: HardLine, coming: HardLine | None, current: Block | None) -> bool:
        signs, told = self.signs, self.shape
        text = line.text
        if len(text) > signs.weight("longest_head") or not told.has_sentences:
            return False
        if text in signs.headings:
            return True
        if text[-1] in signs.continuing or (text[-1] in signs.final and text[-1] in signs.settings["full_stop"]):
            return False
        if line.start in told.repeated and line.start not in told.full:
            return True
        if line.start in told.full or text[0] in signs.inside:
            return False
        if signs.settings["full_stop"] in text:
            return False
        if coming is None:
            return False
        strong = self._evidence(line, coming, Block(BODY, [line])) - signs.weight("join_unfinished")
        return strong <= 0
