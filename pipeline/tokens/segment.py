"""Words: what the scan marked is one token; rjieba or jieba cuts the Han between, other signs are cut by our own rule.

rjieba and jieba give the same words on runs of Han; on letters, digits and signs they differ, so they never see those.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, compress
from typing import Literal

import regex

from pipeline.core.model import Tokens
from pipeline.rulebook import Rulebook

Segmenter = Literal["rjieba", "jieba"]
Mark = tuple[int, int, str]
"""``(start, end, tag)`` of a stretch that is one token: ``m`` a quantity, ``t`` a time."""

# jieba's search for unknown words is quadratic on runs without punctuation, so longer runs are cut.
LONGEST_RUN = 1000
# The range that jieba's own pattern has: on rarer characters, those beyond it, the two segmenters differ.
_HAN_RANGE = r"\u4e00-\u9fd5"
HAN = re.compile(rf"[{_HAN_RANGE}]{{1,{LONGEST_RUN}}}")
_RUNS = re.compile(rf"({HAN.pattern})")
"""Splits text so that every second piece is a run of Han."""
_LATIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|\.(?=[0-9]))*")
_LETTER = re.compile(r"[A-Za-z]")
_HAN_LAST = re.compile(rf"[{_HAN_RANGE}]+\Z")
_HAN_FIRST = re.compile(rf"[{_HAN_RANGE}]+")
_REMEMBERED = 1 << 12
"""Pieces between Han whose words are remembered: nearly all are one sign."""
_GAP = ""
"""The tag of white space, which is no token."""

Word = tuple[str, str]
"""A word and its part of speech."""
Cut = Callable[[str], Sequence[Word]]


# ASCII, General Punctuation, CJK Symbols and Punctuation, Halfwidth and Fullwidth Forms, but for what words have inside
_SIGN_CODES = (
    *map(ord, ' !"#$%()*+/:;<=>?@[\\]^`{|}~'),
    *(*range(0x2010, 0x2019), *range(0x201C, 0x2065)),
    *(*range(0x3000, 0x3005), *range(0x3008, 0x3021)),
    *(0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF5E),
)


def segment(folded: str, marks: Sequence[Mark], rules: Rulebook, segmenter: Segmenter = "rjieba") -> Tokens:
    """The tokens of ``folded``, white space left out; ``marks`` (sorted, apart) are tokens of their own."""
    marks = _with_mixed(folded, marks, rules)
    cut, lexed = _cutter(segmenter), rules.once("lexer", _lexer)
    found: list[Word] = []
    at = 0
    for start, end, tag in marks:
        if at < start:
            _cut_between(folded[at:start], found, cut, lexed)
        found.append((folded[start:end], tag))
        at = end
    _cut_between(folded[at:], found, cut, lexed)
    return _placed(found)


def _cut_between(text: str, found: list[Word], cut: Cut, lexed: Cut) -> None:
    """Add the words of a text without marks to those ``found``, white space among them."""
    between = True
    for piece in _RUNS.split(text):
        if piece:
            found += lexed(piece) if between else cut(piece)
        between = not between


def _placed(found: Sequence[Word]) -> Tokens:
    """The words ``found``, which fill a text, as tokens; white space falls out."""
    if not found:
        return Tokens()
    words, tags = zip(*found, strict=True)
    ends = list(accumulate(map(len, words)))
    starts = [0, *ends]
    starts.pop()
    if _GAP in tags:
        there = list(map(bool, tags))
        return Tokens(*(list(compress(column, there)) for column in (starts, ends, tags, words)))
    return Tokens(starts, ends, list(tags), list(words))


def _with_mixed(folded: str, marks: Sequence[Mark], rules: Rulebook) -> Sequence[Mark]:
    """``marks``, and the words apart from them that are written with Han and Latin letters: A股, 维生素C."""
    sides = rules.once("mixed words", _mixed_words)
    mixed = []
    for m in _LATIN.finditer(folded):
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


def _mixed_words(rules: Rulebook) -> Mapping[str, Sequence[tuple[str, str]]]:
    """What stands before and after the letters of the words that hold them, the longest first: A -> ("", "股")."""
    out: dict[str, list[tuple[str, str]]] = {}
    for word in sorted(rules.words("mixed_words"), key=len, reverse=True):
        m = _LATIN.search(word)
        if m is not None:
            out.setdefault(m[0], []).append((word[: m.start()], word[m.end() :]))
    return out


def words_of(text: str, rules: Rulebook) -> Iterator[tuple[int, int, str]]:
    """Start, end and part of speech of the words of a short folded text, as `segment` has them; made as asked for."""
    if _LETTER.search(text) is not None:  # a word may be written with Han and letters
        tokens = segment(text, (), rules)
        yield from zip(tokens.starts, tokens.ends, tokens.tags, strict=True)
        return
    cut, lexed = _cutter("rjieba"), rules.once("lexer", _lexer)
    at, between = 0, True
    for piece in _RUNS.split(text):
        for word, tag in (lexed(piece) if between else cut(piece)) if piece else ():
            end = at + len(word)
            if tag != _GAP:
                yield at, end, tag
            at = end
        between = not between


def words_over(before: str, after: str, rules: Rulebook) -> list[tuple[int, int, str]]:
    """Those of `words_of` in ``before + after``, short and not empty, that the break between them parts or touches.

    Offsets count from the break: a word before it has negative ones. Where Han stand on both sides and no letter is
    near only that run is cut.
    """
    left, right = _HAN_LAST.search(before), _HAN_FIRST.match(after)
    if left is not None and right is not None and _LETTER.search(before + after) is None:
        return _touching(_cutter("rjieba")(left[0] + right[0]), left.start() - len(before))
    parting = rules.once("lexer.parting", _parting)
    before = parting.split(before)[-1] or before[-1:]  # a sign at the break is a word there
    after = parting.split(after, 1)[0] or after[:1]
    size = len(before)
    return [(a - size, b - size, tag) for a, b, tag in words_of(before + after, rules) if a <= size <= b]


def _touching(words: Iterable[Word], at: int) -> list[tuple[int, int, str]]:
    """Those of ``words``, of which the first begins at ``at``, that hold or touch offset 0."""
    found = []
    for word, tag in words:
        end = at + len(word)
        if end >= 0:
            found.append((at, end, tag))
            if end > 0:
                break
        at = end
    return found


def is_apart(sign: str, rules: Rulebook) -> bool:
    """Whether ``sign`` is a word of its own wherever it stands: a comma, a bracket."""
    return rules.once("lexer.parting", _parting).match(sign) is not None


def are_parted(before: str, after: str, rules: Rulebook) -> bool:
    """Whether surely no word goes over the break between the two, short and not empty: a sign ends before it, or a
    numeral before Han, with no letter near."""
    if is_apart(before[-1], rules):
        return True
    return before[-1].isdecimal() and _HAN_FIRST.match(after) is not None and not _LETTER.search(before + after)


def _lexer(rules: Rulebook) -> Cut:
    pattern = regex.compile(
        r"(?P<x>\p{Han})"
        r"|(?P<eng>[\p{L}--\p{Han}](?:[\p{L}\p{M}\p{N}--\p{Han}]|[.'’_&-](?=[\p{L}\p{N}--\p{Han}])){0,200})"
        r"|(?P<m>\p{N}{1,400}(?:[.,]\p{N}{1,400}){0,8})"
        r"|(?P<w>\S)"
        r"|(?P<gap>\s+)",
        regex.V1,
    )

    @lru_cache(maxsize=_REMEMBERED)
    def lexed(piece: str) -> Sequence[Word]:
        kinds = ((m[0], m.lastgroup or "w") for m in pattern.finditer(piece))
        return tuple((text, _GAP if kind == "gap" else kind) for text, kind in kinds)

    return lexed


def _parting(rules: Rulebook) -> re.Pattern[str]:
    """Signs that are always words of their own: those of writing that the lexer has within no other word."""
    inside = {sign for word in rules.words("mixed_words") for sign in word}
    return re.compile(f"[{re.escape(''.join(sign for sign in map(chr, _SIGN_CODES) if sign not in inside))}]")


@lru_cache(maxsize=2)
def _cutter(segmenter: Segmenter) -> Cut:
    if segmenter == "rjieba":
        return _rjieba()
    import logging

    import jieba  # 0.9 s to initialize, so only when chosen

    jieba.setLogLevel(logging.WARNING)
    tagged = _rjieba()

    def cut(run: str) -> Sequence[Word]:
        words = jieba.lcut(run)
        tags = tagged(run)
        # rjieba knows the parts of speech; where the two should ever cut apart, jieba's words are kept without one.
        if [w for w, _ in tags] == words:
            return tags
        return [(w, "x") for w in words]

    return cut


def _rjieba() -> Cut:
    import rjieba

    tag: Cut = rjieba.tag
    return tag


def is_known(word: str) -> bool:
    """Whether the segmenter's dictionary holds ``word``: 电力, but not 电到, which it guesses."""
    import rjieba

    known: bool = rjieba.has_word(word)
    return known
