"""Quantity facts: what every amount measures, when, and how it changed.

A sentence is read from left to right. The patterns of ``rules/facts_quantity.toml`` say on what an amount hangs; what a
clause leaves out (同比增长7.5%) is taken from the clause before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from pipeline.core.model import Change, Fact, Offsets, Quantity, Time, View
from pipeline.core.slices import Record
from pipeline.core.trace import Trace
from pipeline.facts.assertion import assertion_of
from pipeline.facts.clause_items import Coded
from pipeline.facts.clauses import NOUNS, coded_sentences
from pipeline.facts.letters import Lexicon, lexicon
from pipeline.facts.quantity_change import change_of
from pipeline.facts.quantity_lists import Pair, respective
from pipeline.facts.quantity_place import place_of
from pipeline.facts.quantity_plans import Plan, Plans
from pipeline.facts.quantity_time import SentenceTimes, per_of, value_of
from pipeline.facts.scene import argument
from pipeline.facts.topics import topic_of
from pipeline.rulebook import Rulebook

LONGEST = 12
"""How many characters a subject has at most, unless it is one word or a list."""


class Found(msgspec.Struct, gc=False):
    """On what an amount hangs: offsets of its subject and property, and the rule that saw it."""

    rule: str
    subject: Offsets | None = None
    property: Offsets | None = None
    whole: Offsets | None = None


class Memory(msgspec.Struct, gc=False):
    """What the clauses before named: the thing spoken of, the last fact's arguments, and the basis of comparison."""

    topic: Offsets | None = None
    topic_clause: int = 0
    """The item at which the clause starts that named the topic; clauses behind it may name another."""
    last: Found | None = None
    basis: str | None = None
    per: str | None = None
    change_time: Time | None = None
    """The time of the last change told in the paragraph: 周四，该指数收跌3%。…甲公司跌5%。"""
    time: Time | None = None
    list: Sequence[Pair] = ()
    """The things of the last 分别 with what they share."""
    told: dict[int, Pair] = msgspec.field(default_factory=dict)
    """The things of the sentence's clauses, by the item at which each clause starts."""
    queue: dict[int, Found] = msgspec.field(default_factory=dict)

    def tell(self, coded: Coded, item: int, found: Found) -> None:
        """Keep what the first amount of a clause hangs on."""
        self.told.setdefault(coded.clause(item)[0], (found.subject, found.property))

    def next(self, same_paragraph: bool, of_which: bool) -> Memory:
        """What is kept for the next sentence: more where it goes on about the parts of the same (其中，……)."""
        if not same_paragraph:
            return Memory()
        if not of_which:
            return Memory(change_time=self.change_time)
        return Memory(topic=self.topic, last=self.last, change_time=self.change_time, time=self.time)


def quantity_facts(view: View, rules: Rulebook) -> list[Fact]:
    """One fact for each quantity of a measured kind, in the order of the text."""
    plans, lex = rules.once("facts.quantity", Plans), lexicon(rules)
    out: list[Fact] = []
    memory = Memory()
    before = 0
    for coded in coded_sentences(view, rules):
        same = view.folded.find("\n", before, coded.start) < 0
        memory = memory.next(same, coded.code.startswith("O"))
        before = coded.end
        sentence = Sentence(view, coded, plans, lex, memory, SentenceTimes(coded))
        for item, quantity in coded.quantities.items():
            if coded.code[item] == "Q":
                out.append(_fact(sentence, item, quantity))
            elif quantity.norm.kind == "number":
                # 观影人次达1.5亿: no fact, but a change may be told of it.
                if lex.trace is not None:
                    lex.trace.reject("fact.quantity", quantity.start, quantity.end, "a bare number measures nothing")
                found = _hang(coded, item, plans, memory)
                memory.tell(coded, item, found)
                memory.last = memory.last if found.rule == plans.last else found
    return out


class Sentence(Record, frozen=True):
    """What every amount of a sentence asks: its items and times, the rules, what the clauses before named."""

    view: View
    coded: Coded
    plans: Plans
    lex: Lexicon
    memory: Memory
    times: SentenceTimes


