"""Items with what reviewers decided on them: what is right, what was wrong with the rest, and what was missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from pipeline.audit.reviews import Correction, Decisions, Review
from pipeline.audit.statistics import wilson
from pipeline.core.items import Item
from pipeline.core.records import Record, Spans
from pipeline.output.marks import label_of

DIGITS = 4
"""Behind the point, of what is reckoned."""
SPURIOUS, MISSING = "spurious", "missing"
"""What is wrong with an item that was rejected, and with one that a reviewer added."""


class Judged(NamedTuple):
    """An item that was found, and the decision of each reviewer on it."""

    source: str
    item: Item
    reviews: Mapping[str, Review]

    @property
    def doc(self) -> str:
        """The id of the document that it was judged in."""
        return next(iter(self.reviews.values())).doc

    @property
    def right(self) -> bool | None:
        """Whether most reviewers accepted it as it is; None where as many did as did not."""
        accepted = sum(review.verdict == "accept" for review in self.reviews.values())
        return None if 2 * accepted == len(self.reviews) else 2 * accepted > len(self.reviews)


class Judgement(NamedTuple):
    """All that holds: items that were found and judged, and items that reviewers say are missing."""

    found: tuple[Judged, ...]
    missing: tuple[Judged, ...]


def judgement(holding: Decisions) -> Judgement:
    """What `pipeline.audit.reviews.decisions` hold, item by item, in their order.

    An item that one reviewer added and another one judged (it was found in another run) counts as both.
    """
    found: list[Judged] = []
    missing: list[Judged] = []
    for (source, _), of_item in holding.items():
        for added, into in ((False, found), (True, missing)):
            reviews = {name: r for name, r in of_item.items() if (r.verdict == "add") == added}
            if reviews:
                into.append(Judged(source, next(iter(reviews.values())).item, reviews))
    return Judgement(tuple(found), tuple(missing))


def corrected(item: Item, correction: Correction) -> Item:
    """The item as the correction says; its text stays that of the old spans."""
    spans = item.spans if correction.spans is UNSET else correction.spans
    args = {role: spans if places == item.spans else places for role, places in item.args.items()}
    if isinstance(correction.args, Mapping):
        args = _argued({**args, **correction.args})
    norm = item.norm if correction.norm is UNSET else {**item.norm, **correction.norm}
    return replace(
        item,
        type=item.type if correction.type is UNSET else correction.type,
        label=item.label if correction.label is UNSET else correction.label,
        spans=spans,
        args=args,
        norm=norm,
    )


def _argued(args: Mapping[str, Spans | None]) -> dict[str, Spans]:
    return {role: spans for role, spans in args.items() if spans is not None}


def wanted(review: Review) -> Item | None:
    """What the reviewer says should be there: the item, as corrected or added; None for one that was rejected."""
    if review.verdict == "reject":
        return None
    return corrected(review.item, review.correction) if review.correction else review.item


class Precision(Record, frozen=True):
    """How many items of a kind were judged and found right: the proportion, and its interval of 95 %.

    ``open``: as many reviewers are for it as against it; it counts in neither.
    """

    name: str
    judged: int
    right: int
    open: int
    precision: float | None
    low: float | None
    high: float | None


def precision(name: str, items: Iterable[Judged]) -> Precision:
    """The precision of ``items``."""
    verdicts = Counter(one.right for one in items)
    value, low, high = map(rounded, wilson(verdicts[True], verdicts[True] + verdicts[False]))
    judged = verdicts[True] + verdicts[False]
    return Precision(name, judged, verdicts[True], verdicts[None], value, low, high)


def by_type(items: Iterable[Judged]) -> tuple[Precision, ...]:
    """The precision of each type, by name: PER, quantity, quantity_fact."""
    return _grouped((label_of(one.item), one) for one in items)


def by_rule(items: Iterable[Judged]) -> tuple[Precision, ...]:
    """The precision of each rule, the least first; of equal ones that with more judged."""
    rows = _grouped((str(one.item.rule), one) for one in items)
    return tuple(sorted(rows, key=lambda r: (2.0 if r.precision is None else r.precision, -r.judged, r.name)))


def by_confidence(items: Iterable[Judged]) -> tuple[Precision, ...]:
    """The precision of each confidence that was stated."""
    return _grouped((one.item.confidence, one) for one in items if one.item.confidence)


def _grouped(named: Iterable[tuple[str, Judged]]) -> tuple[Precision, ...]:
    groups: dict[str, list[Judged]] = {}
    for name, one in named:
        groups.setdefault(name, []).append(one)
    return tuple(precision(name, groups[name]) for name in sorted(groups))


class Errors(Record, frozen=True):
    """How often something was wrong with items of a type: spurious, missing, or a part that was corrected."""

    kind: str
    type: str
    count: int


def errors(judged: Judgement) -> tuple[Errors, ...]:
    """Kinds of errors by type, the most frequent first. Of several reviewers each kind counts once for an item."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in (*judged.found, *judged.missing):
        kinds = {kind for review in one.reviews.values() for kind in _kinds(review)}
        counts.update((kind, label_of(one.item)) for kind in kinds)
    return tuple(Errors(kind, type_, n) for (kind, type_), n in sorted(counts.items(), key=lambda c: (-c[1], c[0])))


def _kinds(review: Review) -> Iterator[str]:
    if review.verdict == "reject":
        yield SPURIOUS
    elif review.verdict == "add":
        yield MISSING
    elif review.correction is not None:
        yield from review.correction.kinds


def rounded(value: float | None) -> float | None:
    """``value`` with `DIGITS` behind the point."""
    return None if value is None else round(value, DIGITS)
