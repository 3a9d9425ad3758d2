"""What speaks for and against a line running on from the paragraph before it."""

from __future__ import annotations

from msgspec import Struct

from pipeline.intake.lines import BEGINNING, HardLine
from pipeline.intake.roles import Block
from pipeline.intake.shape import Shape
from pipeline.intake.signs import Signs
from pipeline.intake.words import REACH, bound


class Open(Struct, gc=False):
    """The paragraph that is being joined: its block, the end of its text, and how many brackets it has open."""

    block: Block
    last: HardLine
    """The line that it ends with."""
    at: int
    """Where its last line stands among the page's blocks."""
    _brackets: int = 0
    _counted: int = 0
    """Of how many lines the brackets have been counted."""

    @property
    def tail(self) -> str:
        """The end of its text, of so many characters as may tell how it goes on."""
        text, k = self.last.text, len(self.block.lines) - 1
        while len(text) < BEGINNING and k:
            k -= 1
            text = self.block.lines[k].text + text
        return text[-BEGINNING:]

    def brackets(self, signs: Signs) -> int:
        """How many brackets and quotation marks it has open; asked of few paragraphs, so counted when asked."""
        for line in self.block.lines[self._counted :]:
            self._brackets = max(self._brackets, 0) + signs.opens(line.text)
        self._counted = len(self.block.lines)
        return self._brackets

    def add(self, *lines: HardLine) -> None:
        """Put some lines behind it."""
        self.block.lines += lines
        self.last = lines[-1]