def _fact(sentence: Sentence, item: int, quantity: Quantity) -> Fact:
    view, coded, memory, trace = sentence.view, sentence.coded, sentence.memory, sentence.lex.trace
    if trace is not None:
        trace.begin()
    found = _found(sentence, item)
    change, per = _change(sentence, item, found)
    memory.last, memory.per = found, per
    memory.tell(coded, item, found)
    time, value = _time(sentence, item, change)
    args = {"quantity": argument(quantity.start, quantity.end)}
    for name, span in ("subject", found.subject), ("property", found.property), ("whole", found.whole):
        if span is not None:
            args[name] = argument(*span)
    if coded.places:
        taken = found.subject, found.property, found.whole
        place = place_of(view, coded, item, sentence.plans.places, taken)
        if place is not None:
            args["place"] = argument(*place)
    if time is not None:
        args["time"] = argument(time.start, time.end)
    norm = {"time": value, "change": change, "per": per}
    modality, polarity = assertion_of(view, sentence.lex, coded, item)
    if trace is not None:
        _note(trace, view.folded, coded, item, found, time)
    return Fact("quantity", args, norm, (coded.start, coded.end), found.rule, "0.90", modality, polarity)


def _found(sentence: Sentence, item: int) -> Found:
    """On what an amount hangs; a verb that only brings it about (造成3人受伤) is left out, and of a whole the word
    for its share."""
    coded, plans, memory, folded = sentence.coded, sentence.plans, sentence.memory, sentence.view.folded
    found = memory.queue.pop(item, None) or _listed(coded, item, memory) or _hang(coded, item, plans, memory)
    if found.property is not None and folded[found.property[0] : found.property[1]] in plans.no_property:
        found.property = None
    if found.subject is not None and folded[found.subject[0] : found.subject[1]] in plans.no_property:
        found.subject = None
    if found.whole is not None:
        start, end = found.whole
        end -= next((len(w) for w in plans.share_nouns if folded.endswith(w, start + 1, end)), 0)
        found.whole = (start, end)
    return found


def _change(sentence: Sentence, item: int, found: Found) -> tuple[Change | None, str | None]:
    """The change that an amount tells and its 每-phrase, with what the clause leaves out of both."""
    memory = sentence.memory
    change = change_of(sentence.view, sentence.lex, sentence.coded, item)
    per = per_of(sentence.view, sentence.coded, item)
    if change is not None:
        if found.rule == sentence.plans.last and not per:
            per = memory.per
        if change.basis is None and change.role == "by":
            change = Change(change.direction, change.role, memory.basis)
        memory.basis = change.basis or memory.basis
    return change, per


def _note(trace: Trace, folded: str, coded: Coded, item: int, found: Found, time: Time | None) -> None:
    """How the clause was read, each word with its letter, what was carried into it, and the time that was taken."""
    first, last = coded.clause(item)
    words = [f"{folded[coded.starts[i] : coded.ends[i]]}/{coded.code[i]}" for i in range(first, last)]
    words[item - first] = "#"
    trace.step("clause", coded.starts[first], coded.ends[last - 1], " ".join(words), found.rule)
    for span in (found.subject, found.property):
        if span is not None and not coded.starts[first] <= span[0] < coded.ends[last - 1]:
            trace.step("carried", *span, "from a clause before", found.rule)
    if time is not None:
        trace.step("time", time.start, time.end, value_of(time) or "", time.rule)
    trace.keep("fact.quantity", coded.starts[item], coded.ends[item], reach=None)


def _time(sentence: Sentence, item: int, change: Change | None) -> tuple[Time | None, str | None]:
    """The determined time that applies and its value: the amount's own, else the one that reaches it, else that of the
    parts or changes before."""
    memory, stated = sentence.memory, None
    if sentence.coded.times:
        own = sentence.times.own(item)
        if own is not None and (value := value_of(own)):
            return own, value
        stated = sentence.times.of(item)
    time = stated or memory.time
    if change is not None:
        time = memory.change_time = time or memory.change_time
    memory.time = time
    value = value_of(time) if time is not None else None
    return (time, value) if value else (None, None)


def _listed(coded: Coded, item: int, memory: Memory) -> Found | None:
    """A first amount of 分别为A和B: its own hold, those of the others put into the queue."""
    if "M" not in coded.code:
        return None
    pairs = respective(coded, item, memory.list, tuple(memory.told.values()))
    if not pairs:
        return None
    for other, (subject, prop) in pairs.items():
        memory.queue[other] = Found("fact.quantity.respective", subject, prop)
    memory.topic, memory.list = None, tuple(pairs.values())
    return memory.queue.pop(item)


