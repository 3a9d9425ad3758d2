"""Heads of organisations that are words by themselves: 印度|所|面临, 扩大|集团|的收益."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.mentions.grammar import RULE, Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook

BUSINESS = "I"
"""The sign of a line of business."""
PROPER, FUNCTION, OTHERS = "zrKRQMx", "_kuyctmq", "LOAaV_kt"
"""Signs of proper names, of words that stand before names, and of those that hold no piece of one."""
HEADS = frozenset("GJIC")
"""Signs of heads of organisations and of lines of business."""
PAIR = 2
"""Words of what only tells of a line of business, and of the line."""
NAMED = "entity.org.named"
"""Organisations by a proper name before a head."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Heads that may be words by themselves, and what stands beside them then."""

    particle: str
    """The head that is one before a verb."""
    no_verb: str
    """Verbs before which it is not."""
    held: frozenset[str]
    """It with verbs that begin what an organisation holds: 所持."""
    transitive: frozenset[str]
    """Verbs of which a head is the object."""
    common: frozenset[str]
    """What only tells of a line of business: 传统|能源."""
    goods: frozenset[str]
    """What stands behind a line of business that names goods: 硅光芯片|技术."""


def _heads(rules: Rulebook) -> Heads:
    settings = rules.settings("entities")
    return Heads(
        settings["particle"],
        settings["no_verb"],
        frozenset(settings["held"]),
        frozenset(settings["transitive"].split("|")),
        frozenset(settings["common_before"].split("|")),
        frozenset(settings["goods_behind"].split("|")),
    )


def settle_heads(texts: Texts, rules: Rulebook) -> None:
    """Leaves out what looks like an organisation for a head that is a word by itself, and cuts off what one holds."""
    known = rules.once("organisation heads", _heads)
    for text in texts.all:
        folded, items = text.folded, text.items
        if NAMED not in map(RULE, text.found) and known.particle not in folded:
            continue
        text.found = [
            _whole(c, folded, items, known) if c[3] == NAMED else c
            for c in text.found
            if not (
                c[3] == NAMED
                and _is_word(c, items, known)
                or folded[c[1] - 1] == known.particle
                and c[2] != "PER"
                and _is_before_verb(c, items, known.no_verb)
            )
        ]
        if known.particle in folded:
            text.found = [_without_held(c, folded, known) if c[2] == "ORG" else c for c in text.found]


def _whole(c: Candidate, folded: str, items: Items, known: Heads) -> Candidate:
    """``c`` with the sign or the name before it where only one sign stands before its head: 达|达集团, 新华|锦集团."""
    i = items.at(c.start)
    first = items.words[i]
    if len(first) > 1 or not first.isalpha() or first.isascii() or first in known.common or not i:
        return c
    if not HEADS.issuperset(items.signs[i + 1 : items.at(c.end)]):
        return c
    before, sign = items.words[i - 1], items.signs[i - 1]
    if items.ends[i - 1] != c.start or not before.isalpha() or before.isascii() or before in known.common:
        return c
    if sign in PROPER or len(before) == 1 and sign not in FUNCTION:
        return c._replace(start=items.starts[i - 1])
    return c._replace(start=c.start - 1) if len(before) > 1 and sign not in OTHERS else c


def _without_held(c: Candidate, folded: str, known: Heads) -> Candidate:
    """``c`` without what it holds: 恒通|所持公司股份."""
    at = folded.find(known.particle, c.start + 2, c.end - 2)
    return c._replace(end=at) if at > 0 and folded[at : at + 2] in known.held else c


def _is_word(c: Candidate, items: Items, known: Heads) -> bool:
    """Whether a proper name before a head is a verb before what it is done to, or names goods: 硅光芯片|技术."""
    first = items.words[items.at(c.start)]
    if first in known.transitive or first in known.common and items.at(c.end) == items.at(c.start) + PAIR:
        return True
    i = items.at(c.end)
    return 0 < i < len(items.words) and items.signs[i - 1] == BUSINESS and items.words[i] in known.goods


def _is_before_verb(c: Candidate, items: Items, no_verb: str) -> bool:
    """Whether the last sign of a name is a word alone before a verb: 印度|所|面临 is no office."""
    i = items.at(c.end - 1)
    if i + 1 >= len(items.tags) or items.ends[i] != c.end:
        return False  # the last word of the text, or a sign within one
    return items.tags[i + 1][0] == "v" and items.words[i + 1] not in no_verb
