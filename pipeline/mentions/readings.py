"""One string, one reading: where the same characters of an article have several labels, the weightiest one holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.core.model import Label
from pipeline.mentions.grammar import Candidate


def one_reading(kept: Sequence[Candidate], texts: Sequence[str]) -> Sequence[Candidate]:
    """``kept``, which read ``texts``, with one label for each string: that of the greatest confidence together, the
    first of equals.

    邹平 may be a person and a county; an article that says 邹平县 once and 邹平 often means one of them.
    """
    if len(set(texts)) == len(texts):
        return kept
    read = {(text, c.label) for text, c in zip(texts, kept, strict=True)}
    if len({text for text, _ in read}) == len(read):
        return kept
    weights: dict[str, dict[Label, int]] = defaultdict(lambda: defaultdict(int))
    for text, c in zip(texts, kept, strict=True):
        weights[text][c.label] += _hundredths(c.confidence)
    best = {text: max(those, key=lambda label: those[label]) for text, those in weights.items()}
    return [_read_as(best[text], c) for text, c in zip(texts, kept, strict=True)]


def _read_as(label: Label, c: Candidate) -> Candidate:
    return c if c.label == label else c._replace(label=label, rule="entity.repeated")


def _hundredths(confidence: str) -> int:
    """A confidence as a whole number: 97 of 0.97."""
    whole, _, part = confidence.partition(".")
    return int(whole) * 100 + int(part)
