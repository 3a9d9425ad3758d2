"""Many texts as one, so that something is looked for in all of them at once."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import accumulate
from threading import Lock

import numpy as np
import numpy.typing as npt
import regex
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pipeline.core.matchers import Late

BETWEEN = "\0"
"""What stands between the texts; no string that is looked for holds it, and patterns see it as the end of a text."""
Pattern = re.Pattern[str] | regex.Pattern[str] | Late


CharSet = npt.NDArray[np.bool_]
"""Of each code point whether it is one of a set of characters."""


def char_set(chars: Iterable[str]) -> CharSet:
    """The set of ``chars``."""
    out = np.zeros(sys.maxunicode + 1, np.bool_)
    out[[ord(char) for char in chars]] = True
    return out


class Firsts:
    """The sets that rows begin with, each a bit of the number of a character: one look at it tells of all of them."""

    def __init__(self) -> None:
        """No set is known yet."""
        self.bits: dict[int, tuple[np.uint32, CharSet]] = {}
        """Of each set that is known its bit, and itself: while it is kept no other has its id."""
        self._lock = Lock()

    @cached_property
    def numbers(self) -> npt.NDArray[np.uint32]:
        """Of each code point the number."""
        return np.zeros(sys.maxunicode + 1, np.uint32)  # made late: most joined texts are asked for no rows

    def learn(self, chosen: CharSet) -> tuple[np.uint32, CharSet]:
        """Give ``chosen`` a bit."""
        with self._lock:
            if id(chosen) not in self.bits:
                bit = np.uint32(1 << len(self.bits))
                self.numbers[chosen] |= bit
                self.bits[id(chosen)] = bit, chosen
            return self.bits[id(chosen)]


class Keywords:
    """Words that are looked for in one pass; with one alone the library's own search is faster."""

    def __init__(self, words: Iterable[str]) -> None:
        """``words`` in any order."""
        self.words = sorted(set(words))
        self.find = AhoCorasick(
            self.words, matchkind=MatchKind.Standard, implementation=Implementation.DFA
        ).find_matches_as_indexes


class Joined:
    """Texts as one."""

    def __init__(self, texts: Iterable[str], firsts: Firsts | None = None) -> None:
        """Joins ``texts``; ``firsts`` knows the sets that rows were looked for by before."""
        texts = list(texts)
        self._firsts = Firsts() if firsts is None else firsts
        self._line = BETWEEN.join(texts)
        self._ends = list(accumulate(len(text) + len(BETWEEN) for text in texts))
        self._numbers, self._told = np.zeros(0, np.uint32), 0
        """The numbers of the characters, and how many sets they tell of."""

    def holders(self, strings: Iterable[str]) -> set[int]:
        """Which texts hold one of ``strings``."""
        line, ends = self._line, self._ends
        out: set[int] = set()
        for string in strings:
            at = line.find(string)
            while at >= 0:
                i = bisect_right(ends, at)
                out.add(i)
                at = line.find(string, ends[i])
        return out

    def by_word(self, words: Keywords) -> Mapping[str, Set[int]]:
        """Which texts hold each of ``words``; those that none holds are left out."""
        ends = self._ends
        out: dict[str, set[int]] = {}
        for which, start, _ in words.find(self._line, overlapping=True):
            out.setdefault(words.words[which], set()).add(bisect_right(ends, start))
        return out

    def matching(self, pattern: Pattern) -> Iterator[int]:
        """In which texts ``pattern`` is found, in order."""
        line, ends = self._line, self._ends
        m = pattern.search(line)
        while m:
            i = bisect_right(ends, m.start())
            yield i
            m = pattern.search(line, ends[i])

    def rows(self, sets: Sequence[CharSet]) -> Iterator[tuple[int, int]]:
        """``(which, start)`` of each row of characters in the texts the first of which is in the first of ``sets``, the
        second in the second and so on, in order."""
        found = self._starts(sets)
        which = self._begins.searchsorted(found, "right") - 1
        yield from zip(which.tolist(), (found - self._begins[which]).tolist(), strict=True)

    def _starts(self, sets: Sequence[CharSet]) -> npt.NDArray[np.int64]:
        chars, firsts = self._chars, self._firsts
        bit, _ = firsts.bits.get(id(sets[0])) or firsts.learn(sets[0])
        if self._told != len(firsts.bits):
            self._told, self._numbers = len(firsts.bits), firsts.numbers.take(chars)
        # Where the first sign stands is looked at further: half the time of looking for each sign everywhere.
        found = np.flatnonzero((self._numbers[: max(len(chars) - len(sets) + 1, 0)] & bit) != 0)
        for i, chosen in enumerate(sets[1:], 1):
            found = found[chosen.take(chars[found + i])]
        return found

    @cached_property
    def _begins(self) -> npt.NDArray[np.intp]:
        """Where each of the texts begins."""
        return np.array([0, *self._ends], np.intp)

    @cached_property
    def _chars(self) -> npt.NDArray[np.intp]:
        # As numpy takes by them: else they are converted at each look.
        return np.frombuffer(self._line.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.intp)

    def begun(self, pattern: Pattern, sets: Sequence[CharSet]) -> Iterator[tuple[int, int, int, str | None]]:
        """The same as `matches` of a pattern all of whose matches begin with a row of characters of ``sets``, each with
        the name of its group that matched last."""
        ends, done = self._ends, 0
        for at in self._starts(sets).tolist():
            m = pattern.match(self._line, at) if at >= done else None
            if m:
                i, done = bisect_right(ends, at), m.end()
                begin = ends[i - 1] if i else 0
                yield i, at - begin, done - begin, m.lastgroup

    def matches(self, pattern: Pattern) -> Iterator[tuple[int, int, int]]:
        """``(which, start, end)`` of each match of ``pattern`` in the texts."""
        ends = self._ends
        for m in pattern.finditer(self._line):
            start, end = m.span()
            i = bisect_right(ends, start)
            begin = ends[i - 1] if i else 0
            yield i, start - begin, end - begin
