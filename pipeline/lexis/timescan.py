"""Where times stand in a text, decided on the text alone; what they mean is worked out against the article's date."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.lexis.timeatoms import Atom, grammar
from pipeline.lexis.timejoin import TimeHit, joiner
from pipeline.rulebook import Rulebook

__all__ = ["Atom", "TimeHit", "scan_times", "scan_times_all"]


def scan_times(folded: str, rules: Rulebook) -> list[TimeHit]:
    """The time expressions of folded text in order, none overlapping: the longest that adjoining atoms make."""
    return scan_times_all([folded], rules)[0]


def scan_times_all(texts: Sequence[str], rules: Rulebook) -> list[list[TimeHit]]:
    """The same of each of ``texts``."""
    join = joiner(rules).join
    return [join(text, atoms) for text, atoms in zip(texts, grammar(rules).atoms(texts), strict=True)]
