"""Where times stand in a text, decided on the text alone; what they mean is worked out against the article's date."""

from __future__ import annotations

from pipeline.lexis.timeatoms import Atom, grammar
from pipeline.lexis.timejoin import TimeHit, joiner
from pipeline.rulebook import Rulebook

__all__ = ["Atom", "TimeHit", "scan_times"]


def scan_times(folded: str, rules: Rulebook) -> list[TimeHit]:
    """The time expressions of folded text in order, none overlapping: the longest that adjoining atoms make."""
    return list(joiner(rules).join(folded, grammar(rules).atoms(folded)))
