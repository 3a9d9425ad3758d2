"""What tells the kinds of text apart that a model learns from: the log-odds of pairs of characters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.mentions.tagger.kinds import BETWEEN, BITS, Table, pairs

LEAST = 5
"""Pairs that were seen less often tell nothing."""
SMOOTH = 0.5
"""What is added to each count, so that a pair that one kind lacks does not settle all."""
SCALE = 64
"""Log-odds are written in parts of this size."""


def pair_table(kinds: Sequence[Sequence[str]]) -> Table:
    """The weights of the pairs for texts of each kind, against the mean of all kinds."""
    counts = np.stack([_counts(texts) for texts in kinds], axis=1)
    logs = np.log(counts + SMOOTH) - np.log(counts.sum(axis=0) + SMOOTH * len(counts))
    logs -= logs.mean(axis=1, keepdims=True)
    logs[counts.sum(axis=1) < LEAST] = 0
    table: Table = np.rint(logs * SCALE).astype(np.int16)
    return table


def _counts(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    return np.bincount(pairs(BETWEEN.join([*texts, BETWEEN])), minlength=1 << BITS).astype(np.float64)
