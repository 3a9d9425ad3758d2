"""Words that make a number approximate: 约 before it, 余 inside, 左右 behind."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.rulebook import Rulebook


class _Entry(NamedTuple):
    """A word with what makes another word of it, what must follow it (三米|来|深), and its modifier."""

    word: str
    guards: tuple[str, ...]
    needs: tuple[str, ...]
    modifier: str


class Approximators:
    """Words of one side of the table ``approximators``, by their first or last character, longest first."""

    def __init__(self, rules: Rulebook, side: str, last: bool) -> None:
        """``last``: index by the last character, for words that stand before a number."""
        self._trace = rules.trace
        self._rules: dict[str, str] = {}
        self._at: dict[str, list[_Entry]] = {}
        pairs = [(w, row) for row in rules.rows("approximators") if row["side"] == side for w in row["words"]]
        for word, row in sorted(pairs, key=lambda p: -len(p[0])):
            self._at.setdefault(word[-1 if last else 0], []).append(
                _Entry(word, row["guards"] or (), row["needs"] or (), row["modifier"])
            )
            self._rules.setdefault(word, row.id)
        self.words = tuple(self._rules)
        self.chars = frozenset(self._at)
        """The characters that the words begin with, or end with where they stand before a number."""

    def note(self, word: str, start: int, modifier: str) -> None:
        """Write down that ``word``, which begins at ``start``, was taken as a part of an amount."""
        if self._trace is not None:
            self._trace.step("approximator", start, start + len(word), modifier, self._rules.get(word, ""))

    def before(self, text: str, end: int) -> tuple[str, str] | None:
        """The word that ends at ``end`` and its modifier; None where none stands or its guard does."""
        for word, guards, _, modifier in self._at.get(text[end - 1 : end], ()):
            if text.endswith(word, 0, end) and not (guards and text.endswith(guards, 0, end - len(word))):
                return word, modifier
        return None

    def behind(self, text: str, start: int) -> tuple[str, str] | None:
        """The word that begins at ``start`` and its modifier."""
        for word, guards, needs, modifier in self._at.get(text[start : start + 1], ()):
            end = start + len(word)
            if not text.startswith(word, start) or guards and text.startswith(guards, end):
                continue
            if not needs or text.startswith(needs, end):
                return word, modifier
        return None
