"""Of what a clause speaks that names no subject itself: the subject of the nearest clause before it."""

from __future__ import annotations

from pipeline.core.model import Offsets
from pipeline.facts.clauses import Coded

SAYING = frozenset("W")
# What may stand before the subject of a clause.
BEFORE = frozenset("TADkxOLBhJES")
NAMES = frozenset("NnRIPJh")


def topic_of(coded: Coded, before: int) -> Offsets | None:
    """Offsets of the subject of the nearest clause that ends before item ``before``; None where none has one.

    Clauses of saying (郭子平表示，) and those that open with a preposition (在发布会上，) have none.
    """
    end = before - 1
    while end > 0:
        start = coded.code.rfind(",", 0, end) + 1
        found = _subject(coded, start, end)
        if found is not None:
            return found
        end = start - 1
    return None


def _subject(coded: Coded, start: int, end: int) -> Offsets | None:
    code = coded.code
    if any(letter in SAYING for letter in code[start:end]):
        return None
    i = start
    while i < end and code[i] in BEFORE and code[i] not in NAMES:
        i += 1
    while i < end and code[i] in NAMES:
        j = i
        while j < end and (code[j] in NAMES or (code[j] in "Kk" and j + 1 < end and code[j + 1] in NAMES)):
            j += 1
        if j < end and code[j] == "d":
            i = j + 1
            continue
        # 近年来深圳市…: a verb, a place word or anything else that predicates must follow.
        return coded.span(i, j)
    return None
