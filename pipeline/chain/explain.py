"""Why something was found or not: the chain once more, on rules that write down what they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock

from pipeline.chain import with_intake
from pipeline.chain.assemble import assemble
from pipeline.chain.findings import Findings
from pipeline.chain.jobs import Job, job_of_source, job_of_text
from pipeline.chain.stages import STAGES, Setting, new_views, rulebook, setting
from pipeline.core.errors import InputError, UsageError
from pipeline.core.explanations import Explanation
from pipeline.core.model import View
from pipeline.core.options import DEFAULT_TIER, Segmenter
from pipeline.core.records import Document
from pipeline.core.trace import Traced
from pipeline.intake.evidence import Decision
from pipeline.intake.layout import lay_out
from pipeline.intake.source import Failure, Source
from pipeline.rulebook import Rulebook


def explain(
    source: str | bytes,
    published: str | None = None,
    *,
    at: int | None = None,
    find: str | None = None,
    id: str = "-",
    encoding: str | None = None,
    rules: str | Path | None = None,
    segmenter: Segmenter = "rjieba",
    entities: str | Path = DEFAULT_TIER,
) -> tuple[Explanation, ...]:
    """What was found or rejected in ``source``, and why.

    ``at``: the offset of a character (code points of the decoded text); ``find``: a text, each place of which is
    explained; with neither the whole document is. The other options are those of `pipeline.extract`, and so is what is
    found. Raises `UsageError` where there is no such place, and what `pipeline.extract` raises.
    """
    job = job_of_text(source, published, id, encoding)
    return _explain(job, at, find, _traced(rulebook(rules)), segmenter, str(entities))


def explain_source(
    source: Source,
    published: str | None = None,
    *,
    at: int | None = None,
    find: str | None = None,
    rules: str | Path | None = None,
    segmenter: Segmenter = "rjieba",
    entities: str | Path = DEFAULT_TIER,
) -> tuple[Explanation, ...]:
    """As `explain`, of a source; raises `InputError` where it cannot be read."""
    book = rulebook(rules)
    job = job_of_source(source, published, book)
    if isinstance(job, Failure):
        raise InputError(str(job))
    return _explain(job, at, find, _traced(book), segmenter, str(entities))


def explain_document(
    source: Source,
    published: str | None = None,
    *,
    rules: str | Path | None = None,
    segmenter: Segmenter = "rjieba",
    entities: str | Path = DEFAULT_TIER,
) -> tuple[Document, Explanation]:
    """A source's document, with its text, and everything in it explained; raises as `explain_source`."""
    book = rulebook(rules)
    job = job_of_source(source, published, book)
    if isinstance(job, Failure):
        raise InputError(str(job))
    with _lock:
        places = list(_places(job.decoded.text, None, None))
        document, (whole,) = _written(job, places, setting(_traced(book), str(entities)), segmenter, with_text=True)
    return document, whole


def _explain(
    job: Job, at: int | None, find: str | None, book: Rulebook, segmenter: Segmenter, entities: str
) -> tuple[Explanation, ...]:
    places = list(_places(job.decoded.text, at, find))
    with _lock:
        return _written(job, places, setting(book, entities), segmenter)[1]


def _written(
    job: Job, places: Sequence[tuple[int, int]], how: Setting, segmenter: Segmenter, with_text: bool = False
) -> tuple[Document, tuple[Explanation, ...]]:
    text, book = job.decoded.text, how.rules
    trace = book.trace
    assert trace is not None
    trace.taken()  # what a run that broke off left there
    decisions: list[Decision] = []
    page = lay_out(text, book, decisions)
    of_page = trace.taken()
    views: list[View] = []
    traces: list[Traced] = []
    for article in page.articles:
        # One after the other, so that each has what was written down of it alone.
        work = with_intake(new_views([article.text], book, segmenter)[0], job, article)
        for run in STAGES.values():
            run([work], how)
        views.append(work[0])
        traces.append(trace.taken())
    document = assemble(job, page, views, book.digest, with_text)
    findings = Findings(document, text, page, book)
    findings.add(of_page, decisions, traces)
    return document, tuple(
        Explanation("zhfacts-explain/1", document.doc, (a, b), text[a:b], findings.at(a, b), document.producer)
        for a, b in places
    )


def _places(text: str, at: int | None, find: str | None) -> Iterator[tuple[int, int]]:
    """The places that are asked about; raises `UsageError` where there is none."""
    if at is not None and find is not None:
        raise UsageError("an offset and a text were both given; ask about one of them")
    if find is not None:
        start = text.find(find) if find else -1
        if start < 0:
            raise UsageError(f"{find!r} does not stand in the text; look for it as it is written there")
        while start >= 0:
            yield start, start + len(find)
            start = text.find(find, start + 1)
    elif at is None:
        yield 0, len(text)
    elif 0 <= at < len(text):
        yield at, at + 1
    else:
        raise UsageError(f"there is no offset {at}: the text has {len(text)} characters, the first is 0")


_lock = Lock()
"""One trace takes down one document at a time, whatever threads ask."""


@lru_cache(maxsize=2)
def _traced(rules: Rulebook) -> Rulebook:
    """The rules with a `Trace`, which what is compiled of them writes into."""
    return rules.traced()
