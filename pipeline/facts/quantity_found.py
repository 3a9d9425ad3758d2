"""On what an amount hangs, and what of the words that the rules catch is no part of it."""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from pipeline.core.model import Offsets
from pipeline.facts.clauses import NOUNS
from pipeline.facts.coded import Coded
from pipeline.facts.quantity_plans import Plans


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


def stripped(folded: str, coded: Coded, item: int, found: Found, plans: Plans) -> Found:
    """``found`` without a verb that only brings it about (造成3人受伤) and, of a whole, the word for its share."""
    found.property = _without_cause(folded, found.property, plans, plans.told)
    behind = found.subject is not None and found.subject[0] > coded.starts[item]
    if not behind or coded.quantities[item].norm.unit not in plans.counted:  # 来了两位|编辑
        found.subject = _without_cause(folded, found.subject, plans, plans.causes)
    if found.subject is not None and found.property is None:
        _part_act(folded, coded, item, found, plans)
    if found.whole is not None:
        found.whole = _without_share(folded, found.whole, plans.share_nouns)
    if found.subject is not None and folded[found.subject[0] - 1] in plans.openers:
        found.subject = _with_mark(folded, found.subject, plans)
    return found


def _without_cause(folded: str, span: Offsets | None, plans: Plans, verbs: tuple[str, ...]) -> Offsets | None:
    """A phrase without a verb before it that only brings it about: 造成|直接经济损失."""
    if span is None:
        return None
    start, end = span
    if folded[start:end] in plans.no_property:
        return None
    if folded.startswith(verbs, start, end):
        cut = start + _opening(folded, start, end, verbs)
        return (cut, end) if cut < end else span
    return span


def _opening(folded: str, start: int, end: int, words: tuple[str, ...]) -> int:
    """The length of the first of ``words`` that begins the phrase ``[start, end)``, which begins with one."""
    return next(len(w) for w in words if folded.startswith(w, start, end))


def _without_share(folded: str, span: Offsets, words: tuple[str, ...]) -> Offsets:
    """The phrase of a whole without the word for its share at its end."""
    start, end = span
    return start, end - next((len(w) for w in words if folded.endswith(w, start + 1, end)), 0)


def _with_mark(folded: str, span: Offsets, plans: Plans) -> Offsets:
    """A phrase with the mark before it that is closed within it: “青岚红枣”期货."""
    start, end = span
    closing = plans.openers[folded[start - 1]]
    return (start - 1, end) if start and closing in folded[start:end] else span


def _part_act(folded: str, coded: Coded, item: int, found: Found, plans: Plans) -> None:
    """生产|客车1302辆, of which the segmenter makes a noun: what is done is the property of what it is done to."""
    assert found.subject is not None
    start, end = found.subject
    if not folded.startswith(plans.acts, start, end):
        if coded.quantities[item].norm.kind == "count":
            _part_deed(folded, coded, item, found, plans)
        return
    cut = start + _opening(folded, start, end, plans.acts)
    if cut + 1 >= end or folded.endswith(plans.actors, start, end):
        return
    first = bisect_left(coded.starts, start)
    if first < item and (not first or coded.code[first - 1] not in NOUNS):
        found.subject, found.property = (cut, end), (start, cut)


def _part_deed(folded: str, coded: Coded, item: int, found: Found, plans: Plans) -> None:
    """考古人员|清理|灰坑46座: who does it is not what is counted."""
    assert found.subject is not None
    start, end = found.subject
    if end > coded.starts[item] or folded.endswith(plans.actors, start, end):
        return
    for i in range(bisect_left(coded.starts, start) + 1, bisect_left(coded.starts, end) - 1):
        if coded.code[i] == "n" and folded[coded.starts[i] : coded.ends[i]] in plans.acts:
            found.subject, found.property = (coded.starts[i + 1], end), coded.span(i, i + 1)
            return
