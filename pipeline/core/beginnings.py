"""What a match of a pattern may begin with, read off its source: to compile it for that costs ten times as much."""

from __future__ import annotations

import re
from collections.abc import Callable

import regex

from pipeline.core.matchers import PART

_ALTERNATIVE = regex.compile(rf"(?:\A|\|)(?P<one>{PART}*+)")
_REPEATED = regex.compile(rf"(?P<part>{PART})(?:(?P<less>[*?]|\{{0?,[0-9]*\}}|\{{0\}})|[+]|\{{[0-9,]+\}})?[+?]?")
_INSIDE = re.compile(r"\((?:\?(?::|>|P<\w+>))?(?!\?)")
_ASIDE = re.compile(r"\(\?<?[=!]|[\^$]|\\[AZbB]")
"""What reads nothing itself."""
_OTHER = re.compile(r"\\(?=\w)[^dswDSWntr]")
"""Escapes that are more than a sign or a plain class: \\p{Han}, \\u4e00, a group once more."""


class _Unread(Exception):
    """The pattern has a part that is not known here, or a match of it may be empty."""


def beginnings(source: str) -> Callable[[str], bool]:
    """Tells whether a match of ``source`` may begin with a character: no where it surely cannot.

    What a pattern looks at without reading it is left out: (?!三)[一二三] may begin with 三.
    """
    parts: set[str] = set()
    try:
        if _read(source, parts):
            raise _Unread
    except _Unread:
        return lambda _: True
    alone = {part for part in parts if len(part) == 1}
    begins = regex.compile("|".join(sorted(parts - alone)) or "(?!)").match
    return lambda char: char in alone or begins(char) is not None


def _read(source: str, parts: set[str]) -> bool:
    """Adds to ``parts`` the characters and classes that ``source`` may begin with; whether it may read nothing."""
    empty = False
    for alternative in _ALTERNATIVE.finditer(source):
        empty |= all(_may_be_empty(m, parts) for m in _REPEATED.finditer(alternative["one"]))
    return empty


def _may_be_empty(m: regex.Match[str], parts: set[str]) -> bool:
    part: str = m["part"]
    if _ASIDE.match(part) is not None:
        return True
    if _OTHER.match(part) is not None:
        raise _Unread
    if part[0] != "(":
        parts.add(part)
        return m["less"] is not None
    inside = _INSIDE.match(part)
    if inside is None:
        raise _Unread
    return _read(part[inside.end() : -1], parts) or m["less"] is not None
