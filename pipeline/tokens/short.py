"""The words of short texts, and those about a break between two: what a join of lines asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.core.matchers import Late
from pipeline.rulebook import Rulebook
from pipeline.tokens.lexer import GAP, HAN, HAN_RANGE, LETTER, is_apart, lexed
from pipeline.tokens.segment import cutter, has_mixed, part_of_speech, segment

_RUNS = re.compile(rf"({HAN.pattern})")
"""Splits text so that every second piece is a run of Han."""
_BREAK = "\n"
_BETWEEN_HAN = Late(rf"[^A-Za-z]*?([{HAN_RANGE}]+){_BREAK}([{HAN_RANGE}]+)[^A-Za-z]*\Z", re.compile)
"""The Han on both sides of a break with no letter near: most breaks."""
_RUN = rf"([{HAN_RANGE}]+|[^{HAN_RANGE}{_BREAK}]+)"
_AROUND = Late(rf"[^{_BREAK}]*?{_RUN}{_BREAK}{_RUN}", re.compile)
"""The Han, or what is none, right before and right behind a break."""
_HAN_FIRST = Late(rf"[{HAN_RANGE}]", re.compile)


def words_of(text: str, rules: Rulebook) -> Iterator[tuple[int, int, str]]:
    """Start, end and part of speech of the words of a short folded text, as `segment` has them but for its seams."""
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
    """Start, end and text of those words of ``before + after``, parts of lines, short and not empty, that the break
    between the two parts or touches.

    Offsets count from the break: a word before it has negative ones. Only what is next to the break is cut.
    """
    parted, whole = before + _BREAK + after, before + after
    between = _BETWEEN_HAN.match(parted)
    if between is not None:
        return _touching(cutter()(between[1] + between[2]), -len(between[1]))
    around = _AROUND.match(parted)
    if around is None or LETTER.search(whole) is not None and has_mixed(whole, rules):
        size = len(before)
        return [(a - size, b - size, whole[a:b]) for a, b, _ in _cut(whole, rules) if a <= size <= b]
    left, right = around.groups()
    is_han = HAN.match(left) is not None
    if is_han is (HAN.match(right) is not None):
        return _touching(_words(left + right, is_han), -len(left))
    return [*_touching(_words(left, is_han), -len(left)), *_touching(_words(right, not is_han), 0)]


def _words(run: str, is_han: bool) -> Sequence[str]:
    """The words of Han or of what is none, and white space."""
    return cutter()(run) if is_han else [word for word, _ in lexed(run)]


def _touching(words: Iterable[str], at: int) -> list[tuple[int, int, str]]:
    """Those of ``words``, of which the first begins at ``at``, that hold or touch offset 0."""
    found = []
    for word in words:
        end = at + len(word)
        if end >= 0:
            if not word.isspace() or lexed(word)[0][1] != GAP:  # U+001F is space to Python alone
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
