"""The items of a sentence where the segmenter has one word for two: 桥|宽5米, 侦破|案件, 比马文涛|多."""

from __future__ import annotations

from pipeline.core.model import Quantity, Time
from pipeline.facts.letters import Lexicon

ATTRIBUTES = "JVn"
"""Letters of what a noun of one character hangs on: 致密|料."""
PAIR = 4
"""The length of two words that the segmenter has as one: 侦破案件, 引进人才."""


class Parts:
    """Items, of which the last may be parted."""

    __slots__ = ("letters", "starts", "ends", "_folded", "_lex", "_quantities", "_times", "_places")

    def __init__(self, folded: str, lex: Lexicon) -> None:
        """No items yet."""
        self._folded, self._lex = folded, lex
        self.letters: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._quantities: dict[int, Quantity] = {}
        self._times: dict[int, Time] = {}
        self._places: list[int] = []

    def add(self, letter: str, start: int, end: int) -> None:
        """Add an item as it is."""
        self.letters.append(letter)
        self.starts.append(start)
        self.ends.append(end)

    def _part_size(self) -> None:
        """Part what is measured from its size where both are one word, 桥|宽5米, which is what is measured of the noun
        before it, if one is there: 大桥|桥宽5米."""
        start, end = self.starts[-1], self.ends[-1]
        if self.letters[-1] not in ATTRIBUTES + "N" or self._folded[start:end] in self._lex.words:
            return
        if self.letters[-2:-1] in (["N"], ["I"]) and self.ends[-2] == start:
            self.letters[-1] = "P"
        else:
            self.letters[-1], self.ends[-1] = "N", start + 1
            self.add("H", start + 1, end)

    def _part_object(self) -> None:
        """Part a verb from its object where both are one word right before an amount: 侦破|案件12起."""
        start, end = self.starts[-1], self.ends[-1]
        if self.letters[-1] in ATTRIBUTES + "N" and (letter := self._lex.object_in(self._folded[start:end])):
            self.letters[-1], self.ends[-1] = "V", start + 2
            self.add(letter, start + 2, end)

    def _part_compared(self) -> None:
        """Part what is compared with from 比 before it where the segmenter has one word: 比马文涛|多|1200票."""
        at, lex = len(self.letters) - 2, self._lex
        if at < 0 or self.letters[at] != "N" or self.ends[at] - self.starts[at] < PAIR - 1 or at in self._places:
            return
        start, end = self.starts[at], self.ends[at]
        if lex.words.get(self._folded[start]) == "C" and self._folded[start:end] not in lex.words:
            self.letters[at:at], self.starts[at:at], self.ends[at:at] = ["C"], [start], [start + 1]
            self.starts[at + 1] = start + 1

    def _part_before(self) -> None:
        """Part the word that was added last where its last character belongs to what comes now."""
        lex, last = self._lex, len(self.letters) - 1
        if last < 0 or self._folded[self.ends[last] - 1] not in lex.hanging:
            return
        if last in self._quantities or last in self._times or self.letters[last] == "I":
            return
        end = self.ends[last]
        word = self._folded[self.starts[last] : end]
        if word in lex.words or len(word) < 2:
            return
        rest = lex.letter(word[:-1], "n")
        if len(word) == 2 and rest != "P" and word[-1] not in lex.changes and word[-1] not in lex.sums:
            return
        self.letters[last], self.ends[last] = rest, end - 1
        if rest == "P" and len(word) == 2 and last and self.letters[last - 1] in "NnVJ":
            self.letters[last - 1 :], self.ends[last - 1 :] = ["P"], [end - 1]
            del self.starts[last]
        self.add(lex.words[word[-1]], end - 1, end)
