"""Names by the tagger: what the rules say is the strongest thing that it sees, and it has the last word.

A text of the kind of which it has learnt nothing but what the rules say, as news, is left to them: it would say so too.
In a text that is near to that kind it gives names, and others in place of those of the rules, but takes no place and no
organisation away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import cast
from unicodedata import category

import numpy as np
import numpy.typing as npt

from pipeline.core.model import Label, View
from pipeline.mentions.entities import Reading
from pipeline.mentions.gazetteer import gazetteer
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.tagger.decode import Chains, Places, best_labels, best_through, best_to, may_be_named
from pipeline.mentions.tagger.features import LABELS, Sight, Strip, lay_out, rows_of
from pipeline.mentions.tagger.kinds import RULED, Likeness, likeness
from pipeline.mentions.tagger.model import FORBIDDEN, Model, Scores, read_model
from pipeline.mentions.tagger.reasons import note_ruled, note_weights
from pipeline.rulebook import Rulebook

WEIGHTS = Path(__file__).resolve().parents[1] / "weights" / "news.tagger"
"""The project's own weights."""
WIDTH = 8
"""Columns of the table in memory: one for each label, and one so that a row is as wide as a register."""
NAMES: dict[int, Label] = {i: cast(Label, label[2:]) for i, label in enumerate(LABELS) if i % 2}
"""The label of a name that begins with a label."""
STRIP = 50_000
"""Characters that are worked at once: what lies in the processor's cache is worked three times as fast."""
NEAR = 20
"""By how much a character another kind may be likelier than that of the rules' texts, for a text that is near to it.

In parts of log-odds, 64 to one. Most single sentences of news on politics or sport that pass for another kind do so by
less, and most posts are other by more.
"""
LONGEST = 120
"""Characters of the longest chain; more without a mark are cut."""
_OPEN, _CLOSE = ("Ps", "Pi"), ("Pe", "Pf")
"""Unicode's categories of brackets and quotes."""
AGREED, OWN = "agreed", "own"
"""Names that the rules see too, and others: the tables of what a margin means."""
UNKNOWN = "0.50"
"""The confidence of a name where a model's table does not tell."""

Margin = tuple[int, int, Label, int]
"""``(start, end, label, margin)``: how much better the best path with a name is than the best one without."""


@lru_cache(maxsize=4)
def model_of(path: Path) -> Model:
    """The model in a file, read once."""
    return read_model(path)


def code_points(rules: Rulebook, setting: str) -> npt.NDArray[np.uint32]:
    """The code points of the characters of a setting of names, as ``chain_marks``."""
    return np.array(sorted(map(ord, rules.settings("entities")[setting])), np.uint32)


