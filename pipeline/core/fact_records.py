"""The records of facts, one type of arguments and norm for each type of fact; see `pipeline.core.records`."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, UnsetType

from pipeline.core.slices import Modifier, Record, Spans


class Arg(Record):
    """An argument of a fact; ``mention`` is the id of the mention with the same span, where there is one."""

    mention: str | None
    text: str
    spans: Spans


class QuantityArgs(Record):
    """What is measured or counted, and what of it."""

    quantity: Arg
    subject: Arg | UnsetType = UNSET
    property: Arg | UnsetType = UNSET
    time: Arg | UnsetType = UNSET
    place: Arg | UnsetType = UNSET
    whole: Arg | UnsetType = UNSET


class RankArgs(Record):
    """Who holds which rank."""

    rank: Arg
    subject: Arg | UnsetType = UNSET
    property: Arg | UnsetType = UNSET
    scope: Arg | UnsetType = UNSET


class RoleArgs(Record):
    """Who holds which office."""

    person: Arg
    title: Arg
    org: Arg | UnsetType = UNSET


class QuoteArgs(Record):
    """Who said what."""

    content: Arg
    speaker: Arg | UnsetType = UNSET
    cue: Arg | UnsetType = UNSET


class EventArgs(Record):
    """What happened."""

    trigger: Arg
    agent: Arg | UnsetType = UNSET
    object: Arg | UnsetType = UNSET
    place: Arg | UnsetType = UNSET


class ChangeRecord(Record):
    """How a quantity tells a change; ``basis`` is ``yoy``, ``mom`` or ``since:ISO``."""

    direction: Literal["increase", "decrease"]
    role: Literal["by", "to", "from"]
    basis: str | None


class QuantityFactNorm(Record):
    """The amount of a quantity fact, the time to which it applies, its change and its 每-phrase."""

    value: str | None
    low: str | None
    high: str | None
    unit: str
    modifier: Modifier | None
    time: str | None
    change: ChangeRecord | None
    per: str | None


class RankNorm(Record):
    """The rank: ``value``, or ``low`` and ``high`` for 前十."""

    value: str | None
    low: str | None
    high: str | None


class RoleNorm(Record):
    """Whether the office is a former one."""

    former: bool


class QuoteNorm(Record):
    """The manner of a quotation and the speaker's resolved name."""

    kind: Literal["direct", "indirect", "mixed"]
    speaker: str | None
    resolved_from: str | None


class EventNorm(Record):
    """The type of an event and its time (ISO)."""

    type: Literal["meeting", "sign", "found", "release", "launch", "award", "appoint", "accident", "acquire"]
    time: str | None


class Assertion(Record):
    """How a fact is asserted; ``source`` is the id of the quote that it stands in."""

    modality: Literal["asserted", "planned", "estimated", "reported"]
    polarity: Literal["affirmed", "denied"]
    source: str | None


class _Fact(Record):
    id: str
    article: str


class QuantityFact(_Fact, tag_field="type", tag="quantity"):
    """How much of what."""

    args: QuantityArgs
    norm: QuantityFactNorm
    sentence: Spans
    assertion: Assertion
    same_as: tuple[str, ...]
    rule: str
    confidence: str


class RankFact(_Fact, tag_field="type", tag="rank"):
    """Who stands where in an order."""

    args: RankArgs
    norm: RankNorm
    sentence: Spans
    assertion: Assertion
    same_as: tuple[str, ...]
    rule: str
    confidence: str


class RoleFact(_Fact, tag_field="type", tag="role"):
    """Who holds which office."""

    args: RoleArgs
    norm: RoleNorm
    sentence: Spans
    assertion: Assertion
    same_as: tuple[str, ...]
    rule: str
    confidence: str


class QuoteFact(_Fact, tag_field="type", tag="quote"):
    """Who said what."""

    args: QuoteArgs
    norm: QuoteNorm
    sentence: Spans
    assertion: Assertion
    same_as: tuple[str, ...]
    rule: str
    confidence: str


class EventFact(_Fact, tag_field="type", tag="event"):
    """What happened."""

    args: EventArgs
    norm: EventNorm
    sentence: Spans
    assertion: Assertion
    same_as: tuple[str, ...]
    rule: str
    confidence: str


FactRecord = QuantityFact | RankFact | RoleFact | QuoteFact | EventFact
