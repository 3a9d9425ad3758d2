"""On what an amount hangs, and what of the words that the rules catch is no part of it."""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from pipeline.core.model import Offsets
from pipeline.facts.clauses import NOUNS
from pipeline.facts.coded import Coded
from pipeline.facts.quantity_counted import compound_end, counted
from pipeline.facts.quantity_plans import Plans

DONE = frozenset({"count", "money", "measure"})
"""The kinds of amounts of what somebody does something with."""
SHARES = frozenset({"percent", "ratio"})
"""The kinds of amounts of which something is a share."""
LONGEST = 12
"""How many characters a subject has at most, unless it is one word or a list."""


class Found(msgspec.Struct, gc=False):
    """On what an amount hangs: offsets of its subject and property, and the rule that saw it."""

    rule: str
    clause: tuple[int, int]
    """The items of its clause."""
    changes: bool = True
    """Whether its clause may tell a change of it."""
    each: bool = True
    """Whether its clause may have a 每-phrase before it."""
    subject: Offsets | None = None
    property: Offsets | None = None
    whole: Offsets | None = None


def behind(folded: str, coded: Coded, item: int, plans: Plans, first: int, last: int, several: bool) -> tuple[int, int]:
    """The items of a subject behind its amount: of what is counted what the measure word counts.

    ``several``: the phrase has several words.
    """
    if not several and first > item + 1 and first in coded.persons:
        first, last = _office(coded, item, first)
    nouns = plans.counted.get(coded.quantities[item].norm.unit)
    if nouns is None:
        return first, compound_end(folded, coded, item, last, plans.heads, plans.agents)
    return counted(folded, coded, item, first, last, nouns)


def _office(coded: Coded, item: int, person: int) -> tuple[int, int]:
    """What the person is who is named behind a counted noun: of 一位外援|何苗 the noun; else the name."""
    first = person
    while first - 1 > item and coded.code[first - 1] in "NnPJ":
        first -= 1
    counted = coded.quantities[item].norm.kind == "count" and first == item + 1 and coded.code[person - 1] in "NnP"
    return (first, person) if counted else (person, person + 1)


def shortest(coded: Coded, first: int, last: int) -> int:
    """Where the shortest phrase begins that names the thing: the last words up to `LONGEST`."""
    starts, end = coded.starts, coded.ends[last - 1]
    while first + 1 < last and end - starts[first] > LONGEST:
        first += 1
    return first


def stripped(folded: str, coded: Coded, item: int, found: Found, plans: Plans) -> Found:
    """``found`` without a verb that only brings it about (造成3人受伤) and, of a whole, the word for its share."""
    if found.property is not None:
        found.property = _without_cause(folded, found.property, plans, plans.told)
    subject = found.subject
    if subject and subject[0] > coded.starts[item] and folded[slice(*subject)] in plans.among:
        found.subject = None  # 剩下的19家|中
    elif subject and (
        subject[0] <= coded.starts[item] or coded.quantities[item].norm.unit not in plans.counted
    ):  # 来了两位|编辑
        found.subject = _without_cause(folded, subject, plans, plans.causes)
    if found.property and found.property[0] > coded.starts[item] and folded.endswith(plans.stakes, *found.property):
        if coded.quantities[item].norm.kind in SHARES:
            found.subject, found.property = found.property, None  # 收购茶厂100%的|股权
    if found.subject is not None and found.property is None:
        _part_act(folded, coded, item, found, plans)
    if found.whole is not None:
        found.whole = _without_share(folded, found.whole, plans.share_nouns)
    if found.subject is not None:
        start, end = found.subject
        if folded[start - 1] in plans.openers or folded[end : end + 1] in plans.closers:
            found.subject = _with_mark(folded, found.subject, plans)
    return found


def _without_cause(folded: str, span: Offsets, plans: Plans, verbs: tuple[str, ...]) -> Offsets | None:
    """A phrase without a verb before it that only brings it about: 造成|直接经济损失."""
    start, end = span
    if folded[start:end] in plans.no_property:
        return None
    if folded[end - 1] in plans.cause_ends and folded.endswith(plans.causes, start + 1, end):
        end -= next(len(w) for w in plans.causes if folded.endswith(w, start + 1, end))  # 三车相撞|导致
    if folded[start : start + 1] in plans.verb_heads and folded.startswith(verbs, start, end):
        cut = start + _opening(folded, start, end, verbs)
        return (cut, end) if cut < end else span
    return start, end


def _opening(folded: str, start: int, end: int, words: tuple[str, ...]) -> int:
    """The length of the first of ``words`` that begins the phrase ``[start, end)``, which begins with one."""
    return next(len(w) for w in words if folded.startswith(w, start, end))


def _without_share(folded: str, span: Offsets, words: tuple[str, ...]) -> Offsets:
    """The phrase of a whole without the word for its share at its end."""
    start, end = span
    return start, end - next((len(w) for w in words if folded.endswith(w, start + 1, end)), 0)


def _with_mark(folded: str, span: Offsets, plans: Plans) -> Offsets:
    """A phrase with the mark before it that is closed within it, or behind it that is opened within it: “青岚红枣”期货,
    子品牌“青鹿”."""
    start, end = span
    closing = plans.openers.get(folded[start - 1])
    if start and closing is not None and closing in folded[start:end]:
        return start - 1, end
    opening = plans.closers.get(folded[end : end + 1])
    if opening is not None and folded.count(opening, start, end) > folded.count(folded[end], start, end):
        return start, end + 1
    return span


def _part_act(folded: str, coded: Coded, item: int, found: Found, plans: Plans) -> None:
    """生产|客车1302辆, of which the segmenter makes a noun: what is done is the property of what it is done to."""
    assert found.subject is not None
    start, end = found.subject
    if folded[start : start + 1] not in plans.verb_heads or not folded.startswith(plans.acts, start, end):
        if coded.quantities[item].norm.kind in DONE:
            _part_deed(folded, coded, item, found, plans)
        return
    cut = start + _opening(folded, start, end, plans.acts)
    first = bisect_left(coded.starts, start)
    if cut + 1 >= end or folded.endswith(plans.actors, start, end) or coded.code[first : first + 2] == "nP":
        return  # 采购|商, 销售|面积
    if first < item and (not first or coded.code[first - 1] not in NOUNS):
        found.subject, found.property = (cut, end), (start, cut)


def _part_deed(folded: str, coded: Coded, item: int, found: Found, plans: Plans) -> None:
    """考古人员|清理|灰坑46座: who does it is not what is counted."""
    assert found.subject is not None
    start, end = found.subject
    if end > coded.starts[item]:
        found.subject = start, _doers_end(folded, coded, start, end, plans)
        return
    if folded.endswith(plans.actors, start, end):
        return
    for i in range(bisect_left(coded.starts, start) + 1, bisect_left(coded.starts, end) - 1):
        if coded.code[i] in "nJ" and folded[coded.starts[i] : coded.ends[i]] in plans.acts:
            found.subject, found.property = (coded.starts[i + 1], end), coded.span(i, i + 1)
            return


def _doers_end(folded: str, coded: Coded, start: int, end: int, plans: Plans) -> int:
    """Where those end who are counted and of whom the clause tells what they do to the thing behind: 10万农业劳动者
    |生产的农副产品."""
    at = bisect_left(coded.ends, end)
    before = coded.starts[at]
    if coded.code[at + 1 : at + 2] == "d" and before > start and folded[before:end] in plans.acts:
        if folded.endswith(plans.actors, start, before):
            return before
    return end
