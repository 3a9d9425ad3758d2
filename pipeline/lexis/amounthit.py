"""An amount as the scan found it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class AmountHit(Struct, frozen=True, gc=False):
    """An amount at ``[start, end)`` of the folded text, with its norm; ``points`` is a score's A:B.

    ``unit`` is the code as the contract has it.
    ``issue``: the code of what the user should know instead of a value (``numeral.too-long``).
    """

    start: int
    end: int
    rule: str
    priority: int = 0
    kind: str = "number"
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    modifier: str | None = None
    points: str | None = None
    issue: str | None = None