class Joins(Struct, frozen=True):
    """Names the evidence of a join on a page of this shape."""

    shape: Shape
    signs: Signs

    def finished(self, current: Open) -> bool:
        """Whether the paragraph ends as a sentence does."""
        # 具体情况如下： and the items of a list end their lines too, where no column does.
        last, signs = current.last, self.signs
        end = last.text[-1]
        if not last.full and end in signs.pausing:
            return True
        # Where its line alone ends a sentence so does the whole, though a bracket that it closes began far before.
        return last.done or last.shut and signs.ends_sentence(current.tail)

    def is_plain(self, current: Open, line: HardLine, finished: bool) -> bool | None:
        """The answer of the evidence where it is plain without weighing it: most lines of clean text and of columns.

        A paragraph that ends its sentence where no column does goes on with nothing but a stray sign or its source in
        brackets; a line that fills its column goes on with what nothing sets apart, in a text that has sentences.
        """
        last, told = current.last, self.shape
        if finished and (not told.wrapped or not last.full):
            return None if self._may_go_on(line) else False
        if finished or not last.full or line.gap > told.gap or not told.has_sentences or line.repeated or line.item:
            return None
        if line.width > last.column + self.signs.overhang or told.is_indented(line) or told.is_centred(line):
            return None
        return True

    def _may_go_on(self, line: HardLine) -> bool:
        """Whether ``line`` may go on with a sentence that ended: a stray sign, a source in brackets."""
        first = line.text[0]
        return first in self.signs.inside or first in self.signs.opening

    def follows(self, last: HardLine, line: HardLine) -> bool:
        """Whether `is_plain` surely says yes behind ``last``, which is full, and no head breaks in, by the two lines
        alone."""
        told, signs = self.shape, self.signs
        if last.done or last.shut or line.gap > told.gap or line.repeated or line.item or line.indent > told.flush:
            return False
        return (
            line.tight or line.done or line.text[-1] in signs.continuing
        ) and line.width <= last.column + signs.overhang

    def begins(self, last: HardLine, line: HardLine) -> bool:
        """Whether `is_plain` surely says no, by the two lines alone, where no column breaks lines."""
        return last.done and not self._may_go_on(line)

    def evidence(self, current: Open, line: HardLine, finished: bool) -> list[str]:
        """The names of what speaks for (weight above zero) and against ``line`` going on with ``current``; that may
        be ``finished``."""
        names = list(self.signs.contact(current.last.text, line.text))
        if finished:
            names.append("join_finished")
        elif self.shape.has_sentences:
            names.append("join_unfinished")
        if not finished and current.brackets(self.signs) > 0:
            names.append("join_open")
        self._shape_of_lines(current, line, finished, names)
        self._words_of_line(current, line, finished, names)
        # Where no column breaks lines, no word is cut by an empty line.
        if (
            not (finished or line.item or line.gap and self.shape.intact)
            and self.signs.sum(names) <= 0
            and bound(current.last.text, line.text, self.signs)
        ):
            names.append("join_bound")
        return names

    def _shape_of_lines(self, current: Open, line: HardLine, finished: bool, names: list[str]) -> None:
        """What widths, indents and empty lines say."""
        told, last = self.shape, current.last
        if last.full:
            names.append("join_full")
            if finished and last.tight and told.runs_long:
                names.append("join_tight")
            if line.width > last.column + self.signs.overhang:
                names.append("join_wider")
        elif told.wrapped and (finished or len(current.block.lines) == 1):
            names.append("join_short")
        if finished and told.wrapped and not line.full and not line.done:
            names.append("join_not_body")
        if line.cells and last.cells or not (told.wrapped or line.cells == last.cells):
            names.append("join_row")
        if told.intact and not finished and self._is_whole(current):
            names.append("join_intact")
        if told.indent:
            if told.is_indented(line):
                names.append("join_indented")
            elif last.full:
                names.append("join_flush")
        if told.is_centred(line):
            names.append("join_centred")
        if line.gap > told.gap and (finished or told.parted):
            names.append("join_wider_gap")
        elif told.parted and line.gap == told.gap:
            names.append("join_same")

    def _is_whole(self, current: Open) -> bool:
        """Whether the one line of a paragraph, which ends no sentence, may be all of it: it has no clauses."""
        last = current.last
        clauses = last.prose or self.signs.comma in last.text and not last.shut
        return not (self.shape.small or clauses) and len(current.block.lines) == 1

    def _lacks_unit(self, before: str, after: str) -> bool:
        """Whether a time or date breaks off in a number that ``after`` neither goes on with nor gives its unit."""
        if not before[-1].isdecimal() or not after[0].isalpha() or self.signs.contact.begin(after[0]) != "-":
            return False
        return self.signs.no_unit.search(before[-REACH:]) is not None

    def _is_quote(self, current: Open) -> bool:
        """Whether the paragraph so far is a quotation and nothing else."""
        signs = self.signs
        return current.block.lines[0].text[0] in signs.opening and current.last.text[-1] in signs.closing

    def _is_within(self, line: HardLine) -> bool:
        """Whether ``line`` begins no paragraph as others of the page do: it has no indent, no empty line before it."""
        told = self.shape
        return told.indent > 0 and not told.is_indented(line) or told.parted and line.gap <= told.gap

    def _words_of_line(self, current: Open, line: HardLine, finished: bool, names: list[str]) -> None:
        """What the words at the start of the line say."""
        signs = self.signs
        if finished and signs.is_source(line.text):
            names.append("join_source")
        if line.opens:
            names.append("join_run_in")
        if line.closes or line.item and not self._is_within(line):
            names.append("join_item")
        elif current.last.item and not (finished or current.last.full):
            names.append("join_behind_item")
        if finished and current.last.tight and self._is_quote(current):
            if signs.form(line.text[:BEGINNING], "attribution") is not None:
                names.append("join_attribution")
        if line.text in signs.headings:
            names.append("join_heading")
        if line.repeated and not line.full:
            names.append("join_repeated")
        if finished and not self.shape.indent and signs.sum(names) > 0:
            if line.prose:
                names.append("join_prose")
        if not finished and not current.last.full and self._lacks_unit(current.last.text, line.text):
            names.append("join_no_unit")
        # Behind a comma 据介绍， stands within a sentence; elsewhere it seldom begins just where a column ends.
        if not finished and not current.last.full and not signs.runs_on(current.last.text):
            if line.prose or signs.form(line.text[:BEGINNING], "clause") is not None:
                names.append("join_clause")
