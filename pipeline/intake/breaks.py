"""Heads that break into an unfinished sentence: titles behind a text that breaks off, pull quotes within it."""

from __future__ import annotations

from pipeline.intake.heads import TITLE_LINES, Heads
from pipeline.intake.joins import Open
from pipeline.intake.lines import HardLine
from pipeline.intake.repeats import bare
from pipeline.intake.roles import BODY
from pipeline.intake.words import across, bound

BROKEN, QUOTED_LINES = 4, 5
"""So many characters on both sides of a break tell whether it is one; a pull quote has so many lines."""


class BreaksIn:
    """Tells whether a line that looks as though it went on with an unfinished sentence is a head."""

    def __init__(self, heads: Heads) -> None:
        """``heads``: those of the page."""
        self._heads, self._blocks, self._shape, self._signs = heads, heads.blocks, heads.shape, heads.signs

    def __call__(self, i: int, line: HardLine, current: Open) -> bool:
        """Whether ``line`` is a head, the sentence before it being unfinished, as where a column was lost.

        A byline or the opening of a sentence comes behind it: 新桥昨日通车/本报记者 周一帆, 两岸步行只要五分钟/此外，.
        """
        coming, signs = self._heads.coming(i), self._signs
        if line.repeated and self._is_quoted(i, line, current):
            return True
        to_byline = i in self._heads.before_bylines
        last = line.text[-1]
        if signs.full_stop in line.text and not line.done:
            return False  # 降价的品牌已有二十个。乘/联会秘书长高远认为，
        if coming is None or line.tight and line.gap <= self._shape.gap:
            return False
        if last in signs.continuing and not (to_byline and last in signs.pausing):
            return False
        # Of what ends as a sentence does only a question is a title: 新桥为什么还没通车？
        if line.done and (not to_byline or signs.full_stop in line.text):
            return False
        if len(line.text) > signs.longest_head:
            return False
        touching = signs.sum(signs.contact(current.last.text, line.text))
        if touching > signs.weight("join_continuing") or current.brackets(signs) > 0:
            return False
        apart = line.gap > self._shape.gap
        alone = apart and not line.tight and (self._shape.is_centred(line) or self._leads_to_start(i))
        if not to_byline and not alone and not coming.opens and not coming.prose:
            return False
        over = across(current.last.text, line.text, signs)
        # An unfinished line that fills no column, above a byline, is surely a title.
        if over and (over != "guess" or not apart and not (to_byline and self._shape.wrapped and not line.full)):
            return False
        return to_byline or alone or not bound(line.text, coming.text, signs)

    def _is_quoted(self, i: int, line: HardLine, current: Open) -> bool:
        """Whether from ``line`` on the rest of a sentence of the body is repeated, which has another place there."""
        told, signs = self._shape, self._signs
        text = bare(line.text, signs)
        if told.repeats(current.last.text[-BROKEN:] + text[:BROKEN]):
            return False  # what stands before it here does so there
        for k in range(i + 1, min(i + QUOTED_LINES, len(self._blocks))):
            if self._blocks[k].role != BODY:
                break
            more = text + bare(self._blocks[k].lines[0].text, signs)
            if not told.repeats(more):
                break
            text = more
        return len(text) >= signs.weight("shortest_quote") and any([text + end in told.whole for end in signs.final])

    def _leads_to_start(self, i: int) -> bool:
        """Whether from block ``i`` on a few lines that end no sentence stand before one that begins a paragraph."""
        for k in range(i, min(i + TITLE_LINES, len(self._blocks) - 1)):
            if self._blocks[k].role != BODY or self._blocks[k].lines[0].full:
                return False
            if self._heads.stands_before_start(k, self._blocks[k].lines[0]):
                return True
        return False
