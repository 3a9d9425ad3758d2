"""Things and amounts told one to one: 进口和出口分别为1200亿元、1800亿元."""

from __future__ import annotations

from pipeline.core.model import Offsets, View
from pipeline.facts.clauses import NOUNS, Coded
from pipeline.rulebook import Rulebook

Pair = tuple[Offsets | None, Offsets | None]


def respective(view: View, rules: Rulebook, coded: Coded, item: int) -> dict[int, Pair]:
    """Subject and property for each amount behind 分别, keyed by item; empty where the numbers of both do not agree.

    The property that all share stands at the last thing: 苹果、梨批发价格分别上涨1.2%、下跌0.6%.
    """
    code = coded.code
    start, end = coded.clause(item)
    each = code.rfind("M", start, item)
    if each < 0 or "Q" in code[each:item]:
        return {}
    amounts = [i for i in range(item, end) if code[i] == "Q"]
    things = _things(code, start, each)
    if len(things) < 2 or len(things) != len(amounts):
        return {}
    first, last = things[-1]
    cut = last
    while cut > first + 1 and code[cut - 1] == "P":
        cut -= 1
    while cut > first + 1 and code[cut - 1] in "hVJ":
        cut -= 1
    shared = coded.span(cut, last) if cut < last else None
    things[-1] = (first, cut)
    return {a: (coded.span(*t), shared) for a, t in zip(amounts, things, strict=True)}


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
