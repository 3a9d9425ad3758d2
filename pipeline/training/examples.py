"""Texts as the learner takes them: chains of characters with their rows of features and their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.chain.stages import plain_views
from pipeline.core.model import View
from pipeline.mentions.entities import Reading, read_names
from pipeline.mentions.tagger.features import LABELS, Sight, lay_out, rows_of
from pipeline.mentions.tagger.names import chains_of, code_points
from pipeline.rulebook import Rulebook
from pipeline.training.corpus import Name

BATCH = 200
"""Texts that are read at once."""

Chain = tuple[npt.NDArray[np.int64], list[str]]
"""The rows of each character (a row a character, a column a template), and the label of each."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the rules read it."""

    view: View
    reading: Reading

    @property
    def sight(self) -> Sight:
        """The text as the tagger sees it."""
        return Sight(self.view.folded, self.reading.items, self.reading.kept)


def read(texts: Sequence[str], rules: Rulebook) -> Iterator[Read]:
    """Each of ``texts`` as the rules read it."""
    for at in range(0, len(texts), BATCH):
        for view, _ in plain_views(texts[at : at + BATCH], rules):
            yield Read(view, read_names([view], rules)[0])


def chains(
    sights: Sequence[Sight], names: Sequence[Sequence[Name]], kinds: Sequence[int], rules: Rulebook
) -> Iterator[Chain]:
    """What the learner takes of ``sights``, whose names are ``names`` and whose kinds of text are ``kinds``."""
    marks = code_points(rules, "chain_marks")
    for at in range(0, len(sights), BATCH):
        strip = lay_out(sights[at : at + BATCH])
        rows = np.stack(list(rows_of(strip, kinds[at : at + BATCH], np.arange(len(strip.chars)))), axis=1)
        labels = np.zeros(len(strip.chars), np.int8)
        for offset, those in zip(strip.offsets, names[at : at + BATCH], strict=True):
            for start, end, label in those:
                if f"B-{label}" in LABELS:
                    labels[offset + start : offset + end] = LABELS.index(f"I-{label}")
                    labels[offset + start] -= 1
        told = [LABELS[i] for i in labels.tolist()]
        found = chains_of(strip, marks)
        order = np.argsort(found.starts)
        for start, length in zip(found.starts[order].tolist(), found.lengths[order].tolist(), strict=True):
            if not strip.text[start : start + length].isspace():
                yield rows[start : start + length], _whole(told[start : start + length])


def _whole(labels: list[str]) -> list[str]:
    """``labels`` where a name that a mark cuts begins anew: the middle of a name has no right to stand first."""
    if labels[0].startswith("I-"):
        labels[0] = "B-" + labels[0][2:]
    return labels
