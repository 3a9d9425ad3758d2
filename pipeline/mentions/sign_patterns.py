"""Patterns of rules/entities.toml on the line of signs."""

from __future__ import annotations

from itertools import compress
from operator import not_
from typing import NamedTuple, cast

from pipeline.core.model import Label
from pipeline.mentions.grammar import candidate_of
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Pattern, Rulebook


class Seen(NamedTuple):
    """A pattern of the line of signs, ready for use."""

    rule: Pattern
    id: str
    label: Label
    confidence: str
    priority: int
    needs: frozenset[str]
    """Signs of which one must be there."""


def match_patterns(texts: Texts, rules: Rulebook) -> None:
    """Every match of every pattern, overlapping ones too."""
    lines = [(t.signs, t.items.starts, t.items.ends, t.found) for t in texts.all]
    there = [frozenset(text.signs) for text in texts.all]
    for rule, ident, label, confidence, priority, needs in rules.once("sign patterns", _sign_patterns):
        # Most articles have none of what a pattern needs: they are passed over in C.
        tried = compress(lines, map(not_, map(needs.isdisjoint, there))) if needs else lines
        for signs, starts, ends, found in tried:
            # A line is short: to let the interpreter's lock go and take it again costs as much as the search.
            for m in rule.regex.finditer(signs, None, None, False, False):
                a, b = m.span()
                found.append(candidate_of((starts[a], ends[b - 1], label, ident, confidence, priority)))


def _sign_patterns(rules: Rulebook) -> list[Seen]:
    """The patterns that are read on signs; the others name what code finds on the text."""
    return [
        Seen(
            p,
            p.id,
            cast(Label, p.get("label")),
            p.get("confidence", "0.90"),
            p.get("priority", 0),
            frozenset(p.get("needs", "")),
        )
        for p in rules.patterns("entities")
        if not p.get("on_text")
    ]
