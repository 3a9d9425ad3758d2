"""Which of the nouns behind an amount its measure word counts: of 4辆车司机 the cars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipeline.core.slices import Record
from pipeline.facts.clauses import NOUNS
from pipeline.facts.coded import Coded

Ends = tuple[str, ...]
"""Ends of nouns."""
QUALIFY = frozenset("VJhHA")
"""Letters of what may qualify a noun before it."""
GOVERN = frozenset("VuLn")
"""Letters of what an amount with its thing is the object of."""
FAR = 4
"""How many words may stand between 的, or a verb, and the end of the counted noun."""


class Nouns(Record, frozen=True):
    """What a measure word counts."""

    ends: Ends
    """Ends of the nouns."""
    only: int | None
    """The number from which on it counts nothing else: of 减持700万股 甲公司 not the firm, but 一股冷空气."""


def nouns_of(entries: Sequence[Mapping[str, Any]]) -> dict[str, Nouns]:
    """The nouns of each measure word of ``settings.counted``."""
    out: dict[str, Nouns] = {}
    for entry in entries:
        out.update(dict.fromkeys(entry["units"], Nouns(tuple(entry["ends"]), entry.get("only"))))
    return out


def counts(folded: str, coded: Coded, item: int, last: int, nouns: Nouns) -> bool:
    """Whether the amount at ``item`` counts the nouns that end before item ``last``, or a word that they begin."""
    if nouns.only is None or folded.endswith(nouns.ends, 0, coded.ends[_word_end(coded, last) - 1]):
        return True
    value = coded.quantities[item].norm.value
    return value is not None and Decimal(value) < nouns.only


def _word_end(coded: Coded, last: int) -> int:
    """Where a word ends that goes on behind item ``last`` with a verb and one character: 640万股高管|锁定|股."""
    one = coded.code[last : last + 2] == "VN" and coded.ends[last + 1] - coded.starts[last + 1] == 1
    return last + 2 if one else last


def counted(folded: str, coded: Coded, item: int, first: int, last: int, nouns: Nouns) -> tuple[int, int]:
    """The items of the thing that the amount at ``item`` counts, whose noun is one of ``nouns``; of those behind it the
    rule found ``[first, last)``.

    What stands behind that noun is no part of it (一名男子|跑过来). Where no noun of them is one, that is which they
    begin (1120名专业|扑火|队员), that behind 的 (一辆江苏牌照的|客车), or that before them (一家|配餐公司|供应的盒饭).
    """
    ends, starts, over, code = nouns.ends, coded.starts, coded.ends, coded.code
    while last < len(code) and code[last] in NOUNS and folded.endswith(ends, starts[last], over[last]):
        last += 1
    for i in range(last - 1, first - 1, -1):
        if folded.endswith(ends, starts[i], over[i]):
            return first, i + 1
    of = last
    while of < len(code) and of < last + FAR and (code[of] in NOUNS or code[of] in "VJH"):
        of += 1
        if folded.endswith(ends, starts[of - 1], over[of - 1]) and code[of : of + 1] not in NOUNS:
            longer = code[of : of + 1] == "V" and folded.endswith(ends, starts[of], over[of])
            return first, of + longer  # 一起爆炸|袭击
    if code[of : of + 1] == "d":
        start = of + 1
        while start < len(code) and code[start] in QUALIFY:
            start += 1
        end = start
        while end < len(code) and end < start + FAR and (code[end] in NOUNS or code[end] in "VJH"):
            end += 1
        for i in range(end - 1, start - 1, -1):
            if folded.endswith(ends, starts[i], over[i]):
                return start, i + 1
    for i in range(first - 1, item, -1):
        if code[i] in NOUNS and folded.endswith(ends, starts[i], over[i]):
            first = i
            while first - 1 > item and (code[first - 1] in NOUNS or code[first - 1] in "VJ"):
                first -= 1
            return first, i + 1
    return first, last


def compound_end(folded: str, coded: Coded, item: int, last: int, heads: Ends, agents: Ends) -> int:
    """Where the thing ends that is counted by the amount at ``item`` and whose first nouns end before item ``last``.

    A verb may stand within it where its noun is one of ``heads`` and all of it is an object (下设5个专项|处理|小组),
    but none that one of ``agents`` does (支持3个县|建设|粮食基地).
    """
    code = coded.code
    if code[last : last + 1] != "V" or not item or code[item - 1] not in GOVERN:
        return last
    if folded.endswith(agents, 0, coded.ends[last - 1]):
        return last
    end = last
    while end < len(code) and end < last + FAR and (code[end] == "V" or code[end] in NOUNS):
        end += 1
    return end if folded.endswith(heads, coded.starts[end - 1], coded.ends[end - 1]) else last
