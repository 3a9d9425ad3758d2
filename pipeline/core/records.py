"""The records that leave the program: one `Document` a line, by the output contract ``zhfacts/1``.

Spans are ``[start, end)`` pairs of code points of the decoded source text; ``text`` is exactly their slices, joined.
Numbers are plain decimal strings. The JSON Schema is generated from these types (`pipeline.output.schema`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

SourceSpan = tuple[int, int]
Spans = tuple[SourceSpan, ...]


class Record(msgspec.Struct, frozen=True):
    """Base of all records: frozen, every field written."""


class Slice(Record):
    """A part of the source."""

    text: str
    spans: Spans


class Person(Slice):
    """A person in a byline, with the function that is named there (记者, 通讯员, 文, 图)."""

    function: str | None = None


class Byline(Slice):
    """A byline and who stands in it."""

    persons: tuple[Person, ...] = ()


class Paragraph(Record):
    """The pieces of a body paragraph in the order of the sentence."""

    spans: Spans


class Article(Record):
    """One article of the input."""

    id: str
    kicker: Slice | None
    title: Slice | None
    subtitle: Slice | None
    headings: tuple[Slice, ...]
    dateline: Slice | None
    bylines: tuple[Byline, ...]
    captions: tuple[Slice, ...]
    pull_quotes: tuple[Slice, ...]
    paragraphs: tuple[Paragraph, ...]


class Furniture(Record):
    """What belongs to the page and to no article: page number, date line, editors, navigation."""

    kind: str
    text: str
    spans: Spans


class SiRecord(Record):
    """A value in SI units."""

    value: str | None
    low: str | None
    high: str | None
    unit: str


QuantityKind = Literal[
    "count", "measure", "money", "percent", "ratio", "score", "ordinal", "number", "age", "temperature"
]
Modifier = Literal["more_than", "less_than", "nearly", "approx", "at_least", "at_most"]
TimeKind = Literal["date", "time", "period", "duration", "set"]


class QuantityNormRecord(Record):
    """A normalized amount."""

    kind: QuantityKind
    value: str | None
    low: str | None
    high: str | None
    unit: str
    modifier: Modifier | None
    si: SiRecord | None


class TimeNormRecord(Record):
    """A normalized time."""

    kind: TimeKind
    value: str
    low: str | None
    high: str | None
    start: str | None
    end: str | None
    modifier: Modifier | Literal["start", "end"] | None
    anchor: str | None


class EntityNormRecord(Record):
    """A name and what it names."""

    name: str
    entity: str
    code: str | None
    candidates: tuple[str, ...]


class QuantityMention(Record, tag_field="type", tag="quantity"):
    """A mention of an amount."""

    id: str
    article: str
    text: str
    spans: Spans
    norm: QuantityNormRecord
    rule: str
    confidence: str


class TimeMention(Record, tag_field="type", tag="time"):
    """A mention of a time."""

    id: str
    article: str
    text: str
    spans: Spans
    norm: TimeNormRecord
    rule: str
    confidence: str


class EntityMention(Record, tag_field="type", tag="entity"):
    """A mention of a name."""

    id: str
    article: str
    label: Literal["PER", "ORG", "LOC", "WORK"]
    text: str
    spans: Spans
    norm: EntityNormRecord
    rule: str
    confidence: str


MentionRecord = QuantityMention | TimeMention | EntityMention


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


class Check(Record):
    """Whether numbers that belong together agree."""

    rule: str
    article: str
    facts: tuple[str, ...]
    expected: str
    actual: str
    tolerance: str
    ok: bool


class IssueRecord(Record):
    """Something that the user should know; the code is dotted."""

    code: str
    message: str
    spans: Spans


class Doc(Record):
    """The input that a line is of."""

    id: str
    source: str
    sha256: str
    encoding: str | None
    replaced: int
    chars: int
    published: str | None
    published_from: Literal["option", "field", "dateline"] | None
    meta: Mapping[str, Any]
    text: str | UnsetType = UNSET


class Producer(Record):
    """What made the line: the program's version and the digest of the rules."""

    version: str
    rules: str


class Document(Record):
    """Everything that was found in one input document."""

    schema: Literal["zhfacts/1"]
    doc: Doc
    articles: tuple[Article, ...]
    furniture: tuple[Furniture, ...]
    mentions: tuple[MentionRecord, ...]
    facts: tuple[FactRecord, ...]
    checks: tuple[Check, ...]
    issues: tuple[IssueRecord, ...]
    producer: Producer
