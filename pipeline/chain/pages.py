"""The structure of documents alone: intake without the stages behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import UNSET, structs

from pipeline.chain.assemble import article_record, doc_record, producer_version
from pipeline.chain.jobs import Job, job_of_source
from pipeline.chain.stages import rulebook
from pipeline.core import records as r
from pipeline.core.offsets import slices
from pipeline.core.page_records import DecisionRecord, EvidenceRecord, PageArticle, PageRecord
from pipeline.core.slices import Slice
from pipeline.intake.evidence import Decision
from pipeline.intake.layout import lay_out
from pipeline.intake.page import ArticleLayout
from pipeline.intake.source import Failure, Source
from pipeline.rulebook import Rulebook

SHOWN = 16
"""How many characters on each side of a place a decision shows."""


def pages_of_sources(
    sources: Iterable[Source | Failure],
    published: str | None = None,
    *,
    rules: str | Path | None = None,
    why: bool = False,
) -> Iterator[PageRecord | Failure]:
    """The structure of each source, or why there is none; with ``why`` each join, head and jump with its evidence."""
    book = rulebook(rules)
    for source in sources:
        job = source if isinstance(source, Failure) else job_of_source(source, published, book)
        yield job if isinstance(job, Failure) else page_of_job(job, book, why)


def page_of_job(job: Job, rules: Rulebook, why: bool = False) -> PageRecord:
    """The structure of one decoded document."""
    text = job.decoded.text
    decisions: list[Decision] | None = [] if why else None
    page = lay_out(text, rules, decisions)
    issues = (*job.decoded.issues, *page.issues)
    return PageRecord(
        doc=doc_record(job, page, with_text=False),
        articles=tuple(_article(f"a{i}", a, text) for i, a in enumerate(page.articles, 1)),
        furniture=tuple(r.Furniture(f.kind, slices(text, f.spans), f.spans) for f in page.furniture),
        issues=tuple(r.IssueRecord(i.code, i.message, i.spans) for i in issues),
        producer=r.Producer(producer_version(), rules.digest),
        why=UNSET if decisions is None else tuple(_decision(d, text) for d in decisions),
    )


def _article(ident: str, layout: ArticleLayout, text: str) -> PageArticle:
    told = structs.asdict(article_record(ident, layout, text))
    told["paragraphs"] = tuple(Slice(slices(text, p.spans), p.spans) for p in layout.paragraphs)
    return PageArticle(**told)


def _decision(d: Decision, text: str) -> DecisionRecord:
    before = text[slice(*d.before)][-SHOWN:] if d.before else ""
    return DecisionRecord(
        what=d.what,
        holds=d.holds,
        score=d.score,
        threshold=d.threshold,
        evidence=tuple(EvidenceRecord(name, weight) for name, weight in d.evidence),
        before=d.before,
        after=d.after,
        text=(before, text[slice(*d.after)][:SHOWN]),
    )
