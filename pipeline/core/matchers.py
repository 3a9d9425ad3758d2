"""How short patterns and word lists are asked at one place of a text, which is done for every number, title and name.

By the standard library where it reads a pattern as regex does: a short match takes a third of the time there. What it
does not know by itself is written out: looking back at texts of several widths, Han, white space.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any

import regex

Matcher = re.Pattern[str] | regex.Pattern[str]
"""A compiled pattern; the methods of both kinds are the same."""
Match = re.Match[str] | regex.Match[str]

# Unicode, Scripts.txt: Han
HAN = (
    r"\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufa6d\ufa70-\ufad9\U00016fe2-\U00016fe3\U00016ff0-\U00016ff6\U00020000-\U0002a6df"
    r"\U0002a700-\U0002b81e\U0002b820-\U0002cead\U0002ceb0-\U0002ebe0\U0002ebf0-\U0002ee5d\U0002f800-\U0002fa1d"
    r"\U00030000-\U0003134a\U00031350-\U00033479"
)
"""What a class of Han characters holds."""
_LETTERED = {r"\p{Han}": HAN, r"\s": r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"}

# What the two read differently, or the standard library not at all: classes by letter, atomic parts, fuzzy counts, sets
# within sets.
_OTHER = re.compile(r"\\(?!u[0-9a-f]{4}|U[0-9a-f]{8}|x[0-9a-f]{2})[^\W\dnrtdAZ_]|\(\?>|\{[^0-9,]|--|&&|\|\||~~|\[\[")
# Possessive parts: before 3.11.5 the standard library may miss what a part matches by going back (gh-106052).
_POSSESSIVE = re.compile(r"[*+?}]\+")
_KNOWS_POSSESSIVE = sys.version_info >= (3, 11, 5)

_CLASS = r"\[\^?\]?(?:[^\]\\]|\\.)*\]"
PART = rf"(?:\\.|{_CLASS}|(?P<group>\((?:\\.|{_CLASS}|(?&group)|[^()\[\\])*+\))|[^|()\[\\])"
_ONE = regex.compile(rf"(?P<part>{PART})(?P<often>[*+?{{][0-9,]*\}}?)?")
_ALTERNATIVE = regex.compile(rf"(?:\A|\|)(?P<one>{PART}*+)")
_BACK = regex.compile(rf"{_CLASS}|\\.|\(\?<[=!](?P<in>{PART}|\|)*+\)")
_ESCAPED = re.compile(r"\\p\{Han\}|\\.")
_SET = re.compile(rf"{_CLASS}|{_ESCAPED.pattern}")
_CAPTURES = re.compile(r"\((?!\?)|\(\?P<")
_PLACES = ("^", "$", r"\A", r"\Z")
_MOST = 64
"""Texts that are looked back at, written out, at the most: more would cost more time than is won."""


def matcher(source: str) -> Matcher:
    """``source`` compiled; by ``regex`` where the standard library does not know it or might read it otherwise."""
    written = _SET.sub(_write_set, source)
    if _OTHER.search(written) is None and (_KNOWS_POSSESSIVE or _POSSESSIVE.search(source) is None):
        try:
            return re.compile(_BACK.sub(_write_back, written))
        except (re.error, _AnyWidth):
            pass
    return regex.compile(source)


def _write_set(m: re.Match[str]) -> str:
    """A class or an escape with what is named by letters written out."""
    written = _ESCAPED.sub(lambda escape: _LETTERED.get(escape[0], escape[0]), m[0])
    return written if written == m[0] or m[0][0] == "[" else f"[{written}]"


class _AnyWidth(Exception):
    """What a pattern looks back at may have any width, or more than are written out."""


def _write_back(m: regex.Match[str]) -> str:
    """Where ``m`` looks back, the same with one look for each width."""
    if m[0][0] != "(":
        return m[0]
    lead, inside = m[0][:4], m[0][4:-1]
    looks = [
        f"{lead}{'|'.join(text for _, text in some)})" for _, some in groupby(sorted(_widths(inside)), lambda w: w[0])
    ]
    return looks[0] if len(looks) == 1 else "".join(looks) if lead[3] == "!" else f"(?:{'|'.join(looks)})"


def _widths(source: str) -> list[tuple[int, str]]:
    """What ``source`` may read, each with its width."""
    out: list[tuple[int, str]] = []
    for alternative in _ALTERNATIVE.finditer(source):
        read = [(0, "")]
        for m in _ONE.finditer(alternative["one"]):
            some = _repeated(_read_by(m["part"]), m["often"] or "")
            read = [(a + b, text + more) for a, text in read for b, more in some]
            if len(read) > _MOST:
                raise _AnyWidth
        out += read
    if len(out) > _MOST:
        raise _AnyWidth
    return out


def _read_by(part: str) -> list[tuple[int, str]]:
    if part[0] == "(" and _CAPTURES.search(part):
        raise _AnyWidth  # what is written twice would be counted twice
    if part.startswith(("(?=", "(?!", "(?<")):
        return [(0, _BACK.sub(_write_back, part))]
    if part.startswith("(?:"):
        return _widths(part[3:-1])
    if part[0] == "(":
        raise _AnyWidth
    return [(0 if part in _PLACES else 1, part)]


def _repeated(some: list[tuple[int, str]], often: str) -> list[tuple[int, str]]:
    """``some`` as often as a quantifier says."""
    if not often:
        return some
    least, most = (0, 1) if often == "?" else (0, _MOST + 1)
    if often[0] == "{":
        low, _, high = often[1:-1].partition(",")
        least, most = int(low or 0), int(high) if high else int(low) if "," not in often else _MOST + 1
    if most > _MOST or most > 1 and len(some) > 1:
        raise _AnyWidth
    return [(width * n, text * n) for n in range(least, most + 1) for width, text in some]


class Late:
    """A pattern that is compiled when something is first asked of it: most texts hold nothing that it is asked about.

    From then on its methods are those of the compiled one.
    """

    match: Callable[..., Match | None]
    search: Callable[..., Match | None]
    fullmatch: Callable[..., Match | None]
    finditer: Callable[..., Iterator[Match]]
    findall: Callable[..., list[Any]]
    split: Callable[..., list[Any]]
    sub: Callable[..., str]

    def __init__(self, source: str, compile: Callable[[str], Matcher] = regex.compile) -> None:
        """``compile`` makes the pattern of ``source``."""
        self._source, self._compile = source, compile
        # Not by __getattr__: a class that has it is slower to ask for any attribute, ever.
        for method in Late.__annotations__:
            setattr(self, method, partial(self._first, method))

    def _first(self, method: str, *args: Any, **named: Any) -> Any:
        made = self._compile(self._source)
        vars(self).update({name: getattr(made, name) for name in Late.__annotations__})
        return getattr(made, method)(*args, **named)


class Ending:
    """A pattern that is searched for so that it ends at a place: what stands there is looked at first, backwards."""

    __slots__ = ("_there", "_whole")

    def __init__(self, source: str) -> None:
        """``source`` without the anchor."""
        self._there = Late(f"(?r)(?:{source})")
        self._whole = Late(rf"(?:{source})\Z", matcher)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | regex.Match[str] | None:
        """The longest match in ``text[start:end]`` that ends at ``end``."""
        return None if self._there.match(text, start, end) is None else self._whole.search(text, start, end)


class Openings:
    """Many words, of which one may stand at a place: asked by their first character."""

    __slots__ = ("_by_head",)

    def __init__(self, words: Iterable[str]) -> None:
        """``words`` may stand in any order; empty ones stand nowhere."""
        by_head: dict[str, list[str]] = {}
        for word in sorted(words):
            by_head.setdefault(word[:1], []).append(word)
        self._by_head = {head: tuple(found) for head, found in by_head.items() if head}

    def at(self, text: str, offset: int) -> bool:
        """Whether one of the words begins at ``offset``."""
        words = self._by_head.get(text[offset : offset + 1])
        return words is not None and text.startswith(words, offset)
