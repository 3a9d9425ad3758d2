"""What kind of text an article is, of the kinds that a model has learnt from: news, encyclopedia, posts.

What a rule sees is worth more in one kind of text than in another. The kinds are told apart by pairs of characters
(naive Bayes in whole numbers); a pair's row is mixed as those of the tagger's features are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.mentions.tagger.features import Rows, mixed

BITS = 15
"""Bits of a pair's row."""
RULED = "unlabelled"
"""The kind of texts without labels of which a model has learnt what the rules say, and nothing else."""
BETWEEN = "\n"
"""What stands behind a text: its last character makes a pair with it."""

Table = npt.NDArray[np.int16]
"""A row for each row of pairs, a column for each kind."""
Likeness = npt.NDArray[np.int64]
"""A row for each text, a column for each kind."""


def pairs(text: str) -> Rows:
    """The row of each character of ``text`` but the last, with the one after it."""
    chars = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    return mixed(chars[:-1] * np.uint64(1 << 21) + chars[1:], BITS)


def kinds_of(texts: Sequence[str], table: Table, priors: Sequence[int]) -> Sequence[int]:
    """The kind of each of ``texts``: the column of ``table`` that its pairs and ``priors`` speak for most."""
    kinds: list[int] = likeness(texts, table, priors).argmax(axis=1).tolist()
    return kinds


def likeness(texts: Sequence[str], table: Table, priors: Sequence[int]) -> Likeness:
    """How much the pairs of each of ``texts`` and ``priors`` speak for each kind, in the parts of ``table``."""
    if table.shape[1] < 2 or not texts:
        return np.zeros((len(texts), max(table.shape[1], 1)), np.int64)
    sizes = np.array([len(text) for text in texts])
    starts = np.cumsum(sizes + len(BETWEEN)) - sizes - len(BETWEEN)
    bounds = np.stack([starts, starts + sizes], axis=1).ravel()
    weights = table.take(pairs(BETWEEN.join([*texts, BETWEEN])), axis=0)  # four times as fast as an index
    sums = np.add.reduceat(weights, bounds, axis=0, dtype=np.int64)[::2]
    return sums + np.array(priors, np.int64)
