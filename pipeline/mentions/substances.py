"""Drugs and other substances, whose names are written by sound as those of foreigners and places are: 洛索洛芬."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.core.model import View
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.joined import BETWEEN, Joined
from pipeline.rulebook import Rulebook

NAMED_BY_SOUND = ("PER", "LOC")
CUT_OFF = 2
"""Signs by which such a name may fall short of its word: 贝伐珠|单抗."""


def without_substances(
    views: Sequence[View], named: Sequence[Sequence[Candidate]], rules: Rulebook
) -> list[Sequence[Candidate]]:
    """The names of each article without those that are of substances."""
    ends = rules.once("substances", lambda book: re.compile(book.settings("entities")["substance"]))
    near = (
        BETWEEN.join([view.folded[c[0] : c[1] + CUT_OFF] for c in kept])
        for view, kept in zip(views, named, strict=True)
    )
    out = list(named)
    for i in Joined(near).matching(ends):
        folded = views[i].folded
        out[i] = [c for c in named[i] if c.label not in NAMED_BY_SOUND or not _ends_as(ends, folded, c.start, c.end)]
    return out


def _ends_as(ends: re.Pattern[str], folded: str, start: int, end: int) -> bool:
    """Whether the name in ``[start, end)``, or the word that it was taken from, ends with one of ``ends``."""
    m = ends.search(folded, start, end + CUT_OFF)
    return m is not None and m.end() >= end
