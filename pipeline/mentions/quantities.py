"""Amounts that the scan found become mentions with their norm."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.core.model import Issue, Quantity, QuantityNorm, Si, View
from pipeline.core.trace import Trace
from pipeline.lexis.amountscan import AmountHit
from pipeline.lexis.units import Units, plain, to_si, units
from pipeline.rulebook import Rulebook

SIZED = frozenset({"measure", "temperature"})
"""Kinds whose amounts have a size in SI units."""


def find_quantities(view: View, hits: Sequence[AmountHit], rules: Rulebook) -> list[Quantity]:
    """The quantity mentions of ``view``, in order; a numeral beyond the bound becomes an issue of the view instead."""
    found = []
    known = units(rules)
    for hit in hits:
        if hit.issue is not None:
            what = f"the numeral has {hit.end - hit.start} characters and was not read"
            view.issues.append(Issue(hit.issue, what, ((hit.start, hit.end),)))
            continue
        found.append(Quantity(hit.start, hit.end, _norm(hit, known), hit.rule))
        if rules.trace is not None:
            _note(rules.trace, hit, found[-1].norm, known)
    return found


def _note(trace: Trace, hit: AmountHit, norm: QuantityNorm, known: Units) -> None:
    value = norm.value if norm.value is not None else f"{norm.low}..{norm.high}"
    trace.begin()
    trace.step("value", hit.start, hit.end, " ".join(filter(None, (norm.modifier, value, norm.unit))))
    if norm.si is not None and (unit := known.sized(hit.unit)) is not None:
        si = norm.si.value if norm.si.value is not None else f"{norm.si.low}..{norm.si.high}"
        trace.step("si", hit.start, hit.end, f"{si} {norm.si.unit}", unit.rule)
    trace.keep("quantity", hit.start, hit.end)


def _norm(hit: AmountHit, known: Units) -> QuantityNorm:
    value = hit.points if hit.value is None else plain(hit.value)
    low = None if hit.low is None else plain(hit.low)
    high = None if hit.high is None else plain(hit.high)
    si = _si(hit, known) if hit.kind in SIZED else None
    return QuantityNorm(hit.kind, value, low, high, hit.unit, hit.modifier, si)  # type: ignore[arg-type]


def _si(hit: AmountHit, known: Units) -> Si | None:
    """The SI value of a physical unit or a quotient of two; None for others (人/km2)."""
    if (unit := known.sized(hit.unit)) is None:
        return None

    def converted(value: Decimal | None) -> str | None:
        return None if value is None else to_si(value, unit)

    return Si(converted(hit.value), converted(hit.low), converted(hit.high), unit.si)
