"""Facts as rows of short texts: what a person wants to see of a fact at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import UNSET, UnsetType

from pipeline.commands.streams import printable
from pipeline.core.records import (
    Arg,
    ChangeRecord,
    EventFact,
    FactRecord,
    QuantityFact,
    QuoteFact,
    RankFact,
    RoleFact,
)

SIGNS = {"more_than": ">", "less_than": "<", "nearly": "~<", "approx": "~", "at_least": ">=", "at_most": "<="}
ARROWS = {"increase": "+", "decrease": "-"}


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact as text; ``marked`` is the argument whose place in the source is shown."""

    fact: str
    value: str
    unit: str
    who: str
    when: str
    marked: Arg


def fact_row(fact: FactRecord) -> FactRow:
    """The row of a fact of any type."""
    kind = fact.type_name if hasattr(fact, "type_name") else _kind(fact)
    if isinstance(fact, QuantityFact):
        n, a = fact.norm, fact.args
        value = _change(n.change) + SIGNS.get(n.modifier or "", "") + _number(n.value, n.low, n.high)
        unit = " ".join(filter(None, (n.unit, _text(n.per), n.change.basis if n.change else None)))
        return FactRow(kind, value, unit, _join(a.subject, a.property), n.time or "", a.quantity)
    if isinstance(fact, RankFact):
        r = fact.norm
        who = _join(fact.args.subject, fact.args.scope, fact.args.property)
        return FactRow(kind, _number(r.value, r.low, r.high), "", who, "", fact.args.rank)
    if isinstance(fact, RoleFact):
        former = "former " if fact.norm.former else ""
        who = _join(fact.args.person, fact.args.org)
        return FactRow(kind, former + printable(fact.args.title.text), "", who, "", fact.args.person)
    if isinstance(fact, QuoteFact):
        who = printable(fact.norm.speaker) if fact.norm.speaker else _join(fact.args.speaker)
        return FactRow(kind, fact.norm.kind, "", who, "", fact.args.content)
    return FactRow(
        kind, fact.norm.type, "", _join(fact.args.agent, fact.args.object), fact.norm.time or "", fact.args.trigger
    )


def _kind(fact: FactRecord) -> str:
    names = {QuantityFact: "quantity", RankFact: "rank", RoleFact: "role", QuoteFact: "quote", EventFact: "event"}
    kind = names[type(fact)]
    if fact.assertion.polarity == "denied":
        kind = f"not {kind}"
    return f"{kind} ({fact.assertion.modality})" if fact.assertion.modality in ("planned", "estimated") else kind


def _change(change: ChangeRecord | None) -> str:
    if change is None:
        return ""
    role = "" if change.role == "by" else f"{change.role} "
    return f"{ARROWS[change.direction]} {role}"


def _number(value: str | None, low: str | None, high: str | None) -> str:
    if value is not None:
        return _grouped(value)
    return f"{_grouped(low or '')}..{_grouped(high or '')}"


def _grouped(number: str) -> str:
    whole, point, rest = number.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if not digits.isdigit() or len(digits) > 24:
        return printable(number)
    head = len(digits) % 3 or 3
    groups = [digits[:head], *(digits[i : i + 3] for i in range(head, len(digits), 3))]
    return sign + ",".join(groups) + point + rest


def _join(*args: Arg | UnsetType) -> str:
    return " · ".join(_text(a.text) for a in args if a is not UNSET and not isinstance(a, UnsetType))


def _text(text: str | None) -> str:
    """Source text for a cell: a hard line break in a name is no space in Chinese."""
    return printable("".join((text or "").split("\n")))