class TaggerTier:
    """The tier of a model: the names of its best labels, those that the rules see too by their rules' ids."""

    def __init__(self, model: Model, rules: Rulebook) -> None:
        """``model`` decides, on the signs and names that ``rules`` see."""
        self.model = model
        self.steps = model.steps
        self.table = np.zeros((len(model.weights), WIDTH), np.int16)
        self.table[:, : len(LABELS)] = model.weights
        self.marks = code_points(rules, "chain_marks")
        self.open = code_points(rules, "open_signs")
        self.trace = rules.trace
        self.never = gazetteer(rules).never
        self.confidence = {kind: model.header.confidence.get(kind, ()) for kind in (AGREED, OWN)}
        self.sure = frozenset(p.id for p in rules.patterns("entities") if p.get("sure"))
        self.ruled = model.header.kinds.index(RULED) if RULED in model.header.kinds else -1

    def names(self, views: Sequence[View], readings: Sequence[Reading]) -> Sequence[Sequence[Candidate]]:
        """The names of each article, apart from each other, in the order of the text."""
        likely = self.likeness([view.folded for view in views])
        kinds = likely.argmax(axis=1).tolist()
        near = self._are_near(likely, views)
        left = [
            (Sight(v.folded, r.items, r.kept), kind, keeps)
            for v, r, kind, keeps in zip(views, readings, kinds, near, strict=True)
            if kind != self.ruled
        ]
        found = self.margins([sight for sight, _, _ in left], [kind for _, kind, _ in left])
        read = [(sight, kind, self._candidates(next(found), sight, keeps)) for sight, kind, keeps in left]
        if self.trace is not None:
            for sight, kind, names in read:
                note_weights(self.trace, sight, kind, names, self.model)
            for reading, kind in zip(readings, kinds, strict=True):
                if kind == self.ruled:
                    note_ruled(self.trace, reading.kept)
        told = iter(read)
        return [r.kept if kind == self.ruled else next(told)[2] for r, kind in zip(readings, kinds, strict=True)]

    def kinds(self, texts: Sequence[str]) -> Sequence[int]:
        """The kind of each of the folded ``texts``, of those that the model has learnt from."""
        kinds: list[int] = self.likeness(texts).argmax(axis=1).tolist()
        return kinds

    def likeness(self, texts: Sequence[str]) -> Likeness:
        """How much each of the folded ``texts`` is like each kind, in parts of log-odds; a row for each text."""
        pairs, priors = self.model.pairs, self.model.header.priors
        none = likeness([], pairs, priors)
        return np.concatenate([none, *(likeness(texts[i:j], pairs, priors) for i, j in _strips(texts))])

    def _are_near(self, likely: Likeness, views: Sequence[View]) -> Sequence[bool]:
        """Whether each text is little less like those that the rules have labelled than like another kind."""
        if self.ruled < 0:
            return [False] * len(views)
        sizes = np.array([len(view.folded) for view in views])
        near: list[bool] = (likely.max(axis=1) - likely[:, self.ruled] < NEAR * sizes).tolist()
        return near

    def margins(self, sights: Sequence[Sight], kinds: Sequence[int]) -> Iterator[list[Margin]]:
        """Of each text the names of the best labels, and by how much each is better than what else may be."""
        for i, j in _strips([sight.folded for sight in sights]):
            yield from self._margins(sights[i:j], kinds[i:j])

    def _margins(self, sights: Sequence[Sight], kinds: Sequence[int]) -> list[list[Margin]]:
        found: list[list[Margin]] = [[] for _ in sights]
        strip = lay_out(sights)
        # A clause in which no rule sees a name, and no word is such as names are made of, is not looked at: of a
        # hundred names not one stands there, and they are half of the text.
        laid = chains_of(strip, self.marks).holding(self._is_open(strip)).laid()
        scores = self._scores(strip, kinds, laid.at)
        laid, kept = laid.holding(may_be_named(scores, self.steps))
        scores = scores.take(kept, axis=1)
        to = best_to(scores, self.steps, laid)
        labels = best_labels(to, self.steps, laid)
        laid, kept = laid.holding(labels > 0)
        if not len(laid.at):
            return found
        through = best_through(to.take(kept, axis=1), scores.take(kept, axis=1), self.steps, laid)
        order = laid.rising(len(strip.chars))
        at, labels = laid.at[order], labels[kept[order]]
        starts, ends = bounds_of(labels)
        better = margins_of(through.take(order, axis=1), labels, starts, ends)
        kinds = labels[starts].tolist()
        places, after = at[starts], at[ends - 1] + 1
        which = (np.searchsorted(strip.offsets, places, "right") - 1).tolist()
        for start, end, kind, i, margin in zip(places.tolist(), after.tolist(), kinds, which, better, strict=True):
            offset = strip.offsets[i]
            found[i].append((start - offset, end - offset, NAMES[kind], margin))
        return found

    def _is_open(self, strip: Strip) -> npt.NDArray[np.bool_]:
        """Of each character whether it is in a name that the rules see, or begins a word that names are made of."""
        there = strip.said > 0
        there[strip.words.starts[np.isin(strip.words.signs, self.open)]] = True
        return there

    def _scores(self, strip: Strip, kinds: Sequence[int], at: Places) -> Scores:
        """The weight of each label (row) at the character ``at`` each place (column)."""
        # Neighbours of the text are looked at one after the other, whatever the order asked for: they share much of
        # what the processor has in its cache.
        wanted = np.zeros(len(strip.chars), np.bool_)
        wanted[at] = True
        rising = np.flatnonzero(wanted)
        # Rows of eight small numbers, copied into one place and added there: five times as fast as plain indexing.
        total = np.zeros((len(rising), WIDTH), np.int16)
        taken = np.empty_like(total)
        for rows in rows_of(strip, kinds, rising):
            np.take(self.table, rows, axis=0, out=taken, mode="clip")
            total += taken
        total = total[(np.cumsum(wanted) - 1)[at]]
        scores = np.ascontiguousarray(total.T[: len(LABELS)], np.int32)
        scores[0, strip.chars[at] == ord("\n")] -= FORBIDDEN  # what stands between lines and texts is of no name
        return scores

    def _candidates(self, found: Sequence[Margin], sight: Sight, keeps: bool) -> list[Candidate]:
        """The names of ``found``, and those that the rules are sure of.

        If it ``keeps``, the places and organisations of the rules that touch none of them stand too.
        """
        out = [c for c in sight.kept if c.rule in self.sure]
        sure = _covered(out, len(sight.folded))
        seen = {(c.start, c.end, c.label): c for c in sight.kept}
        for whole_start, whole_end, label, margin in found:
            start, end = trimmed(sight.folded, whole_start, whole_end)
            if start == end or sight.folded[start:end] in self.never:
                continue
            if sure.find(1, start, end) >= 0:
                continue
            rule = seen.get((start, end, label))
            if rule:
                out.append(Candidate(start, end, label, rule.rule, self._confidence(AGREED, margin), rule.priority))
            elif label == "LOC" and (parts := _parts(sight.kept, start, end)):
                out += [c._replace(confidence=self._confidence(AGREED, margin)) for c in parts]
            else:
                shown = self._confidence(OWN, margin)
                out.append(Candidate(start, end, label, f"entity.tagger.{label.lower()}", shown))
        if keeps:
            there = _covered(out, len(sight.folded))
            out += [k for k in sight.kept if k.label != "PER" and there.find(1, k.start, k.end) < 0]
        return sorted(out)

    def _confidence(self, kind: str, margin: int) -> str:
        for least, shown in self.confidence[kind]:
            if margin >= least:
                return shown
        return UNKNOWN