def _hang(coded: Coded, item: int, plans: Plans, memory: Memory) -> Found:
    """The first rule that fits the clause of ``item``, with what it leaves out taken from memory."""
    start, end = coded.clause(item)
    norm = coded.quantities[item].norm
    fit = plans.fit(norm.kind, norm.unit, coded.code[start:end], item - start)
    if fit is None:
        return Found("")
    found = Found(fit.plan.pattern.id)
    if fit.subject is not None:
        found.subject = _shortest(coded, start + fit.subject[0], start + fit.subject[1])
    if fit.property is not None:
        found.property = coded.span(start + fit.property[0], start + fit.property[1])
    if fit.whole is not None:
        found.whole = coded.span(start + fit.whole[0], start + fit.whole[1])
    _take_in(coded, found)
    _carry(coded, start, item, fit.plan, found, memory)
    return found


def _take_in(coded: Coded, found: Found) -> None:
    """A subject of one character right before its property is part of it: 碳|排放强度."""
    subject, prop = found.subject, found.property
    if subject and prop and subject[1] == prop[0] and subject[1] - subject[0] == 1 and prop[1] - prop[0] > 1:
        i = bisect_left(coded.starts, subject[0])
        if coded.code[i] == "N" and coded.code[i + 1] in "Vnh":
            found.subject, found.property = None, (subject[0], prop[1])


def _shortest(coded: Coded, first: int, last: int) -> Offsets:
    """The shortest phrase that names the thing: a name alone (电商|甲乙公司), else the last words up to `LONGEST`.

    Lists keep all their members.
    """
    code = coded.code[first:last]
    if "k" not in code and "K" not in code:
        if code.endswith("I"):
            first = last - 1
        while first + 1 < last and coded.ends[last - 1] - coded.starts[first] > LONGEST:
            first += 1
    return coded.span(first, last)


def _carry(coded: Coded, start: int, item: int, plan: Plan, found: Found, memory: Memory) -> None:
    """Fill in what the clause leaves out, and keep its subject for the clauses behind."""
    last = memory.last
    if plan.carry == "both" and coded.quantities[item].norm.kind == "age" and (person := _person(coded, item)):
        found.subject = person
    elif plan.carry == "both" and last is not None:
        found.subject, found.property = last.subject, last.property
    elif plan.carry == "of" and last is not None and found.subject is None:
        # 3万居民中，2万人参加; 抓获嫌疑人50人，其中20人是青少年
        if "O" in coded.code[start:item] or (start > 1 and coded.code[start - 2] == "f"):
            found.subject = last.subject
    elif plan.carry in ("subject", "last", "both") and found.subject is None:
        if last is not None and (plan.carry == "last" or _of_last(coded, start, item, found)):
            found.subject = last.subject
        found.subject = found.subject or topic_of(coded, start, memory.topic_clause) or memory.topic
        if (found.subject is None or found.subject == found.property) and not plan.phrase:
            found.subject, found.property = found.property, None
    elif plan.topic and found.subject and found.property is None and _verbal(coded, start, item, found.subject):
        topic = topic_of(coded, start, memory.topic_clause) or memory.topic
        if topic is not None:
            found.subject, found.property = topic, found.subject
        return
    if plan.topic and found.subject:
        memory.topic, memory.topic_clause = found.subject, start


def _verbal(coded: Coded, start: int, item: int, subject: Offsets) -> bool:
    """Whether a verbal noun that opens its clause is all that is measured (预计亏损三亿元): a property, not a thing."""
    i = start
    while i < item and coded.code[i] in "ATEB":
        i += 1
    return coded.code[i] == "n" and subject == coded.span(i, i + 1)


def _person(coded: Coded, item: int) -> Offsets | None:
    """The person named last before an age: 林浩（男，38岁）."""
    at = bisect_left(coded.persons, item)
    return coded.span(coded.persons[at - 1], coded.persons[at - 1] + 1) if at else None


def _of_last(coded: Coded, start: int, item: int, found: Found) -> bool:
    """Whether a property alone is that of the last fact's subject.

    It is in a list (用水量3亿吨、用电量5亿度), and behind a counted thing that ends its clause where the
    property is a total or mean (拥有4座冷库，总容量5万吨).
    """
    code = coded.code
    if "Q" in code[start:item] or "O" in code[start:item]:
        return True
    before = code.rfind("Q", 0, start)
    total = found.property is not None and "h" in code[start : start + 2] and coded.starts[start] <= found.property[0]
    return total and before >= 0 and before + 2 < start and all(c in NOUNS for c in code[before + 1 : start - 1])
