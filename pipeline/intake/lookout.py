"""Which lines of a page may have which forms: one look at the page for the signs and words that forms show."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

import ahocorasick_rs

if TYPE_CHECKING:
    from pipeline.intake.forms import Form

Sightings = dict[int, int]
"""What was seen in which lines: a bit for each form, the lowest for the first."""


class Lookout:
    """Looks for some forms in all lines of a page at once. Of most lines nothing is seen.

    A form is seen by its first sign, where it has none by its last, and by its words. A word that a break parts is
    seen in both lines: what stands in two lines is seen in one of them.
    """

    def __init__(self, forms: Sequence[Form]) -> None:
        self._forms = tuple(forms)
        self._chosen: dict[int, tuple[Form, ...]] = {}
        self._of_roles: dict[tuple[str, ...], int] = {}
        numbered = list(enumerate(forms))
        self._first = _bits((k, form.first) for k, form in numbered)
        self._last = _bits((k, form.last) for k, form in numbered if not form.first)
        self.first = sum(1 << k for k, form in numbered if form.first)
        """The bits of forms that are seen by their first sign."""
        self.last = sum(1 << k for k, form in numbered if form.last and not form.first)
        """The bits of forms that are seen by their last sign."""
        self._always = sum(1 << k for k, form in numbered if not (form.first or form.last or form.has))
        barred = _bits((k, form.without) for k, form in numbered)
        self._barred = [(sign, bits) for sign, bits in barred.items() if bits.bit_count() > 1]
        """Signs that several forms may not hold, and the bits of those."""
        both = [(k, form) for k, form in numbered if (form.first or form.last) and form.has and _tells(form.has)]
        self._both = sum(1 << k for k, _ in both)
        """Forms that show by a sign at an end and a word."""
        by_words = [(k, form) for k, form in numbered if not (form.first or form.last)]
        self._words = _Words(_bits((k, form.has) for k, form in [*by_words, *both]))

    def look(self, texts: Sequence[str]) -> Sightings:
        """What is seen in the lines ``texts``."""
        words, ends, both = self._words.look(texts), self._at_ends(texts), self._both
        seen = {i: told for i, bits in words.items() if (told := bits & ~both)}
        for i, bits in ends.items():
            if bits & both:
                # The word may stand beyond a break: 新桥夜景 受访者供/图.
                bits &= words.get(i - 1, 0) | words.get(i, 0) | words.get(i + 1, 0) | ~both
            if bits:
                seen[i] = seen.get(i, 0) | bits
        return {i: told for i, bits in seen.items() if (told := self.allowed(bits, texts[i]))} if self._barred else seen

    def allowed(self, bits: int, text: str) -> int:
        """Those of ``bits`` whose forms may hold the signs that ``text``, a line or a part of one, has."""
        for sign, barred in self._barred:
            if bits & barred and sign in text:
                bits &= ~barred
        return bits

    def _at_ends(self, texts: Sequence[str]) -> Sightings:
        """What first and last signs show."""
        if not (self._first or self._last or self._always):
            return {}
        first, last, always = self._first, self._last, self._always
        seen: Sightings = {}
        for i, text in enumerate(texts):
            if text and (always or text[0] in first or text[-1] in last):
                seen[i] = first.get(text[0], 0) | last.get(text[-1], 0) | always
        return seen

    def bits(self, roles: tuple[str, ...]) -> int:
        """The bits of the forms of ``roles``."""
        known = self._of_roles.get(roles)
        if known is None:
            known = sum(1 << k for k, form in enumerate(self._forms) if form.role in roles)
            self._of_roles[roles] = known
        return known

    def chosen(self, bits: int) -> tuple[Form, ...]:
        """The forms that were seen, in order."""
        forms = self._chosen.get(bits)
        if forms is None:
            forms = self._chosen[bits] = tuple(f for k, f in enumerate(self._forms) if bits >> k & 1)
        return forms


class _Words:
    """Looks for words in lines; each has the bits of the forms that it shows."""

    def __init__(self, bits: Mapping[str, int]) -> None:
        self._bits = list(bits.values())
        kind, implementation = ahocorasick_rs.MatchKind.Standard, ahocorasick_rs.Implementation.DFA
        self._scan = ahocorasick_rs.AhoCorasick(list(bits), kind, False, implementation)

    def look(self, texts: Sequence[str]) -> Sightings:
        """What words show, in the lines on both sides of a break where they stand across it."""
        whole = "".join(texts)
        try:
            found = self._scan.find_matches_as_indexes(whole, overlapping=True)
        except UnicodeEncodeError:  # no word has a lone surrogate
            whole = whole.encode("utf-8", "replace").decode("utf-8")
            found = self._scan.find_matches_as_indexes(whole, overlapping=True)
        seen: Sightings = {}
        if not found:
            return seen
        ends = list(accumulate(map(len, texts)))
        for word, start, end in found:
            bits = self._bits[word]
            i = bisect_right(ends, start)
            seen[i] = seen.get(i, 0) | bits
            while ends[i] < end:
                i += 1
                seen[i] = seen.get(i, 0) | bits
        return seen


def _tells(words: Iterable[str]) -> bool:
    """Whether words tell more than a sign at an end: digits and punctuation stand in too many lines."""
    return all(len(word) > 1 or word.isalpha() for word in words)


def _bits(told: Iterable[tuple[int, Iterable[str]]]) -> dict[str, int]:
    """For each key the bits of the numbers that it is told with."""
    out: dict[str, int] = {}
    for k, keys in told:
        for key in keys:
            out[key] = out.get(key, 0) | 1 << k
    return out
