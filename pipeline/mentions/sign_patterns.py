"""Patterns of rules/entities.toml on the line of signs."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import compress
from operator import itemgetter, not_
from typing import NamedTuple, cast

from pipeline.core.model import Label
from pipeline.mentions.grammar import Candidate, candidate_of
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
    glance: str
    """The pattern of what must be there, empty where that is as dear to look for."""


_Line = tuple[str, list[int], list[int], list[Candidate]]
"""The signs of an article, where its words begin and end, and what was found in it."""
SIGNS: Callable[[_Line], str] = itemgetter(0)


def match_patterns(texts: Texts, rules: Rulebook) -> None:
    """Every match of every pattern, overlapping ones too."""
    lines = [(t.signs, t.items.starts, t.items.ends, t.found) for t in texts.all]
    there = [frozenset(text.signs) for text in texts.all]
    for rule, ident, label, confidence, priority, needs, glance in rules.once("sign patterns", _sign_patterns):
        # Most articles have none of what a pattern needs: they are passed over in C.
        tried = list(compress(lines, map(not_, map(needs.isdisjoint, there)))) if needs else lines
        if glance and tried:
            tried = list(compress(tried, map(re.compile(glance).search, map(SIGNS, tried))))
        if not tried:
            continue
        finditer = rule.regex.finditer  # compiled for them alone
        for signs, starts, ends, found in tried:
            # A line is short: to let the interpreter's lock go and take it again costs as much as the search.
            for m in finditer(signs, None, None, False, False):
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
            p.get("glance", ""),
        )
        for p in rules.patterns("entities")
        if not p.get("on_text")
    ]
