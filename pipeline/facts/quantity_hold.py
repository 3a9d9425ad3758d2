"""On what an amount hangs: what it measures and what of it, told by its clause or taken from the clauses before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.core.model import Offsets
from pipeline.facts.coded import REACH, Coded
from pipeline.facts.quantity_carry import carry_foretold, carry_on
from pipeline.facts.quantity_counted import counts
from pipeline.facts.quantity_found import Found, behind, shortest, stripped
from pipeline.facts.quantity_lists import respective
from pipeline.facts.quantity_memory import Memory
from pipeline.facts.quantity_plans import Fit, Plans

RESPECTIVE = "fact.quantity.respective"
"""The rule of amounts told one to one of several things."""
PEOPLE = ""
"""For all measure words of persons, where amounts are kept by what they count."""


def holds(folded: str, sentences: Sequence[Coded], plans: Plans) -> list[dict[int, Found]]:
    """On what each measured amount of the sentences of an article hangs, by its item."""
    out = []
    memory = Memory()
    for coded in sentences:
        memory = memory.next(coded) if coded.goes_on else Memory()
        each = "M" in coded.code
        held: dict[int, Found] = {}
        for item, quantity in coded.quantities.items():
            if coded.brackets:
                memory = memory.of(coded, item)
            if coded.code[item] == "Q":
                unit = quantity.norm.unit
                counted = PEOPLE if unit in plans.people else unit
                if counted in memory.counted and _is_of_those(coded, item, counted):
                    memory.last = memory.counted[counted]  # 几位居民……在开发一款原型。其中|两人……
                found = (_one_of(folded, coded, item, plans, memory) if each else None) or hang(
                    folded, coded, item, plans, memory
                )
                if found.subject is not None and found.property is not None and memory.last is not None:
                    _parallel(folded, found, memory.last)
                whole = found.subject
                held[item] = stripped(folded, coded, item, found, plans)
                if whole is not None and memory.topic == whole and found.property is not None:
                    _keep_doer(memory, whole, found.property)
                if memory.last is not None and memory.last.clause != found.clause:
                    memory.before = memory.last
                memory.last, memory.norm = found, quantity.norm
                if found.subject is not None and folded[found.subject[1] - 1] in plans.closing:
                    memory.shares = found.subject if folded.endswith(plans.stakes, *found.subject) else memory.shares
                if quantity.norm.kind == "count":
                    memory.counted[counted] = found
            elif quantity.norm.kind == "number":
                # 观影人次达1.5亿: no fact, but a change may be told of it.
                found = hang(folded, coded, item, plans, memory)
                memory.last = memory.last if found.rule == plans.last else found
            else:
                continue
            if each:
                memory.tell(coded, item, found)
        out.append(held)
    return out


def _is_of_those(coded: Coded, item: int, counted: str) -> bool:
    """Whether an amount tells some of what was counted before: 其中两人……, 涨幅超过一成的|有12只."""
    code, (start, _) = coded.code, coded.clause(item)
    if counted == PEOPLE and "O" in code[start:item]:
        return True
    first = item
    while first > start and code[first - 1] in "AE":
        first -= 1
    return start < first < item and code[first - 1] == "d"


def _keep_doer(memory: Memory, whole: Offsets, deed: Offsets) -> None:
    """Of 石桥县|投入|资金 what the clauses behind speak of is the county."""
    if whole[0] < deed[0] < whole[1]:
        memory.topic = whole[0], deed[0]


def _parallel(folded: str, found: Found, last: Found) -> None:
    """甲公司实现合同销售面积3万平方米，合同销售|金额5亿元: what the property before begins with is no thing."""
    subject, prop = found.subject, found.property
    if subject is None or prop is None or last.subject is None or last.property is None:
        return
    size = subject[1] - subject[0]
    alike = subject[1] == prop[0] and size < last.property[1] - last.property[0]
    if alike and folded.startswith(folded[slice(*subject)], *last.property):
        found.subject, found.property = last.subject, (subject[0], prop[1])


def _one_of(folded: str, coded: Coded, item: int, plans: Plans, memory: Memory) -> Found | None:
    """What an amount of 分别为A和B hangs on."""
    return memory.queue.pop(item, None) or listed(folded, coded, item, plans, memory)


def listed(folded: str, coded: Coded, item: int, plans: Plans, memory: Memory) -> Found | None:
    """A first amount of 分别为A和B: its own hold, those of the others put into the queue."""
    pairs = respective(folded, coded, item, memory.list, tuple(memory.told.values()), plans.sums)
    if not pairs:
        return None
    for other, (subject, prop) in pairs.items():
        memory.queue[other] = Found(RESPECTIVE, coded.clause(other), subject=subject, property=prop)
    memory.topic, memory.list = None, tuple(pairs.values())
    return memory.queue.pop(item)


def hang(folded: str, coded: Coded, item: int, plans: Plans, memory: Memory) -> Found:
    """The first rule that fits the clause of ``item``, with what it leaves out taken from memory."""
    clause, norm = coded.clause(item), coded.quantities[item].norm
    start, end = clause
    if end in coded.brackets:
        fit = _over_remark(coded, item, plans, clause)
    else:
        fit = plans.fit(norm.kind, norm.unit, coded.code[start:end], item - start)
    if fit is not None and fit.subject is not None and fit.subject[0] > item - start:
        nouns = plans.counted.get(norm.unit)
        if nouns is not None and not counts(folded, coded, item, start + fit.subject[1], nouns):
            fit = plans.fit(norm.kind, norm.unit, coded.code[start : item + 1], item - start)
    if fit is None:
        return Found("", clause)
    found = Found(fit.plan.pattern.id, clause, fit.changes, fit.each)
    if fit.subject is not None:
        first, last = start + fit.subject[0], start + fit.subject[1]
        if fit.shortens:
            first = shortest(coded, first, last)
        if first > item:
            first, last = behind(folded, coded, item, plans, first, last, fit.shortens)
        found.subject = coded.starts[first], coded.ends[last - 1]
    if fit.property is not None:
        found.property = coded.span(start + fit.property[0], start + fit.property[1])
        if found.subject is not None:
            _take_in(coded, found)
    if fit.whole is not None:
        found.whole = coded.span(start + fit.whole[0], start + fit.whole[1])
    subject = found.subject
    if subject and folded.startswith(plans.foretold, subject[1]) and folded.endswith(plans.forecasters, *subject):
        carry_foretold(folded, coded, item, plans, fit.plan, found, memory)
    else:
        carry_on(folded, coded, item, plans, fit.plan, found, memory)
    return found


def _over_remark(coded: Coded, item: int, plans: Plans, clause: Offsets) -> Fit | None:
    """The first rule that fits the clause before a bracket and what 的 goes on with behind it: 3亿美元（约合20亿元）|的
    预算; where nothing does, the clause alone."""
    start, end = clause
    norm, code, close = coded.quantities[item].norm, coded.code, coded.brackets[end]
    if code[close + 1 : close + 2] != "d":
        return plans.fit(norm.kind, norm.unit, code[start:end], item - start)
    stop = code.find(",", close, close + REACH + 1)
    told = code[start:end] + code[close + 1 : stop if stop > close else close + REACH]
    fit = plans.fit(norm.kind, norm.unit, told, item - start)
    return fit if fit is None else fit.over(end - start, close + 1 - end)


def _take_in(coded: Coded, found: Found) -> None:
    """A subject of one character right before its property is part of it: 碳|排放强度."""
    subject, prop = found.subject, found.property
    if subject and prop and subject[1] == prop[0] and subject[1] - subject[0] == 1 and prop[1] - prop[0] > 1:
        i = bisect_left(coded.starts, subject[0])
        if coded.code[i] == "N" and coded.code[i + 1] in "Vnh":
            found.subject, found.property = None, (subject[0], prop[1])
