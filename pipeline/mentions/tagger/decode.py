"""The best labels of many short chains of characters at once, and the best path through each label.

Scores are whole numbers, so that every machine finds the same path. The chains are worked side by side, a character a
step, the longest first, so that those that have ended fall off the end of the arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.mentions.tagger.features import LABELS
from pipeline.mentions.tagger.model import FORBIDDEN, Scores

Places = npt.NDArray[np.int64]

_COUNT = len(LABELS)
_INSIDE = np.array([label.startswith("I-") for label in LABELS])


@dataclass(frozen=True, slots=True)
class Chains:
    """Stretches of text that are labelled each by itself, the longest first."""

    starts: Places
    lengths: Places

    @classmethod
    def of(cls, starts: Places, ends: Places) -> Chains:
        """The chains between ``starts`` and ``ends``."""
        order = np.argsort(starts - ends, kind="stable")
        return cls(starts[order], (ends - starts)[order])

    def holding(self, wanted: npt.NDArray[np.bool_]) -> Chains:
        """The chains that hold a character that is ``wanted``."""
        before = np.concatenate([[0], np.cumsum(wanted)])
        there = before[self.starts + self.lengths] > before[self.starts]
        return Chains(self.starts[there], self.lengths[there])

    def packed(self) -> tuple[Places, Chains]:
        """The places of the characters in the chains, rising, and the chains as they lie when only these are kept."""
        order = np.argsort(self.starts)
        sizes = self.lengths[order]
        begins = np.cumsum(sizes) - sizes
        starts = np.empty_like(self.starts)
        starts[order] = begins
        return np.arange(int(sizes.sum())) + np.repeat(self.starts[order] - begins, sizes), Chains(starts, self.lengths)

    def running(self) -> Places:
        """How many chains are longer than 0, 1, 2 … characters."""
        counts = np.bincount(self.lengths)
        out: Places = len(self.lengths) - np.cumsum(counts)[:-1]
        return out


def may_be_named(scores: Scores, steps: Scores) -> npt.NDArray[np.bool_]:
    """Which characters may be of a name: where none of a chain's may, the best path is outside from end to end.

    A name can win at most what its characters and the steps into, in and out of it are better than staying outside.
    """
    into = int(steps[:, 1:].max() - steps[0, 0])
    out = max(0, int(steps[1:, 0].max() - steps[0, 0]))
    found: npt.NDArray[np.bool_] = scores[1:].max(axis=0) - scores[0] > -(into + out)
    return found


def best_to(scores: Scores, steps: Scores, chains: Chains) -> Scores:
    """The score of the best path up to each character with each label there.

    ``scores`` and what comes back have a row a label and a column a character. Outside the chains is what none scores.
    """
    running = chains.running()
    out = np.full_like(scores, 4 * FORBIDDEN)
    best = scores[:, chains.starts]
    best[_INSIDE] += FORBIDDEN
    out[:, chains.starts] = best
    moves = steps[:, :, None]
    for t in range(1, len(running)):
        n = running[t]
        here = chains.starts[:n] + t
        best = np.maximum.reduce(best[:, None, :n] + moves, axis=0) + scores[:, here]
        out[:, here] = best
    return out


def best_labels(to: Scores, steps: Scores, chains: Chains) -> npt.NDArray[np.int8]:
    """The label of each character on the best paths, of `best_to`; 0 outside the chains."""
    running = chains.running()
    out = np.zeros(to.shape[1], np.int8)
    label = to[:, chains.starts + chains.lengths - 1].argmax(axis=0)
    for t in range(len(running) - 1, -1, -1):
        n = running[t]
        here = chains.starts[:n] + t
        if t + 1 < len(running):
            m = running[t + 1]
            label[:m] = (to[:, here[:m]] + steps[:, label[:m]]).argmax(axis=0)
        out[here] = label[:n]
    return out


def best_through(to: Scores, scores: Scores, steps: Scores, chains: Chains) -> Scores:
    """The score of the best whole path through each label of each character, of `best_to`."""
    running = chains.running()
    out = to.copy()
    after = np.zeros((_COUNT, len(chains.starts)), np.int32)
    moves = steps.T[:, :, None]
    for t in range(len(running) - 1, 0, -1):
        n = running[t]
        here = chains.starts[:n] + t
        after[:, :n] = np.maximum.reduce(moves + (after[:, :n] + scores[:, here])[:, None, :], axis=0)
        out[:, here - 1] += after[:, :n]
    return out
