"""How short patterns and word lists are asked at one place of a text, which is done for every title, cue and name."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

import regex

Matcher = re.Pattern[str] | regex.Pattern[str]
"""A compiled pattern; the methods of both kinds are the same."""

# What the two read differently, or the standard library not at all: classes by letter, atomic parts, fuzzy counts, sets
# within sets.
_OTHER = re.compile(r"\\[^\W\dnAZ_]|\(\?>|\{[^0-9,]|--|&&|\|\||~~|\[\[")
# Possessive parts: before 3.11.5 the standard library may miss what a part matches by going back (gh-106052).
_POSSESSIVE = re.compile(r"[*+?}]\+")
_KNOWS_POSSESSIVE = sys.version_info >= (3, 11, 5)


def matcher(source: str) -> Matcher:
    """``source`` compiled; by ``regex`` where the standard library does not know it or might read it otherwise."""
    if _OTHER.search(source) is None and (_KNOWS_POSSESSIVE or _POSSESSIVE.search(source) is None):
        try:
            return re.compile(source)
        except re.error:
            pass
    return regex.compile(source)


class Ending:
    """A pattern that is searched for so that it ends at a place: what stands there is looked at first, backwards."""

    __slots__ = ("_ends_there", "_search")

    def __init__(self, source: str) -> None:
        """``source`` without the anchor."""
        self._ends_there = regex.compile(f"(?r)(?:{source})").match
        self._search = matcher(rf"(?:{source})\Z").search

    def search(self, text: str, start: int, end: int) -> re.Match[str] | regex.Match[str] | None:
        """The longest match in ``text[start:end]`` that ends at ``end``."""
        return None if self._ends_there(text, start, end) is None else self._search(text, start, end)


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
