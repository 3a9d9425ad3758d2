"""Numbers as a person reads them: digits in groups, signs for modifiers and changes."""

from __future__ import annotations

from pipeline.core.records import Change, QuantityFactNorm, RankNorm

SIGNS = {"more_than": ">", "less_than": "<", "nearly": "~<", "approx": "~", "at_least": ">=", "at_most": "<="}
ARROWS = {"increase": "+", "decrease": "-"}
LONGEST = 24
"""Digits beyond which no groups are made."""


def amount_shown(norm: QuantityFactNorm) -> str:
    """The number of a quantity fact, with the sign of its change and of its modifier: ``- to >1,200``."""
    return _change(norm.change) + SIGNS.get(norm.modifier or "", "") + number_shown(norm)


def basis_shown(norm: QuantityFactNorm) -> str:
    """What a change is measured against, empty where nothing says so: ``since:2012`` reads since 2012."""
    return (norm.change.basis or "").replace(":", " ") if norm.change else ""


def number_shown(norm: QuantityFactNorm | RankNorm) -> str:
    """The number, or its two ends: ``30..40``."""
    if norm.value is not None:
        return grouped(norm.value)
    return f"{grouped(norm.low or '')}..{grouped(norm.high or '')}"


def grouped(number: str) -> str:
    """A plain decimal string with its digits in groups of three."""
    whole, point, rest = number.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if not digits.isdigit() or len(digits) > LONGEST:
        return number
    head = len(digits) % 3 or 3
    groups = [digits[:head], *(digits[i : i + 3] for i in range(head, len(digits), 3))]
    return sign + ",".join(groups) + point + rest


def _change(change: Change | None) -> str:
    if change is None:
        return ""
    role = "" if change.role == "by" else f"{change.role} "
    return f"{ARROWS[change.direction]} {role}"
