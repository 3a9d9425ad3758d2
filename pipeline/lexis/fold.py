"""One-to-one folding for matching: full-width forms to ASCII, traditional to simplified characters and marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from typing import Protocol


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


# U+FF01–FF5E are ASCII moved by 0xFEE0 (Unicode, Halfwidth and Fullwidth Forms). Signs of Chinese writing keep their
# form, since sentence borders and quotations depend on them; what numerals are made of (． ％ － ／ ＄ ，between digits
# is looked at by the numeral scan) is mapped.
_KEPT = frozenset({0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF5E})  # ！ （ ） ， ： ； ？ ～
_WIDTH = {
    **{c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F) if c not in _KEPT},
    0x3000: 0x20,  # ideographic space
    0xA0: 0x20,  # no-break space
    0x2009: 0x20,  # thin space
    0x202F: 0x20,  # narrow no-break space
    0xFFE5: 0xA5,  # full-width yen sign
    0xFFE0: 0xA2,
    0xFFE1: 0xA3,
    0xFE52: 0x2E,  # small full stop, the point of older wire copy: １３﹒５１％
    0xFE6A: 0x25,  # small percent sign
    0x300C: 0x201C,  # the quotation marks of traditional writing are those of simplified writing: 「十四五」時期
    0x300D: 0x201D,
    0x300E: 0x2018,
    0x300F: 0x2019,
}

_BOTH = chr(0x4E7E)
"""What simplified writing has too, with a meaning of its own: 乾隆, the names 肖乾 and 乾元."""
_IDEOGRAPHIC_SPACE = chr(0x3000)
_WIDE = frozenset(map(chr, _WIDTH))

# between groups of three digits a thin space is a comma: 12 345 as the SI writes it
_THIN = re.compile(r"(?<=\d)[\u2009\u202f](?=\d{3}(?!\d))")


@lru_cache(maxsize=2)
def _converter(standard: str) -> _Converter:
    """To simplified characters from the writing of Hong Kong (hk, which all others are part of) or Taiwan (tw)."""
    import opencc  # 10 ms: only when a text is folded

    converter: _Converter = opencc.OpenCC(f"{standard}2s")
    return converter


@lru_cache(maxsize=2)
def _changed(standard: str) -> Mapping[str, str]:
    """The Han of the Basic Multilingual Plane that a converter writes otherwise where it stands alone."""
    every = list(map(chr, chain(range(0x3400, 0xA000), range(0xF900, 0xFB00))))
    written = _converter(standard).convert("\n".join(every)).split("\n")
    return {c: s for c, s in zip(every, written, strict=True) if c != s}


@lru_cache(maxsize=1)
def _hong_kong() -> dict[int, str]:
    """What Hong Kong writes in forms of its own: 衞生署."""
    known = _changed("tw")
    return {ord(c): s for c, s in _changed("hk").items() if c not in known}


@lru_cache(maxsize=1)
def _either() -> re.Pattern[str]:
    """What may be folded at all: wide signs, the Han of the Basic Multilingual Plane that is not simplified, and all
    characters beyond it.

    A phrase that OpenCC writes otherwise holds one of them.
    """
    return re.compile(f"[{''.join(_changed('hk'))}\U00010000-\U0010ffff{re.escape(''.join(sorted(_WIDE)))}]")


@lru_cache(maxsize=1)
def _alone() -> dict[int, str]:
    """What a traditional character is by itself."""
    return {ord(c): s for c, s in _changed("hk").items() if c not in _BOTH}


@lru_cache(maxsize=1)
def _written() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Characters that simplified writing alone has, which no code of traditional writing holds; traditional ones."""
    simple = (c for c in set(_changed("hk").values()) if not c.encode("big5", "ignore"))
    return re.compile(f"[{''.join(simple)}]"), re.compile(f"[{''.join(_changed('hk'))}]")


def _is_simplified(text: str) -> bool:
    """Whether ``text`` is in simplified writing but for some characters: a name (郭明錤), old print (侦査)."""
    simple, traditional = _written()
    return len(simple.findall(text)) > len(traditional.findall(text))


def _simplified(text: str) -> str:
    """``text`` in simplified characters, those of Hong Kong and Taiwan too: 隨著 is 随着, 著名 remains."""
    return _converter("tw").convert(text.translate(_hong_kong()))


def fold(text: str) -> str:
    """``text`` with full-width forms as ASCII, traditional characters and quotation marks as simplified ones, and the
    same length."""
    text = text.replace(_IDEOGRAPHIC_SPACE, " ")  # by far the commonest: it indents paragraphs
    first = _either().search(text)
    if first is None:
        return text
    at = first.start()
    if "\u2009" in text or "\u202f" in text:
        text = _THIN.sub(",", text)
    found = set(_either().findall(text, at))
    wide = found & _WIDE
    for sign in wide:  # str.translate looks at every character; few signs are found
        text = text.replace(sign, chr(_WIDTH[ord(sign)]))
    if wide.issuperset(found.difference(_BOTH)):
        return text
    if _is_simplified(text):
        return text.translate(_alone())  # by phrases 沈重 would be 沉重, and 李兴乾 李兴干
    simple = _simplified(text)
    if len(simple) == len(text):
        return simple
    # No entry of OpenCC changes the length; what it cannot take (a NUL ends a C string) is kept as it came.
    return "".join(c if len(s := _simplified(c)) != 1 else s for c in text)
