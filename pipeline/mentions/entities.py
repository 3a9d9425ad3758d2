"""Names: persons, organisations, places and works, every occurrence, the longest name.

The rules read an article (`read_names`), a tier decides what of that stands and what is added, and the names that stand
are carried through the article and linked (`settle_names`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import regex

from pipeline.core.model import Entity, View
from pipeline.core.overlap import resolve
from pipeline.core.slices import Record
from pipeline.core.trace import Trace
from pipeline.mentions.aliases import carry
from pipeline.mentions.credits import find_credits
from pipeline.mentions.entity_trace import note_lost, note_names, note_never
from pipeline.mentions.foreign import find_foreign, without_substances
from pipeline.mentions.gazetteer import gazetteer
from pipeline.mentions.given import find_given
from pipeline.mentions.grammar import PRIORITY, SPAN, Candidate, match_patterns
from pipeline.mentions.identity import identify
from pipeline.mentions.items import Items, make_items
from pipeline.mentions.listed import find_enumerated, find_latin, find_led, find_listed, find_moved
from pipeline.mentions.persons import find_persons, trim_person
from pipeline.mentions.places import country_signs, find_towns, settle_places
from pipeline.mentions.readings import one_reading
from pipeline.rulebook import Rulebook


class Reading(Record, frozen=True):
    """An article as the rules read it."""

    items: Items
    kept: list[Candidate]
    """The names that the rules see, apart from each other, in the order of the text."""


class Tier(Protocol):
    """What decides on the names of articles once the rules have read them."""

    def names(self, views: Sequence[View], readings: Sequence[Reading]) -> Sequence[Sequence[Candidate]]:
        """The names of each article, apart from each other, in the order of the text."""


class RulesTier:
    """What the rules see stands."""

    def names(self, views: Sequence[View], readings: Sequence[Reading]) -> Sequence[Sequence[Candidate]]:
        """See `Tier`."""
        return [r.kept for r in readings]


def find_entities(views: Sequence[View], rules: Rulebook, tier: Tier) -> list[list[Entity]]:
    """The names of each article in the order of its text, apart from each other; offsets are of the clean text."""
    readings = read_names(views, rules)
    named = tier.names(views, readings)
    return settle_names(views, readings, named, rules)


Find = Callable[[View, Items, Rulebook], Iterable[Candidate]]
"""What looks for names in an article, in one of the ways in which rules see them."""


def read_names(views: Sequence[View], rules: Rulebook) -> list[Reading]:
    """Articles as the rules read them."""
    items = [make_items(view, rules) for view in views]
    found: list[list[Candidate]] = [[] for _ in views]
    # All articles in one way, then in the next: a way's tables and patterns stay in the processor's cache.
    for find in FINDERS:
        for view, its, seen in zip(views, items, found, strict=True):
            seen += find(view, its, rules)
    return [_read(*those, rules) for those in zip(views, items, found, strict=True)]


def _read(view: View, items: Items, found: list[Candidate], rules: Rulebook) -> Reading:
    """What stands of ``found`` in an article."""
    never = gazetteer(rules).never
    found += find_latin(found, items, rules)
    found = [trim_person(c, view.folded, rules) if c.label == "PER" else c for c in found]
    found = list(settle_places(found, view.folded, items, rules))
    if rules.trace is not None:
        note_never(rules.trace, found, view.folded, rules)
    return Reading(items, _resolved([c for c in found if view.folded[c.start : c.end] not in never], rules.trace))


def settle_names(
    views: Sequence[View], readings: Sequence[Reading], named: Sequence[Sequence[Candidate]], rules: Rulebook
) -> list[list[Entity]]:
    """The entities of articles with these names: each found again wherever it stands, linked and coded."""
    named = [without_substances(view.folded, kept, rules) for view, kept in zip(views, named, strict=True)]
    named = [one_reading(view.folded, kept) for view, kept in zip(views, named, strict=True)]
    carried = [carry(v.folded, r.items, kept, rules) for v, r, kept in zip(views, readings, named, strict=True)]
    named = [
        _resolved([*kept, *more.candidates], rules.trace) if more.candidates else kept
        for kept, more in zip(named, carried, strict=True)
    ]
    out = [identify(view, kept, more.full, rules) for view, kept, more in zip(views, named, carried, strict=True)]
    if rules.trace is not None:
        for reading, names in zip(readings, out, strict=True):
            note_names(rules.trace, names, reading.items)
    return out


def _resolved(candidates: Iterable[Candidate], trace: Trace | None) -> list[Candidate]:
    kept, lost = resolve(candidates, SPAN, PRIORITY)
    if trace is not None:
        note_lost(trace, lost)
    return kept


def _works(view: View, _items: Items, rules: Rulebook) -> Iterator[Candidate]:
    """Titles in their marks; a newspaper is an organisation."""
    folded = view.folded
    work, media = rules.once("works", _work_patterns)
    signs = gazetteer(rules).signs
    for m in work.finditer(folded):
        if media.search(m[0]) or signs.get(m[0][1:-1]) == "O":
            yield Candidate(m.start(), m.end(), "ORG", "entity.org.paper", "0.80", 9)
        else:
            yield Candidate(m.start(), m.end(), "WORK", "entity.work.title", "0.99", 9)


def _work_patterns(rules: Rulebook) -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    settings = rules.settings("entities")
    return regex.compile(settings["work"]), regex.compile(settings["media"])


FINDERS: Sequence[Find] = (
    *(match_patterns, find_persons, _works, find_given, find_foreign),
    *(find_led, find_enumerated, find_moved, find_towns, find_credits, find_listed, country_signs),
)
"""The ways in which rules see names."""
