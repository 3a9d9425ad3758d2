"""Words: what the scan marked is one token; rjieba or jieba cuts the Han between, other signs are cut by our own rule.

rjieba and jieba give the same words on runs of Han; on letters, digits and signs they differ, so they never see those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
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
HAN = re.compile(rf"[\u4e00-\u9fd5]{{1,{LONGEST_RUN}}}")


def segment(folded: str, marks: Iterable[Mark], rules: Rulebook, segmenter: Segmenter = "rjieba") -> Tokens:
    """The tokens of ``folded``, white space left out; ``marks`` (sorted, apart) are tokens of their own."""
    tokens = Tokens()
    cut = _cutter(segmenter)
    lexer = rules.once("lexer", _lexer)
    at = 0
    for start, end, tag in marks:
        _cut_between(folded, at, start, tokens, lexer, cut)
        _add(tokens, folded, start, end, tag)
        at = end
    _cut_between(folded, at, len(folded), tokens, lexer, cut)
    return tokens


def words_of(text: str, rules: Rulebook) -> Iterator[tuple[int, int, str]]:
    """Start, end and part of speech of the words of a short folded text, as `segment` has them; made as asked for."""
    if HAN.fullmatch(text) is None:
        tokens = segment(text, (), rules)
        yield from zip(tokens.starts, tokens.ends, tokens.tags, strict=True)
        return
    at = 0
    for word, tag in _cutter("rjieba")(text):
        yield at, at + len(word), tag
        at += len(word)


Cut = Callable[[str], list[tuple[str, str]]]


def _cut_between(folded: str, start: int, end: int, tokens: Tokens, lexer: regex.Pattern[str], cut: Cut) -> None:
    starts, ends, tags, words = tokens.starts, tokens.ends, tokens.tags, tokens.words
    for m in lexer.finditer(folded, start, end):
        a, b = m.span()
        kind = m.lastgroup
        if kind == "han":
            for word, tag in cut(m[0]):
                starts.append(a)
                a += len(word)
                ends.append(a)
                tags.append(tag)
                words.append(word)
        else:
            _add(tokens, folded, a, b, kind or "w")


def _add(tokens: Tokens, folded: str, start: int, end: int, tag: str) -> None:
    tokens.starts.append(start)
    tokens.ends.append(end)
    tokens.tags.append(tag)
    tokens.words.append(folded[start:end])


def _lexer(rules: Rulebook) -> regex.Pattern[str]:
    words = "|".join(sorted((regex.escape(w) for w in rules.words("mixed_words")), key=len, reverse=True))
    return regex.compile(
        rf"(?P<n>{words})"
        rf"|(?P<han>{HAN.pattern})"
        r"|(?P<x>\p{Han})"
        r"|(?P<eng>[\p{L}--\p{Han}](?:[\p{L}\p{M}\p{N}--\p{Han}]|[.'’_&-](?=[\p{L}\p{N}--\p{Han}])){0,200})"
        r"|(?P<m>\p{N}{1,400}(?:[.,]\p{N}{1,400}){0,8})"
        r"|(?P<w>\S)",
        regex.V1,
    )


@lru_cache(maxsize=2)
def _cutter(segmenter: Segmenter) -> Cut:
    if segmenter == "rjieba":
        return _rjieba()
    import logging

    import jieba  # 0.9 s to initialize, so only when chosen

    jieba.setLogLevel(logging.WARNING)
    tagged = _rjieba()

    def cut(run: str) -> list[tuple[str, str]]:
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
