"""Facts and checks to records: arguments as source slices with the ids of their mentions; what belongs together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from pipeline.core import fact_records as r
from pipeline.core.model import Check, Fact, FactType, Offsets, Quantity, View
from pipeline.core.offsets import OffsetMap, Span, slices
from pipeline.core.records import Check as CheckRecord
from pipeline.core.records import MentionRecord

MAIN: Mapping[FactType, str] = {
    "quantity": "quantity", "rank": "rank", "role": "person", "quote": "content", "event": "trigger",
}  # fmt: skip
"""The argument that a fact stands on: its place decides in which quote the fact stands."""


class _Draft(NamedTuple):
    first: int
    """The first offset of its arguments: what facts are sorted by, then longer first, then by type, then as found."""
    length: int
    """How much they cover, negative."""
    type: FactType
    number: int
    fact: Fact
    article: str
    args: Mapping[str, r.Arg]
    sentence: tuple[Span, ...]
    amount: Quantity | None
    source: Fact | None
    same: Sequence[Fact]
    """The other facts that state the same, the most precise first."""


class FactWriter:
    """Collects the facts of a document's articles and writes their records in the order of the contract."""

    def __init__(self, text: str) -> None:
        """``text`` is the source."""
        self._text = text
        self._drafts: list[_Draft] = []
        self._checks: list[tuple[str, Check, Sequence[Fact]]] = []

    def add(self, view: View, offsets: OffsetMap, article: str, mentions: Mapping[Span, MentionRecord]) -> None:
        """Take the facts of one article; ``mentions`` are its records by their place in the clean text."""
        facts = view.facts
        self._checks += [(article, check, [facts[i] for i in check.facts]) for check in view.checks]
        if not facts:
            return
        amounts = {(q.start, q.end): q for q in view.quantities}
        quoted = [f for f in facts if f.type == "quote"]
        quotes = _QuoteIndex(quoted) if quoted else None
        same = {i: [facts[j] for j in group if j != i] for group in view.same for i in group}
        told = dict.fromkeys([fact.sentence for fact in facts])  # most sentences have several facts
        sentences = dict(zip(told, offsets.places(told), strict=True))
        made: dict[tuple[Offsets, ...], r.Arg] = {}  # one subject has many facts
        for i, fact in enumerate(facts):
            args: dict[str, r.Arg] = {}
            for name, argument in fact.args.items():
                arg = made.get(argument.pieces)
                if arg is None:
                    arg = made[argument.pieces] = self._arg(argument.pieces, offsets, mentions)
                args[name] = arg
            main = fact.args[MAIN[fact.type]].pieces[0]
            source = quotes.around(main, fact) if quotes else None
            start, end = _extent(args.values())
            self._drafts.append(
                _Draft(
                    start, start - end, fact.type, len(self._drafts),
                    fact, article, args, sentences[fact.sentence], amounts.get(main), source, same.get(i, ()),
                )
            )  # fmt: skip

    def _arg(self, pieces: tuple[Offsets, ...], offsets: OffsetMap, mentions: Mapping[Span, MentionRecord]) -> r.Arg:
        mention = mentions.get(pieces[0]) if len(pieces) == 1 else None
        if mention is not None:
            return r.Arg(mention.id, mention.text, mention.spans)
        spans = offsets.pieces(pieces)
        return r.Arg(None, slices(self._text, spans), spans)

    def records(self) -> tuple[tuple[r.FactRecord, ...], tuple[CheckRecord, ...]]:
        """All facts, by first offset, then longer first, then type; and the checks of them, article by article."""
        drafts = sorted(self._drafts)
        ids = {id(d.fact): f"f{i}" for i, d in enumerate(drafts, 1)}
        return tuple([_record(d, ids) for d in drafts]), tuple([_check(c, ids) for c in self._checks])


def _extent(args: Collection[r.Arg]) -> Span:
    """Where the first of the arguments begins and the last one ends."""
    if len(args) == 1:
        (arg,) = args
        return arg.spans[0][0], arg.spans[-1][1]
    return min([arg.spans[0][0] for arg in args]), max([arg.spans[-1][1] for arg in args])


