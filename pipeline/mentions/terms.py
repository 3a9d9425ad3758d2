"""Elected bodies by their term: 第九届全国人民代表大会, 滨江市首届立法会."""

from __future__ import annotations

import regex

from pipeline.mentions.grammar import Candidate
from pipeline.mentions.texts import Text, Texts
from pipeline.rulebook import Rulebook


def find_terms(texts: Texts, rules: Rulebook) -> None:
    """Adds the bodies, each with its term and with whose it is."""
    pattern = rules.once("terms", _pattern)
    for text in texts.holding("term_body"):
        for m in pattern.finditer(text.folded):
            if text.items.is_edge(m.start()):
                start = _owner_start(text, m.start())
                text.found.append(Candidate(start, m.end(), "ORG", "entity.org.term", "0.90", 3))


def _owner_start(text: Text, start: int) -> int:
    """Where the longest owner begins that ends at ``start``; ``start`` where there is none."""
    return min((c.start for c in text.ending(start) if c.label != "PER"), default=start)


def _pattern(rules: Rulebook) -> regex.Pattern[str]:
    return regex.compile(rules.settings("entities")["term_body"])
