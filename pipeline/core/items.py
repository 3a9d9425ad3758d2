"""What is judged: a mention or fact of a document as an item that can be found again in another run.

Ids count anew in each run, so an item names what it is by its place in the source and by what it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

import msgspec

from pipeline.core.errors import InputError
from pipeline.core.records import Arg, Document, FactRecord, MentionRecord, Record, Spans, head_of
from pipeline.core.slices import type_of

Layer = Literal["mention", "fact"]
Place = tuple[str, str, Spans, tuple[tuple[str, Spans], ...]]
"""Where an item stands and of what kind it is: layer, type, spans, and the spans of its arguments by role."""


def _check_spans(spans: Spans) -> None:
    if not spans or any(not 0 <= start < end for start, end in spans):
        raise ValueError("spans are one or more [start, end) pairs of code points, start before end")


class Item(Record, frozen=True):
    """A mention or fact, as far as it takes to find it again: no ids, which count anew in each run.

    ``spans`` are ``[start, end)`` code points of the document's source text; of a fact those of its first argument
    (the quantity, person, content, trigger, rank). ``args`` holds the spans of all arguments by role, and is empty for
    a mention.
    """

    layer: Layer
    type: str
    label: str | None
    """PER, ORG, LOC or WORK for a mention of an entity; else None."""
    rule: str | None
    """None for what a reviewer added."""
    text: str
    spans: Spans
    args: Mapping[str, Spans]
    norm: Mapping[str, Any]
    """The fields of the norm without the entity's id; for a fact also its ``modality`` and ``polarity``."""
    confidence: str | None

    def __post_init__(self) -> None:
        """Raises ValueError for spans that cannot be, which a decoder tells with the field's path."""
        _check_spans(self.spans)
        for spans in self.args.values():
            _check_spans(spans)

    @property
    def said(self) -> dict[str, Any]:
        """The fields of the norm that say something, in their order."""
        return {name: value for name, value in self.norm.items() if value not in (None, "", (), [])}

    @property
    def place(self) -> Place:
        """Where it stands and what kind it is, whatever it says and by whichever rule."""
        return self.layer, self.type, self.spans, tuple(sorted(self.args.items()))

    @property
    def identity(self) -> tuple[Place, str | None, bytes]:
        """What makes it the same item for a decision: its place and what it says; not the rule that said it."""
        return self.place, self.label, _CANONICAL.encode(self.norm)


_CANONICAL = msgspec.json.Encoder(order="deterministic")


class Identified(NamedTuple):
    """An item with the id that its mention or fact has in the document, and the article that it stands in."""

    id: str
    article: str
    item: Item


def items_of(document: Document) -> Iterator[Identified]:
    """The items of a document: mentions, then facts, in the document's order."""
    for mention in document.mentions:
        yield Identified(mention.id, mention.article, mention_item(mention))
    for fact in document.facts:
        yield Identified(fact.id, fact.article, fact_item(fact))


class Provenance(Record, frozen=True):
    """What goes along with a document into another tool, so that what comes back is a review of these items."""

    schema: Literal["zhfacts-items/1"]
    doc: str
    source: str
    """SHA-256 of the source text."""
    rules: str
    items: Mapping[str, Item]


def provenance(document: Document) -> Provenance:
    """The items of a document by their ids; raises `InputError` where it was made without its text."""
    return Provenance(
        schema="zhfacts-items/1",
        doc=document.doc.id,
        source=source_digest(document),
        rules=document.producer.rules,
        items={one.id: one.item for one in items_of(document)},
    )


def mention_item(mention: MentionRecord) -> Item:
    """The item of a mention."""
    norm = msgspec.to_builtins(mention.norm)
    norm.pop("entity", None)
    return Item(
        layer="mention",
        type=type_of(mention),
        label=getattr(mention, "label", None),
        rule=mention.rule,
        text=mention.text,
        spans=mention.spans,
        args={},
        norm=norm,
        confidence=mention.confidence,
    )


def fact_item(fact: FactRecord) -> Item:
    """The item of a fact."""
    args = {role: getattr(fact.args, role) for role in fact.args.__struct_fields__}
    present = {role: arg for role, arg in args.items() if isinstance(arg, Arg)}
    head = head_of(fact)
    norm = msgspec.to_builtins(fact.norm)
    return Item(
        layer="fact",
        type=type_of(fact),
        label=None,
        rule=fact.rule,
        text=head.text,
        spans=head.spans,
        args={role: arg.spans for role, arg in present.items()},
        norm={**norm, "modality": fact.assertion.modality, "polarity": fact.assertion.polarity},
        confidence=fact.confidence,
    )


def text_digest(text: str) -> str:
    """SHA-256 of a source text's UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def source_digest(document: Document) -> str:
    """SHA-256 of the document's source text; raises `InputError` where it was made without its text."""
    return text_digest(source_text(document))


def source_text(document: Document) -> str:
    """The text that the document's spans count in; raises `InputError` where it was made without it."""
    if not isinstance(document.doc.text, str):
        raise InputError(f"{document.doc.source} was written without its text; make it again with --with-text")
    return document.doc.text
