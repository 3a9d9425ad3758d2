"""Words: what the scan marked is one token; rjieba or jieba cuts the Han between, other signs are cut by our own rule.

rjieba and jieba give the same words on runs of Han; on letters, digits and signs they differ, so they never see those.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, compress

from pipeline.core.lookup import NEW, Remembered
from pipeline.core.model import Tokens
from pipeline.core.options import Segmenter
from pipeline.rulebook import Rulebook
from pipeline.tokens.lexer import GAP, HAN, HAN_RANGE, LATIN, LETTER, LONGEST_RUN, SINGLE, Word, lexed

Mark = tuple[int, int, str]
"""``(start, end, tag)`` of a stretch that is one token: ``m`` a quantity, ``t`` a time."""

_COMMA = chr(0xFF0C)
_SEAM = "|"
_PLACE = "\0"
"""Stands for a word that the segmenter must not see."""
# It opens with one class of characters: only then the search for its beginning is a loop in C.
_UNSEEN = re.compile(
    rf"([^{HAN_RANGE}{re.escape(SINGLE)}](?:(?<!{_PLACE})[^{HAN_RANGE}{re.escape(SINGLE)}{_PLACE}]+)?)"
)
_BREAKS = re.compile(rf"{_PLACE}|{HAN.pattern}")
_REMEMBERED = 1 << 16
"""Words whose parts of speech are remembered: those of two million characters of news."""


def segment(folded: str, marks: Sequence[Mark], rules: Rulebook, segmenter: Segmenter = "rjieba") -> Tokens:
    """The tokens of ``folded``, white space left out; ``marks`` (sorted, apart) are tokens of their own."""
    if _PLACE in folded or len(folded) > LONGEST_RUN:
        marks = _with_breaks(folded, marks)
    seams = rules.once("seams", _seams)
    for word in seams:
        if word in folded:
            marks = _with_seams(folded, marks, word, seams[word])
    pieces = _pieces(folded, marks)
    if LETTER.search("".join(pieces[1::2])) is not None:
        mixed = _with_mixed(folded, marks, rules)
        if mixed is not marks:
            marks, pieces = mixed, _pieces(folded, mixed)
    unseen = _mask(pieces, iter([(folded[start:end], tag) for start, end, tag in marks]))
    shown = "".join(pieces)
    words = cutter(segmenter)(shown)
    tags = _PARTS.of(words, shown)
    at = -1
    for word, tag in unseen:
        at = words.index(_PLACE, at + 1)
        words[at] = word
        tags[at] = tag
    return _placed(words, tags, marks)


def _seams(rules: Rulebook) -> Mapping[str, int]:
    """The strings that the segmenter cuts wrongly, and how many of their signs belong to the first word."""
    return {seam.replace(_SEAM, ""): seam.index(_SEAM) for seam in rules.settings("sentences")["seams"]}


def _with_seams(folded: str, marks: Sequence[Mark], word: str, size: int) -> Sequence[Mark]:
    """``marks``, and one of no length behind the first ``size`` signs of each ``word`` apart from them: 派发|现金."""
    found = [m.start() + size for m in re.finditer(word, folded)]
    inside = {i for start, end, _ in marks for i in range(start + 1, end)}
    return sorted([*marks, *((at, at, GAP) for at in found if at not in inside)])


def _pieces(folded: str, marks: Sequence[Mark]) -> list[str]:
    """``folded`` with a place for each mark; every second piece is a place, or what the segmenter must not see."""
    if not marks:
        return _UNSEEN.split(folded)
    between, at = [], 0
    for start, end, _ in marks:
        between.append(folded[at:start])
        at = end
    between.append(folded[at:])
    return _UNSEEN.split(_PLACE.join(between))


def _mask(pieces: list[str], marked: Iterator[Word]) -> list[Word]:
    """Puts places where the segmenter must not see the text, one a word; returns those words, in order."""
    unseen: list[Word] = []
    for i in range(1, len(pieces), 2):
        piece = pieces[i]
        if piece == _PLACE:
            unseen.append(next(marked))
        else:
            words = lexed(piece)
            unseen += words
            pieces[i] = _PLACE * len(words)
    return unseen


def _with_breaks(folded: str, marks: Sequence[Mark]) -> Sequence[Mark]:
    """``marks``, and between them one of no length wherever a run of Han is too long, and one for each sign that stands
    for a word itself."""
    long = max(map(len, folded.split(_COMMA))) > LONGEST_RUN
    if not long and _PLACE not in folded:
        return marks
    found: list[Mark] = []
    at = 0
    for mark in (*marks, (len(folded), len(folded), GAP)):
        for m in _BREAKS.finditer(folded, at, mark[0]):
            if m[0] == _PLACE:
                found.append((*m.span(), "w"))
            elif m.end() - m.start() == LONGEST_RUN:
                found.append((m.end(), m.end(), GAP))
        found.append(mark)
        at = mark[1]
    return found


class _Parts:
    """The parts of speech of words, remembered: rjieba tells them by the word alone, whatever stands beside it."""

    def __init__(self) -> None:
        self._known = Remembered(_REMEMBERED)

    def of(self, words: Sequence[str], text: str) -> list[str]:
        """The part of speech of each of the words of ``text``."""
        tags = self._known.of(words)
        if NEW in "".join(tags):  # a look through one string costs a fraction of one at each word
            self._learn(words, tags, text)
        return tags

    def _learn(self, words: Sequence[str], tags: list[str], text: str) -> None:
        tag = tagger()
        there: Mapping[str, str] = {}

        def told(i: int) -> str:
            nonlocal there
            word = words[i]
            if HAN.match(word) is None:
                return lexed(word)[0][1]
            alone = tag(word)
            if len(alone) == 1:
                return alone[0][1]
            there = there or dict(tag(text))  # 就会 is a word only where others stand beside it
            return there.get(word, "x")

        self._known.learn(words, tags, told)


_PARTS = _Parts()


def _placed(words: list[str], tags: list[str], marks: Sequence[Mark]) -> Tokens:
    """Words that fill a text, with their tags, as tokens; white space falls out."""
    ends = list(accumulate(map(len, words)))
    starts = [0, *ends]
    starts.pop()
    if not all(tags):  # that of white space is empty
        starts, ends = list(compress(starts, tags)), list(compress(ends, tags))
        tags, words = list(filter(None, tags)), list(compress(words, tags))
    return Tokens(starts, ends, tags, words, [bisect_left(starts, start) for start, _, tag in marks if tag])


def _with_mixed(folded: str, marks: Sequence[Mark], rules: Rulebook) -> Sequence[Mark]:
    """``marks``, and the words apart from them that are written with Han and Latin letters: A股, 维生素C."""
    sides = rules.once("mixed words", _mixed_words)
    mixed = []
    for m in LATIN.finditer(folded):
        a, b = m.span()
        for before, after in sides.get(m[0], ()):
            if folded.startswith(after, b) and folded.endswith(before, 0, a):
                mixed.append((a - len(before), b + len(after), "n"))
                break
    if not mixed:
        return marks
    ends = [0, *(end for _, end, _ in marks)]
    starts = [*(start for start, _, _ in marks), len(folded)]
    apart = (bisect_right(ends, start) == bisect_left(starts, end) + 1 for start, end, _ in mixed)
    return sorted([*marks, *compress(mixed, apart)])


def has_mixed(text: str, rules: Rulebook) -> bool:
    """Whether a word that is written with Han and Latin letters stands in ``text``."""
    return bool(_with_mixed(text, (), rules))


def _mixed_words(rules: Rulebook) -> Mapping[str, Sequence[tuple[str, str]]]:
    """What stands before and after the letters of the words that hold them, the longest first: A -> ("", "股")."""
    out: dict[str, list[tuple[str, str]]] = {}
    for word in sorted(rules.words("mixed_words"), key=len, reverse=True):
        m = LATIN.search(word)
        if m is not None:
            out.setdefault(m[0], []).append((word[: m.start()], word[m.end() :]))
    return out


@lru_cache(maxsize=2)
def cutter(segmenter: Segmenter = "rjieba") -> Callable[[str], list[str]]:
    """What cuts a text into words; rjieba's and jieba's own, so that they leave nothing out."""
    if segmenter == "rjieba":
        import rjieba

        fast: Callable[[str], list[str]] = rjieba.cut
        return fast
    import logging

    import jieba  # 0.9 s to initialize, so only when chosen

    jieba.setLogLevel(logging.WARNING)
    reference: Callable[[str], list[str]] = jieba.lcut
    return reference


@lru_cache(maxsize=1)
def tagger() -> Callable[[str], Sequence[Word]]:
    """What cuts a run of Han into words and tells their parts of speech: rjieba's."""
    import rjieba

    tag: Callable[[str], Sequence[Word]] = rjieba.tag
    return tag


def part_of_speech(word: str, text: str) -> str:
    """The part of speech of ``word``, which `cutter` cuts out of ``text``: rjieba's."""
    return _PARTS.of((word,), text)[0]


def is_known(word: str) -> bool:
    """Whether the segmenter's dictionary holds ``word``: 电力, but not 电到, which it guesses."""
    import rjieba

    known: bool = rjieba.has_word(word)
    return known
