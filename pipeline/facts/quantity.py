"""Quantity facts: what every amount measures, when, and how it changed.

A sentence is read from left to right. The patterns of ``rules/facts_quantity.toml`` say on what an amount hangs; what a
clause leaves out (同比增长7.5%) is taken from the clause before.
"""

from __future__ import annotations

from pipeline.core.model import Argument, Change, Fact, Quantity, Time, View
from pipeline.core.slices import Record
from pipeline.core.trace import Trace
from pipeline.facts.assertion import ASSERTED, assertion_of
from pipeline.facts.clause_items import Coded
from pipeline.facts.clauses import coded_sentences
from pipeline.facts.letters import Lexicon, lexicon
from pipeline.facts.quantity_change import change_of
from pipeline.facts.quantity_hold import Found, Memory, hang, listed
from pipeline.facts.quantity_place import place_of
from pipeline.facts.quantity_plans import Plans
from pipeline.facts.quantity_time import SentenceTimes, per_of, value_of
from pipeline.rulebook import Rulebook


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
                found = hang(coded, item, plans, memory)
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
    args = {"quantity": Argument(((quantity.start, quantity.end),))}
    if found.subject is not None:
        args["subject"] = Argument((found.subject,))
    if found.property is not None:
        args["property"] = Argument((found.property,))
    if found.whole is not None:
        args["whole"] = Argument((found.whole,))
    if coded.places:
        taken = found.subject, found.property, found.whole
        place = place_of(view, coded, item, sentence.plans.places, taken)
        if place is not None:
            args["place"] = Argument((place,))
    if time is not None:
        args["time"] = Argument(((time.start, time.end),))
    norm = {"time": value, "change": change, "per": per}
    modality, polarity = assertion_of(view, sentence.lex, coded, item) if coded.cues else ASSERTED
    if trace is not None:
        _note(trace, view.folded, coded, item, found, time)
    return Fact("quantity", args, norm, (coded.start, coded.end), found.rule, "0.90", modality, polarity)


def _found(sentence: Sentence, item: int) -> Found:
    """On what an amount hangs; a verb that only brings it about (造成3人受伤) is left out, and of a whole the word
    for its share."""
    coded, plans, memory, folded = sentence.coded, sentence.plans, sentence.memory, sentence.view.folded
    found = memory.queue.pop(item, None) or listed(coded, item, memory) or hang(coded, item, plans, memory)
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
    if sentence.times.has_own(item):
        own = sentence.times.own(item)
        if own is None:
            return None, None
        if value := value_of(own):
            return own, value
    if sentence.coded.times:
        stated = sentence.times.of(item)
    time = stated or memory.time
    if change is not None:
        time = memory.change_time = time or memory.change_time
    memory.time = time
    value = value_of(time) if time is not None else None
    return (time, value) if value else (None, None)
