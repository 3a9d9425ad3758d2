"""What amounts, times and names are normalized to: made by the stages, and written as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pipeline.core.slices import Modifier, Record

QuantityKind = Literal[
    "count", "measure", "money", "percent", "ratio", "score", "ordinal", "number", "age", "temperature"
]
TimeKind = Literal["date", "time", "period", "duration", "set"]
TimeModifier = Modifier | Literal["start", "mid", "end"]
"""How exact a time is, or which part of it is meant (年初, 年中, 年底)."""
Label = Literal["PER", "ORG", "LOC", "WORK"]


class Si(Record, frozen=True):
    """A value in SI units, exact, as a plain decimal string."""

    value: str | None
    low: str | None
    high: str | None
    unit: str


class QuantityNorm(Record, frozen=True):
    """A normalized amount; numbers are plain decimal strings, precision as written."""

    kind: QuantityKind
    value: str | None
    low: str | None
    high: str | None
    unit: str
    modifier: Modifier | None
    si: Si | None


class TimeNorm(Record, frozen=True):
    """A normalized time: ``value`` in ISO 8601 or TIMEX3, ``start`` and ``end`` its half-open interval of local times;
    ``low`` and ``high`` of a fuzzy duration, whose value is empty."""

    kind: TimeKind
    value: str
    low: str | None = None
    high: str | None = None
    start: str | None = None
    end: str | None = None
    modifier: TimeModifier | None = None
    anchor: str | None = None


class EntityNorm(Record, frozen=True):
    """A name: its full form, the id that all mentions of one thing in the article share, its code and open readings."""

    name: str
    entity: str
    code: str | None
    candidates: tuple[str, ...]


_TIME_MODIFIERS: Mapping[str, TimeModifier] = {
    "more_than": "more_than", "less_than": "less_than", "nearly": "nearly", "approx": "approx", "at_least": "at_least",
    "at_most": "at_most", "start": "start", "mid": "mid", "end": "end",
}  # fmt: skip


def time_modifier(word: str | None) -> TimeModifier | None:
    """The modifier that a rule names; None where it names none of the contract's, as for what lies within a time."""
    return _TIME_MODIFIERS.get(word or "")
