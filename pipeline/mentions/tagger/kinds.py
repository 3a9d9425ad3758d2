"""What kind of text an article is, of the kinds that a model has learnt from: news, encyclopedia, posts.

What a rule sees is worth more in one kind of text than in another. The kinds are told apart by pairs of characters
(naive Bayes in whole numbers); a pair's row is mixed as those of the tagger's features are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.mentions.tagger.features import Rows, Strip, mixed

BITS = 15
"""Bits of a pair's row."""

Table = npt.NDArray[np.int16]
"""A row for each row of pairs, a column for each kind."""


def pairs(strip: Strip) -> Rows:
    """The row of each character with the one after it."""
    chars = strip.chars.astype(np.uint64)
    return mixed(chars[:-1] * np.uint64(1 << 21) + chars[1:], BITS)


def kinds_of(strip: Strip, table: Table, priors: Sequence[int]) -> Sequence[int]:
    """The kind of each text of ``strip``: the column of ``table`` that its pairs and ``priors`` speak for most."""
    if table.shape[1] < 2:
        return [0] * len(strip.offsets)
    bounds = np.stack([strip.offsets, strip.ends], axis=1).ravel()
    sums = np.add.reduceat(table[pairs(strip)], bounds, axis=0, dtype=np.int64)[::2]
    kinds: list[int] = (sums + np.array(priors, np.int64)).argmax(axis=1).tolist()
    return kinds
