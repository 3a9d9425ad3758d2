"""Things and amounts told one to one: 茶叶和咖啡分别售出30箱、50箱."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.core.model import Offsets
from pipeline.facts.clauses import NOUNS
from pipeline.facts.coded import Coded

CHANGES = frozenset("ABCTEGgH")
"""Letters of a clause that tells changes of what was named before."""
LISTED = frozenset("QKk")
MEASURES = frozenset("Phn")
HEADS = frozenset("ABTEkR")
"""Letters before what is measured where a clause begins with it."""
DOING = re.compile("[VE].*[NnI]|d")
"""Of letters of a thing that does something: 药厂遭收购的消息."""
Pair = tuple[Offsets | None, Offsets | None]


def respective(
    folded: str, coded: Coded, item: int, before: Sequence[Pair], told: Sequence[Pair], sums: tuple[str, ...]
) -> dict[int, Pair]:
    """Subject and property for each amount behind 分别, keyed by item; empty where the numbers of both do not agree.

    The property that all share stands at the last thing: 豆油、菜油售价分别上涨2%、下跌3%. A clause without
    things of its own (比上年各增1%、4%) has those of the list told ``before``,
    or of the list in the clause before, or of the clauses before (销量达3万辆，产值达5亿元，分别增长2%、3%), ``told``;
    so has one that names but what is measured of them (增速分别为2%、3%), or tells as many changes (增长2%和3%).
    Words that begin with one of ``sums`` sum the list up: 甲、乙|两县.
    """
    code = coded.code
    start, end = coded.clause(item)
    each = code.rfind("M", start, item)
    amounts = [i for i in range(item, end) if code[i] == "Q"]
    if each < 0:
        again = len(amounts) == len(before) > 1 and CHANGES.issuperset(code[start:item])
        joined = again and LISTED.issuperset(code[item : amounts[-1]])
        return dict(zip(amounts, before, strict=True)) if joined else {}
    if "Q" in code[each:item]:
        return {}
    share = code.find("Z", start, each)
    if share >= 0:  # 甲厂、乙厂占总产量的比重分别为两成、三成; 主营业务为茶叶、药材，占营收比例分别为六成、四成
        whole = coded.span(share, each)
        listed: Sequence[Pair] = ()
        if share > start:
            listed = [(coded.span(*part), whole) for part in _things(code, start, share)]
        owned = listed or [(thing, whole) for thing, _ in _before(coded, start, len(amounts), before, told)]
        return dict(zip(amounts, owned, strict=True)) if len(set(owned)) == len(amounts) else {}
    summed = _summed(folded, coded, start, each, sums)
    if summed is not None and len(summed) == len(amounts):
        return dict(zip(amounts, summed, strict=True))
    things = _things(code, start, each)
    if len(things) < 2 and all(_alone(code, start, *thing) for thing in things):
        pairs = _before(coded, start, len(amounts), before, told)
        return dict(zip(amounts, [(thing, _measure(coded, things, own)) for thing, own in pairs], strict=False))
    if len(things) < 2 or len(things) != len(amounts):
        return {}
    if things[0][0] > start and code[things[0][0] - 1] in "po" and "d" in code[things[-1][0] : each]:
        return {}  # 以增资和受让老股的方式分别投资
    return dict(zip(amounts, _of_each(coded, things, each, item), strict=True))


def _of_each(coded: Coded, things: list[tuple[int, int]], each: int, item: int) -> list[Pair]:
    """Subject and property of each of ``things``, told before 分别 at ``each``; the first amount is at ``item``."""
    code = coded.code
    pairs = _pairs(coded, things)
    share = code.find("Z", each, item)
    if share >= 0:  # 甲厂和乙厂分别占总产量的两成和三成
        whole = coded.span(share, item - 1 if code[item - 1] == "d" else item)
        return [(coded.span(*thing), whole) for thing in things]
    if code[item - 1] in "Vn" and "d" not in code[each:item]:  # 甲、乙分别获净买入3亿元、2亿元
        done = coded.span(item - 1, item)
        return [(subject, prop or done) for subject, prop in pairs]
    return pairs


def _alone(code: str, start: int, first: int, last: int) -> bool:
    """Whether a clause begins with what is measured, and names nothing else: 增速|分别为……, 其亩产|依次为……"""
    return code[last - 1] == "P" and MEASURES.issuperset(code[first:last]) and HEADS.issuperset(code[start:first])


def _measure(coded: Coded, things: Sequence[tuple[int, int]], own: Offsets | None) -> Offsets | None:
    """What is measured of things named before: what the clause names, else what was measured of them then."""
    return coded.span(*things[0]) if things else own


def _summed(folded: str, coded: Coded, start: int, each: int, sums: tuple[str, ...]) -> list[Pair] | None:
    """The things of a list that a word sums up, and what is measured of all: 云溪、石桥|两县|零售额; None where
    there is none."""
    code = coded.code
    last = each
    while last > start and code[last - 1] not in NOUNS:
        last -= 1
    at = last - 1
    while at > start and not (code[at] == "Q" or folded.startswith(sums, coded.starts[at])):
        if code[at] not in NOUNS and code[at] not in "AVd":
            return None
        at -= 1
    things = _things(code, start, at) if at > start and code[at - 1] in NOUNS else []
    if len(things) < 2:
        return None
    first = max(at, code.rfind("d", at, last)) + 1  # 铁路、公路两种运输方式的|货运量
    while first < last and (code[first] == "A" or code[at] == "Q" and code[first] in "NI"):
        first += 1  # 甲行、乙行两家|银行|营收
    shared = coded.span(first, last) if first < last and code[last - 1] == "P" else None
    return [(coded.span(*thing), shared) for thing in things]


def _pairs(coded: Coded, things: list[tuple[int, int]]) -> list[Pair]:
    """What each of the things of a list is told of; ``things`` are cut down to what they are without it.

    豆油、菜油|售价, 甲市和乙市|的|售价: the last has the property of all; 甲市|的|产量和产值: the first has their
    owner; 甲市|的|售价和乙市|的|售价: each has its own.
    """
    code = coded.code
    of = [code.rfind("d", first, last) for first, last in things]
    for i, (first, last) in enumerate(things):
        if of[i] == first or of[i] >= 0 and "V" in code[first : of[i]] and (i + 1 < len(things) or code[first] == "V"):
            things[i], of[i] = (of[i] + 1, last), -1  # 昨日公布的|售价
        elif code[first] == "V" and first + 1 < last and not i and of[-1] >= 0:
            things[i] = first + 1, last  # 来自|甲国和乙国的进口
    (first, last), owned = things[-1], sum(at >= 0 for at in of)
    if not owned and all(code[last - 1] == "P" for _, last in things):
        if code.endswith("PP", first, last) and not any(code.endswith("PP", *thing) for thing in things[:-1]):
            # 销量、销售均价|环比变动: what is measured of amounts that each thing names
            things[-1] = first, last - 1
            return [(coded.span(*thing), coded.span(last - 1, last)) for thing in things]
        if pairs := _measured(coded, things):
            return pairs
    if not owned:
        things[-1], shared = _shared(coded, first, last)
        return [(coded.span(*thing), shared) for thing in things]
    if owned == 1 and of[-1] >= 0:
        things[-1] = first, next(i for i in range(first, last) if code[i] in "Vd")
        return [(coded.span(*thing), coded.span(of[-1] + 1, last)) for thing in things]
    if owned == 1 and of[0] >= 0:
        owner = coded.span(things[0][0], of[0])
        things[0] = of[0] + 1, things[0][1]
        return [(owner, coded.span(*thing)) for thing in things]
    return [
        (coded.span(first, at), coded.span(at + 1, last)) if first < at < last - 1 else (coded.span(first, last), None)
        for (first, last), at in zip(things, of, strict=True)
    ]


def _measured(coded: Coded, things: list[tuple[int, int]]) -> list[Pair]:
    """The pairs of things that all end with what is measured; empty where the last has the property of all.

    云岭产量和销量: the first has the thing; 甲厂产量和乙厂产值: each has its own; 人数和户数: they are the things.
    """
    cut = [_shared(coded, first, last)[0][1] for first, last in things]
    named = [end < last and coded.code[end - 1] in "NnI" for end, (_, last) in zip(cut, things, strict=True)]
    if all(named):
        own = zip(things, cut, strict=True)
        return [(coded.span(first, end), coded.span(end, last)) for (first, last), end in own]
    if any(named[1:]):
        return []
    if not named[0]:
        return [(coded.span(*thing), None) for thing in things]
    owner = coded.span(things[0][0], cut[0])
    return [(owner, coded.span(*thing)) for thing in [(cut[0], things[0][1]), *things[1:]]]


def _before(coded: Coded, start: int, wanted: int, before: Sequence[Pair], told: Sequence[Pair]) -> Sequence[Pair]:
    """The ``wanted`` things that were named before item ``start``: 甲市、乙市和丙市增幅最高，分别增长5%、4%和3%, or
    主营业务为茶叶、药材，占营收比例分别为六成、四成."""
    if len(before) == wanted:
        return before
    if start > 1 and wanted > 1:
        first, end = coded.clause(start - 2)
        head = first
        while head < end and (coded.code[head] in NOUNS or coded.code[head] in "Kk"):
            head += 1
        things = _things(coded.code, first, head)
        if len(things) != wanted:
            things = _closing(coded.code, first, end)
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
    end = cut
    while end > first + 1 and coded.code[end - 1] == "T":
        end -= 1
    return (first, end), coded.span(cut, last) if cut < last else None


def _closing(code: str, start: int, end: int) -> list[tuple[int, int]]:
    """The things in the list that ends a clause: 主营业务为|茶叶种植、药材收购; none where one does something."""
    end -= 2 if code[end - 2 : end] == "An" else 0  # 由甲公司、乙公司|共同出资
    things = _things(code, start, end)
    if not things:
        return things
    first, last = things[0]
    things[0] = first + (code[first] == "d"), last
    first, last = things[-1]
    if code[last - 1] in "Nn" and last + 1 == end and code[last] == "V":
        things[-1] = first, last + 1  # 药材|收购
    while code[first] == "I" and code[last - 1] in "Vn":
        last -= 1  # 由甲公司、乙公司|合作开发
        things[-1] = first, last
    acts = any(DOING.search(code, first, last) for first, last in things)
    return [] if acts else things


def _timed(code: str, i: int, end: int) -> bool:
    """Whether a time stands between the things and what is measured of them: 甲和乙|周五|收盘|各涨2%、3%."""
    return code[i - 1] == "T" and code[i - 2] in NOUNS and i < end and MEASURES.issuperset(code[i:end])


def _things(code: str, start: int, each: int) -> list[tuple[int, int]]:
    """The things in the list that ends before item ``each``: 大号|的、小号|的分别重3斤、2斤."""
    end = each
    while end > start and code[end - 1] not in NOUNS:
        end -= 1
    out: list[tuple[int, int]] = []
    i = end
    while i > start and (code[i - 1] in NOUNS or code[i - 1] in "KkVd" or not out and _timed(code, i, end)):
        i -= 1
        if code[i] in "Kk":
            out.append((i + 1, end))
            end = i
    out.append((i, end))
    bare = ((first, last - (code[first:last][-1:] == "d")) for first, last in reversed(out))
    return [t for t in bare if t[0] < t[1]]
