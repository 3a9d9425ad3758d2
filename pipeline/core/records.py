"""The records that leave the program: one `Document` a line, by the output contract ``zhfacts/1``.

Spans are ``[start, end)`` pairs of code points of the decoded source text; ``text`` is exactly their slices, joined.
Numbers are plain decimal strings. The JSON Schema is generated from these types (`pipeline.output.schema`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from msgspec import UNSET, UnsetType

from pipeline.core.fact_records import (
    Arg,
    Assertion,
    Change,
    EventArgs,
    EventFact,
    EventNorm,
    FactRecord,
    QuantityArgs,
    QuantityFact,
    QuantityFactNorm,
    QuoteArgs,
    QuoteFact,
    QuoteNorm,
    RankArgs,
    RankFact,
    RankNorm,
    RoleArgs,
    RoleFact,
    RoleNorm,
    head_of,
)
from pipeline.core.norms import EntityNorm, Label, QuantityKind, QuantityNorm, Si, TimeKind, TimeNorm
from pipeline.core.slices import Modifier, Record, Slice, Spans

__all__ = [
    "Arg",
    "Article",
    "ArticleParts",
    "Assertion",
    "Byline",
    "Change",
    "Check",
    "Doc",
    "Document",
    "EntityMention",
    "EntityNorm",
    "EventArgs",
    "EventFact",
    "EventNorm",
    "FactRecord",
    "Furniture",
    "IssueRecord",
    "MentionRecord",
    "Modifier",
    "Paragraph",
    "Person",
    "Producer",
    "QuantityArgs",
    "QuantityFact",
    "QuantityFactNorm",
    "QuantityKind",
    "QuantityMention",
    "QuantityNorm",
    "QuoteArgs",
    "QuoteFact",
    "QuoteNorm",
    "RankArgs",
    "RankFact",
    "RankNorm",
    "Record",
    "RoleArgs",
    "RoleFact",
    "RoleNorm",
    "SCHEMA",
    "Si",
    "Slice",
    "Spans",
    "TimeKind",
    "TimeMention",
    "TimeNorm",
    "head_of",
]

SCHEMA: Final = "zhfacts/1"
"""The contract that an output is written by."""


class Person(Slice, frozen=True):
    """A person in a byline, with the function that is named there (记者, 通讯员, 文, 图)."""

    function: str | None = None


class Byline(Slice, frozen=True):
    """A byline and who stands in it."""

    persons: tuple[Person, ...] = ()


class Paragraph(Record, frozen=True):
    """The pieces of a body paragraph in the order of the sentence."""

    spans: Spans


class ArticleParts(Record, frozen=True):
    """The parts of an article but its paragraphs."""

    id: str
    kicker: Slice | None
    title: Slice | None
    subtitle: Slice | None
    headings: tuple[Slice, ...]
    dateline: Slice | None
    bylines: tuple[Byline, ...]
    captions: tuple[Slice, ...]
    pull_quotes: tuple[Slice, ...]


class Article(ArticleParts, frozen=True):
    """One article of the input."""

    paragraphs: tuple[Paragraph, ...]


class Furniture(Record, frozen=True):
    """What belongs to the page and to no article: page number, date line, editors, navigation."""

    kind: str
    text: str
    spans: Spans


class QuantityMention(Record, tag_field="type", tag="quantity", frozen=True):
    """A mention of an amount."""

    id: str
    article: str
    text: str
    spans: Spans
    norm: QuantityNorm
    rule: str
    confidence: str


class TimeMention(Record, tag_field="type", tag="time", frozen=True):
    """A mention of a time."""

    id: str
    article: str
    text: str
    spans: Spans
    norm: TimeNorm
    rule: str
    confidence: str


class EntityMention(Record, tag_field="type", tag="entity", frozen=True):
    """A mention of a name."""

    id: str
    article: str
    label: Label
    text: str
    spans: Spans
    norm: EntityNorm
    rule: str
    confidence: str


MentionRecord = QuantityMention | TimeMention | EntityMention


class Check(Record, frozen=True):
    """Whether numbers that belong together agree."""

    rule: str
    article: str
    facts: tuple[str, ...]
    expected: str
    actual: str
    tolerance: str
    ok: bool


class IssueRecord(Record, frozen=True):
    """Something that the user should know; the code is dotted."""

    code: str
    message: str
    spans: Spans


class Doc(Record, frozen=True):
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


class Producer(Record, frozen=True):
    """What made the line: the program's version and the digest of the rules."""

    version: str
    rules: str


class Document(Record, frozen=True):
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

    def _repr_html_(self) -> str:
        """What a notebook shows: the text with its mentions marked (see ``with_text``), and the facts as a table."""
        from pipeline.core.notebook import document_html

        return document_html(self)
