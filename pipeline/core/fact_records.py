"""The records of facts, one type of arguments and norm for each type of fact; see `pipeline.core.records`."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from msgspec import UNSET, UnsetType

from pipeline.core.slices import Modifier, Record, Spans

Modality = Literal["asserted", "planned", "estimated", "reported"]
Polarity = Literal["affirmed", "denied"]


class Arg(Record, frozen=True):
    """An argument of a fact; ``mention`` is the id of the mention with the same span, where there is one."""

    mention: str | None
    text: str
    spans: Spans


class QuantityArgs(Record, frozen=True):
    """What is measured or counted, and what of it."""

    quantity: Arg
    subject: Arg | UnsetType = UNSET
    property: Arg | UnsetType = UNSET
    time: Arg | UnsetType = UNSET
    place: Arg | UnsetType = UNSET
    whole: Arg | UnsetType = UNSET


class RankArgs(Record, frozen=True):
    """Who holds which rank."""

    rank: Arg
    subject: Arg | UnsetType = UNSET
    property: Arg | UnsetType = UNSET
    scope: Arg | UnsetType = UNSET


class RoleArgs(Record, frozen=True):
    """Who holds which office."""

    person: Arg
    title: Arg
    org: Arg | UnsetType = UNSET


class QuoteArgs(Record, frozen=True):
    """Who said what."""

    content: Arg
    speaker: Arg | UnsetType = UNSET
    cue: Arg | UnsetType = UNSET


class EventArgs(Record, frozen=True):
    """What happened."""

    trigger: Arg
    agent: Arg | UnsetType = UNSET
    object: Arg | UnsetType = UNSET
    place: Arg | UnsetType = UNSET


class Change(Record, frozen=True):
    """How a quantity tells a change; ``basis`` is ``yoy``, ``mom`` or ``since:ISO``."""

    direction: Literal["increase", "decrease"]
    role: Literal["by", "to", "from"]
    basis: str | None


class QuantityFactNorm(Record, frozen=True):
    """The amount of a quantity fact, the time to which it applies, its change and its 每-phrase."""

    value: str | None
    low: str | None
    high: str | None
    unit: str
    modifier: Modifier | None
    time: str | None
    change: Change | None
    per: str | None


class RankNorm(Record, frozen=True):
    """The rank: ``value``, or ``low`` and ``high`` for 前十."""

    value: str | None
    low: str | None
    high: str | None


class RoleNorm(Record, frozen=True):
    """Whether the office is a former one."""

    former: bool


class QuoteNorm(Record, frozen=True):
    """The manner of a quotation and the speaker's resolved name."""

    kind: Literal["direct", "indirect", "mixed"]
    speaker: str | None
    resolved_from: str | None


class EventNorm(Record, frozen=True):
    """The type of an event and its time (ISO)."""

    type: Literal["meeting", "sign", "found", "release", "launch", "award", "appoint", "accident", "acquire"]
    time: str | None


class Assertion(Record, frozen=True):
    """How a fact is asserted; ``source`` is the id of the quote that it stands in."""

    modality: Modality
    polarity: Polarity
    source: str | None


Args = TypeVar("Args")
Norm = TypeVar("Norm")


class _Fact(Record, Generic[Args, Norm], frozen=True):
    id: str
    article: str
    args: Args
    norm: Norm
    sentence: Spans
    assertion: Assertion
    same_as: tuple[str, ...]
    rule: str
    confidence: str


class QuantityFact(_Fact[QuantityArgs, QuantityFactNorm], tag_field="type", tag="quantity", frozen=True):
    """How much of what."""


class RankFact(_Fact[RankArgs, RankNorm], tag_field="type", tag="rank", frozen=True):
    """Who stands where in an order."""


class RoleFact(_Fact[RoleArgs, RoleNorm], tag_field="type", tag="role", frozen=True):
    """Who holds which office."""


class QuoteFact(_Fact[QuoteArgs, QuoteNorm], tag_field="type", tag="quote", frozen=True):
    """Who said what."""


class EventFact(_Fact[EventArgs, EventNorm], tag_field="type", tag="event", frozen=True):
    """What happened."""


FactRecord = QuantityFact | RankFact | RoleFact | QuoteFact | EventFact


def head_of(fact: FactRecord) -> Arg:
    """The argument that a fact stands on, the first of its type: the quantity, rank, person, content or trigger."""
    head: Arg = getattr(fact.args, fact.args.__struct_fields__[0])
    return head