def _covered(names: Sequence[Candidate], size: int) -> bytearray:
    """Of each of ``size`` characters whether one of ``names`` holds it: a look at all names for each would be long."""
    out = bytearray(size)
    for name in names:
        out[name.start : name.end] = b"\1" * (name.end - name.start)
    return out


def trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` without signs and spaces at its ends, but for brackets and quotes that pair with one inside."""
    while start < end and not folded[start].isalnum() and not _paired(folded[start], _OPEN, folded[start + 1 : end]):
        start += 1
    while (
        start < end and not folded[end - 1].isalnum() and not _paired(folded[end - 1], _CLOSE, folded[start : end - 1])
    ):
        end -= 1
    return start, end


def _paired(sign: str, kinds: tuple[str, str], inside: str) -> bool:
    others = _CLOSE if kinds == _OPEN else _OPEN
    return category(sign) in kinds and any(category(c) in others for c in inside)


def _parts(kept: Sequence[Candidate], start: int, end: int) -> list[Candidate]:
    """The places that the rules have parted between ``start`` and ``end``, if they fill it: 杭州市余杭区|深圳.

    One sign may stand between two of them: 中国|驻|奥地利.
    """
    at = start
    parts = [c for c in kept if c.label == "LOC" and start <= c.start and c.end <= end]
    for c in parts:
        if c.start - at > (at > start):
            return []
        at = c.end
    return parts if at == end else []


def _strips(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which of ``texts`` are worked at once: from and to which."""
    begin = size = 0
    for i, text in enumerate(texts, 1):
        size += len(text)
        if size >= STRIP:
            yield begin, i
            begin, size = i, 0
    if begin < len(texts):
        yield begin, len(texts)


def chains_of(strip: Strip, marks: npt.NDArray[np.uint32]) -> Chains:
    """The stretches of ``strip`` that are labelled each by itself; they end at one of ``marks`` (code points)."""
    ends = np.flatnonzero(np.isin(strip.chars, marks)) + 1
    bounds = [0]
    for end in ends.tolist():
        while end - bounds[-1] > LONGEST:
            bounds.append(bounds[-1] + LONGEST)
        bounds.append(end)
    places = np.array(bounds, np.int64)
    return Chains.of(places[:-1], places[1:])


def bounds_of(labels: npt.NDArray[np.int8]) -> tuple[Places, Places]:
    """Where the names in a row of labels begin and end."""
    named = labels > 0
    going_on = np.append(named[1:] & (labels[1:] % 2 == 0), False)
    return np.flatnonzero(labels % 2), np.flatnonzero(named & ~going_on) + 1


def margins_of(through: Scores, labels: npt.NDArray[np.int8], starts: Places, ends: Places) -> list[int]:
    """By how much the best path with each name is better than the best one without it."""
    none = np.iinfo(np.int32).min
    best = through[labels[starts], starts]
    others = np.append(through, np.full((len(through), 1), none, np.int32), axis=1)  # behind the last name is nothing
    longer = others[labels[starts] + 1, ends]  # the name that goes on
    others[labels, np.arange(len(labels))] = none
    rivals = np.maximum.reduceat(others.max(axis=0), np.stack([starts, ends], axis=1).ravel())[::2]
    out: list[int] = (best.astype(np.int64) - np.maximum(rivals, longer)).tolist()
    return out
