"""Names that only the tagger sees, without what it joins to them: 东北|地区, 陶松若|译."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.core.model import View
from pipeline.mentions.grammar import RULE, Candidate
from pipeline.mentions.person_ends import is_thing, person_end
from pipeline.mentions.places import place_end
from pipeline.rulebook import Rulebook

GUESSES = frozenset(["entity.tagger.per", "entity.tagger.org", "entity.tagger.loc"])
"""The rules that name the tagger."""


def trim_guesses(
    views: Sequence[View], named: Sequence[Sequence[Candidate]], rules: Rulebook
) -> list[Sequence[Candidate]]:
    """The names of each article, those of the tagger cut as those of the rules are."""
    out = list(named)
    for i, kept in enumerate(named):
        if not GUESSES.isdisjoint(map(RULE, kept)):
            out[i] = list(_settled(kept, views[i].folded, rules))
    return out


def _settled(kept: Sequence[Candidate], folded: str, rules: Rulebook) -> Iterator[Candidate]:
    for c in kept:
        if c.rule not in GUESSES:
            yield c
        elif c.label != "PER" or not is_thing(c, folded, rules):
            yield _trimmed(c, folded, rules)


def _trimmed(c: Candidate, folded: str, rules: Rulebook) -> Candidate:
    if c.label == "LOC":
        return c._replace(end=place_end(c, folded, rules))
    return c._replace(end=person_end(c, folded, rules)) if c.label == "PER" else c
