"""What the signs on both sides of a break say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Contact:
    """Names the evidence of a break: 约1/28家, 6月/7日, Open/AI, a comma before it, a closing mark behind it.

    It depends on one sign on either side, of few classes; what was told of two classes is kept.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """``settings``: those of the layout's rules, with its classes of signs."""
        self._settings = settings
        self._ends: dict[str, str] = {}
        self._begins: dict[str, str] = {}
        self._told: dict[tuple[str, str], tuple[str, ...]] = {}

    def __call__(self, before: str, after: str) -> tuple[str, ...]:
        """The names of the evidence, where the text ``before`` may go on with ``after``."""
        end, begin = before[-1], after[0]
        return self.between(self.end(end), self.begin(begin))

    def between(self, end: str, begin: str) -> tuple[str, ...]:
        """The same by the classes of the signs."""
        told = self._told.get((end, begin))
        if told is None:
            told = self._told[end, begin] = _names(end, begin)
        return told

    def end(self, sign: str) -> str:
        """The class of a sign before a break: a letter for each thing that it may be part of."""
        known = self._ends.get(sign)
        if known is not None:
            return known
        s = self._settings
        kind = self._ends[sign] = (
            "-"
            + "c" * (sign in s["continuing"])
            + "n" * (sign in s["numeral"])
            + "d" * (sign in s["calendar"])
            + "l" * (sign.isascii() and sign.isalpha())
        )
        return kind

    def begin(self, sign: str) -> str:
        """The class of a sign behind a break."""
        known = self._begins.get(sign)
        if known is not None:
            return known
        s = self._settings
        kind = self._begins[sign] = (
            "-"
            + "i" * (sign in s["inside"])
            + "n" * (sign in s["numeral"] or sign in s["counted"])
            + "d" * sign.isdecimal()
            + "l" * (sign.isascii() and sign.isalpha())
        )
        return kind


def _names(end: str, begin: str) -> tuple[str, ...]:
    told = {
        "join_continuing": "c" in end,
        "join_inside": "i" in begin,
        "join_numeral": "n" in end and "n" in begin,
        "join_date": "d" in end and "d" in begin,
        "join_latin": "l" in end and "l" in begin,
    }
    return tuple(name for name, holds in told.items() if holds)
