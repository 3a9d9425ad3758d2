"""The learner: python-crfsuite, whose weights are written as whole numbers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import regex

from pipeline.core.errors import UsageError, install
from pipeline.mentions.tagger.features import BITS, LABELS
from pipeline.mentions.tagger.model import FORBIDDEN, LARGEST, SCALE, Weights
from pipeline.training.examples import Chain

Tell = Callable[[str], None]
Steps = tuple[tuple[int, ...], ...]

SHRINK = {"c1": 0.3, "c2": 0.1}
"""What draws weights to zero: the first keeps the file small, both keep rare features from misleading."""
TOLD = 10
"""Every so many-th iteration is told."""
TAUGHT, HELD = 0, 1
"""The groups of chains: to learn from, and to measure on."""
FIGURES = {
    "iteration": regex.compile(r"\*+ Iteration #(\d+)"),
    "loss": regex.compile(r"Loss: ([\d.]+)"),
    "F1": regex.compile(r"Macro-average precision, recall, F1: \([\d.]+, [\d.]+, ([\d.]+)\)"),
}


def crfsuite() -> Any:
    """The library; raises `UsageError` where it is not installed."""
    try:
        import pycrfsuite
    except ImportError:
        raise UsageError(f"training needs python-crfsuite; {install('train')}") from None
    return pycrfsuite


def fit(taught: Iterable[Chain], held: Iterable[Chain], iterations: int, tell: Tell) -> tuple[Steps, Weights]:
    """The weights of steps and of features that ``taught`` gives; the same chains in the same order give the same.

    ``tell`` hears of every tenth iteration its loss, and the mean F1 of the labels (not of the names) in ``held``.
    """
    library = crfsuite()
    report = _Report(iterations, tell)

    class Trainer(library.BaseTrainer):  # type: ignore[misc, name-defined]
        def message(self, message: str) -> None:
            report.hear(message)

    trainer = Trainer("lbfgs", {**SHRINK, "max_iterations": iterations})
    for group, those in ((TAUGHT, taught), (HELD, held)):
        for rows, labels in those:
            trainer.append([list(map(str, row)) for row in rows.tolist()], labels, group)
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "model")
        trainer.train(file, HELD)
        tagger = library.Tagger()
        tagger.open(file)
        learnt = tagger.info()
        tagger.close()
    return _steps(learnt.transitions), _weights(learnt.state_features)


class _Report:
    """Puts the learner's messages together, a line for every tenth iteration."""

    def __init__(self, iterations: int, tell: Tell) -> None:
        self.iterations, self.tell = iterations, tell
        self.figures: dict[str, str] = {}

    def hear(self, message: str) -> None:
        for name, pattern in FIGURES.items():
            if m := pattern.match(message):
                self.figures[name] = m[1]
        if message.strip() or "iteration" not in self.figures:
            return
        number = self.figures.pop("iteration")
        if int(number) % TOLD == 0:
            loss, f1 = self.figures.get("loss"), self.figures.get("F1")
            self.tell(f"iteration {number} of {self.iterations}: loss {loss}, F1 of labels {f1}")


def _steps(learnt: Mapping[tuple[str, str], float]) -> Steps:
    return tuple(tuple(_step(a, b, learnt.get((a, b), 0.0)) for b in LABELS) for a in LABELS)


def _step(before: str, after: str, weight: float) -> int:
    if after.startswith("I-") and before[1:] != after[1:]:
        return FORBIDDEN
    return _whole(weight)


def _weights(learnt: Mapping[tuple[str, str], float]) -> Weights:
    out = np.zeros((1 << BITS, len(LABELS)), np.int16)
    for (row, label), weight in learnt.items():
        out[int(row), LABELS.index(label)] = _whole(weight)
    return out


def _whole(weight: float) -> int:
    return max(-LARGEST, min(LARGEST, round(weight * SCALE)))
