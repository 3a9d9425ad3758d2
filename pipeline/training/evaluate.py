"""How good the names of a tier are on annotated texts, found by the whole chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.chain import extract_texts
from pipeline.core.records import EntityMention
from pipeline.training.corpus import Name, Sample
from pipeline.training.measure import LABELS, Score, joined, score

Shown = tuple[str, str]
"""A name and its label."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of a tier."""

    scores: dict[str, Score]
    confidence: tuple[tuple[str, int, int], ...]
    """``(confidence, right, found)`` for each tenth of confidence, as in ``0.8-0.9``, the highest first."""
    misses: tuple[tuple[str, tuple[Shown, ...], tuple[Shown, ...]], ...]
    """Texts with the names that were missed, and the wrong ones."""


def evaluate(samples: Sequence[Sample], entities: str, rules: Path | None = None) -> Evaluation:
    """Scores of the tier ``entities`` on ``samples``; raises `UsageError` where there is no such tier."""
    texts = [s.text for s in samples]
    found: list[list[Name]] = []
    tenths: Counter[tuple[int, bool]] = Counter()
    misses = []
    for sample, document in zip(samples, extract_texts(texts, rules=rules, entities=entities), strict=True):
        mentions = [m for m in document.mentions if isinstance(m, EntityMention) and m.label in LABELS]
        names: list[Name] = [(m.spans[0][0], m.spans[-1][1], m.label) for m in mentions]
        there, told = set(joined(sample.names)), set(joined(names))
        found.append(names)
        for m, name in zip(mentions, names, strict=True):
            tenths[min(int(float(m.confidence) * 10), 9), name in there] += 1
        if there != told:
            misses.append((sample.text, _shown(sample.text, there - told), _shown(sample.text, told - there)))
    kinds = sorted({tenth for tenth, _ in tenths}, reverse=True)
    table = tuple(
        (f"{t / 10:.1f}-{(t + 1) / 10:.1f}", tenths[t, True], tenths[t, True] + tenths[t, False]) for t in kinds
    )
    return Evaluation(score([s.names for s in samples], found), table, tuple(misses))


def _shown(text: str, names: set[Name]) -> tuple[Shown, ...]:
    return tuple((text[start:end], label) for start, end, label in sorted(names))
