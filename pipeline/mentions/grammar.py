"""Patterns of rules/entities.toml on the line of signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple, cast

import regex

from pipeline.core.model import Label, View
from pipeline.mentions.items import Items
from pipeline.rulebook import Rulebook


class Candidate(NamedTuple):
    """A name that may be: offsets, and the pattern that saw it; of equal lengths the higher ``priority`` stands."""

    start: int
    end: int
    label: Label
    rule: str
    confidence: str
    priority: int = 0


SPAN: Callable[[Candidate], tuple[int, int]] = itemgetter(0, 1)
PRIORITY: Callable[[Candidate], int] = itemgetter(5)


@dataclass(frozen=True, slots=True)
class Seen:
    """A pattern of the line of signs, ready for use."""

    finditer: Callable[[str], Iterable[regex.Match[str]]]
    id: str
    label: Label
    confidence: str
    priority: int
    needs: str
    """Signs of which one must be there."""


def match_patterns(_view: View, items: Items, rules: Rulebook) -> Iterator[Candidate]:
    """Every match of every pattern, overlapping ones too."""
    starts, ends, signs = items.starts, items.ends, items.signs
    there = frozenset(signs)
    for p in rules.once("sign patterns", _sign_patterns):
        if p.needs and there.isdisjoint(p.needs):
            continue
        for m in p.finditer(signs):
            a, b = m.span()
            yield Candidate(starts[a], ends[b - 1], p.label, p.id, p.confidence, p.priority)


def _sign_patterns(rules: Rulebook) -> list[Seen]:
    """The patterns that are read on signs; the others name what code finds on the text."""
    return [
        Seen(
            p.regex.finditer,
            p.id,
            cast(Label, p.get("label")),
            p.get("confidence", "0.90"),
            p.get("priority", 0),
            p.get("needs", ""),
        )
        for p in rules.patterns("entities")
        if not p.get("on_text")
    ]
