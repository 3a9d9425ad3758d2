"""The best labels of many short chains of characters at once, and the best path through each label.

Scores are whole numbers, so that every machine finds the same path. The chains are worked side by side, a character a
step, the longest first, so that those that have ended fall off the end of the arrays. The characters lie in the order
in which they are worked, so that each step reads and writes one stretch of the arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.mentions.tagger.features import LABELS
from pipeline.mentions.tagger.model import FORBIDDEN, Scores

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

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

    def holding(self, wanted: Mask) -> Chains:
        """The chains that hold a character that is ``wanted``."""
        before = np.concatenate([[0], np.cumsum(wanted)])
        there = before[self.starts + self.lengths] > before[self.starts]
        return Chains(self.starts[there], self.lengths[there])

    def laid(self) -> Laid:
        """The characters of the chains in the order in which they are worked."""
        counts = _counts(self.lengths)
        first = np.cumsum(counts) - counts
        of = np.arange(int(counts.sum())) - np.repeat(first, counts)
        at = self.starts[of] + np.repeat(np.arange(len(counts)), counts)
        return Laid(at, of, self.lengths, counts)


@dataclass(frozen=True, slots=True)
class Laid:
    """The characters of chains, step by step: the first of each chain, then the second of each that has one, and on."""

    at: Places
    """Where each character stands in the text."""
    of: Places
    """The chain of each, by its place among the chains."""
    lengths: Places
    counts: Places
    """How many chains are longer than 0, 1, 2 … characters."""

    def steps(self) -> Iterator[tuple[int, int]]:
        """Where the characters of each step begin and end."""
        ends = np.cumsum(self.counts)
        return zip((ends - self.counts).tolist(), ends.tolist(), strict=True)

    def lasts(self) -> Places:
        """Where the last character of each chain lies."""
        first = np.cumsum(self.counts) - self.counts
        out: Places = first[self.lengths - 1] + np.arange(len(self.lengths))
        return out

    def rising(self, size: int) -> Places:
        """The characters in the order of a text of so many."""
        where = np.full(size, -1, np.int64)
        where[self.at] = np.arange(len(self.at))
        out: Places = where[where >= 0]
        return out

    def holding(self, wanted: Mask) -> tuple[Laid, Places]:
        """What is left when only chains that hold a character that is ``wanted`` are kept, and where that lay."""
        there = np.zeros(len(self.lengths), np.bool_)
        there[self.of[wanted]] = True
        kept = np.flatnonzero(there[self.of])
        lengths = self.lengths[there]
        return Laid(self.at[kept], (np.cumsum(there) - 1)[self.of[kept]], lengths, _counts(lengths)), kept


def _counts(lengths: Places) -> Places:
    """How many chains of these lengths are longer than 0, 1, 2 … characters."""
    out: Places = len(lengths) - np.cumsum(np.bincount(lengths, minlength=1))[:-1]
    return out


def may_be_named(scores: Scores, steps: Scores) -> Mask:
    """Which characters may be of a name: where none of a chain's may, the best path is outside from end to end.

    A name can win at most what its characters and the steps into, in and out of it are better than staying outside.
    """
    into = int(steps[:, 1:].max() - steps[0, 0])
    out = max(0, int(steps[1:, 0].max() - steps[0, 0]))
    found: Mask = scores[1:].max(axis=0) - scores[0] > -(into + out)
    return found


def best_to(scores: Scores, steps: Scores, laid: Laid) -> Scores:
    """The score of the best path up to each character with each label there.

    ``scores`` and what comes back have a row a label and a column a character of ``laid``.
    """
    out = scores.copy()
    moves = steps[:, :, None]
    best = None
    for start, end in laid.steps():
        here = out[:, start:end]
        if best is None:
            here[_INSIDE] += FORBIDDEN
        else:
            here += np.maximum.reduce(best[:, None, : end - start] + moves, axis=0)
        best = here
    return out


def best_labels(to: Scores, steps: Scores, laid: Laid) -> npt.NDArray[np.int8]:
    """The label of each character of ``laid`` on the best paths, of `best_to`."""
    out = np.empty(to.shape[1], np.int8)
    label = to[:, laid.lasts()].argmax(axis=0)
    going_on = 0
    for start, end in reversed(list(laid.steps())):
        label[:going_on] = (to[:, start : start + going_on] + steps[:, label[:going_on]]).argmax(axis=0)
        going_on = end - start
        out[start:end] = label[:going_on]
    return out


def best_through(to: Scores, scores: Scores, steps: Scores, laid: Laid) -> Scores:
    """The score of the best whole path through each label of each character of ``laid``, of `best_to`."""
    out = to.copy()
    moves = steps.T[:, :, None]
    after = np.zeros((_COUNT, len(laid.lengths)), np.int32)
    stretches = list(laid.steps())
    for (start, end), (before, _) in zip(stretches[:0:-1], stretches[-2::-1], strict=True):
        n = end - start
        after[:, :n] = np.maximum.reduce(moves + (after[:, :n] + scores[:, start:end])[:, None, :], axis=0)
        out[:, before : before + n] += after[:, :n]
    return out
