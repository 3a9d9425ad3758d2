"""Units of amounts: physical units, currencies, shares, measure words, units of time; the longest word stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from pipeline.rulebook import Row, Rulebook

_WIDE = Context(prec=1000)  # more digits than a numeral and a factor have
_ENDING = Context(prec=60, traps=[Inexact, InvalidOperation])
DIGITS = 12
"""Significant digits of an SI value whose decimal does not end (1 mu = 2000/3 m2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A unit under one of its words, made once: another one is another unit.

    ``role``: measure, temperature, percent, ratio, age, period (only as a denominator), money, coin (a part of a
    currency's unit), count, time (no amount takes it), open (the context decides).
    """

    word: str
    code: str
    role: str
    guards: tuple[str, ...] = ()
    scale: Decimal | None = None
    factor: Fraction | None = None
    si: str = ""
    offset: Fraction | None = None
    one: str = "yes"
    nouns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    """Words that begin as a guard does and make no other word: 三家|电商."""
    rule: str = ""
    """The id of the table row that names it; empty for the units of patterns and settings."""


class _Entry(NamedTuple):
    """A word of the index: its unit, the first characters of the guards, whether a letter or digit ends the word."""

    word: str
    unit: Unit
    guards: frozenset[str]
    letter: bool


class Index:
    """Units by their words, looked up at a place of a text."""

    def __init__(self, found: Iterable[Unit]) -> None:
        """Of two units with one word the first stays."""
        entries: dict[str, _Entry] = {}
        for unit in found:
            word = unit.word
            if word and word not in entries:
                letter = word[-1].isascii() and word[-1].isalnum()
                entries[word] = _Entry(word, unit, frozenset(g[0] for g in unit.guards), letter)
        # by the first two characters, longest words first, the first character alone as the last; and by that one
        self._entries: dict[str, list[_Entry]] = {}
        for word, entry in sorted(entries.items(), key=lambda e: -len(e[0])):
            self._entries.setdefault(word[:2], []).append(entry)
        for head, some in self._entries.items():
            if len(head) == 2 and head[0] in entries:
                some.append(entries[head[0]])
        # the same few characters come again and again, and most of them settle it
        self._found = lru_cache(8192)(self._settle)

    def _settle(self, head: str) -> Unit | None | list[_Entry]:
        """The unit, or none, that two characters settle; else the units to try."""
        entries = self._entries.get(head) or self._entries.get(head[:1])
        if not entries:
            return None
        entry, behind = entries[0], head[1:]
        if len(entry.word) > 1 or behind in entry.guards or entry.letter and behind.isascii() and behind.isalnum():
            return entries
        return entry.unit

    def longest(self, text: str, start: int) -> Unit | None:
        """The longest unit at ``start`` that what follows does not make another word (部|门)."""
        found = self._found(text[start : start + 2])
        if found is None or isinstance(found, Unit):
            return found
        for word, unit, guards, letter in found:
            if text.startswith(word, start):
                end = start + len(word)
                behind = text[end : end + 1]
                if letter and behind.isascii() and behind.isalnum():
                    continue
                guarded = behind in guards and text.startswith(unit.guards, end)
                if guarded and not (unit.unless and text.startswith(unit.unless, end)):
                    continue
                return unit
        return None


Lookup = Callable[[str, int], Unit | None]


class Units:
    """All units by their words. Get it by `units`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads ``units``, ``currencies``, ``measure_words``, ``not_amounts`` and the units of ``quantities``."""
        self.marks: dict[str, str] = {}
        """Marks that stand before a number, with the currency's code."""
        settings = rules.settings("quantities")
        # units that mean nothing by themselves; one that is `also` read otherwise stays the unit that it is
        opened = {str(p.get("unit")) for p in rules.patterns("quantities") if p.get("unit") and not p.get("also")}
        guards = settings["open_guards"]
        opens = [Unit(w, w, "open", tuple(guards.get(w, ()))) for w in sorted(opened)]
        physical = [u for row in rules.rows("units") for u in _physical(row)]
        yuan = settings["yuan"]
        money = [u for row in rules.rows("currencies") for u in _money(row, yuan)]
        counts = [u for row in rules.rows("measure_words") for u in _counts(row)]
        times = [
            Unit(w, w, "time", row["guards"] or (), unless=row["unless"] or (), rule=row.id)
            for row in rules.rows("not_amounts")
            if row["role"] == "time"
            for w in row["words"]
        ]
        per = [Unit(w, code, "measure") for w, code in settings["per_words"].items()]
        self.at: Lookup = Index([*opens, *(u for u in physical if u.role != "period"), *money, *counts, *times]).longest
        """The longest unit at a place; one whose next characters make another word does not stand."""
        self.per: Lookup = Index([*per, *sorted(physical, key=lambda u: u.role != "period"), *counts, *money]).longest
        """The longest unit that may be a denominator there: 立方米 in 微克/立方米, 分 in 次/分."""
        for row in rules.rows("currencies"):
            for mark in row["marks"] or ():
                self.marks.setdefault(mark, row["code"])
        self._sized: dict[str, Unit | None] = {}
        for unit in physical:
            if unit.factor is not None:
                self._sized.setdefault(unit.code, unit)
        self.each_times = frozenset(settings["each_times"])
        self.containers = frozenset(settings["per_containers"])

    def each(self, text: str, end: int) -> tuple[Unit, int] | None:
        """The unit that ends at ``end``, with its start, where 每 may lead it: a physical unit or a container."""
        for length in range(min(6, end), 0, -1):
            unit = self.per(text, end - length)
            if unit is not None and len(unit.word) == length:
                fits = unit.role == "measure" or unit.code in self.each_times or unit.word in self.containers
                return (unit, end - length) if fits else None
        return None

    def sized(self, code: str) -> Unit | None:
        """The unit of known size with this ``code``: ``kWh``, or a quotient of two (``ug/m3``, ``km/h``); else None."""
        if code not in self._sized:
            above, _, below = code.partition("/")
            self._sized[code] = _quotient(self._sized.get(above), self._sized.get(below))
        return self._sized[code]


def _quotient(above: Unit | None, below: Unit | None) -> Unit | None:
    if above is None or below is None or above.factor is None or not below.factor or above.offset is not None:
        return None
    code = f"{above.code}/{below.code}"
    si = f"{above.si}/{below.si}" if above.si != below.si else "1"
    return Unit(code, code, above.role, factor=above.factor / below.factor, si=si)


def _physical(row: Row) -> Iterable[Unit]:
    for word in row["words"]:
        yield Unit(
            word, row["code"], row["role"], row["guards"] or (), row["scale"], row["factor"], row["si"] or "",
            row["offset"], unless=row["unless"] or (), rule=row.id,
        )  # fmt: skip


def _money(row: Row, yuan: str) -> Iterable[Unit]:
    role = "coin" if row["factor"] is not None else "money"
    for word in (*row["words"], *(row["shared"] or ())):
        yield Unit(word, row["code"], role, row["guards"] or (), row["factor"], unless=row["unless"] or (), rule=row.id)
        if role == "money" and not word.isascii() and word[0] != yuan:
            # 三万元欧元, 9000元日币
            yield Unit(yuan + word, row["code"], role, rule=row.id)


def _counts(row: Row) -> Iterable[Unit]:
    for word in row["words"]:
        yield Unit(
            word, row["unit"] or word, "count", row["guards"] or (), one=row["one"], nouns=row["nouns"] or (),
            unless=row["unless"] or (), rule=row.id,
        )  # fmt: skip


def to_si(value: Decimal, unit: Unit) -> str:
    """``value`` of ``unit`` in its SI unit as a plain decimal string.

    Exact; where the decimal does not end `DIGITS` significant digits, and three places at the least.
    """
    factor = _decimal(unit)
    if factor is not None:
        return plain(_WIDE.multiply(value, factor).normalize(_WIDE))
    exact = (Fraction(value) + (unit.offset or 0)) * (unit.factor or 1)
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    # 2 and 5 alone in the denominator: the decimal ends, within as many places as the denominator has bits.
    whole = len(str(abs(exact.numerator) // exact.denominator))
    digits = len(str(abs(exact.numerator))) + exact.denominator.bit_length() if rest == 1 else whole + 3
    context = Context(prec=max(digits, DIGITS), rounding=ROUND_HALF_EVEN)
    return plain(context.divide(Decimal(exact.numerator), Decimal(exact.denominator)).normalize(context))


@lru_cache(1024)
def _decimal(unit: Unit) -> Decimal | None:
    """The factor of ``unit`` where that is all its size and ends as a decimal; None for 亩 and degrees."""
    if unit.factor is None or unit.offset is not None:
        return None
    try:
        return _ENDING.divide(Decimal(unit.factor.numerator), Decimal(unit.factor.denominator))
    except Inexact:
        return None


def plain(value: Decimal) -> str:
    """A plain decimal string, never with an exponent; the zeros behind the point stay as they are."""
    return f"{value:f}"


def units(rules: Rulebook) -> Units:
    """The units of ``rules``, made once."""
    return rules.once(Units, Units)
