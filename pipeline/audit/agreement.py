"""How far reviewers agree: in their verdicts, and in what they say should be there; and where they do not."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations

from pipeline.audit.judged import Judged, Judgement, rounded, wanted
from pipeline.audit.reviews import Review
from pipeline.audit.statistics import cohen_kappa, f1, krippendorff_alpha
from pipeline.core.items import Item
from pipeline.core.records import Record, Spans
from pipeline.output.marks import label_of


class Pair(Record, frozen=True):
    """Two reviewers: over how many items, in how many of them they agree (accept, reject, correct), Cohen's kappa of
    that; and the F1 of the spans that they say should be there, of items and arguments, what either added with them."""

    one: str
    other: str
    items: int
    agreed: int
    kappa: float | None
    span_f1: float | None


class Agreement(Record, frozen=True):
    """All pairs that share an item, and Krippendorff's alpha over the items that have more than one reviewer."""

    items: int
    alpha: float | None
    pairs: tuple[Pair, ...]


class Disagreement(Record, frozen=True):
    """An item whose reviewers decided otherwise, and each one's verdict, with what he corrected."""

    doc: str
    type: str
    rule: str
    text: str
    spans: Spans
    verdicts: Mapping[str, str]


def agreement(judged: Judgement) -> Agreement:
    """The agreement of all who judged."""
    names = sorted({name for one in judged.found for name in one.reviews})
    pairs = [pair for one, other in combinations(names, 2) if (pair := _pair(judged, one, other))]
    several = [[r.verdict for r in one.reviews.values()] for one in judged.found if len(one.reviews) > 1]
    return Agreement(len(several), rounded(krippendorff_alpha(several)), tuple(pairs))


def _pair(judged: Judgement, one: str, other: str) -> Pair | None:
    both = [(j.reviews[one], j.reviews[other]) for j in judged.found if one in j.reviews and other in j.reviews]
    if not both:
        return None
    sources = [{j.source for j in judged.found if name in j.reviews} for name in (one, other)]
    common = sources[0] & sources[1]
    added = [[j.reviews[n] for j in judged.missing if n in j.reviews and j.source in common] for n in (one, other)]
    first = frozenset(part for r in [*(a for a, _ in both), *added[0]] for part in _wanted_spans(r))
    second = frozenset(part for r in [*(b for _, b in both), *added[1]] for part in _wanted_spans(r))
    return Pair(
        one=one,
        other=other,
        items=len(both),
        agreed=sum(a.verdict == b.verdict for a, b in both),
        kappa=rounded(cohen_kappa((a.verdict, b.verdict) for a, b in both)),
        span_f1=rounded(f1(first, second)),
    )


def _wanted_spans(review: Review) -> Iterator[Hashable]:
    item = wanted(review)
    if item is not None:
        yield review.source, label_of(item), item.spans
        yield from ((review.source, label_of(item), role, spans) for role, spans in item.args.items())


def disagreements(judged: Judgement) -> tuple[Disagreement, ...]:
    """Items on which verdicts differ, or corrections do, by document and place."""
    found = [
        Disagreement(one.doc, label_of(one.item), str(one.item.rule), one.item.text, one.item.spans, _verdicts(one))
        for one in judged.found
        if len({_answer(review) for review in one.reviews.values()}) > 1
    ]
    return tuple(sorted(found, key=lambda d: (d.doc, d.spans, d.type)))


def _answer(review: Review) -> Hashable:
    item: Item | None = wanted(review)
    return item and item.identity


def _verdicts(one: Judged) -> Mapping[str, str]:
    return {
        name: " ".join([review.verdict, *(review.correction.kinds if review.correction else ())])
        for name, review in sorted(one.reviews.items())
    }
