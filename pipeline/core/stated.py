"""Which number or date of the text a check judges."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pipeline.core.records import Check, Document, FactRecord, MentionRecord, TimeMention
from pipeline.core.slices import Spans

ISO_DAY = len("2024-05-30")


def stated_fact(check: Check, facts: Mapping[str, FactRecord]) -> FactRecord | None:
    """Of the facts that a check is of, the last that states its ``actual`` number; ``facts`` are by id.

    None for the checks of dates, of which no fact tells.
    """
    own = [facts[ident] for ident in check.facts]
    return next((f for f in reversed(own) if _states(f, check.actual)), own[-1] if own else None)


def stated_date(check: Check, document: Document) -> Spans:
    """Where the date or the duration stands that a check is of; empty where it is not found.

    Its issue tells where one that failed stands, and the first time of its article with that value another one.
    """
    failed = (i.spans for i in document.issues if i.code == check.rule and check.expected in i.message)
    return next(failed, ()) or next((m.spans for m in document.mentions if _is_stated(check, m)), ())


def _is_stated(check: Check, mention: MentionRecord) -> bool:
    if not isinstance(mention, TimeMention) or mention.article != check.article:
        return False
    return check.actual in (mention.norm.value, _iso_weekday(mention.norm.value))


def _iso_weekday(value: str) -> str:
    """2024-05-30 as the day of its week, 2024-W22-4; empty where ``value`` begins with no day."""
    try:
        year, week, number = date.fromisoformat(value[:ISO_DAY]).isocalendar()
    except ValueError:
        return ""
    return f"{year:04d}-W{week:02d}-{number}"


def _states(fact: FactRecord, number: str) -> bool:
    value = getattr(fact.norm, "value", None)
    return value is not None and Decimal(value) == Decimal(number)
