"""Firms known by nothing but the office of their head: 海风茶饮创始人."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.listed import USUAL, Names
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

PLAIN = "nwvI"
"""Signs of words that may be of the sentence."""


@dataclass(frozen=True, slots=True)
class Led:
    """Offices before which a firm's name stands, such names, and the signs of one that is a single word."""

    offices: frozenset[str]
    names: Names
    alone: str


def find_led(texts: Texts, rules: Rulebook) -> None:
    """Firms known by nothing but the office of their head: 海风茶饮创始人."""
    led = rules.once("led", _led)
    for text in texts.signed("firm_office"):
        text.found += _of_heads(text.items, led)


def _of_heads(items: Items, led: Led) -> Iterator[Candidate]:
    names = led.names
    words, signs = items.words, items.signs
    j = signs.find("T")
    while j >= 0:
        if words[j] in led.offices:
            i = j
            while i and signs[i - 1] in names.signs:
                i -= 1
            known = j - i > 1 or i < j and signs[i] in led.alone
            if known and (not i or signs[i - 1] in names.edge) and names.common.isdisjoint(words[i:j]):
                start, end = _named_from(items, i, items.ends[j - 1]), items.ends[j - 1]
                if 2 < end - start < 7:
                    yield Candidate(start, end, "ORG", "entity.org.led", "0.70")
        j = signs.find("T", j + 1)


def _named_from(items: Items, i: int, end: int) -> int:
    """Where the short name begins in the words from ``i`` to ``end``: at four signs where a word of the sentence was
    taken into a longer one (计划|金盾安保), else at ``i``."""
    usual = end - USUAL[0]
    plain = items.signs[i] in PLAIN and is_known(items.words[i])
    return usual if plain and items.starts[i] < usual and items.is_edge(usual) else items.starts[i]


def _led(rules: Rulebook) -> Led:
    settings = rules.settings("entities")
    offices, common = (frozenset(settings[key].split("|")) for key in ("firm_office", "firm_not"))
    return Led(offices, Names(common, settings["firm_signs"], settings["firm_edge"]), settings["firm_alone"])
