"""Articles that stand twice in a page or in the inputs of a run, told in ``doc.meta``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.chain.jobs import Job
from pipeline.core.model import View
from pipeline.core.numbered import numbered
from pipeline.core.similarity import Reprints, Sketch, sketches
from pipeline.intake.page import Page

Seen = Reprints[tuple[str, str]]
"""The articles of a run by document id and article id."""


def flag_reprints(jobs: Sequence[Job], pages: Sequence[Page], views: Sequence[View], seen: Seen | None) -> list[Job]:
    """The jobs, with ``reprint_of`` in its meta where an article was printed before: for each such one the document and
    the article that it repeats, and how alike they are. ``views`` are those of the pages' articles, in order. What was
    seen is kept in ``seen``; where that is None, only articles of one page are compared."""
    if seen is None and all(len(page.articles) < 2 for page in pages):
        return list(jobs)
    made = iter(sketches([_body(view) for view in views]))
    return [
        _flagged(job, page, made, Reprints() if seen is None else seen) for job, page in zip(jobs, pages, strict=True)
    ]


def _flagged(job: Job, page: Page, made: Iterator[Sketch], seen: Seen) -> Job:
    told: dict[str, dict[str, str]] = {}
    for ident in numbered("a", len(page.articles)):
        found = seen.add((job.id, ident), next(made))
        if found is not None:
            (doc, article), alike = found
            told[ident] = {"doc": doc, "article": article, "similarity": f"{alike:.2f}"}
    return replace(job, meta={**job.meta, "reprint_of": told}) if told else job


def _body(view: View) -> str:
    """The paragraphs, in simplified characters: a reprint has a title and a byline of its own."""
    return "".join([view.folded[line.start : line.end] for line in view.lines if line.kind == "paragraph"])
