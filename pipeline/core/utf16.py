"""Offsets in UTF-16 code units, as tools in JavaScript and Java count, from and to offsets in code points."""

from __future__ import annotations

import re
from bisect import bisect_left

_PAIRS = re.compile("[\U00010000-\U0010ffff]")
"""The characters that take two units."""


class Utf16:
    """A text's offsets in both units."""

    __slots__ = ("_points", "_units")

    def __init__(self, text: str) -> None:
        """Reads the text once; without characters beyond the basic plane both units are the same."""
        self._points = [m.start() for m in _PAIRS.finditer(text)]
        self._units = [point + before for before, point in enumerate(self._points)]

    def unit(self, point: int) -> int:
        """The offset in code units of an offset in code points."""
        return point + bisect_left(self._points, point)

    def point(self, unit: int) -> int:
        """The offset in code points of one in code units; one that cuts a pair in two is that of the pair's start."""
        return unit - bisect_left(self._units, unit)
