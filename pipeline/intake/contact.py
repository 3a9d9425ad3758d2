"""What the signs on both sides of a break say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

NUMERAL = "join_numeral"
LONGEST = 6
DIGITS_LAST = re.compile(rf"\d{{1,{LONGEST}}}\Z")
DIGITS_FIRST = re.compile(rf"(\d{{1,{LONGEST}}})\s?(.)")


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
        told = self.between(self.end(before[-1]), self.begin(after[0]))
        return told if NUMERAL not in told or self.makes_number(before, after) else ()

    def makes_number(self, before: str, after: str) -> bool:
        """Whether the digits on both sides are one number that may stand before what follows: 1/6 时, not 21/7月."""
        left, right = DIGITS_LAST.search(before[-LONGEST:]), DIGITS_FIRST.match(after)
        if left is None or right is None:
            return True
        largest = self._settings["largest"].get(right[2])
        return largest is None or int(left[0] + right[1]) <= largest

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
            + "s" * (sign in s["scale"])
            + "d" * (sign in s["calendar"])
            + "l" * (sign.isascii() and sign.isalpha())
            + "a" * (sign in s["amount"])
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
        # 增至69亿/12月30日: no numeral goes on with digits behind its scale.
        NUMERAL: "n" in end and "n" in begin and not ("s" in end and "d" in begin),
        "join_date": "d" in end and "d" in begin,
        "join_latin": "l" in end and "l" in begin,
        "join_amount": "a" in end and "d" in begin,
    }
    return tuple(name for name, holds in told.items() if holds)
