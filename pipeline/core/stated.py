"""Which number or date of the text a check judges."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pipeline.core.records import Check, Document, FactRecord
from pipeline.core.slices import Spans


def stated_fact(check: Check, facts: Mapping[str, FactRecord]) -> FactRecord | None:
    """Of the facts that a check is of, the last that states its ``actual`` number; ``facts`` are by id.

    None for the checks of dates, of which no fact tells.
    """
    own = [facts[ident] for ident in check.facts]
    return next((f for f in reversed(own) if _states(f, check.actual)), own[-1] if own else None)


def stated_date(check: Check, document: Document) -> Spans:
    """Where the date stands that a check is of, as its issue tells; empty where there is none."""
    return next((i.spans for i in document.issues if i.code == check.rule and check.expected in i.message), ())


def _states(fact: FactRecord, number: str) -> bool:
    value = getattr(fact.norm, "value", None)
    return value is not None and Decimal(value) == Decimal(number)
