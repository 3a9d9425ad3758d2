"""One string, one reading: where the same characters of an article have several labels, the weightiest one holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.core.model import Label
from pipeline.mentions.grammar import Candidate


def one_reading(folded: str, kept: Sequence[Candidate]) -> Sequence[Candidate]:
    """``kept`` with one label for each string: that of the greatest confidence together, the first of equals.

    邹平 may be a person and a county; an article that says 邹平县 once and 邹平 often means one of them.
    """
    read = {(folded[start:end], label) for start, end, label, *_ in kept}
    if len({text for text, _ in read}) == len(read):
        return kept
    weights: dict[str, dict[Label, int]] = defaultdict(lambda: defaultdict(int))
    for c in kept:
        weights[folded[c.start : c.end]][c.label] += _hundredths(c.confidence)
    best = {text: max(those, key=lambda label: those[label]) for text, those in weights.items()}
    return [_read_as(best[folded[c.start : c.end]], c) for c in kept]


def _read_as(label: Label, c: Candidate) -> Candidate:
    return c if c.label == label else c._replace(label=label, rule="entity.repeated")


def _hundredths(confidence: str) -> int:
    """A confidence as a whole number: 97 of 0.97."""
    whole, _, part = confidence.partition(".")
    return int(whole) * 100 + int(part)
