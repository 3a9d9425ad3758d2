"""Which starts an open end may go on with at all, by what kind of end and start they are.

What stands on both sides of a break is of few kinds, so the sum of it is reckoned once for each pair of kinds. The
starts of a page become a string of their kinds, in which an end looks for those that it may go on with.
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from pipeline.intake.signs import Signs
from pipeline.tokens.lexer import is_apart

NEXT, HERE, ELSEWHERE = "jump_next", "here", "jump_other_article"
"""Where a start stands: next to the end by now, in the same article, in another."""
NAMES = {
    "join_continuing": "jump_continuing",
    "join_inside": "jump_inside",
    "join_numeral": "jump_numeral",
    "join_date": "jump_date",
    "join_latin": "jump_latin",
    "join_amount": "jump_amount",
}
PHRASE = "jump_phrase"
ACROSS = ("jump_word", "jump_guess", PHRASE)
MEASURE = "jump_measure"
ALIKE = "jump_alike"
"""What is said of a start that is one short sentence and speaks of the same as the end."""
SHORT: tuple[str, ...] = ("jump_short_start",)
SHORT_VERB: tuple[str, ...] = ("jump_short_start", "jump_verb_start")
"""What a start says that is one short sentence, and one that begins with a verb."""


class EndKind(Struct, frozen=True):
    """What an open end looks like."""

    sign: str
    """The class of its last sign."""
    bracket: bool
    """Whether it leaves a bracket open."""
    counts: bool = False
    """Whether a numeral stands right before its last sign, which may begin a measure word: 35公."""
    apart: bool = False
    """Whether its last sign is a word of its own, so that no word goes over the break."""
    turns: bool = False
    """Whether it is said to go on elsewhere."""


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
    apart: bool = False
    """Whether its first sign is a word of its own, so that no word goes over the break."""
    edge: str = ""
    """Whether it begins ``flush`` or ``indented``, where paragraphs have an indent."""
    resumes: bool = False
    """Whether it is said to go on with something."""


Told = tuple[tuple[str, ...], int]
"""The names of some evidence, and its sum."""


class Outlook:
    """What an end of one kind may go on with. What is told of a kind of start is kept, since there are few kinds."""

    def __init__(self, end: EndKind, prospects: Prospects, signs: Signs) -> None:
        self._end, self._prospects, self._signs = end, prospects, signs
        self._told: dict[tuple[str, bool, str], Told] = {}
        self._most: dict[tuple[str, bool, str], int] = {}
        self._hopeful: dict[int, re.Pattern[str]] = {}
        self.counts = "n" in end.sign
        """Whether it ends in a numeral."""
        phrase = max(0, signs.weight(PHRASE))
        over = [*ACROSS, MEASURE] if end.counts else ACROSS
        self._over = {True: phrase, False: phrase if end.apart else max(0, *map(signs.weight, over))}

    def over(self, start: StartKind) -> int:
        """What the words over the break may add."""
        return self._over[start.apart]

    def hopeful(self) -> re.Pattern[str]:
        """What finds the signs of those starts with which the end may go on, wherever they stand, at a glance."""
        glances = self._prospects.glances
        found = self._hopeful.get(len(glances))
        if found is None:
            some = [sign for sign in sorted(glances) if self._may_do(sign)]
            found = re.compile(f"[{re.escape(''.join(some))}]" if some else r"\Z.")
            self._hopeful = {len(glances): found}
        return found

    def _may_do(self, glance: str) -> bool:
        """Whether the evidence may come to what a jump needs, whatever is behind a start's first sign."""
        prospects, either = self._prospects, (False, True)
        kinds = [prospects.sign(replace(prospects.kinds[glance], opens=opens)) for opens in either]
        most = max(self.most(sign, torn, place) for sign in kinds for torn in either for place in (HERE, ELSEWHERE))
        return most >= self._signs.weight("jump_needs")

    def most(self, sign: str, torn: bool, place: str) -> int:
        """What a pair with such a start may come to at the most, whatever the words on both sides say."""
        key = sign, torn, place
        known = self._most.get(key)
        if known is None:
            start, prospects = self._prospects.kinds[sign], self._prospects
            orphan = prospects.alone + prospects.alike if start.orphan else 0
            known = self._most[key] = self.told(sign, torn, place)[1] + self.over(start) + orphan
        return known

    def told(self, sign: str, torn: bool, place: str) -> Told:
        """What signs and places say of a start whose kind has this sign; ``torn``: digits on both sides make no
        number."""
        key = sign, torn, place
        known = self._told.get(key)
        if known is None:
            known = self._told[key] = self._name(self._prospects.kinds[sign], torn, place)
        return known

    def _name(self, start: StartKind, torn: bool, place: str) -> Told:
        end = self._end
        told = {
            "jump_no_number": torn,
            "jump_closes": end.bracket and start.closes,
            "jump_stays_open": end.bracket and not start.closes,
            "jump_closes_nothing": start.closes and not end.bracket,
            "jump_opens": start.opens,
            f"jump_{start.edge}": bool(start.edge),
            "jump_noticed": end.turns and start.resumes,
            place: place != HERE,
        }
        contact = self._signs.contact.between(end.sign, start.sign)
        names = *(NAMES[name] for name in contact), *(name for name, holds in told.items() if holds)
        return names, self._signs.sum(names)


class Prospects:
    """Kinds of starts, each with a sign that stands for it, and what may be said of them by kinds of ends."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs
        self.alone = sum([max(0, signs.weight(name)) for name in SHORT_VERB])
        """What the words of a start alone may add."""
        self.by_words = {names: signs.sum(names) - self.alone for names in (SHORT, SHORT_VERB)}
        """What they add, less the most that they may."""
        self.alike = max(0, signs.weight(ALIKE))
        """What may be added where it speaks of the same as the end."""
        self.across = {"": 0, **{kind: signs.weight(f"jump_{kind}") for kind in ("measure", "word", "guess", "phrase")}}
        """What is added by what goes over a break."""
        self._sign_of: dict[StartKind, str] = {}
        self._glance_of: dict[tuple[str, bool, bool, str, bool], str] = {}
        self._outlooks: dict[EndKind, Outlook] = {}
        self.kinds: dict[str, StartKind] = {}
        self.glances: set[str] = set()
        """The signs of those kinds that were told at a glance."""

    def glance(self, first: str, closes: bool, orphan: bool, edge: str = "", resumes: bool = False) -> str:
        """The sign that stands for a kind of start of which no words were looked at, by its first sign."""
        known = self._glance_of.get((first, closes, orphan, edge, resumes))
        if known is None:
            apart = is_apart(first, self._signs.rules)
            start = StartKind(self._signs.contact.begin(first), closes, False, orphan, apart, edge, resumes)
            known = self._glance_of[first, closes, orphan, edge, resumes] = self.sign(start)
            self.glances.add(known)
        return known

    def sign(self, start: StartKind) -> str:
        """The sign that stands for a kind of start."""
        sign = self._sign_of.get(start)
        if sign is None:
            sign = self._sign_of[start] = chr(ord("a") + len(self._sign_of))
            self.kinds[sign] = start
        return sign

    def outlook(self, end: EndKind) -> Outlook:
        """What ends of this kind may go on with."""
        known = self._outlooks.get(end)
        if known is None:
            known = self._outlooks[end] = Outlook(end, self, self._signs)
        return known


def prospects_of(signs: Signs) -> Prospects:
    """Those of the rules, made once."""
    return signs.rules.once("layout.prospects", lambda _: Prospects(signs))