class _QuoteIndex:
    """Which quotation a place stands in, the innermost where they nest."""

    def __init__(self, quotes: list[Fact]) -> None:
        pieces = [(a, b, f) for f in quotes for a, b in f.args["content"].pieces]
        self._pieces = sorted(pieces, key=lambda p: (p[0], -p[1]))
        self._starts = [a for a, _, _ in self._pieces]
        self._outer: list[int] = []
        open_pieces: list[int] = []
        for i, (start, _, _) in enumerate(self._pieces):
            while open_pieces and self._pieces[open_pieces[-1]][1] <= start:
                open_pieces.pop()
            self._outer.append(open_pieces[-1] if open_pieces else -1)
            open_pieces.append(i)

    def around(self, place: Offsets, fact: Fact) -> Fact | None:
        """The quotation that holds ``place``, other than ``fact`` itself."""
        i = bisect_right(self._starts, place[0]) - 1
        while i >= 0:
            _, end, quote = self._pieces[i]
            if place[1] <= end and quote is not fact:
                return quote
            i = self._outer[i]
        return None


def _check(told: tuple[str, Check, Sequence[Fact]], ids: Mapping[int, str]) -> CheckRecord:
    article, check, facts = told
    of = tuple(ids[id(fact)] for fact in facts)
    return CheckRecord(check.rule, article, of, check.expected, check.actual, check.tolerance, check.ok)


def _record(draft: _Draft, ids: Mapping[int, str]) -> r.FactRecord:
    fact, source = draft.fact, draft.source
    if source is None:
        assertion = _assertion(fact.modality, fact.polarity)
    else:
        reported: r.Modality = "reported" if fact.modality == "asserted" else fact.modality
        assertion = r.Assertion(reported, fact.polarity, ids[id(source)])
    record, arguments, norm = _SHAPES[fact.type]
    same = tuple([ids[id(other)] for other in draft.same]) if draft.same else ()
    return record(
        ids[id(fact)], draft.article, arguments(**draft.args), norm(draft.amount, fact.norm), draft.sentence,
        assertion, same, fact.rule, fact.confidence,
    )  # fmt: skip


@cache
def _assertion(modality: r.Modality, polarity: r.Polarity) -> r.Assertion:
    """How facts are asserted that stand in no quotation: one record for all of them."""
    return r.Assertion(modality, polarity, None)


def _quantity_norm(amount: Quantity | None, norm: Mapping[str, Any]) -> r.QuantityFactNorm:
    if amount is None:
        raise ValueError(f"a quantity fact stands on no mention: {norm}")
    n: Any = amount.norm
    return r.QuantityFactNorm(
        n.value, n.low, n.high, n.unit, n.modifier, norm.get("time"), norm.get("change"), norm.get("per")
    )


def _rank_norm(amount: Quantity | None, norm: Mapping[str, Any]) -> r.RankNorm:
    if amount is None:
        return r.RankNorm(norm.get("value"), None, None)
    return r.RankNorm(amount.norm.value, amount.norm.low, amount.norm.high)


def _role_norm(_: Quantity | None, norm: Mapping[str, Any]) -> r.RoleNorm:
    return r.RoleNorm(bool(norm.get("former")))


def _quote_norm(_: Quantity | None, norm: Mapping[str, Any]) -> r.QuoteNorm:
    return r.QuoteNorm(norm["kind"], norm.get("speaker"), norm.get("resolved_from"))


def _event_norm(_: Quantity | None, norm: Mapping[str, Any]) -> r.EventNorm:
    return r.EventNorm(norm["type"], norm.get("time"))


_Shape = tuple[
    Callable[..., r.FactRecord], Callable[..., object], Callable[[Quantity | None, Mapping[str, Any]], object]
]
_SHAPES: Mapping[FactType, _Shape] = {
    "quantity": (r.QuantityFact, r.QuantityArgs, _quantity_norm),
    "rank": (r.RankFact, r.RankArgs, _rank_norm),
    "role": (r.RoleFact, r.RoleArgs, _role_norm),
    "quote": (r.QuoteFact, r.QuoteArgs, _quote_norm),
    "event": (r.EventFact, r.EventArgs, _event_norm),
}
