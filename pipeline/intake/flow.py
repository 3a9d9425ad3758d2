"""From lines to parts: which lines run on into one paragraph, and which are titles and headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.intake.lines import HardLine
from pipeline.intake.roles import BODY, Block
from pipeline.intake.shape import Shape
from pipeline.intake.signs import Signs
from pipeline.intake.words import bound

HEAD = "head"
PARAGRAPH = "paragraph"
CLOSING = ("title", "dateline")
PARTING = ("title", "dateline", "byline")
TAIL = 40
DEEPEST = 3


@dataclass(slots=True)
class _Open:
    """The paragraph that is being joined: its block, the end of its text, and how many brackets it has open."""

    block: Block
    tail: str
    brackets: int

    @property
    def last(self) -> HardLine:
        return self.block.lines[-1]


def flow(blocks: Sequence[Block], shape: Shape, signs: Signs) -> list[Block]:
    """The blocks with every ``body`` line settled: joined into paragraphs, or a ``head`` (title or heading).

    What interrupts a paragraph (a caption, a byline, a pull line) stands behind its beginning in the list.
    """
    return _Flow(blocks, shape, signs).run()


@dataclass(slots=True)
class _Flow:
    blocks: Sequence[Block]
    shape: Shape
    signs: Signs
    following: list[HardLine | None] = field(default_factory=list)

    def run(self) -> list[Block]:
        out: list[Block] = []
        current: _Open | None = None
        self.following = self._following()
        for i, block in enumerate(self.blocks):
            if block.role != BODY:
                out.append(block)
                current = None if block.role in CLOSING else current
                continue
            line = block.lines[0]
            beside = bool(out) and out[-1].role == HEAD
            if current is not None and self._runs_on(i, current, line, beside):
                self._append(current, line)
            elif self._is_head(i, line, self.following[i]):
                out.append(Block(HEAD, [line]))
                # A heading or pull line that breaks into a sentence does not end its paragraph, as a title does.
                if current is not None and (not line.repeated or self._finished(current)):
                    current = None
            else:
                current = _Open(Block(PARAGRAPH, [line]), line.text[-TAIL:], self.signs.opens(line.text))
                out.append(current.block)
        return out

    def _runs_on(self, i: int, current: _Open, line: HardLine, beside: bool) -> bool:
        """Whether ``line`` goes on with the open paragraph; ``beside`` a head, a short unfinished line is one too."""
        if beside and self.shape.wrapped and not line.full and not self.signs.ends_sentence(line.text):
            return False
        return self._evidence(current, line) > 0 and not self._breaks_in(i, line, current)

    def _append(self, current: _Open, line: HardLine) -> None:
        current.block.lines.append(line)
        current.tail = (current.tail + line.text)[-TAIL:]
        current.brackets = max(current.brackets, 0) + self.signs.opens(line.text)

    def _finished(self, current: _Open) -> bool:
        # 具体情况如下： and the items of a list end their lines too, where no column does.
        pauses = not current.last.full and current.tail[-1] in self.signs.pausing
        return pauses or self.signs.ends_sentence(current.tail)

    def _following(self) -> list[HardLine | None]:
        """For each block the next line that may be body text."""
        out: list[HardLine | None] = [None] * len(self.blocks)
        coming: HardLine | None = None
        for i in range(len(self.blocks) - 1, -1, -1):
            out[i] = coming
            if self.blocks[i].role == BODY:
                coming = self.blocks[i].lines[0]
        return out

    def _evidence(self, current: _Open, line: HardLine) -> int:
        """The sum of what speaks for (above zero) and against ``line`` running on from ``current``."""
        signs, w, told, last = self.signs, self.signs.weight, self.shape, current.last
        finished = self._finished(current)
        score = w("join_finished") if finished else w("join_unfinished") if told.has_sentences else 0
        score += self._contact(last, line)
        if not finished and current.brackets > 0:
            score += w("join_open")
        if last.full:
            score += w("join_full")
        elif told.wrapped and (finished or len(current.block.lines) == 1):
            score += w("join_short")
        if finished and told.wrapped and not line.full and not signs.ends_sentence(line.text):
            score += w("join_not_body")
        if told.indent:
            score += w("join_indented") if told.is_indented(line) else w("join_flush") if last.full else 0
        if told.is_centred(line):
            score += w("join_centred")
        if line.gap > told.gap and (finished or told.parted):
            score += w("join_wider_gap")
        elif told.parted and line.gap == told.gap:
            score += w("join_same")
        if finished and signs.form(line.text, "source") is not None:
            score += w("join_source")
        if signs.form(line.text[:TAIL], "opening") is not None:
            score += w("join_run_in")
        if line.text in signs.headings:
            score += w("join_heading")
        if line.repeated and not line.full:
            score += w("join_repeated")
        if last.full and line.width > last.column + w("overhang"):
            score += w("join_wider")
        if finished and score > 0 and not told.indent and signs.form(line.text[:TAIL], "prose") is not None:
            score += w("join_prose")
        if not finished and score <= 0 and bound(last.text, line.text, signs):
            score += w("join_bound")
        return score

    def _contact(self, last: HardLine, line: HardLine) -> int:
        """What the signs on both sides of the break say: 约1/28家, 6月/7日, Open/AI, a comma, a closing mark."""
        signs, w = self.signs, self.signs.weight
        end, begin = last.text[-1], line.text[0]
        score = 0
        if end in signs.continuing:
            score += w("join_continuing")
        if begin in signs.inside:
            score += w("join_inside")
        if end in signs.numeral and (begin in signs.numeral or begin in signs.counted):
            score += w("join_numeral")
        if end in signs.calendar and begin.isdecimal():
            score += w("join_date")
        if end.isascii() and end.isalpha() and begin.isascii() and begin.isalpha():
            score += w("join_latin")
        return score

    def _is_head(self, i: int, line: HardLine, coming: HardLine | None, depth: int = 0) -> bool:
        """Whether ``line``, which does not run on from what came before, is a title or heading."""
        signs, told, text = self.signs, self.shape, line.text
        if len(text) > signs.weight("longest_head") or not told.has_sentences:
            return False
        if text in signs.headings:
            return True
        if signs.settings["full_stop"] in text or text[0] in signs.inside:
            return False
        if not line.repeated and signs.form(text[:TAIL], "opening", "prose", "source") is not None:
            return False
        if len(text) > signs.weight("longest_with_comma") and signs.settings["comma"] in text:
            return False
        return self._head_evidence(i, line, coming, depth) > 0

    def _head_evidence(self, i: int, line: HardLine, coming: HardLine | None, depth: int = 0) -> int:
        signs, w, told = self.signs, self.signs.weight, self.shape
        score = w("head_base")
        if signs.ends_sentence(line.text):
            score += w("head_finished")
        if line.repeated:
            score += w("head_repeated_full") if line.tight and not line.paired else w("head_repeated")
        if told.is_centred(line):
            score += w("head_centred")
        if line.gap > told.gap:
            score += w("head_gap")
        if told.indent and not told.is_indented(line):
            score += w("head_flush")
        if self._leads_to_byline(i):
            score += w("head_byline")
        if told.wrapped:
            score += w("head_full") if line.tight else w("head_near") if line.full else w("head_short")
        if coming is None:
            return score + w("head_last")
        if told.small and line.start == told.top and not coming.gap and not told.speaks_of(line.text):
            score += w("head_unrelated")
        if signs.form(coming.text[:TAIL], "opening") is not None:
            score += w("head_report")
        if i + 1 < len(self.blocks) and self.blocks[i + 1].role in PARTING:
            return score
        contact = self._contact(line, coming) + (w("join_open") if signs.opens(line.text) > 0 else 0)
        if score > 0 and bound(line.text, coming.text, signs):
            contact += w("join_bound")
        # The first line of a title over two lines runs on too, but into a line that is a head itself.
        if contact > 0 and not self._is_next_head(i, coming, depth):
            score -= contact
        if told.is_indented(coming) and line.full:
            score += w("head_before_start")
        if told.parted:
            score += w("head_alone") if coming.gap > told.gap else w("head_not_alone")
        return score

    def _is_next_head(self, i: int, coming: HardLine, depth: int) -> bool:
        if depth >= DEEPEST or i + 1 >= len(self.blocks) or self.blocks[i + 1].role != BODY:
            return False
        comma: str = self.signs.settings["comma"]
        if self.blocks[i].text.count(comma) + coming.text.count(comma) > 1:
            return False  # 桥面合龙后，工人连夜/铺设沥青，这几天，: no title has so many clauses
        return self._is_head(i + 1, coming, self.following[i + 1], depth + 1)

    def _breaks_in(self, i: int, line: HardLine, current: _Open) -> bool:
        """Whether ``line`` is a head though the sentence before it is not finished, as where a column was lost.

        A byline or the opening of a sentence comes behind it: 新桥昨日通车/本报记者 周一帆, 两岸步行只要五分钟/此外，.
        """
        coming = self.following[i]
        if coming is None or len(line.text) > self.signs.weight("longest_head") or self._finished(current):
            return False
        if line.tight or self.signs.runs_on(line.text) or self.signs.ends_sentence(line.text):
            return False
        if self._contact(current.last, line) > self.signs.weight("join_continuing") or current.brackets > 0:
            return False
        if bound(current.last.text, line.text, self.signs):
            return False
        opens = self.signs.form(coming.text[:TAIL], "opening", "prose") is not None
        return self._leads_to_byline(i) or (opens and not bound(line.text, coming.text, self.signs))

    def _leads_to_byline(self, i: int) -> bool:
        """Whether only unfinished lines and captions stand between a line and a byline or 本报讯: a title."""
        lines = 0
        for block in self.blocks[i + 1 : i + 8]:
            if block.role == "byline":
                return True
            if block.role == BODY:
                if self.signs.form(block.text[:TAIL], "opening") is not None:
                    return True
                lines += 1
                if (
                    lines > 3
                    or self.signs.ends_sentence(block.text)
                    or len(block.text) > self.signs.weight("longest_head")
                ):
                    return False
            elif block.role != "caption":
                return False
        return False
