"""Things and amounts told one to one: 茶叶和咖啡分别售出30箱、50箱."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Offsets
from pipeline.facts.clause_items import Coded
from pipeline.facts.clauses import NOUNS

Pair = tuple[Offsets | None, Offsets | None]


def respective(coded: Coded, item: int, before: Sequence[Pair], told: Sequence[Pair]) -> dict[int, Pair]:
    """Subject and property for each amount behind 分别, keyed by item; empty where the numbers of both do not agree.

    The property that all share stands at the last thing: 豆油、菜油售价分别上涨2%、下跌3%. A clause without
    things of its own (比上年各增1%、4%) has those of the list told ``before``,
    or of the list in the clause before, or of the clauses before (销量达3万辆，产值达5亿元，分别增长2%、3%), ``told``.
    """
    code = coded.code
    start, end = coded.clause(item)
    each = code.rfind("M", start, item)
    if each < 0 or "Q" in code[each:item]:
        return {}
    amounts = [i for i in range(item, end) if code[i] == "Q"]
    things = _things(code, start, each)
    if not things:
        return dict(zip(amounts, _before(coded, start, len(amounts), before, told), strict=False))
    if len(things) < 2 or len(things) != len(amounts):
        return {}
    things[-1], shared = _shared(coded, *things[-1])
    return {a: (coded.span(*t), shared) for a, t in zip(amounts, things, strict=True)}


def _before(coded: Coded, start: int, wanted: int, before: Sequence[Pair], told: Sequence[Pair]) -> Sequence[Pair]:
    """The ``wanted`` things that were named before item ``start``: 甲市、乙市和丙市增幅最高，分别增长5%、4%和3%."""
    if len(before) == wanted:
        return before
    if start > 1 and wanted > 1:
        first, end = coded.clause(start - 2)
        head = first
        while head < end and (coded.code[head] in NOUNS or coded.code[head] in "Kk"):
            head += 1
        things = _things(coded.code, first, head)
        if len(things) == wanted:
            return [(coded.span(*t), None) for t in things]
    return told[-wanted:] if 1 < wanted <= len(told) else ()


def _shared(coded: Coded, first: int, last: int) -> tuple[tuple[int, int], Offsets | None]:
    """The last thing of the list without the property that all share, and that property."""
    cut = last
    while cut > first + 1 and coded.code[cut - 1] == "P":
        cut -= 1
    while cut > first + 1 and cut < last and coded.code[cut - 1] in "hVJ":
        cut -= 1
    return (first, cut), coded.span(cut, last) if cut < last else None


def _things(code: str, start: int, each: int) -> list[tuple[int, int]]:
    """The things in the list that ends before item ``each``."""
    end = each
    while end > start and code[end - 1] not in NOUNS:
        end -= 1
    out: list[tuple[int, int]] = []
    i = end
    while i > start and (code[i - 1] in NOUNS or code[i - 1] in "KkV"):
        i -= 1
        if code[i] in "Kk":
            out.append((i + 1, end))
            end = i
    out.append((i, end))
    return [t for t in reversed(out) if t[0] < t[1]]
