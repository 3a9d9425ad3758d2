"""Views and layout to a `Document`: clean offsets to source spans, ids in the order of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from msgspec import UNSET

from pipeline.chain.facts import Told, fact_records
from pipeline.chain.jobs import Job
from pipeline.core import records as r
from pipeline.core.model import Entity, Mention, Quantity, View
from pipeline.core.numbered import numbered
from pipeline.core.offsets import slices
from pipeline.core.slices import Slice
from pipeline.intake.page import ArticleLayout, BylinePart, Page, Part

_Placed = tuple[int, int, int, Mention, str, r.Spans, r.Spans, dict[r.Spans, r.MentionRecord]]
"""What mentions are sorted by (first offset, then longer first, then as found), the mention, the id of its article, its
place in the clean text and in the source, and the records of the article's mentions by their places."""


OTHERWISE = "published.otherwise"
DAY = len("2024-05-31")


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
    ids = numbered("a", len(views))
    mentions, told = _mentions(views, page.articles, ids, text)
    facts, checks = fact_records(told, text)
    return r.Document(
        schema=r.SCHEMA,
        doc=doc_record(job, page, with_text),
        articles=tuple([article_record(i, a, text) for i, a in zip(ids, page.articles, strict=True)]),
        furniture=tuple([r.Furniture(f.kind, slices(text, f.spans), f.spans) for f in page.furniture])
        if page.furniture
        else (),
        mentions=mentions,
        facts=facts,
        checks=checks,
        issues=_issues(job, page, views),
        producer=r.Producer(producer_version(), digest),
    )


def _mentions(
    views: Sequence[View], articles: Sequence[ArticleLayout], idents: Sequence[str], text: str
) -> tuple[tuple[r.MentionRecord, ...], list[Told]]:
    """The mentions of a document in the order of the contract: by their first offset, then longer first, then as found;
    and its articles with their own."""
    placed: list[_Placed] = []
    told: list[Told] = []
    for view, layout, ident in zip(views, articles, idents, strict=True):
        offsets = layout.offsets
        straight, place = offsets.straight, offsets.pieces
        held: dict[r.Spans, r.MentionRecord] = {}
        told.append(Told(view, offsets, ident, held))
        # By the names of the types, which decide between two of the same place.
        for found in (view.entities, view.quantities, view.times):
            for m in found:
                at = ((m.start, m.end),)
                spans = at if straight else place(at)
                first, end = spans[0]
                shorter = first - end if len(spans) == 1 else -sum([b - a for a, b in spans])
                placed.append((first, shorter, len(placed), m, ident, at, spans, held))
    placed.sort()
    return tuple(_records(placed, text)), told


def _records(placed: Sequence[_Placed], text: str) -> list[r.MentionRecord]:
    """The records of mentions that stand in order; each is noted among those of its article."""
    out: list[r.MentionRecord] = []
    record: r.MentionRecord
    for (first, shorter, _, m, article, at, spans, held), ident in zip(placed, numbered("m", len(placed)), strict=True):
        words = text[first : first - shorter] if len(spans) == 1 else slices(text, spans)
        if type(m) is Entity:
            record = r.EntityMention(ident, article, m.label, words, spans, m.norm, m.rule, m.confidence)
        elif type(m) is Quantity:
            record = r.QuantityMention(ident, article, words, spans, m.norm, m.rule, m.confidence)
        else:
            record = r.TimeMention(ident, article, words, spans, m.norm, m.rule, m.confidence)
        held[at] = record
        out.append(record)
    return out


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

    def one(part: Part) -> Slice:
        return Slice(slices(text, part.spans), part.spans)

    # Most are reports without a title, or have nothing but one.
    return r.Article(
        id=ident,
        kicker=one(layout.kicker) if layout.kicker else None,
        title=one(layout.title) if layout.title else None,
        subtitle=one(layout.subtitle) if layout.subtitle else None,
        headings=tuple([one(p) for p in layout.headings]) if layout.headings else (),
        dateline=one(layout.dateline) if layout.dateline else None,
        bylines=tuple([_byline(b, text) for b in layout.bylines]) if layout.bylines else (),
        captions=tuple([one(p) for p in layout.captions]) if layout.captions else (),
        pull_quotes=tuple([one(p) for p in layout.pull_quotes]) if layout.pull_quotes else (),
        paragraphs=tuple([r.Paragraph(p.spans) for p in layout.paragraphs]),
    )


def _byline(part: BylinePart, text: str) -> r.Byline:
    persons = tuple(r.Person(slices(text, p.spans), p.spans, p.function) for p in part.persons)
    return r.Byline(slices(text, part.spans), part.spans, persons)


def _issues(job: Job, page: Page, views: Sequence[View]) -> tuple[r.IssueRecord, ...]:
    own = [r.IssueRecord(i.code, i.message, i.spans) for some in (job.decoded.issues, page.issues) for i in some]
    if job.reference is not None and job.reference.iso is not None:
        own += _otherwise_dated(job.reference.iso, job.reference.source, page)
    for view, layout in zip(views, page.articles, strict=True):
        if view.issues:
            own += [r.IssueRecord(i.code, i.message, layout.offsets.pieces(i.spans)) for i in view.issues]
    return tuple(own)


def _otherwise_dated(published: str, source: str, page: Page) -> list[r.IssueRecord]:
    """An issue for each line of ``page`` that says another day than the ``published`` one, which goes before it."""
    told: dict[r.Spans, r.IssueRecord] = {}
    for article in page.articles:
        own = article.reference.iso if article.reference is not None else None
        if own is not None and own[:DAY] != published[:DAY]:
            message = f"the text is dated {own}, but read as published on {published}, which the {source} says"
            told[article.dated] = r.IssueRecord(OTHERWISE, message, article.dated)
    return list(told.values())
