"""How text other than Han is cut into words, and which signs are always words of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import regex

from pipeline.rulebook import Rulebook

# jieba's search for unknown words is quadratic on runs without punctuation, so longer runs are cut.
LONGEST_RUN = 1000
# The range that jieba's own pattern has: on rarer characters, those beyond it, the two segmenters differ.
HAN_RANGE = r"\u4e00-\u9fd5"
HAN = re.compile(rf"[{HAN_RANGE}]{{1,{LONGEST_RUN}}}")
LATIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|\.(?=[0-9]))*")
LETTER = re.compile(r"[A-Za-z]")
GAP = ""
"""The tag of white space, which is no token."""
_REMEMBERED = 1 << 12
"""Pieces between Han whose words are remembered: nearly all are one sign."""

Word = tuple[str, str]
"""A word and its part of speech."""

# ASCII, General Punctuation, CJK Symbols and Punctuation, Halfwidth and Fullwidth Forms, but for what words have inside
_SIGN_CODES = (
    *map(ord, ' !"#$%()*+/:;<=>?@[\\]^`{|}~'),
    *(*range(0x2010, 0x2019), *range(0x201C, 0x2065)),
    *(*range(0x3000, 0x3005), *range(0x3008, 0x3021)),
    *(0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF5E),
)
SINGLE = "\n" + "".join(map(chr, sorted(set(_SIGN_CODES).difference(map(ord, "#%+")))))
"""Signs that rjieba and jieba too have as words of their own: not those within their words (C++, 5%)."""
_PATTERN = regex.compile(
    r"(?P<x>\p{Han})"
    r"|(?P<eng>[\p{L}--\p{Han}](?:[\p{L}\p{M}\p{N}--\p{Han}]|[.'’_&-](?=[\p{L}\p{N}--\p{Han}])){0,200})"
    r"|(?P<m>\p{N}{1,400}(?:[.,]\p{N}{1,400}){0,8})"
    r"|(?P<w>\S)"
    r"|(?P<gap>\s+)",
    regex.V1,
)


@lru_cache(maxsize=_REMEMBERED)
def lexed(piece: str) -> Sequence[Word]:
    """The words of a text without runs of Han: ``eng`` letters, ``m`` numerals, ``w`` signs, ``x`` rare Han, and white
    space under the tag `GAP`."""
    kinds = ((m[0], m.lastgroup or "w") for m in _PATTERN.finditer(piece))
    return tuple((text, GAP if kind == "gap" else kind) for text, kind in kinds)


def is_apart(sign: str, rules: Rulebook) -> bool:
    """Whether ``sign`` is a word of its own wherever it stands: a comma, a bracket."""
    return parting(rules).match(sign) is not None


def parting(rules: Rulebook) -> re.Pattern[str]:
    """Signs that are always words of their own: those of writing that the lexer has within no other word."""
    return rules.once("lexer.parting", _parting)


def _parting(rules: Rulebook) -> re.Pattern[str]:
    inside = {sign for word in rules.words("mixed_words") for sign in word}
    return re.compile(f"[{re.escape(''.join(sign for sign in map(chr, _SIGN_CODES) if sign not in inside))}]")
