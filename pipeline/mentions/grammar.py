"""What all ways of looking for names hand on: candidates."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import itemgetter
from typing import NamedTuple, cast

from pipeline.core.model import Label


class Candidate(NamedTuple):
    """A name that may be: offsets, and the pattern that saw it; of equal lengths the higher ``priority`` stands."""

    start: int
    end: int
    label: Label
    rule: str
    confidence: str
    priority: int = 0


candidate_of = cast(Callable[[tuple[int, int, Label, str, str, int]], Candidate], partial(tuple.__new__, Candidate))
"""A candidate with these values, made in C, for where most are made: a NamedTuple's own call is one of Python."""
SPAN: Callable[[Candidate], tuple[int, int]] = itemgetter(0, 1)
LABEL: Callable[[Candidate], Label] = itemgetter(2)
RULE: Callable[[Candidate], str] = itemgetter(3)
PRIORITY: Callable[[Candidate], int] = itemgetter(5)
