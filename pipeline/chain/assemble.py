"""Views and layout to a `Document`: clean offsets to source spans, ids in the order of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from msgspec import UNSET

from pipeline.chain.facts import FactWriter
from pipeline.chain.jobs import Job
from pipeline.core import records as r
from pipeline.core.model import Mention, View
from pipeline.core.offsets import Span, slices
from pipeline.core.slices import Slice
from pipeline.intake.page import ArticleLayout, BylinePart, Page, Part

Placed = tuple[int, int, int, str, Mention, str, tuple[Span, ...]]
"""What mentions are sorted by (first offset, then longer first, then as found), the type, the mention, the id of its
article, and its source spans."""


@lru_cache(maxsize=1)
def producer_version() -> str:
    """The version of the installed package; ``0`` in a checkout that is not installed."""
    try:
        return version("zhfacts")
    except PackageNotFoundError:
        return "0"


def assemble(job: Job, page: Page, views: Sequence[View], digest: str, with_text: bool = False) -> r.Document:
    """The `Document` of a job: ``views`` are those of ``page.articles``, in order; ``digest`` is that of the rules.

    ``with_text``: put the decoded text into ``doc.text``.
    """
    text = job.decoded.text
    ids = [f"a{i}" for i in range(1, len(views) + 1)]
    mentions: list[r.MentionRecord] = []
    held: dict[str, dict[Span, r.MentionRecord]] = {ident: {} for ident in ids}
    for i, (*_, kind, m, ident, spans) in enumerate(_placed(views, page.articles, ids), 1):
        record = _mention(f"m{i}", kind, m, ident, spans, text)
        mentions.append(record)
        held[ident][m.start, m.end] = record
    writer = FactWriter(text)
    for view, layout, ident in zip(views, page.articles, ids, strict=True):
        writer.add(view, layout.offsets, ident, held[ident])
    facts, checks = writer.records()
    return r.Document(
        schema="zhfacts/1",
        doc=doc_record(job, page, with_text),
        articles=tuple([article_record(i, a, text) for i, a in zip(ids, page.articles, strict=True)]),
        furniture=tuple([r.Furniture(f.kind, slices(text, f.spans), f.spans) for f in page.furniture]),
        mentions=tuple(mentions),
        facts=facts,
        checks=checks,
        issues=_issues(job, page, views),
        producer=r.Producer(producer_version(), digest),
    )


def _placed(views: Sequence[View], articles: Sequence[ArticleLayout], ids: Sequence[str]) -> list[Placed]:
    """All mentions in the order of the contract."""
    placed: list[Placed] = []
    for view, layout, ident in zip(views, articles, ids, strict=True):
        # By the names of the types, which decide between two of the same place.
        kinds: tuple[tuple[str, Sequence[Mention]], ...] = (
            ("entity", view.entities), ("quantity", view.quantities), ("time", view.times),
        )  # fmt: skip
        for kind, found in kinds:
            places = layout.offsets.places([(m.start, m.end) for m in found])
            placed += [
                (spans[0][0], -_length(spans), i, kind, m, ident, spans)
                for i, (m, spans) in enumerate(zip(found, places, strict=True), len(placed))
            ]
    placed.sort()
    return placed


def _length(spans: Sequence[Span]) -> int:
    return spans[0][1] - spans[0][0] if len(spans) == 1 else sum([b - a for a, b in spans])


def _mention(ident: str, kind: str, mention: Any, article: str, spans: tuple[Span, ...], text: str) -> r.MentionRecord:
    told, norm = slices(text, spans), mention.norm
    if kind == "entity":
        return r.EntityMention(ident, article, mention.label, told, spans, norm, mention.rule, mention.confidence)
    if kind == "quantity":
        return r.QuantityMention(ident, article, told, spans, norm, mention.rule, mention.confidence)
    when = r.TimeNormRecord(
        norm.kind, norm.value, norm.low, norm.high, norm.start, norm.end, norm.modifier, norm.anchor
    )
    return r.TimeMention(ident, article, told, spans, when, mention.rule, mention.confidence)


def doc_record(job: Job, page: Page, with_text: bool) -> r.Doc:
    """What is known of the input itself; ``with_text``: with its decoded text, as a web page's always is."""
    told = job.reference or next((a.reference for a in page.articles if a.reference and a.reference.iso), None)
    return r.Doc(
        id=job.id,
        source=job.source,
        sha256=job.sha256,
        encoding=job.decoded.encoding,
        replaced=job.decoded.replaced,
        chars=len(job.decoded.text),
        published=told.iso if told else None,
        published_from=told.source if told else None,
        meta=job.meta,
        text=job.decoded.text if with_text or job.extracted else UNSET,
    )


def article_record(ident: str, layout: ArticleLayout, text: str) -> r.Article:
    """An article's parts as slices of the source ``text``."""

    def one(part: Part | None) -> Slice | None:
        return Slice(slices(text, part.spans), part.spans) if part else None

    def many(parts: Sequence[Part]) -> tuple[Slice, ...]:
        return tuple([Slice(slices(text, p.spans), p.spans) for p in parts]) if parts else ()

    return r.Article(
        id=ident,
        kicker=one(layout.kicker),
        title=one(layout.title),
        subtitle=one(layout.subtitle),
        headings=many(layout.headings),
        dateline=one(layout.dateline),
        bylines=tuple([_byline(b, text) for b in layout.bylines]),
        captions=many(layout.captions),
        pull_quotes=many(layout.pull_quotes),
        paragraphs=tuple([r.Paragraph(p.spans) for p in layout.paragraphs]),
    )


def _byline(part: BylinePart, text: str) -> r.Byline:
    persons = tuple(r.Person(slices(text, p.spans), p.spans, p.function) for p in part.persons)
    return r.Byline(slices(text, part.spans), part.spans, persons)


def _issues(job: Job, page: Page, views: Sequence[View]) -> tuple[r.IssueRecord, ...]:
    own = [r.IssueRecord(i.code, i.message, i.spans) for i in (*job.decoded.issues, *page.issues)]
    for view, layout in zip(views, page.articles, strict=True):
        own += [r.IssueRecord(i.code, i.message, layout.offsets.pieces(i.spans)) for i in view.issues]
    return tuple(own)
