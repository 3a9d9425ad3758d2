"""Many texts as one, so that something is looked for in all of them at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import regex

BETWEEN = "\0"
"""What stands between the texts; no string that is looked for holds it, and patterns see it as the end of a text."""
Pattern = re.Pattern[str] | regex.Pattern[str]


class Joined:
    """Texts as one."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Joins ``texts``."""
        texts = list(texts)
        self._line = BETWEEN.join(texts)
        self._ends = list(accumulate(len(text) + len(BETWEEN) for text in texts))

    def holders(self, strings: Iterable[str]) -> Sequence[int]:
        """Which texts hold one of ``strings``, in order."""
        line, ends = self._line, self._ends
        out: set[int] = set()
        for string in strings:
            at = line.find(string)
            while at >= 0:
                i = bisect_right(ends, at)
                out.add(i)
                at = line.find(string, ends[i])
        return sorted(out)

    def matching(self, pattern: Pattern) -> Iterator[int]:
        """In which texts ``pattern`` is found, in order."""
        line, ends = self._line, self._ends
        m = pattern.search(line)
        while m:
            i = bisect_right(ends, m.start())
            yield i
            m = pattern.search(line, ends[i])

    def matches(self, pattern: Pattern) -> Iterator[tuple[int, int, int]]:
        """``(which, start, end)`` of each match of ``pattern`` in the texts."""
        ends = self._ends
        for m in pattern.finditer(self._line):
            start, end = m.span()
            i = bisect_right(ends, start)
            begin = ends[i - 1] if i else 0
            yield i, start - begin, end - begin
