"""Which lines of a page may have which forms: one look at the page for each kind of sign that forms show."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.intake.forms import Form

Sightings = dict[int, int]
"""What was seen in which lines: a bit for each form, the lowest for the first."""
Roles = tuple[str, ...] | None


class Lookout:
    """Looks for some forms in all lines of a page at once. Of most lines nothing is seen.

    A form is seen by its first sign, where it has none by its last, else by its words. A word that a break parts is
    seen in both lines: what stands in two lines is seen in one of them.
    """

    def __init__(self, forms: Sequence[Form]) -> None:
        self._forms = tuple(forms)
        self._chosen: dict[tuple[int, Roles], tuple[Form, ...]] = {}
        self._of_roles: dict[tuple[str, ...], int] = {}
        self._first = _bits((k, form.first) for k, form in enumerate(forms))
        self._last = _bits((k, form.last) for k, form in enumerate(forms) if not form.first)
        self._always = sum(1 << k for k, form in enumerate(forms) if not (form.first or form.last or form.has))
        barred = _bits((k, form.without) for k, form in enumerate(forms))
        self._barred = [(sign, bits) for sign, bits in barred.items() if bits.bit_count() > 1]
        """Signs that several forms may not hold, and the bits of those."""
        together: dict[tuple[str, ...], list[tuple[int, tuple[str, ...]]]] = {}
        for k, form in enumerate(forms):
            if form.has and not form.first and not form.last:
                without = tuple(sorted(sign for sign, bits in self._barred if bits >> k & 1))
                together.setdefault(without, []).append((k, form.has))
        self._words = [(without, _Words(_bits(some))) for without, some in together.items()]

    def look(self, texts: Sequence[str]) -> Sightings:
        """What is seen in the lines ``texts``."""
        seen = self._at_ends(texts)
        for without, words in self._words:
            some = texts
            for sign in without:
                some = ["" if sign in text else text for text in some]
            words.look(some, seen)
        return seen

    def _at_ends(self, texts: Sequence[str]) -> Sightings:
        """What first and last signs show."""
        if not (self._first or self._last or self._always):
            return {}
        first, last, always = self._first.get, self._last.get, self._always
        told = [first(text[0], always) | last(text[-1], always) if text else 0 for text in texts]
        seen = {i: bits | always for i, bits in enumerate(told) if bits}
        for sign, barred in self._barred:
            for i, bits in seen.items():
                if bits & barred and sign in texts[i]:
                    seen[i] = bits & ~barred
        return {i: bits for i, bits in seen.items() if bits}

    def bits(self, roles: tuple[str, ...]) -> int:
        """The bits of the forms of ``roles``."""
        known = self._of_roles.get(roles)
        if known is None:
            known = sum(1 << k for k, form in enumerate(self._forms) if form.role in roles)
            self._of_roles[roles] = known
        return known

    def chosen(self, bits: int, roles: Roles = None) -> tuple[Form, ...]:
        """The forms that were seen, in order; of ``roles`` alone and in their order where they are given."""
        forms = self._chosen.get((bits, roles))
        if forms is None:
            forms = tuple(f for k, f in enumerate(self._forms) if bits >> k & 1)
            if roles is not None:
                forms = tuple(f for role in roles for f in forms if f.role == role)
            self._chosen[bits, roles] = forms
        return forms


class _Words:
    """Looks for words in lines; each has the bits of the forms that it shows."""

    def __init__(self, bits: Mapping[str, int]) -> None:
        # A word hides those that begin within it.
        self._bits = {word: reduce(or_, (bits[other] for other in bits if _hides(word, other))) for word in bits}
        ordered = sorted(bits, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, ordered)))

    def look(self, texts: Sequence[str], seen: Sightings) -> None:
        """Note what words show, in the lines on both sides of a break where they stand across it."""
        ends = list(accumulate(map(len, texts)))
        for m in self._pattern.finditer("".join(texts)):
            a, b = m.span()
            bits = self._bits[m[0]]
            i = bisect_right(ends, a)
            seen[i] = seen.get(i, 0) | bits
            while ends[i] < b:
                i += 1
                seen[i] = seen.get(i, 0) | bits


def _bits(told: Iterable[tuple[int, Iterable[str]]]) -> dict[str, int]:
    """For each key the bits of the numbers that it is told with."""
    out: dict[str, int] = {}
    for k, keys in told:
        for key in keys:
            out[key] = out.get(key, 0) | 1 << k
    return out


def _hides(word: str, other: str) -> bool:
    """Whether ``other`` may begin within ``word``, as a word does itself."""
    return any(other.startswith(word[k:]) or word.startswith(other, k) for k in range(len(word)))
