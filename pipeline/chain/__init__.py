"""The table of contents: the stages in order, the spaCy ``Language`` made of them, the extraction from end to end."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.chain.assemble import assemble
from pipeline.chain.jobs import Job, job_of_source, job_of_text
from pipeline.chain.reprints import Seen, flag_reprints
from pipeline.chain.stages import STAGES, Setting, new_views, rulebook, setting
from pipeline.core.errors import InputError
from pipeline.core.model import View
from pipeline.core.options import DEFAULT_TIER, Segmenter
from pipeline.core.records import Document
from pipeline.core.similarity import Reprints
from pipeline.intake.layout import lay_out
from pipeline.intake.page import ArticleLayout
from pipeline.intake.source import Failure, Source
from pipeline.lexis.fold import fold
from pipeline.lexis.scan import Scan
from pipeline.rulebook import Rulebook

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["BATCH", "BATCH_CHARS", "STAGES", "extract", "extract_sources", "extract_texts", "load", "Rulebook"]

BATCH = 1024
BATCH_CHARS = 200_000
"""How many documents, or characters, are worked together before they are handed out."""


def load(
    *, segmenter: Segmenter = "rjieba", rules: str | Path | None = None, entities: str | Path = DEFAULT_TIER
) -> Language:
    """The chain as a spaCy ``Language`` for "zh": call it on clean text (one Doc an article, a line a paragraph).

    ``segmenter``: ``rjieba``, or ``jieba`` as the reference; ``rules``: a folder laid over the project's rules.
    ``entities``: what finds names: ``rules``, ``default`` (the rules and the project's tagger), ``spacy:NAME`` (the
    entities of a spaCy pipeline, works by the rules), or the path of a model that `zhfacts train` wrote.
    Raises `RuleError` where a rule file is wrong, `UsageError` where ``entities`` is none of these.
    """
    import spacy  # 0.6 s, which an extraction does without

    from pipeline.chain import components  # noqa: F401 - registers the factories where the package is not installed

    folder = str(rules) if rules else None  # as spaCy's configuration has it
    rulebook(folder)
    tokenizer = {"@tokenizers": "zhfacts.tokenizer.v1", "rules": folder, "segmenter": segmenter}
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": tokenizer}})
    nlp.max_length = 1 << 31  # every pass is linear, so there is no text too long for it
    for stage in STAGES:
        own = {"entities": str(entities)} if stage == "zh_entities" else {}
        nlp.add_pipe(stage, config={"rules": folder, **own})
    return nlp


class _Chain(NamedTuple):
    """What a run works with."""

    setting: Setting
    segmenter: Segmenter
    seen: Seen | None
    """The articles of the run so far, by which reprints are told; None where documents are not compared."""


def _chain(segmenter: Segmenter, rules: str | Path | None, entities: str | Path, apart: bool = False) -> _Chain:
    seen: Seen | None = None if apart else Reprints()
    return _Chain(setting(rulebook(rules), str(entities)), segmenter, seen)


def extract(
    source: str | bytes,
    published: str | None = None,
    *,
    id: str = "-",
    encoding: str | None = None,
    rules: str | Path | None = None,
    segmenter: Segmenter = "rjieba",
    entities: str | Path = DEFAULT_TIER,
    with_text: bool = False,
) -> Document:
    """Everything that is found in one document: its articles, mentions and facts, with spans of ``source``.

    ``source``: text, or bytes that are decoded (``encoding`` as declared by the user, else guessed); ``published``: ISO
    date or date-time that relative times are resolved against, else a dateline of the text serves; ``entities``: what
    finds names, see `load`; ``with_text``: keep the decoded text in ``doc.text``. Raises `InputError` (empty, binary),
    `UsageError` (a date or a tier of entities that is none) and `RuleError`.
    """
    chain = _chain(segmenter, rules, entities, apart=True)  # there is no other document to compare it with
    return _work(chain, [job_of_text(source, published, id, encoding)], with_text)[0]


def extract_texts(
    texts: Iterable[str | bytes],
    published: str | None = None,
    *,
    encoding: str | None = None,
    rules: str | Path | None = None,
    segmenter: Segmenter = "rjieba",
    entities: str | Path = DEFAULT_TIER,
) -> Iterator[Document]:
    """A `Document` for each text, in order and in bounded memory; ids count from 0. Options as for `extract`.

    Raises `InputError` where a text is empty or binary: behind the documents of all texts before it, with its number.
    """
    chain = _chain(segmenter, rules, entities)
    for batch in _batches(_job_or_failure(text, published, str(i), encoding) for i, text in enumerate(texts)):
        sound = list(takewhile(lambda job: isinstance(job, Job), batch))
        yield from _work(chain, [job for job in sound if isinstance(job, Job)], with_text=False)
        if len(sound) < len(batch):
            raise InputError(f"text {batch[len(sound)]}")


def extract_sources(
    sources: Iterable[Source | Failure],
    published: str | None = None,
    *,
    rules: str | Path | None = None,
    segmenter: Segmenter = "rjieba",
    entities: str | Path = DEFAULT_TIER,
    with_text: bool = False,
    apart: bool = False,
) -> Iterator[Document | Failure]:
    """A `Document` for each source, or the `Failure` that says why there is none, in order and in bounded memory.

    ``apart``: documents are not compared with each other, so each comes out the same whatever came before it.
    """
    chain = _chain(segmenter, rules, entities, apart)
    jobs = (s if isinstance(s, Failure) else job_of_source(s, published, chain.setting.rules) for s in sources)
    for batch in _batches(jobs):
        yield from _results(chain, batch, with_text)


def _job_or_failure(text: str | bytes, published: str | None, ident: str, encoding: str | None) -> Job | Failure:
    try:
        return job_of_text(text, published, ident, encoding)
    except InputError as e:
        return Failure(ident, str(e))


def _batches(jobs: Iterable[Job | Failure]) -> Iterator[list[Job | Failure]]:
    batch: list[Job | Failure] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += 0 if isinstance(job, Failure) else len(job.decoded.text)
        if len(batch) >= BATCH or size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _results(chain: _Chain, batch: Sequence[Job | Failure], with_text: bool) -> list[Document | Failure]:
    jobs = [job for job in batch if isinstance(job, Job)]
    documents: Iterator[Document | Failure]
    try:
        documents = iter(_work(chain, jobs, with_text))
    except Exception:
        # One document that breaks a stage must not take the others of its batch with it.
        documents = (_alone(chain, job, with_text) for job in jobs)
    return [next(documents) if isinstance(job, Job) else job for job in batch]


def _alone(chain: _Chain, job: Job, with_text: bool) -> Document | Failure:
    try:
        return _work(chain, [job], with_text)[0]
    except MemoryError:
        told = "takes more memory than the process may have; allow it more memory, or cut the document up"
        return Failure(job.source, told, fault=True)
    except Exception as e:
        fault = f"{type(e).__name__}: {e}" if str(e) else type(e).__name__
        return Failure(job.source, f"could not be worked ({fault}); please report it with the input", fault=True)


def _work(chain: _Chain, jobs: Sequence[Job], with_text: bool) -> list[Document]:
    with _uncollected():
        return _documents(chain, jobs, with_text)


def _documents(chain: _Chain, jobs: Sequence[Job], with_text: bool) -> list[Document]:
    # A function of its own: what the stages made is gone before the collector looks at what is left.
    rules = chain.setting.rules
    pages = [lay_out(job.decoded.text, rules) for job in jobs]
    texts = [a.text for page in pages for a in page.articles]
    folded = [a.text if page.plain else fold(a.text) for page in pages for a in page.articles]
    made = iter(new_views(texts, rules, chain.segmenter, folded))
    works = [with_intake(next(made), job, a) for job, page in zip(jobs, pages, strict=True) for a in page.articles]
    # Stage by stage over the batch, not document by document: one stage's code and tables stay in the cache.
    for run in STAGES.values():
        run(works, chain.setting)
    views = [view for view, _ in works]
    jobs = flag_reprints(jobs, pages, views, chain.seen)
    left = iter(views)
    return [
        assemble(job, page, list(islice(left, len(page.articles))), rules.digest, with_text)
        for job, page in zip(jobs, pages, strict=True)
    ]


@contextmanager
def _uncollected() -> Iterator[None]:
    """The cyclic collector rests while a batch is worked: its objects are bounded by the batch and hold no cycles, and
    looking through them again and again is a fifth of the time."""
    resting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if resting:
            gc.enable()


def with_intake(made: tuple[View, Scan], job: Job, article: ArticleLayout) -> tuple[View, Scan]:
    """``made`` with what intake knows of the article."""
    view, _ = made
    view.lines = article.lines
    view.reference = job.reference or article.reference
    return made
