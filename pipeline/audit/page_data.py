"""What a review page shows of a document, as the data that its script reads.

Spans are those of `pipeline.core.records`; rules are named by their ids and told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from pipeline.core.explanations import Explanation, Finding, RuleRef, StepRecord
from pipeline.core.items import Item, fact_item, mention_item, source_digest
from pipeline.core.records import (
    Arg,
    Check,
    Document,
    EntityMention,
    FactRecord,
    IssueRecord,
    MentionRecord,
    Producer,
    Record,
)
from pipeline.core.slices import Spans
from pipeline.core.stated import stated_date, stated_fact


class PageStep(Record, frozen=True):
    """One thing that was read on the way to an item; ``rule`` is an id."""

    what: str
    value: str
    spans: Spans
    rule: str | None


class PageRival(Record, frozen=True):
    """The candidate that won."""

    type: str
    spans: Spans
    rule: str | None


class PageItem(Record, frozen=True, omit_defaults=True):
    """A mention or fact, or a candidate that is none; ``item`` is what a decision on it names."""

    status: Literal["found", "lost", "rejected"]
    item: Item
    article: str | None
    id: str | None = None
    entity: str | None = None
    """Of the mention of a name: what it is of, with all others of that id."""
    mentions: Mapping[str, str] = {}
    """By role the mention that an argument is."""
    source: str | None = None
    """The quote that a fact stands in."""
    same_as: tuple[str, ...] = ()
    steps: tuple[PageStep, ...] = ()
    reason: str | None = None
    by: str | None = None
    against: PageRival | None = None


class PageCheck(Check, frozen=True):
    """A check with the place of the number or date that it judges; without spans where the text has none."""

    spans: Spans


class PagePart(Record, frozen=True):
    """A part of the page, in the order in which it is read: paragraph, title, caption, furniture …"""

    role: str
    article: str | None
    spans: Spans


class PageDoc(Record, frozen=True):
    """The document; ``source`` is the SHA-256 of its text, which decisions are recorded against."""

    id: str
    name: str
    title: str | None
    source: str
    published: str | None
    chars: int


class PageData(Record, frozen=True):
    """All that a page shows. ``explained`` is false where steps and rejected candidates could not be told."""

    schema: Literal["zhfacts-page/1"]
    doc: PageDoc
    producer: Producer
    explained: bool
    text: str
    rules: Mapping[str, RuleRef]
    parts: tuple[PagePart, ...]
    items: tuple[PageItem, ...]
    checks: tuple[PageCheck, ...]
    issues: tuple[IssueRecord, ...]


def page_data(document: Document, explanation: Explanation | None, rules: Mapping[str, RuleRef]) -> PageData:
    """The data of a document that was made with its text; ``rules`` are those that there are, by id.

    ``explanation`` is the whole document's, None where there is none. Raises `InputError` where the text is missing.
    """
    source = source_digest(document)
    findings = explanation.findings if explanation else ()
    steps = {f.id: tuple(map(_step, f.steps)) for f in findings if f.id}
    kept = [*map(_mention, document.mentions), *map(_fact, document.facts)]
    items = [replace(one, steps=steps.get(str(one.id), ())) for one in kept]
    items += [_candidate(f) for f in findings if f.status != "found"]
    items.sort(key=_order)
    checks = tuple(_checks(document))
    doc = document.doc
    title = next((a.title.text for a in document.articles if a.title), None)
    return PageData(
        schema="zhfacts-page/1",
        doc=PageDoc(doc.id, doc.source, title, source, doc.published, doc.chars),
        producer=document.producer,
        explained=explanation is not None,
        text=str(doc.text),
        rules={ident: rules[ident] for ident in sorted(set(_named(items, checks))) if ident in rules},
        parts=tuple(sorted(_parts(document), key=lambda part: part.spans)),
        items=tuple(items),
        checks=checks,
        issues=document.issues,
    )


def _order(one: PageItem) -> tuple[int, int, str, str]:
    spans = one.item.spans
    return spans[0][0], spans[0][0] - spans[-1][1], one.item.layer, one.item.type


def _mention(m: MentionRecord) -> PageItem:
    entity = m.norm.entity if isinstance(m, EntityMention) else None
    return PageItem("found", mention_item(m), m.article, m.id, entity)


def _fact(f: FactRecord) -> PageItem:
    args = {role: getattr(f.args, role) for role in f.args.__struct_fields__}
    mentions = {role: arg.mention for role, arg in args.items() if isinstance(arg, Arg) and arg.mention}
    source = f.assertion.source
    return PageItem("found", fact_item(f), f.article, f.id, mentions=mentions, source=source, same_as=f.same_as)


def _step(step: StepRecord) -> PageStep:
    return PageStep(step.what, step.value, step.spans, step.rule.id if step.rule else None)


def _candidate(f: Finding) -> PageItem:
    type_, _, label = f.type.partition(" ")
    item = Item(
        layer="fact" if f.kind == "fact" else "mention",
        type=type_,
        label=label or None,
        rule=f.rule.id if f.rule else None,
        text=f.text,
        spans=f.spans,
        args={},
        norm={},
        confidence=None,
    )
    winner = f.against
    return PageItem(
        "lost" if winner else "rejected",
        item,
        f.article,
        steps=tuple(map(_step, f.steps)),
        reason=f.reason,
        by=f.by.id if f.by else None,
        against=PageRival(winner.type, winner.spans, winner.rule.id if winner.rule else None) if winner else None,
    )


def _checks(document: Document) -> Iterator[PageCheck]:
    facts = {f.id: f for f in document.facts}
    for check in document.checks:
        yield PageCheck(**msgspec.structs.asdict(check), spans=_judged(check, facts, document))


def _judged(check: Check, facts: Mapping[str, FactRecord], document: Document) -> Spans:
    stated = stated_fact(check, facts)
    return fact_item(stated).spans if stated else stated_date(check, document)


def _parts(document: Document) -> Iterator[PagePart]:
    for article in document.articles:
        for role in ("kicker", "title", "subtitle", "dateline"):
            if (part := getattr(article, role)) is not None:
                yield PagePart(role, article.id, part.spans)
        for role in ("headings", "bylines", "captions", "pull_quotes", "paragraphs"):
            for part in getattr(article, role):
                yield PagePart(role.removesuffix("s"), article.id, part.spans)
    for piece in document.furniture:
        yield PagePart(f"furniture {piece.kind}".rstrip(), None, piece.spans)


def _named(items: Iterable[PageItem], checks: Iterable[PageCheck]) -> Iterator[str]:
    for one in items:
        rules = (one.item.rule, one.by, one.against and one.against.rule, *(step.rule for step in one.steps))
        yield from filter(None, rules)
    yield from (check.rule for check in checks)
