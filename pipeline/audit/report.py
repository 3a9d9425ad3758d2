"""All that reviews say of an extraction, in one record: what is printed, written as JSON, and drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from pipeline.audit.against import Against, against
from pipeline.audit.agreement import Agreement, Disagreement, agreement, disagreements
from pipeline.audit.estimate import Estimated, estimates
from pipeline.audit.judged import (
    Errors,
    Judgement,
    Precision,
    by_confidence,
    by_rule,
    by_type,
    errors,
    judgement,
    precision,
)
from pipeline.audit.reviews import Review, decisions
from pipeline.audit.sample import Sampled
from pipeline.core.records import Document, Record

SCHEMA = "zhfacts-audit/1"


class Reviewer(Record, frozen=True):
    """What one reviewer decided: items by verdict, and in how many documents."""

    name: str
    accept: int
    reject: int
    correct: int
    add: int
    documents: int


class Report(Record, frozen=True):
    """The figures of an audit. Proportions are between 0 and 1, intervals of 95 %, None where nothing was counted.

    ``rules``: the digests of the rules that found the items; more than one where runs are mixed.
    """

    schema: Literal["zhfacts-audit/1"]
    documents: int
    rules: tuple[str, ...]
    reviewers: tuple[Reviewer, ...]
    overall: Precision
    types: tuple[Precision, ...]
    by_rule: tuple[Precision, ...]
    by_confidence: tuple[Precision, ...]
    errors: tuple[Errors, ...]
    agreement: Agreement
    disagreements: tuple[Disagreement, ...]
    estimates: tuple[Estimated, ...]
    against: Against | None


def report(
    reviews: Iterable[Review], sample: Sequence[Sampled] = (), other: Iterable[Document] | None = None
) -> Report:
    """The report on ``reviews``, which come in the order of their logs.

    ``sample``: the sample that was judged, for the estimate of the archive that it is of. ``other``: the documents of
    another run, with their text, which the decisions are held against.
    """
    judged = judgement(decisions(reviews))
    every = (*judged.found, *judged.missing)
    return Report(
        schema="zhfacts-audit/1",
        documents=len({one.source for one in every}),
        rules=tuple(sorted({r.rules for one in every for r in one.reviews.values()})),
        reviewers=_reviewers(judged),
        overall=precision("all", judged.found),
        types=by_type(judged.found),
        by_rule=by_rule(judged.found),
        by_confidence=by_confidence(judged.found),
        errors=errors(judged),
        agreement=agreement(judged),
        disagreements=disagreements(judged),
        estimates=estimates(sample, judged.found) if sample else (),
        against=against(judged, other) if other is not None else None,
    )


def _reviewers(judged: Judgement) -> tuple[Reviewer, ...]:
    verdicts: dict[str, Counter[str]] = {}
    sources: dict[str, set[str]] = {}
    for one in (*judged.found, *judged.missing):
        for name, review in one.reviews.items():
            verdicts.setdefault(name, Counter())[review.verdict] += 1
            sources.setdefault(name, set()).add(one.source)
    return tuple(
        Reviewer(name, n["accept"], n["reject"], n["correct"], n["add"], len(sources[name]))
        for name, n in sorted(verdicts.items())
    )
