"""Text for a line of a terminal: on one line, cut between characters as people see them, measured in cells.

A Chinese character takes two cells, a combining mark none (Unicode's East Asian Width). Characters of ambiguous width
(“ … · ①) count one cell, as terminals draw them unless they are told otherwise.
"""

from __future__ import annotations

import re

import regex
from rich.cells import cell_len

from pipeline.commands.streams import printable

NO_LIMIT = 1 << 16
"""Cells a line in a pipe or a file: nothing is cut or folded there."""
ELLIPSIS = "\u2026"
CHARACTER = regex.compile(r"\X")
"""A character as people see it: a letter with its accents, a flag, a base with its variation mark."""


def flat(text: str) -> str:
    """``text`` on one line, printable."""
    # A hard line break in a Chinese sentence is no space, and neither is the indent behind it.
    return printable(re.sub(r"\s+", " ", re.sub(r"\s*\n\s*", "", text)))


def crop(text: str, width: int) -> str:
    """As much of the front of ``text`` as fits into ``width`` cells, with … where something was left out."""
    if cell_len(text) <= width:
        return text
    used = 1
    for character in CHARACTER.finditer(text):
        used += cell_len(character.group())
        if used > width:
            return text[: character.start()] + ELLIPSIS if width > 0 else ""
    return text


def crop_front(text: str, width: int) -> str:
    """As much of the end of ``text`` as fits into ``width`` cells, with … where something was left out."""
    if cell_len(text) <= width:
        return text
    used = 1
    for character in reversed(list(CHARACTER.finditer(text))):
        used += cell_len(character.group())
        if used > width:
            return ELLIPSIS + text[character.end() :] if width > 0 else ""
    return text
