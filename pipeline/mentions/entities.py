"""Names: persons, organisations, places and works, every occurrence, the longest name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter

import regex

from pipeline.core.model import Entity, View
from pipeline.core.overlap import resolve
from pipeline.core.trace import Trace
from pipeline.mentions.aliases import carry
from pipeline.mentions.credits import find_credits
from pipeline.mentions.entity_trace import note_lost, note_names, note_never
from pipeline.mentions.foreign import find_foreign
from pipeline.mentions.gazetteer import gazetteer
from pipeline.mentions.given import find_given
from pipeline.mentions.grammar import Candidate, match_patterns
from pipeline.mentions.identity import identify
from pipeline.mentions.items import make_items
from pipeline.mentions.listed import find_latin, find_led, find_listed
from pipeline.mentions.persons import find_persons, trim_person
from pipeline.mentions.places import country_signs, find_towns, settle_places
from pipeline.rulebook import Rulebook

SPAN: Callable[[Candidate], tuple[int, int]] = itemgetter(0, 1)
PRIORITY: Callable[[Candidate], int] = itemgetter(5)


def find_entities(view: View, rules: Rulebook) -> list[Entity]:
    """The names of an article in the order of the text, apart from each other; offsets are of the clean text."""
    items = make_items(view, rules)
    never = gazetteer(rules).never
    found = [*match_patterns(items, rules), *find_persons(view.folded, items, rules), *_works(view.folded, rules)]
    found += [*find_given(view.folded, items, rules), *find_foreign(view.folded, items, rules)]
    found += [*find_led(items, rules), *find_towns(view.folded, items, rules)]
    found += [*find_credits(view, rules), *find_listed(view.folded, items, rules), *country_signs(view.folded, rules)]
    found += find_latin(found, items, rules)
    found = [trim_person(c, view.folded, rules) if c.label == "PER" else c for c in found]
    found = list(settle_places(found, view.folded, items, rules))
    if rules.trace is not None:
        note_never(rules.trace, found, view.folded, rules)
    found = [c for c in found if view.folded[c.start : c.end] not in never]
    kept = _resolved(found, rules.trace)
    carried = carry(view.folded, items, kept, rules)
    if carried.candidates:
        kept = _resolved([*kept, *carried.candidates], rules.trace)
    named = identify(view, kept, carried.full, rules)
    if rules.trace is not None:
        note_names(rules.trace, named, items)
    return named


def _resolved(candidates: Iterable[Candidate], trace: Trace | None) -> list[Candidate]:
    kept, lost = resolve(candidates, SPAN, PRIORITY)
    if trace is not None:
        note_lost(trace, lost)
    return kept


def _works(folded: str, rules: Rulebook) -> Iterator[Candidate]:
    """Titles in their marks; a newspaper is an organisation."""
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
