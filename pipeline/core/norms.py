"""What amounts and names are normalized to: made by the stages, and written as they are."""

from __future__ import annotations

from typing import Literal

from pipeline.core.slices import Modifier, Record

QuantityKind = Literal[
    "count", "measure", "money", "percent", "ratio", "score", "ordinal", "number", "age", "temperature"
]
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


class EntityNorm(Record, frozen=True):
    """A name: its full form, the id that all mentions of one thing in the article share, its code and open readings."""

    name: str
    entity: str
    code: str | None
    candidates: tuple[str, ...]
