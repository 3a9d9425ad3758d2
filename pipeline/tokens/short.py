"""The words of short texts, and those about a break between two: what a join of lines asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.rulebook import Rulebook
from pipeline.tokens.lexer import GAP, HAN, HAN_RANGE, LETTER, is_apart, lexed, parting
from pipeline.tokens.segment import cutter, part_of_speech, segment

_RUNS = re.compile(rf"({HAN.pattern})")
"""Splits text so that every second piece is a run of Han."""
_BREAK = "\n"
_BETWEEN_HAN = re.compile(rf"[^A-Za-z]*?([{HAN_RANGE}]+){_BREAK}([{HAN_RANGE}]+)[^A-Za-z]*\Z")
"""The Han on both sides of a break with no letter near."""
_HAN_FIRST = re.compile(rf"[{HAN_RANGE}]")


def words_of(text: str, rules: Rulebook) -> Iterator[tuple[int, int, str]]:
    """Start, end and part of speech of the words of a short folded text, as `segment` has them; made as asked for."""
    for start, end, tag in _cut(text, rules):
        yield start, end, part_of_speech(text[start:end], text) if tag is None else tag


def _cut(text: str, rules: Rulebook) -> Iterator[tuple[int, int, str | None]]:
    """The same, the parts of speech of words of Han not told."""
    if LETTER.search(text) is not None:  # a word may be written with Han and letters
        tokens = segment(text, (), rules)
        yield from zip(tokens.starts, tokens.ends, tokens.tags, strict=True)
        return
    cut = cutter()
    at, between = 0, True
    for piece in _RUNS.split(text):
        if between:
            for word, tag in lexed(piece):
                if tag != GAP:
                    yield at, at + len(word), tag
                at += len(word)
        else:
            for word in cut(piece):
                yield at, at + len(word), None
                at += len(word)
        between = not between


def words_over(before: str, after: str, rules: Rulebook) -> list[tuple[int, int, str]]:
    """Start, end and text of those words of ``before + after``, short and not empty, that the break between the two
    parts or touches.

    Offsets count from the break: a word before it has negative ones. Where Han stand on both sides and no letter is
    near only that run is cut.
    """
    between = _BETWEEN_HAN.match(before + _BREAK + after)
    if between is not None:
        return _touching(cutter()(between[1] + between[2]), between.start(1) - len(before))
    signs = parting(rules)
    before = signs.split(before)[-1] or before[-1:]  # a sign at the break is a word there
    after = signs.split(after, 1)[0] or after[:1]
    size, whole = len(before), before + after
    return [(a - size, b - size, whole[a:b]) for a, b, _ in _cut(whole, rules) if a <= size <= b]


def _touching(words: Iterable[str], at: int) -> list[tuple[int, int, str]]:
    """Those of ``words``, of which the first begins at ``at``, that hold or touch offset 0."""
    found = []
    for word in words:
        end = at + len(word)
        if end >= 0:
            found.append((at, end, word))
            if end > 0:
                break
        at = end
    return found


def are_parted(before: str, after: str, rules: Rulebook) -> bool:
    """Whether surely no word goes over the break between the two, short and not empty: a sign ends before it, or a
    numeral before Han, with no letter near."""
    last = before[-1]
    if not last.isalnum() and is_apart(last, rules):
        return True
    return last.isdecimal() and _HAN_FIRST.match(after) is not None and not LETTER.search(before + after)
