"""Facts as rows of short texts: what a person wants to see of a fact at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import UNSET, UnsetType

from pipeline.commands.streams import printable
from pipeline.core.records import (
    Arg,
    FactRecord,
    QuantityFact,
    QuoteFact,
    RankFact,
    RoleFact,
    Spans,
    head_of,
)
from pipeline.core.slices import type_of
from pipeline.output.amounts import amount_shown, basis_shown, number_shown


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact as text; ``marked`` is the argument that is shown in its ``sentence``."""

    fact: str
    value: str
    unit: str
    who: str
    when: str
    marked: Arg
    sentence: Spans
    failed: bool


def fact_row(fact: FactRecord, failed: bool = False) -> FactRow:
    """The row of a fact of any type; ``failed``: a check says that it does not agree with others."""
    value, unit, who, when = _cells(fact)
    kind = f"! {_kind(fact)}" if failed else _kind(fact)
    return FactRow(kind, value, unit, who, when, head_of(fact), fact.sentence, failed)


def amount(fact: FactRecord) -> str:
    """The argument that a fact stands on, as it is written: of a quantity fact the amount."""
    return _text(head_of(fact).text)


def name_of(fact: FactRecord) -> str:
    """Who or what a fact is about, as the table shows it."""
    return _cells(fact)[2]


def _cells(fact: FactRecord) -> tuple[str, str, str, str]:
    if isinstance(fact, QuantityFact):
        n, a = fact.norm, fact.args
        unit = " ".join(filter(None, (_text(n.unit), _text(n.per), basis_shown(n))))
        return printable(amount_shown(n)), unit, _join(a.subject, a.property), n.time or ""
    if isinstance(fact, RankFact):
        rank = fact.args
        return printable(number_shown(fact.norm)), "", _join(rank.subject, rank.scope, rank.property), ""
    if isinstance(fact, RoleFact):
        role = fact.args
        title = ("former " if fact.norm.former else "") + _text(role.title.text)
        return title, "", _join(role.person, role.org), ""
    if isinstance(fact, QuoteFact):
        quote = fact.args
        return fact.norm.kind, "", _text(fact.norm.speaker) or _join(quote.speaker), ""
    event = fact.args
    return fact.norm.type, "", _join(event.agent, event.object, event.place), fact.norm.time or ""


def _kind(fact: FactRecord) -> str:
    kind = type_of(fact)
    if fact.assertion.polarity == "denied":
        kind = f"not {kind}"
    return f"{kind} ({fact.assertion.modality})" if fact.assertion.modality in ("planned", "estimated") else kind


def _join(*args: Arg | UnsetType) -> str:
    return " · ".join(_text(a.text) for a in args if a is not UNSET and not isinstance(a, UnsetType))


def _text(text: str | None) -> str:
    """Source text for a cell: a hard line break in a name is no space in Chinese."""
    return printable("".join((text or "").split("\n")))
