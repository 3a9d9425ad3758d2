"""Firms in a list of firms: 远山博纳 of 比亚迪、远山博纳和宁德时代."""

from __future__ import annotations

from pipeline.mentions.firms import LISTED, Shapes, end_of, firm_shapes, is_firm, is_long_enough, start_of
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.texts import Text, Texts
from pipeline.rulebook import Rulebook

MARK, JOINS = "y", "yc"
"""Signs of the mark between the members of a list, and of all that stands between them."""
AFTER = "yc_|k(~):um"
"""Signs of what stands behind a member."""
FEW = 2
"""Members that must be known as organisations, and no fewer than the others."""
Span = tuple[int, int]


def find_beside(texts: Texts, rules: Rulebook) -> None:
    """Members of lists in which most are organisations."""
    shapes, joins = firm_shapes(rules), rules.once("joins", _joins)
    for text in texts.all:
        if MARK in text.signs:
            known = _known(text, joins)
            if len(known) >= FEW:
                text.found += _members(text, known, shapes)


def _joins(rules: Rulebook) -> frozenset[str]:
    """What stands between the members of a list, of one character."""
    return frozenset(w for w in rules.word_set("entity_words", "class", *JOINS) if len(w) == 1)


def _known(text: Text, joins: frozenset[str]) -> dict[int, int]:
    """Where organisations beside the marks of lists begin and end; the longest of each beginning."""
    folded = text.folded
    there = [
        (start, end)
        for start, end, label, _, _, _ in text.found
        if label == "ORG" and (folded[end : end + 1] in joins or folded[start - 1 : start] in joins)
    ]
    return dict(sorted(there)) if len(there) >= FEW else {}


def _members(text: Text, known: dict[int, int], shapes: Shapes) -> list[Candidate]:
    out: list[Candidate] = []
    begins = {end: start for start, end in reversed(known.items())}  # the longest of each end
    i = text.signs.find(MARK)
    while i >= 0:
        members, i = _listed(text, i, known, begins, shapes)
        others = [span for span in members if known.get(span[0]) != span[1]]
        if len(members) - len(others) >= max(FEW, len(others)):
            firms = (
                span for span in others if _is_apart(text.items, *span) and is_firm(text.items, *span, LISTED, shapes)
            )
            out += [Candidate(*span, "ORG", "entity.org.enumerated", "0.80", 3) for span in firms]
        i = text.signs.find(MARK, i)
    return out


def _listed(
    text: Text, i: int, known: dict[int, int], begins: dict[int, int], shapes: Shapes
) -> tuple[list[Span], int]:
    """The members of the list whose first mark is the word ``i``, and where the words behind it begin.

    ``known`` and ``begins`` hold the ends of known organisations by their beginnings and the reverse."""
    items = text.items
    before = items.starts[i]
    first = begins.get(before)
    members = [(start_of(text.folded, items, before, shapes) if first is None else first, before)]
    while i < len(items.starts) and items.signs[i] in JOINS:
        if i + 1 == len(items.starts):  # 比亚迪、远山博纳、 at the end of a text that breaks off
            return members, i + 1
        at = items.starts[i + 1]
        end = known.get(at) or end_of(text.folded, items, i + 1, shapes)
        members.append((at, end))
        i = max(items.at(end), i + 1)
    return members, i


def _is_apart(items: Items, start: int, end: int) -> bool:
    """Whether ``[start, end)`` is as long as such names are, and no word of a longer one stands at its end."""
    i = items.at(end)
    return is_long_enough(items, start, end) and (i == len(items.starts) or items.signs[i] in AFTER)
