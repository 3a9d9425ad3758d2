"""Why the tagger reads a name, for who asks: which of its features weighed how much."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.core.trace import Trace
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.tagger.features import LABELS, TEMPLATES, Sight, lay_out, rows_of
from pipeline.mentions.tagger.model import SCALE, Model

SHOWN = 6
"""How many templates are told of each name, the weightiest first."""


def note_weights(trace: Trace, sight: Sight, kind: int, names: Sequence[Candidate], model: Model) -> None:
    """The weights of each name of ``names``, and the names of the rules that the tagger reads otherwise."""
    strip = lay_out([sight])
    every = np.arange(len(strip.chars))
    rows = np.stack(list(rows_of(strip, [kind], every)))
    for c in names:
        if f"B-{c.label}" in LABELS:
            trace.begin()
            trace.step("tagger", c.start, c.end, _weighed(rows, strip.offsets[0], c, model))
            trace.keep("entity", c.start, c.end)
    stands = {(c.start, c.end) for c in names}
    for c in sight.kept:
        if (c.start, c.end) not in stands:
            trace.reject("entity", c.start, c.end, "the tagger reads it otherwise", "", c.rule)


def note_ruled(trace: Trace, names: Sequence[Candidate]) -> None:
    """That the text of ``names`` is of the kind which the rules taught."""
    for c in names:
        trace.begin()
        trace.step("tagger", c.start, c.end, "left to the rules: they labelled all texts of this kind")
        trace.keep("entity", c.start, c.end)


def _weighed(rows: np.ndarray, offset: int, c: Candidate, model: Model) -> str:
    """What each template adds for the name against none, in log-odds: ``rules +4.31, word -0.20``."""
    begin = LABELS.index(f"B-{c.label}")
    sums = np.zeros(len(TEMPLATES), np.int64)
    for at in range(c.start, c.end):
        weights = model.weights[rows[:, offset + at]].astype(np.int64)
        sums += weights[:, begin + (at > c.start)] - weights[:, 0]
    order = np.argsort(-np.abs(sums), kind="stable")[:SHOWN].tolist()
    return ", ".join(f"{TEMPLATES[i]} {sums[i] / SCALE:+.2f}" for i in order if sums[i])
