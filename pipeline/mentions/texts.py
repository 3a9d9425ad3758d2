"""The articles of a batch while the rules look for names in them, and those of them that hold what a pattern needs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.core.model import View
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.rulebook import Rulebook

BETWEEN = "\n"
"""What stands between the articles of a batch; no string that a pattern needs holds it."""


@dataclass(slots=True)
class Text:
    """An article in which the rules look for names."""

    folded: str
    signs: str
    items: Items
    view: View
    found: list[Candidate]
    """What they have seen, in the order in which they look."""


class Texts:
    """The articles of a batch. Most patterns need a string that few articles hold: only these are tried."""

    def __init__(self, views: Sequence[View], items: Sequence[Items], rules: Rulebook) -> None:
        """``items`` are those of ``views``, and ``rules`` say what each pattern needs."""
        self.all = [Text(v.folded, its.signs, its, v, []) for v, its in zip(views, items, strict=True)]
        self.needs: Mapping[str, Sequence[str]] = rules.settings("entities")["needs"]
        self._folded, self._signs = Joined(t.folded for t in self.all), Joined(t.signs for t in self.all)

    def holding(self, pattern: str) -> list[Text]:
        """The articles whose text holds one of the strings that a pattern of the settings needs."""
        return [self.all[i] for i in self._folded.holders(self.needs[pattern])]

    def matching(self, pattern: re.Pattern[str]) -> list[Text]:
        """The articles in which ``pattern`` is found, which sees a line break as it sees the end of a text."""
        return [self.all[i] for i in self._folded.matching(pattern)]

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[Text, int, int]]:
        """The articles with each match in them: ``(article, start, end)``; ``pattern`` as `matching` wants it."""
        for i, start, end in self._folded.matches(pattern):
            yield self.all[i], start, end

    def signed(self, pattern: str) -> list[Text]:
        """The articles whose line of signs holds one of the strings that a pattern of the settings needs."""
        return [self.all[i] for i in self._signs.holders(self.needs[pattern])]


class Joined:
    """Lines as one, so that a string is looked for in all of them at once."""

    def __init__(self, lines: Iterable[str]) -> None:
        lines = list(lines)
        self._line = BETWEEN.join(lines)
        self._ends = list(accumulate(len(line) + len(BETWEEN) for line in lines))

    def holders(self, strings: Iterable[str]) -> Sequence[int]:
        """Which lines hold one of ``strings``, in order."""
        line, ends = self._line, self._ends
        out: set[int] = set()
        for string in strings:
            at = line.find(string)
            while at >= 0:
                i = bisect_right(ends, at)
                out.add(i)
                at = line.find(string, ends[i])
        return sorted(out)

    def matching(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """In which lines ``pattern`` is found, in order."""
        line, ends = self._line, self._ends
        m = pattern.search(line)
        while m:
            i = bisect_right(ends, m.start())
            yield i
            m = pattern.search(line, ends[i])

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, int]]:
        """``(which, start, end)`` of each match of ``pattern`` in the lines."""
        ends = self._ends
        for m in pattern.finditer(self._line):
            start, end = m.span()
            i = bisect_right(ends, start)
            begin = ends[i - 1] if i else 0
            yield i, start - begin, end - begin
