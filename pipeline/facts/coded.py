"""A sentence as letters, one for each word, with what the facts ask of it."""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from pipeline.core.model import Offsets, Quantity, Time

REACH = 30
"""How many items to either side of an amount are looked at, so that text without punctuation costs no more."""


class Coded(msgspec.Struct, gc=False):
    """One sentence: ``code`` has a letter for each item, ``starts`` and ``ends`` its offsets in the clean text."""

    start: int
    end: int
    code: str
    starts: list[int]
    ends: list[int]
    quantities: dict[int, Quantity]
    """In the order of their items, as are the times."""
    times: dict[int, Time]
    cues: list[int]
    """Items that are words of ``rules/modality.tsv``."""
    persons: list[int]
    """Items that are names of persons."""
    places: list[int]
    """Items that are names of places."""
    brackets: dict[int, int]
    """Items that open a bracket with an amount in it, with those that close it."""
    then: int
    """The item that tells when a plan comes true (届时), of which the clauses behind tell; -1 where none does."""
    goes_on: bool
    """Whether it is of the paragraph that holds the one before it."""
    compared: dict[int, int] | None = None
    """The items of times that the amounts behind 分别 are compared with, by theirs; None until it is asked."""
    _around: list[int] | None = None
    _asked: int = -1
    _clause: tuple[int, int] = (0, 0)

    def clause(self, item: int) -> tuple[int, int]:
        """The half-open range of items of the clause that holds ``item``, at most `REACH` to either side of it."""
        if item != self._asked:
            code = self.code
            first = item - REACH if item > REACH else 0
            start = code.rfind(",", first, item) + 1
            end = code.find(",", item, item + REACH + 1)
            if end < 0:
                end = min(item + REACH + 1, len(code))
            self._asked, self._clause = item, (start or first, end)
        return self._clause

    def amount_in(self, start: int, end: int) -> bool:
        """Whether an amount stands in the offsets ``[start, end)``."""
        return "Q" in self.code[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def around(self, item: int) -> int:
        """The item that opens the innermost bracket around ``item``; -1 where it stands in none."""
        if self._around is None:  # once a sentence: it may have thousands of brackets
            self._around = self._opened()
        return self._around[item]

    def _opened(self) -> list[int]:
        """For each item the one that opens the bracket around it; for one that closes a bracket, what opens it."""
        out, opened = [], [-1]
        close = dict(self.brackets)
        for item in range(len(self.code)):
            out.append(opened[-1])
            if item in close:
                opened.append(item)
            elif opened[-1] >= 0 and close[opened[-1]] == item:
                opened.pop()
        return out

    def span(self, first: int, last: int) -> Offsets:
        """The offsets of the items ``[first, last)``."""
        return self.starts[first], self.ends[last - 1]
