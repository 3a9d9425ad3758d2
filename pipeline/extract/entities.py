"""Names: persons, organisations, places and works, every occurrence, the longest name."""

from __future__ import annotations

from pipeline.core.model import Entity, EntityNorm, View
from pipeline.core.overlap import resolve
from pipeline.extract.gazetteer import gazetteer
from pipeline.extract.grammar import Candidate, match_patterns
from pipeline.extract.items import make_items
from pipeline.extract.persons import find_persons
from pipeline.rulebook import Rulebook


def find_entities(view: View, rules: Rulebook) -> list[Entity]:
    """The names of an article in the order of the text, apart from each other; offsets are of the clean text."""
    items = make_items(view, rules)
    never = gazetteer(rules).never
    every = [*match_patterns(items, rules), *find_persons(view.folded, items, rules)]
    found = [c for c in every if view.folded[c.start : c.end] not in never]
    kept, _ = resolve(found, _span, _priority)
    return [
        Entity(c.start, c.end, c.label, EntityNorm(view.text[c.start : c.end], f"e{i}"), c.rule, c.confidence)
        for i, c in enumerate(kept, 1)
    ]


def _span(candidate: Candidate) -> tuple[int, int]:
    return candidate.start, candidate.end


def _priority(candidate: Candidate) -> int:
    return candidate.priority
