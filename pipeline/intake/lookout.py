"""Which lines of a page may have which forms: one look at the page for each kind of sign that forms show."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.intake.forms import Form

Sightings = dict[int, int]
"""What was seen in which lines: a bit for each form, the lowest for the first."""


class Lookout:
    """Looks for some forms in all lines of a page at once. Of most lines nothing is seen.

    A form is seen by its first sign, where it has none by its last, else by its words. A word that a break parts is
    seen in both lines: what stands in two lines is seen in one of them.
    """

    def __init__(self, forms: Sequence[Form]) -> None:
        self._forms = tuple(forms)
        self._chosen: dict[int, tuple[Form, ...]] = {}
        barring = Counter(sign for f in forms for sign in f.without)
        together: dict[tuple[str, ...], list[int]] = {}
        for k, form in enumerate(forms):
            together.setdefault(tuple(sorted(s for s in form.without if barring[s] > 1)), []).append(k)
        self._looks = [_look(without, forms, some) for without, some in together.items()]

    def look(self, texts: Sequence[str]) -> Sightings:
        """What is seen in the lines ``texts``."""
        seen: Sightings = {}
        for look in self._looks:
            some = texts
            for sign in look.without:
                some = ["" if sign in text else text for text in some]
            look.at_ends(some, seen)
            look.within(some, seen)
        return seen

    def chosen(self, bits: int) -> tuple[Form, ...]:
        """The forms that were seen, in order."""
        forms = self._chosen.get(bits)
        if forms is None:
            forms = self._chosen[bits] = tuple(f for k, f in enumerate(self._forms) if bits >> k & 1)
        return forms


@dataclass(frozen=True, slots=True)
class _Look:
    """By what forms are seen that a line with one of the signs ``without`` cannot have: bits for signs and words."""

    without: tuple[str, ...]
    first: dict[str, int]
    last: dict[str, int]
    words: dict[str, int]
    pattern: re.Pattern[str] | None
    """Any of the words."""
    always: int
    """The bits of forms that show none of these."""

    def at_ends(self, texts: Sequence[str], seen: Sightings) -> None:
        """Note what first and last signs show."""
        if self.first or self.last or self.always:
            first, last, always = self.first.get, self.last.get, self.always
            told = [first(text[0], always) | last(text[-1], always) if text else 0 for text in texts]
            for i, bits in enumerate(told):
                if bits:
                    seen[i] = seen.get(i, 0) | bits

    def within(self, texts: Sequence[str], seen: Sightings) -> None:
        """Note what words show."""
        if self.pattern is None:
            return
        ends = list(accumulate(map(len, texts)))
        for m in self.pattern.finditer("".join(texts)):
            a, b = m.span()
            bits = self.words[m[0]]
            i = bisect_right(ends, a)
            seen[i] = seen.get(i, 0) | bits
            while ends[i] < b:
                i += 1
                seen[i] = seen.get(i, 0) | bits


def _look(without: tuple[str, ...], forms: Sequence[Form], some: Iterable[int]) -> _Look:
    """How those of ``forms`` are seen whose numbers are ``some``."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    words: dict[str, int] = {}
    always = 0
    for k in some:
        form = forms[k]
        keys, by = (form.first, first) if form.first else (form.last, last) if form.last else (form.has, words)
        for key in keys:
            by[key] = by.get(key, 0) | 1 << k
        always |= 0 if keys else 1 << k
    for by in (first, last):
        by.update({key: bits | always for key, bits in by.items()})
    # A word hides those that begin within it.
    shown = {word: reduce(or_, (words[other] for other in words if _hides(word, other))) for word in words}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(re.escape, ordered))) if words else None
    return _Look(without, first, last, shown, pattern, always)


def _hides(word: str, other: str) -> bool:
    """Whether ``other`` may begin within ``word``, as a word does itself."""
    return any(other.startswith(word[k:]) or word.startswith(other, k) for k in range(len(word)))
