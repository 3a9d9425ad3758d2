"""Best paths of short chains, held against trying all paths."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.mentions.tagger.decode import Chains, best_labels, best_through, best_to, may_be_named
from pipeline.mentions.tagger.features import LABELS
from pipeline.mentions.tagger.model import FORBIDDEN
from pipeline.mentions.tagger.names import bounds_of, margins_of

COUNT = len(LABELS)
INSIDE = [label.startswith("I-") for label in LABELS]


def steps_of(seed: int) -> np.ndarray:
    steps = np.random.default_rng(seed).integers(-90, 90, (COUNT, COUNT)).astype(np.int32)
    for a, b in product(range(COUNT), repeat=2):
        if INSIDE[b] and LABELS[a][2:] != LABELS[b][2:]:
            steps[a, b] = FORBIDDEN
    return steps


def paths(scores: np.ndarray, steps: np.ndarray) -> dict[tuple[int, ...], int]:
    out = {}
    for path in product(range(COUNT), repeat=scores.shape[1]):
        if not INSIDE[path[0]] and all(steps[a, b] != FORBIDDEN for a, b in zip(path, path[1:], strict=False)):
            out[path] = int(sum(scores[label, i] for i, label in enumerate(path))) + int(
                sum(steps[a, b] for a, b in zip(path, path[1:], strict=False))
            )
    return out


def decoded(chains: Chains, scores: np.ndarray, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The best labels, and the scores of the best paths, in the order of the text."""
    laid = chains.laid()
    order = np.argsort(laid.at)
    scores = scores[:, laid.at]
    to = best_to(scores, steps, laid)
    return best_labels(to, steps, laid)[order], best_through(to, scores, steps, laid)[:, order]


@settings(max_examples=25)
@given(st.integers(0, 999), st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_no_path_is_better(seed: int, lengths: list[int]) -> None:
    ends = np.cumsum(lengths)
    starts = ends - lengths
    scores = np.random.default_rng(seed + 1).integers(-200, 200, (COUNT, int(ends[-1]))).astype(np.int32)
    steps = steps_of(seed)
    labels, through = decoded(Chains.of(starts, ends), scores, steps)
    for start, end in zip(starts, ends, strict=True):
        every = paths(scores[:, start:end], steps)
        assert every[tuple(labels[start:end].tolist())] == max(every.values())
        for at, label in product(range(end - start), range(COUNT)):
            best = max((score for path, score in every.items() if path[at] == label), default=None)
            assert best is None or through[label, start + at] == best
        if not may_be_named(scores, steps)[start:end].any():
            assert not labels[start:end].any()


@settings(max_examples=25)
@given(st.integers(0, 999))
def test_a_margin_is_what_the_best_path_without_the_name_lacks(seed: int) -> None:
    scores = np.random.default_rng(seed).integers(-200, 200, (COUNT, 5)).astype(np.int32)
    scores[1:, -1] = -2000  # a mark, as at the end of every chain
    steps = steps_of(seed)
    labels, through = decoded(Chains.of(np.array([0]), np.array([5])), scores, steps)
    starts, ends = bounds_of(labels)
    if not len(starts):
        return
    every = paths(scores, steps)
    best = max(every.values())
    for start, end, margin in zip(starts, ends, margins_of(through, labels, starts, ends), strict=True):
        name = labels[start:end].tolist()
        others = [
            score
            for path, score in every.items()
            if list(path[start:end]) != name or (end < 5 and path[end] == name[0] + 1)
        ]
        assert margin == best - max(others)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.data())
def test_chains_that_hold_nothing_wanted_fall_out(lengths: list[int], data: st.DataObject) -> None:
    ends = np.cumsum(lengths)
    starts = ends - lengths
    laid = Chains.of(starts, ends).laid()
    assert sorted(laid.at.tolist()) == list(range(int(ends[-1])))
    wanted = np.array(data.draw(st.lists(st.booleans(), min_size=len(laid.at), max_size=len(laid.at))))
    left, kept = laid.holding(wanted)
    hit = {int(c) for c in laid.of[wanted]}
    assert left.at.tolist() == [int(at) for at, c in zip(laid.at, laid.of, strict=True) if c in hit]
    assert left.at.tolist() == laid.at[kept].tolist()
    assert [sum(left.of == c) for c in range(len(left.lengths))] == left.lengths.tolist()
    assert [end - start for start, end in left.steps()] == [sum(left.lengths > t) for t in range(len(left.counts))]
