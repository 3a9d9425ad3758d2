"""Patterns of rules/entities.toml on the line of signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pipeline.core.model import Label
from pipeline.extract.items import Items
from pipeline.rulebook import Pattern, Rulebook


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be: offsets, and the pattern that saw it. ``strong`` ones are looked for in the whole article."""

    start: int
    end: int
    label: Label
    rule: str
    confidence: str
    priority: int = 0


def match_patterns(items: Items, rules: Rulebook) -> Iterator[Candidate]:
    """Every match of every pattern, overlapping ones too."""
    starts, ends, signs = items.starts, items.ends, items.signs
    for pattern in rules.patterns("entities"):
        label, confidence, priority = _made_by(pattern)
        for m in pattern.regex.finditer(signs):
            a, b = m.span()
            if a < b:
                yield Candidate(starts[a], ends[b - 1], label, pattern.id, confidence, priority)


def _made_by(pattern: Pattern) -> tuple[Label, str, int]:
    return cast(Label, pattern.get("label")), pattern.get("confidence", "0.90"), pattern.get("priority", 0)
