"""Articles that stand twice in a page or in the inputs of a run, told in ``doc.meta``."""

from __future__ import annotations

from dataclasses import replace

from pipeline.chain.jobs import Job
from pipeline.core.similarity import Reprints
from pipeline.intake.page import ArticleLayout, Page
from pipeline.lexis.fold import fold

Seen = Reprints[tuple[str, str]]
"""The articles of a run by document id and article id."""


def flag_reprints(job: Job, page: Page, seen: Seen | None) -> Job:
    """The job, with ``reprint_of`` in its meta where an article was printed before: for each such one the document and
    the article that it repeats, and how alike they are. What was seen is kept in ``seen``; where that is None, only
    articles of this page are compared."""
    if seen is None:
        if len(page.articles) < 2:
            return job
        seen = Reprints()
    told: dict[str, dict[str, str]] = {}
    for number, article in enumerate(page.articles, 1):
        found = seen.add((job.id, f"a{number}"), _body(article))
        if found is not None:
            (doc, ident), alike = found
            told[f"a{number}"] = {"doc": doc, "article": ident, "similarity": f"{alike:.2f}"}
    return replace(job, meta={**job.meta, "reprint_of": told}) if told else job


def _body(article: ArticleLayout) -> str:
    """The paragraphs, in simplified characters: a reprint has a title and a byline of its own."""
    return fold("".join(article.text[line.start : line.end] for line in article.lines if line.kind == "paragraph"))
