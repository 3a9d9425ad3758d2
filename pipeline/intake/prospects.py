"""Which starts an open end may go on with at all, by what kind of end and start they are.

What stands on both sides of a break is of few kinds, so the sum of it is reckoned once for each pair of kinds. The
starts of a page become a string of their kinds, in which an end looks for those that it may go on with.
"""

from __future__ import annotations

import re

from msgspec import Struct

from pipeline.intake.signs import Signs

NEXT, HERE, ELSEWHERE = "jump_next", "here", "jump_other_article"
"""Where a start stands: next to the end by now, in the same article, in another."""
NAMES = {
    "join_continuing": "jump_continuing",
    "join_inside": "jump_inside",
    "join_numeral": "jump_numeral",
    "join_date": "jump_date",
    "join_latin": "jump_latin",
}
ACROSS = ("jump_word", "jump_guess", "jump_phrase")
MEASURE = "jump_measure"
ORPHAN = ("jump_short_start", "jump_verb_start", "jump_alike")


class EndKind(Struct, frozen=True):
    """What an open end looks like."""

    sign: str
    """The class of its last sign."""
    bracket: bool
    """Whether it leaves a bracket open."""
    counts: bool = False
    """Whether a numeral stands right before its last sign, which may begin a measure word: 35公."""


class StartKind(Struct, frozen=True):
    """What the beginning of a fragment looks like, whichever end it may go on with."""

    sign: str
    """The class of its first sign."""
    closes: bool
    """Whether it closes a bracket that it does not open."""
    opens: bool
    """Whether it begins as a report, a sentence of one or a clause does."""
    orphan: bool
    """Whether it is one short sentence and nothing goes on with it."""


Told = tuple[tuple[str, ...], int]
"""The names of some evidence, and its sum."""


class Prospects:
    """Names the evidence of signs and places, and tells of kinds whether it may come to what a jump needs."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs
        over = max(0, *(signs.weight(name) for name in ACROSS))
        self._over = {False: over, True: max(over, signs.weight(MEASURE))}
        self._orphan = sum(max(0, signs.weight(name)) for name in ORPHAN)
        self._signs_of: dict[StartKind, str] = {}
        self._told: dict[tuple[EndKind, StartKind, bool, str], Told] = {}
        self._hopeful: dict[tuple[EndKind, int], re.Pattern[str]] = {}

    def sign(self, start: StartKind) -> str:
        """The sign that stands for a kind of start."""
        return self._signs_of.setdefault(start, chr(ord("a") + len(self._signs_of)))

    def hopeful(self, end: EndKind) -> re.Pattern[str]:
        """What finds the signs of those starts with which such an end may go on, wherever they stand."""
        key = end, len(self._signs_of)
        found = self._hopeful.get(key)
        if found is None:
            found = self._hopeful[key] = self._search(end)
        return found

    def _search(self, end: EndKind) -> re.Pattern[str]:
        places = (HERE, ELSEWHERE)
        some = [
            sign
            for start, sign in self._signs_of.items()
            if any(self.may_do(end, start, torn, place) for torn in (False, True) for place in places)
        ]
        return re.compile(f"[{re.escape(''.join(some))}]" if some else r"\Z.")

    def over(self, end: EndKind) -> int:
        """What the words over the break may add."""
        return self._over[end.counts]

    def may_do(self, end: EndKind, start: StartKind, torn: bool, place: str) -> bool:
        """Whether the evidence may come to what a jump needs; ``torn``: digits on both sides make no number."""
        score = self.plain(end, start, torn, place)[1]
        most = score + self.over(end) + (self._orphan if start.orphan else 0)
        return most >= self._signs.weight("jump_needs")

    def plain(self, end: EndKind, start: StartKind, torn: bool, place: str) -> Told:
        """What signs and places say; kept, since there are few such pairs."""
        key = end, start, torn, place
        known = self._told.get(key)
        if known is None:
            known = self._told[key] = self._name(*key)
        return known

    def _name(self, end: EndKind, start: StartKind, torn: bool, place: str) -> Told:
        told = {
            "jump_no_number": torn,
            "jump_closes": end.bracket and start.closes,
            "jump_stays_open": end.bracket and not start.closes,
            "jump_closes_nothing": start.closes and not end.bracket,
            "jump_opens": start.opens,
            place: place != HERE,
        }
        contact = self._signs.contact.between(end.sign, start.sign)
        names = *(NAMES[name] for name in contact), *(name for name, holds in told.items() if holds)
        return names, self._signs.sum(names)


def prospects_of(signs: Signs) -> Prospects:
    """Those of the rules, made once."""
    return signs.rules.once("layout.prospects", lambda _: Prospects(signs))
