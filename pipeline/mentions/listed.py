"""Firms that carry no legal form: the short name before a stock code or a price in brackets, or before an office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.rulebook import Rulebook

SIZES = (4, 3, 2, 5, 6)
"""Lengths of short names, the usual ones first."""
ENDS = "_ukytmT|(~:c"
"""Signs of words that are no part of a firm's short name."""


LONGEST = 10


def find_listed(folded: str, items: Items, rules: Rulebook) -> Iterator[Candidate]:
    """The firms of ``folded`` that carry a code or a price: 厦门象屿(6.440,0.21,3.37%)."""
    code, name, special = rules.once("listed", _patterns)
    for m in code.finditer(folded):
        end = m.start()
        while end and folded[end - 1] == " ":
            end -= 1
        before = name.search(folded[max(end - LONGEST, 0) : end])
        marked = special.search(folded[max(end - LONGEST, 0) : end])
        if marked:
            yield Candidate(end - len(marked[0]), end, "ORG", "entity.org.listed", "0.97", 6)
        elif before:
            start = _start(
                folded, items, max(end - len(before[0]), _nominal_from(items, end - len(before[0]), end)), end
            )
            if start is not None:
                yield Candidate(start, end, "ORG", "entity.org.listed", "0.95", 6)


def find_led(items: Items, rules: Rulebook) -> Iterator[Candidate]:
    """Firms known by nothing but the office of their head: 海风茶饮创始人."""
    led = rules.once("led", _led)
    words, signs = items.words, items.signs
    j = signs.find("T")
    while j >= 0:
        if words[j] in led.offices:
            i = j
            while i and signs[i - 1] in led.signs:
                i -= 1
            known = j - i > 1 or i < j and signs[i] in led.alone
            if known and (not i or signs[i - 1] in led.edge) and led.common.isdisjoint(words[i:j]):
                start, end = items.starts[i], items.ends[j - 1]
                if 2 < end - start < 7:
                    yield Candidate(start, end, "ORG", "entity.org.led", "0.70")
        j = signs.find("T", j + 1)


@dataclass(frozen=True, slots=True)
class Led:
    """Offices before which a firm's name stands, the signs of such a name, and common nouns that are none."""

    offices: frozenset[str]
    common: frozenset[str]
    signs: str
    alone: str
    edge: str


def _led(rules: Rulebook) -> Led:
    settings = rules.settings("entities")
    offices, common = (frozenset(settings[key].split("|")) for key in ("firm_office", "firm_not"))
    return Led(offices, common, settings["firm_signs"], settings["firm_alone"], settings["firm_edge"])


def _start(folded: str, items: Items, start: int, end: int) -> int | None:
    """Where the short name begins that ends at ``end``, at ``start`` or after it; None where no length fits."""
    latin = next((i for i in range(start, end - 1) if folded[i].isascii()), None)
    if latin is not None:
        return latin
    first, last = items.at(start), items.at(end)
    if end - start in SIZES and (end - start in SIZES[:2] or "v" not in items.signs[first:last]):
        return start
    return next((end - n for n in SIZES if end - n >= start and items.is_edge(end - n)), None)


def _patterns(rules: Rulebook) -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    settings = rules.settings("entities")
    code, name, special = settings["listed"], settings["listed_name"], settings["listed_special"]
    return regex.compile(code), regex.compile(name), regex.compile(special)


def _nominal_from(items: Items, start: int, end: int) -> int:
    """Where the last run of words before ``end`` begins that may all be of a name."""
    i = items.at(end) - 1
    while i >= 0 and items.ends[i] > start and items.signs[i] not in ENDS:
        i -= 1
    return items.starts[i + 1] if i + 1 < len(items.starts) else start
