"""The words of an article as a line of signs, one sign a word, so that patterns can be matched on it in one go."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.core.slices import Record

Edit = tuple[int, int, tuple[int, ...], tuple[str, ...]]
"""``(i, j, bounds, tags)``: the words ``i`` to ``j`` are replaced by those between ``bounds``, which have ``tags``."""


class Items(Record, frozen=True):
    """The words, names of the tables joined to one; parallel lists, and ``signs`` with one character a word."""

    starts: list[int]
    ends: list[int]
    tags: list[str]
    words: list[str]
    signs: str

    def at(self, offset: int) -> int:
        """The index of the word that begins at ``offset``, or of the first after it."""
        return bisect_left(self.starts, offset)

    def is_edge(self, offset: int) -> bool:
        """Whether a word begins or ends at ``offset``."""
        i = bisect_left(self.starts, offset)
        return (i < len(self.starts) and self.starts[i] == offset) or (
            i > 0 and self.ends[i - 1] <= offset <= self.ends[-1]
        )
