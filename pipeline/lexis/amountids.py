"""Arabic digits that name or number a thing and count none: G60, PM2.5, 600297, 2021.08.15, 005."""

from __future__ import annotations

from string import ascii_letters

import regex

from pipeline.lexis.amountnumber import Number
from pipeline.lexis.fragments import Fragment
from pipeline.lexis.units import Unit
from pipeline.rulebook import Rulebook

Sign = tuple[str, str]
"""What makes a number an id, and the setting that says so, empty where none does."""
STICKS: Sign = (
    "letters, or digits with a sign, stand right before it, or it begins with an idle zero",
    "quantities.tied_unit",
)
LATIN: Sign = "Latin letters stand before it", ""


class Ids:
    """Tells ids from amounts. Get it by `ids`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the settings of ``quantities``."""
        s = rules.settings("quantities")
        self._tied_before = Fragment(rules, "quantities", "TIED_BEFORE")
        self._before_unit, self._tied_signs = s["tied_unit"], frozenset(s["tied_starts"])
        self._before, self._behind = s["tied_before"], s["tied_behind"]
        self._sticky = frozenset({*s["tied_unit"], *s["tied_starts"], *ascii_letters})
        """What may stand before an amount that is none: before most stands nothing of that kind."""
        self._years = regex.compile(r"(?:19|20)\d\d")

    def may(self, before: str) -> bool:
        """Whether an amount with a unit may be none behind the character ``before`` it."""
        return before in self._sticky

    def sticks(self, text: str, number: Number, start: int, unit: Unit | None) -> bool:
        """Whether an amount at ``start`` whose number has a unit is none: PM2.5, 2021.08.15元, 005升.

        Letters do not stick to a share (CPI3.5%, but G20成员 holds no 成), nor past an approximator (GDP超3万元).
        """
        if number.form != "arabic":
            return False
        if number.idle_zero:
            return True
        before = text[start - 1 : start]
        if before not in self._sticky:
            return False
        if before in self._before_unit:
            return True
        if before.isascii() and before.isalpha():
            share = unit is not None and unit.role == "percent" and unit.scale is None
            return not share and text[start].isascii()
        return self._is_tied(text, before, start)

    def id(self, text: str, number: Number, start: int, end: int) -> Sign | None:
        """What makes a number without a unit a name or an id: letters or signs at its borders, its digits, a bare year.

        None where nothing does.
        """
        digits = number.text
        before, behind = text[start - 1 : start], text[end : end + 1]
        if number.form != "arabic":
            return LATIN if before.isascii() and before.isalpha() else None
        if before.isascii() and before.isalpha():
            return LATIN
        if before and before in self._before:
            return f"{before} stands before it", "quantities.tied_before"
        ends = digits[-1].isascii()
        if ends and behind and (behind in self._behind or behind.isascii() and behind.isalpha()):
            return f"{behind} stands behind it", "quantities.tied_behind"
        if before == " " and text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalpha():
            return LATIN
        if self._is_tied(text, before, start):
            return STICKS
        if number.idle_zero or digits.isdigit() and len(digits) > 6:
            return "its digits are those of an id: a zero in front, or more than six", ""
        return ("it is a bare year", "") if self._years.fullmatch(digits) else None

    def _is_tied(self, text: str, before: str, start: int) -> bool:
        return before in self._tied_signs and self._tied_before.search(text, max(0, start - 2), start) is not None


def ids(rules: Rulebook) -> Ids:
    """The teller for ``rules``, made once."""
    return rules.once(Ids, Ids)
