"""The commonest amounts, told at once by number, unit and the characters beside them; others are looked at closer."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.lexis.amountbare import bare
from pipeline.lexis.amountcontext import WINDOW, Contexts, contexts
from pipeline.lexis.amounthit import AmountHit
from pipeline.lexis.amountids import Ids, ids
from pipeline.lexis.amountleft import Left, LeftReader, left_reader
from pipeline.lexis.amountpiece import Piece
from pipeline.lexis.amountread import KINDS, RULES, hits
from pipeline.lexis.currencies import Homes, homes
from pipeline.lexis.units import Unit
from pipeline.rulebook import Rulebook

PLAIN = frozenset({"arabic", "han"})
BARE = PLAIN | {"one"}
KEPT = 8192
"""Answers that are remembered: the same few characters stand beside most amounts."""


class Sure:
    """Tells them. Get it by `sure`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the settings of ``quantities`` and its contexts."""
        self._trace = rules.trace
        self._left: LeftReader = left_reader(rules)
        self._contexts: Contexts = contexts(rules)
        self._ids: Ids = ids(rules)
        self._homes: Homes = homes(rules)
        self._speeds = hits(rules).speeds
        s = rules.settings("quantities")
        self._tenth_words, self._marks = frozenset(s["tenth"]), frozenset(s["scale_marks"])
        starts = (*s["separator_starts"], *s["score_starts"], *s["tied_starts"])
        self._signs = bare(rules).fates.union(starts)
        """What may go on with a number that has no unit."""
        # 每 of 每平方米3万元, 亩产 and the @ of a name need not touch the amount
        self._far = re.compile("|".join(map(re.escape, (*self._left.far, self._contexts.handle)))).search
        self._speed_starts = frozenset(w[0] for _, *words in self._speeds.values() for w in words)
        self._silent = lru_cache(KEPT)(self._is_silent)
        self._kind = lru_cache(KEPT)(self._kind_of)

    def alone(self, text: str, start: int) -> bool:
        """Whether nothing near an amount at ``start`` on its left belongs to it or makes it none."""
        if not self._silent(text[start - 2 : start] if start > 1 else text[:start]):
            return False
        return self._far(text, start - WINDOW if start > WINDOW else 0, start) is None

    def _is_silent(self, before: str) -> bool:
        """Whether no word or sign that does can end with ``before``, the two characters that touch the amount."""
        return not (self._left.may(before) or self._ids.may(before[-1:]) or self._contexts.may(before))

    def amount(self, text: str, piece: Piece, left: Left) -> AmountHit | None:
        """The amount of an exact number with a unit of one reading; None where more must be looked at.

        ``left``: where it begins and stands `alone`, with the approximator before it or parted from it.
        """
        unit, number = piece.unit, piece.number
        if unit is None or piece.compound or number.form not in PLAIN or number.idle_zero:
            return None
        if unit.one == "noun" and number.month:
            return None
        kind = self._kind(unit, text[piece.end : piece.end + 1])
        if not kind:
            return None
        modifier = piece.modifier or left.modifier
        return AmountHit(left.start, piece.end, RULES[kind], 0, kind, number.value, None, None, piece.code, modifier)

    def _kind_of(self, unit: Unit, behind: str) -> str:
        """The kind of all amounts of ``unit`` with the character ``behind`` them; empty where words around decide."""
        odd = unit.word in self._tenth_words or unit.word in self._contexts.also or unit.word in self._homes.names
        fast = unit.code in self._speeds and behind in self._speed_starts
        told = not odd and not fast and unit.one != "nouns" and not self._contexts.named(behind)
        return KINDS.get(unit.role, "") if told else ""

    def is_nothing(self, text: str, blotted: str, piece: Piece) -> bool:
        """Whether a number without a unit is surely no amount: 三 of 三大目标."""
        number, start, stop = piece.number, piece.start, piece.stop
        if self._trace is not None or blotted[stop : stop + 1] in self._signs or piece.end != stop:
            return False  # one who wants to know why is told by the judge
        if number.form not in BARE or not self._marks.isdisjoint(number.text):
            return False
        if self._contexts.stated(text[stop : stop + 1]):
            return False
        return self._silent(text[start - 2 : start] if start > 1 else text[:start])


def sure(rules: Rulebook) -> Sure:
    """The teller for ``rules``, made once."""
    return rules.once(Sure, Sure)
