"""What all ways of looking for names hand on: candidates."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple

from pipeline.core.model import Label


class Candidate(NamedTuple):
    """A name that may be: offsets, and the pattern that saw it; of equal lengths the higher ``priority`` stands."""

    start: int
    end: int
    label: Label
    rule: str
    confidence: str
    priority: int = 0


SPAN: Callable[[Candidate], tuple[int, int]] = itemgetter(0, 1)
RULE: Callable[[Candidate], str] = itemgetter(3)
PRIORITY: Callable[[Candidate], int] = itemgetter(5)
