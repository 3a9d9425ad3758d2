"""Decisions against another run of the same sources: what was right and is gone, what was wrong and is still there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.audit.judged import Judged, Judgement, Precision, rounded, wanted
from pipeline.audit.statistics import wilson
from pipeline.core.items import Item, items_of, text_digest
from pipeline.core.records import Document, Record, Spans
from pipeline.output.marks import hull, label_of

ACCEPTED, REJECTED, CORRECTED, MISSING = "accepted", "rejected", "corrected", "missing"
"""What most reviewers decided on an item."""
KEPT, CHANGED, GONE, MENDED = "kept", "changed", "gone", "mended"
"""What became of it: found as it was; in its place with other spans or another meaning; not found; as a reviewer said
that it should be."""
WORSE = {(ACCEPTED, CHANGED), (ACCEPTED, GONE)}
"""Losses."""
BETTER = {(REJECTED, GONE), (CORRECTED, MENDED), (MISSING, MENDED)}
"""Gains."""


class Outcome(Record, frozen=True):
    """What became of one judged item; ``after`` is None where nothing is found in its place."""

    verdict: str
    became: str
    doc: str
    type: str
    rule: str
    text: str
    spans: Spans
    before: Mapping[str, Any]
    before_args: Mapping[str, Spans]
    after: Mapping[str, Any] | None
    after_args: Mapping[str, Spans] | None
    after_spans: Spans | None
    after_rule: str | None


class Against(Record, frozen=True):
    """All outcomes: how many of each, and every one that is not just kept; losses first.

    ``absent``: judged items whose text is in no document of the other run. ``before`` and ``after``: the precision of
    the items of texts that are in both, and of those of them that are found as they were.
    """

    rules: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]
    outcomes: tuple[Outcome, ...]
    absent: int
    before: Precision
    after: Precision


class Run:
    """The items of a document, to be asked for."""

    def __init__(self, document: Document) -> None:
        """Takes the document's mentions and facts."""
        items = [one.item for one in items_of(document)]
        self._identical = {item.identity: item for item in items}
        self._kind: dict[tuple[str, str], list[Item]] = {}
        self._standing: dict[tuple[str, str, Spans], list[Item]] = {}
        for item in items:
            self._kind.setdefault((item.layer, item.type), []).append(item)
            self._standing.setdefault((item.layer, item.type, item.spans), []).append(item)

    def same(self, item: Item) -> Item | None:
        """The one that is found just so, whichever rule finds it."""
        return self._identical.get(item.identity)

    def fitting(self, item: Item) -> Item | None:
        """One in its place that says what it says; fields of the norm that are not told of it may say anything, and one
        that a reviewer added may have more arguments."""
        standing = self._standing.get((item.layer, item.type, item.spans), ())
        return next((one for one in standing if _fits(one, item)), None)

    def instead(self, item: Item) -> Item | None:
        """What is found in its place: at its spans, else the nearest of its kind that overlaps them."""
        start, end = hull(item.spans)
        same = self._kind.get((item.layer, item.type), ())
        near = [one for one in same if hull(one.spans)[0] < end and start < hull(one.spans)[1]]
        return min(near, key=lambda one: _distance(one, item), default=None)


def _fits(one: Item, item: Item) -> bool:
    args = one.args if item.rule else {role: spans for role, spans in one.args.items() if role in item.args}
    return one.label == item.label and args == item.args and item.norm.items() <= one.norm.items()


def _distance(one: Item, item: Item) -> tuple[bool, bool, int]:
    (a, b), (c, d) = hull(one.spans), hull(item.spans)
    return one.place != item.place, one.spans != item.spans, abs(a - c) + abs(b - d)


class _Case(NamedTuple):
    """A judged item, what was decided on it, and what reviewers want in its place."""

    judged: Judged
    verdict: str
    wanted: tuple[Item, ...]


def against(judged: Judgement, documents: Iterable[Document]) -> Against:
    """What became of all that was judged in ``documents``, which are read once; those of other texts are passed over.

    What as many reviewers are for as against is left out.
    """
    waiting: dict[str, list[_Case]] = {}
    for case in _cases(judged):
        waiting.setdefault(case.judged.source, []).append(case)
    rules: set[str] = set()
    outcomes: list[Outcome] = []
    for document in documents:
        cases = waiting.pop(text_digest(document.doc.text), None) if isinstance(document.doc.text, str) else None
        if cases:
            rules.add(document.producer.rules)
            run = Run(document)
            outcomes += [_outcome(case, run) for case in cases]
    outcomes.sort(key=_order)
    counts: dict[str, dict[str, int]] = {}
    for verdict, became in ((one.verdict, one.became) for one in outcomes):
        row = counts.setdefault(verdict, {})
        row[became] = row.get(became, 0) + 1
    return Against(
        rules=tuple(sorted(rules)),
        counts=counts,
        outcomes=tuple(one for one in outcomes if (one.verdict, one.became) != (ACCEPTED, KEPT)),
        absent=sum(map(len, waiting.values())),
        before=_precision("before", outcomes),
        after=_precision("after", [one for one in outcomes if one.became == KEPT]),
    )


def _cases(judged: Judgement) -> Iterator[_Case]:
    for one in judged.found:
        if one.right is None:
            continue
        fixed = tuple(item for r in one.reviews.values() if r.verdict == "correct" and (item := wanted(r)))
        verdict = ACCEPTED if one.right else CORRECTED if fixed else REJECTED
        yield _Case(one, verdict, fixed)
    for one in judged.missing:
        yield _Case(one, MISSING, tuple(item for r in one.reviews.values() if (item := wanted(r))))


def _outcome(case: _Case, run: Run) -> Outcome:
    item = case.judged.item
    mended = next((found for one in case.wanted if (found := run.fitting(one))), None)
    kept = None if case.verdict == MISSING else run.same(item)
    after = mended or kept or run.instead(item)
    became = MENDED if mended else KEPT if kept else CHANGED if after else GONE
    return Outcome(
        verdict=case.verdict,
        became=became,
        doc=case.judged.doc,
        type=label_of(item),
        rule=str(item.rule),
        text=item.text,
        spans=item.spans,
        before=item.norm,
        before_args=item.args,
        after=after.norm if after else None,
        after_args=after.args if after else None,
        after_spans=after.spans if after else None,
        after_rule=after.rule if after else None,
    )


def _order(one: Outcome) -> tuple[int, str, str, str, Spans]:
    key = one.verdict, one.became
    return 0 if key in WORSE else 2 if key in BETTER else 1, one.verdict, one.became, one.doc, one.spans


def _precision(name: str, outcomes: list[Outcome]) -> Precision:
    verdicts = Counter(one.verdict for one in outcomes if one.verdict != MISSING)
    value, low, high = map(rounded, wilson(verdicts[ACCEPTED], verdicts.total()))
    return Precision(name, verdicts.total(), verdicts[ACCEPTED], 0, value, low, high)
