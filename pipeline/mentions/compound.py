"""Chinese names with a surname of two signs, which the segmenter cuts as other words: 欧阳|建国."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.mentions.gazetteer import surname_kinds
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import CharSet, char_set
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook

SURNAME = 2
"""Signs of such a surname."""
GIVEN = (2, 1)
"""Signs of a given name, longest first."""
NEVER = "_kuytmTLOUH|()/~:"
"""Signs of words that are no part of a given name."""
BEFORE, AFTER = "TF", "k_|y~)("
"""Signs of what stands before a name or behind it, where its given name is of one sign."""


@dataclass(frozen=True, slots=True)
class Compound:
    """What such names are made of."""

    surnames: frozenset[str]
    """Those that are no other words."""
    given: frozenset[str]
    """Characters of given names."""
    row: Sequence[CharSet]
    """The two signs of a surname and one behind, to be looked for in many texts at once."""


def _compound(rules: Rulebook) -> Compound:
    other = rules.settings("entities")["compound_words"].split("|")
    kinds = surname_kinds(rules).items()
    surnames = frozenset(w for w, kind in kinds if kind == "compound" and len(w) == SURNAME).difference(other)
    given = frozenset(w for w in rules.word_set("given_names") if len(w) == 1)
    return Compound(surnames, given, (*(char_set(w[i] for w in surnames) for i in range(SURNAME)), char_set(given)))


def find_compound(texts: Texts, rules: Rulebook) -> None:
    """A surname of two signs and characters of given names behind it."""
    known = rules.once("compound surnames", _compound)
    for text, start in texts.rows(known.row):
        items, i = text.items, text.items.at(start)
        surname = text.folded[start : start + SURNAME]
        if surname in known.surnames and i < len(items.starts) and items.starts[i] == start:
            end = _end(text.folded, items, i, known)
            if end:
                text.found.append(Candidate(start, end, "PER", "entity.per.split", "0.90", 4))


def _end(folded: str, items: Items, i: int, known: Compound) -> int:
    """Where the name ends that begins with the word ``i``; 0 where there is none."""
    given = items.starts[i] + SURNAME
    for size in GIVEN:
        end = given + size
        j = items.at(end) - 1
        if folded[given:end].isalpha() and known.given.issuperset(folded[given:end]) and items.is_edge(end):
            after = items.signs[j + 1 : j + 2]
            sure = size == GIVEN[0] or after in AFTER or i > 0 and items.signs[i - 1] in BEFORE
            if sure and not set(items.signs[i + 1 : j + 1]) & set(NEVER):
                return end
    return 0
