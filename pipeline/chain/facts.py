"""Facts and checks to records: arguments as source slices with the ids of their mentions; what belongs together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from msgspec import Struct

from pipeline.core import fact_records as r
from pipeline.core.model import Check, Fact, FactType, Offsets, Quantity, View
from pipeline.core.numbered import numbered
from pipeline.core.offsets import OffsetMap, slices
from pipeline.core.records import Check as CheckRecord
from pipeline.core.records import MentionRecord
from pipeline.core.slices import Spans

MANY, NAMED = 20, 3
"""Of more facts than so many that state the same only the first names all others; the others name those among the first
few."""


class Told(NamedTuple):
    """An article whose mentions are records already."""

    view: View
    offsets: OffsetMap
    ident: str
    mentions: Mapping[Spans, MentionRecord]
    """The records by their places in the clean text."""


def fact_records(articles: Sequence[Told], text: str) -> tuple[tuple[r.FactRecord, ...], tuple[CheckRecord, ...]]:
    """All facts of a document, whose source is ``text``, by first offset, then longer first, then type, then as found;
    and the checks of them, article by article."""
    drafts: list[_Draft] = []
    checks: list[tuple[Told, int]] = []
    for article in articles:
        if article.view.checks:
            checks.append((article, len(drafts)))
        if article.view.facts:
            _draft(article, text, drafts)
    drafts.sort()
    names = numbered("f", len(drafts))
    ids = [""] * len(drafts)
    for draft, ident in zip(drafts, names, strict=True):
        ids[draft[3]] = ident
    return (
        tuple([_record(draft, ids) for draft in drafts]),
        tuple([_check(check, of.ident, ids[first:]) for of, first in checks for check in of.view.checks]),
    )


_Draft = tuple[int, int, FactType, int, Fact, str, Any, Any, Spans, int | None, Sequence[int]]
"""What facts are sorted by: the first offset of the arguments, how far they reach (negative), the type, the number of
the fact as found; the fact, its article, the records of its arguments and norm, its sentence, the number of the quote
that it stands in, and those of the other facts that state the same, the most precise first."""


def _draft(article: Told, text: str, drafts: list[_Draft]) -> None:
    """Take the facts of one article to ``drafts``."""
    view, offsets, ident, _ = article
    straight, place, base = offsets.straight, offsets.pieces, len(drafts)
    sentences: dict[Offsets, Spans] = {}  # most have several facts
    amounts = {(q.start, q.end): q for q in view.quantities}
    quoted = [i for i, fact in enumerate(view.facts) if fact.type == "quote"]
    quotes = _QuoteIndex(view.facts, quoted) if quoted else None
    quote = None
    same = {i: [base + j for j in _others(group, i)] for group in view.same for i in group}
    for number, fact in enumerate(view.facts):
        args, first, last = _args(article, fact, text)
        kind = fact.type
        main = fact.args[MAIN[kind]].pieces[0]
        if quotes is not None:
            quote = quotes.around(main, number)
        _, arguments, norm = _SHAPES[kind]
        sentence = sentences.get(fact.sentence)
        if sentence is None:
            sentence = (fact.sentence,)
            sentence = sentences[fact.sentence] = sentence if straight else place(sentence)
        drafts.append(
            (
                first, first - last, kind, base + number, fact, ident, arguments(**args),
                norm(amounts.get(main), fact.norm), sentence,
                quote if quote is None else base + quote, same.get(number, ()),
            )
        )  # fmt: skip


def _others(group: tuple[int, ...], own: int) -> Iterator[int]:
    """Those of a group that its member ``own`` names: of one of many only the first names all, for a list of prices
    that tells one and the same a thousand times is to be no million of names."""
    return (i for i in (group if len(group) <= MANY or own == group[0] else group[:NAMED]) if i != own)


def _args(article: Told, fact: Fact, text: str) -> tuple[dict[str, r.Arg], int, int]:
    """The arguments of a fact by name, where the first begins and where the last ends in the source."""
    offsets, mentions = article.offsets, article.mentions
    args: dict[str, r.Arg] = {}
    first, last = len(text), 0
    for name, argument in fact.args.items():
        pieces = argument.pieces
        record = mentions.get(pieces)
        if record is not None:
            spans = record.spans
            args[name] = r.Arg(record.id, record.text, spans)
        else:
            spans = pieces if offsets.straight and len(pieces) == 1 else offsets.pieces(pieces)
            words = text[spans[0][0] : spans[0][1]] if len(spans) == 1 else slices(text, spans)
            args[name] = r.Arg(None, words, spans)
        start, end = spans[0][0], spans[-1][1]
        if start < first:
            first = start
        if end > last:
            last = end
    return args, first, last


class _QuoteIndex:
    """Which quotation a place stands in, the innermost where they nest."""

    def __init__(self, facts: Sequence[Fact], quoted: Sequence[int]) -> None:
        """``quoted``: which of ``facts`` are quotations."""
        pieces = [(a, b, i) for i in quoted for a, b in facts[i].args["content"].pieces]
        self._pieces = sorted(pieces, key=lambda p: (p[0], -p[1]))
        self._starts = [a for a, _, _ in self._pieces]
        self._outer: list[int] = []
        open_pieces: list[int] = []
        for i, (start, _, _) in enumerate(self._pieces):
            while open_pieces and self._pieces[open_pieces[-1]][1] <= start:
                open_pieces.pop()
            self._outer.append(open_pieces[-1] if open_pieces else -1)
            open_pieces.append(i)

    def around(self, place: Offsets, number: int) -> int | None:
        """The place in the list of facts of the quotation that holds ``place``, other than fact ``number`` itself."""
        i = bisect_right(self._starts, place[0]) - 1
        while i >= 0:
            _, end, quote = self._pieces[i]
            if place[1] <= end and quote != number:
                return quote
            i = self._outer[i]
        return None


def _check(check: Check, article: str, ids: Sequence[str]) -> CheckRecord:
    facts = tuple([ids[i] for i in check.facts])
    return CheckRecord(check.rule, article, facts, check.expected, check.actual, check.tolerance, check.ok)


def _record(draft: _Draft, ids: Sequence[str]) -> r.FactRecord:
    _, _, kind, number, fact, article, args, norm, sentence, quote, same = draft
    if quote is None:
        assertion = _assertion(fact.modality, fact.polarity)
    else:
        reported: r.Modality = "reported" if fact.modality == "asserted" else fact.modality
        assertion = r.Assertion(reported, fact.polarity, ids[quote])
    return _SHAPES[kind][0](
        ids[number], article, args, norm, sentence, assertion, tuple(map(ids.__getitem__, same)) if same else (),
        fact.rule, fact.confidence,
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


_Shape = tuple[Callable[..., r.FactRecord], type[Struct], Callable[[Quantity | None, Mapping[str, Any]], object]]
_SHAPES: Mapping[FactType, _Shape] = {
    "quantity": (r.QuantityFact, r.QuantityArgs, _quantity_norm),
    "rank": (r.RankFact, r.RankArgs, _rank_norm),
    "role": (r.RoleFact, r.RoleArgs, _role_norm),
    "quote": (r.QuoteFact, r.QuoteArgs, _quote_norm),
    "event": (r.EventFact, r.EventArgs, _event_norm),
}
MAIN: Mapping[FactType, str] = {kind: args.__struct_fields__[0] for kind, (_, args, _) in _SHAPES.items()}
"""The argument that a fact stands on: its place decides in which quote the fact stands."""
