"""Bodies by their term, number or country's sign: 第九届全国人民代表大会, 国民党第96军, 俄央行."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.core.matchers import Late
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.texts import Text, Texts
from pipeline.rulebook import Rulebook

KINDS = ("term_body", "numbered_school")
"""The settings that say how such bodies are written."""
UNIT = "unit"
"""The group of a body of an army."""


def find_terms(texts: Texts, rules: Rulebook) -> None:
    """Adds the bodies, each with its term or number and with whose it is; a unit is named with its army only."""
    for key, pattern in rules.once("terms", _patterns).items():
        for text in texts.holding(key):
            for m in pattern.finditer(text.folded):
                if text.items.is_edge(m.start()):
                    start = _owner_start(text, m.start())
                    if m.lastgroup == UNIT and start == m.start():
                        continue
                    text.found.append(Candidate(start, m.end(), "ORG", "entity.org.term", "0.90", 3))


def _owner_start(text: Text, start: int) -> int:
    """Where the longest owner begins that ends at ``start``; ``start`` where there is none."""
    return min((c.start for c in text.ending(start) if c.label != "PER"), default=start)


def _patterns(rules: Rulebook) -> Mapping[str, Late]:
    return {key: Late(rules.settings("entities")[key]) for key in KINDS}
