"""Where the mentions of an article start and which letters they have in a clause."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from pipeline.core.model import Quantity, Time, View
from pipeline.facts.letters import Lexicon

MEASURED = frozenset({"count", "measure", "money", "percent", "ratio", "temperature", "age"})
"""The kinds of quantity that give a fact; ordinals, bare numbers and scores give none."""
PERSON, PLACE = "@", "^"
"""The marks of names of persons and places, which become the letters of a name and of a noun."""
NAMES = {"LOC": PLACE, "PER": PERSON}
TIMES = {"set": "S", "duration": "D"}
"""The letters of times that are no points and no periods."""
Mark = tuple[int, str, Quantity | Time | None]
"""Of a mention: its end, its letter, and its record unless it is a name."""


def marks_of(view: View, lex: Lexicon) -> dict[int, Mark]:
    """Where mentions start: their end, their letter and the record; names stand back behind quantities and times."""
    marks: dict[int, Mark] = {q.start: (q.end, "Q" if q.norm.kind in MEASURED else "q", q) for q in view.quantities}
    for t in view.times:
        term = lex.term.match(view.folded, t.end) if view.folded.startswith(lex.terms, t.end) else None
        # 28天期|逆回购: how long it runs tells which kind it is, and not when.
        marks[t.start] = (
            (term.end(), "J", None) if term and t.norm.kind == "duration" else (t.end, TIMES.get(t.norm.kind, "T"), t)
        )
    folded, words, taken, at = view.folded, lex.words, sorted(marks), 0
    taken.append(len(folded) + 1)
    heads = view.tokens.starts
    for e in view.entities:
        start, end = e.start, e.end
        while taken[at] < start:
            at += 1
        # 大关 is a county too, and 突破万亿大关 has none in it: a word of the tables is no name.
        if taken[at] >= end and folded[start:end] not in words:
            marks.setdefault(start, (end, NAMES.get(e.label, "I"), None))
            index = bisect_right(heads, start) - 1
            head = heads[index]
            # The segmenter took a word and the name's first signs for one (由云岭|锂电): the word stands for itself.
            if head < start and view.tokens.ends[index] < end and not folded[head].isascii():
                marks.setdefault(head, (start, lex.letter(folded[head:start], view.tokens.tags[index]), None))
    return marks


def apart(marks: Mapping[int, Mark], start: int, stop: int) -> bool:
    """Whether no mention reaches out of ``[start, stop)`` and no amount begins there: 高速公路上|一辆货车 has no
    compound 上一, but 在|华 is one."""
    for at in range(start, stop):
        mark = marks.get(at)
        if mark is not None and (mark[2] is not None or mark[0] > stop):
            return False
    return True
