"""Persons by what points at a name: a handle (@周启明：), and what somebody is called (他叫周启明)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.matchers import Late
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.persons import Lore, is_chinese_name, is_word, lore
from pipeline.mentions.texts import Text, Texts
from pipeline.rulebook import Rulebook

PLAIN = ("common", "compound")
"""Kinds of surnames that are no everyday words."""
FULL = 3
"""Signs of most names: one of so many may begin with a surname that is an everyday word too."""
CUES = (("handle", "entity.per.handle"), ("called_name", "entity.per.introduced"))
"""The settings of what points at names, and the rules that name what they find."""


def find_called(texts: Texts, rules: Rulebook) -> None:
    """Adds the names that a handle is and those that somebody is called by."""
    known = lore(rules)
    patterns = rules.once("called", _patterns)
    for (key, rule), pattern in zip(CUES, patterns, strict=True):
        for text in texts.holding(key):
            text.found += [Candidate(*span, "PER", rule, "0.95", 4) for span in _named(pattern, text, known)]


def _named(pattern: Late, text: Text, known: Lore) -> Iterator[tuple[int, int]]:
    for m in pattern.finditer(text.folded):
        start, end = m.span("name")
        name = m["name"]
        if not is_chinese_name(name, known) or is_word(text.items, start, end):
            continue
        plain = known.surnames.get(name[:2]) in PLAIN or known.surnames.get(name[0]) in PLAIN
        if (plain or len(name) == FULL) and (m["bound"] is not None or text.items.is_edge(end)):
            yield start, end


def _patterns(rules: Rulebook) -> list[Late]:
    return [Late(rules.settings("entities")[key]) for key, _ in CUES]
