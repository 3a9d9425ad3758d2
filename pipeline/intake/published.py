"""The date of publication as it is stated: an ISO date or date-time."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pipeline.core.errors import UsageError
from pipeline.core.model import Reference


def reference_of(value: object, source: Literal["option", "field"]) -> Reference | None:
    """``value`` as a `Reference`; None where it is no ISO date with the whole day: 2024-05-31, 2024-05-31T08:00.

    A clock time is that of the place; an offset from UTC is not reckoned with.
    """
    if not isinstance(value, str) or len(value) < 10:
        return None
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        return None
    clock = when.strftime("%H:%M:%S") if len(value) > 10 else None
    return Reference(when.year, when.month, when.day, clock, source)


def parse_published(value: str, source: Literal["option", "field"]) -> Reference:
    """An ISO date or date-time as a `Reference`; raises `UsageError` where it is none."""
    reference = reference_of(value, source)
    if reference is None:
        raise UsageError(f"{value!r} is no date; write it as 2024-05-31 or 2024-05-31T08:00")
    return reference
