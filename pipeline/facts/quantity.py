"""Quantity facts: what every amount measures, when, and how it changed.

A sentence is read from left to right. The patterns of ``rules/facts_quantity.toml`` say on what an amount hangs; what a
clause leaves out (同比增长7.5%) is taken from the clause before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from pipeline.core.fact_records import Modality
from pipeline.core.matchers import matcher
from pipeline.core.model import Argument, Change, Fact, Offsets, Quantity, Time, View
from pipeline.core.slices import Record
from pipeline.core.trace import Trace
from pipeline.facts.assertion import ASSERTED, BEHIND, assertion_of
from pipeline.facts.clause_turns import GROUP
from pipeline.facts.clauses import coded_in
from pipeline.facts.coded import Coded
from pipeline.facts.letters import Lexicon, lexicon
from pipeline.facts.quantity_change import OR, WITHIN, alternative, change_of, is_compared
from pipeline.facts.quantity_found import Found
from pipeline.facts.quantity_hold import RESPECTIVE, holds
from pipeline.facts.quantity_place import place_of
from pipeline.facts.quantity_plans import Plans
from pipeline.facts.quantity_time import SentenceTimes, in_turn, per_of, value_of
from pipeline.rulebook import Rulebook

OF_BEFORE = matcher("FV?T")
"""Letters of when there was what a change begins from: 由|截至去年底的130万吨降至72万吨."""


def quantities_in(views: Sequence[View], rules: Rulebook) -> list[list[Fact]]:
    """The quantity facts of each of ``views``: one for each quantity of a measured kind, in the order of the text.

    Step by step over all the articles, not article by article: one step's code and tables stay in the cache.
    """
    plans, lex = rules.once("facts.quantity", Plans), lexicon(rules)
    coded = coded_in(views, rules)
    held = [
        holds(view.folded, sentences, plans) if sentences else [] for view, sentences in zip(views, coded, strict=True)
    ]
    return [
        _facts(view, sentences, found, plans, lex) if sentences else []
        for view, sentences, found in zip(views, coded, held, strict=True)
    ]


class Told(msgspec.Struct, gc=False):
    """What the clauses before told of changes and times."""

    basis: str | None = None
    per: str | None = None
    change_time: Time | None = None
    """The time of the last change told in the paragraph: 周四，该指数收跌3%。…甲公司跌5%。"""
    time: Time | None = None
    foretold: tuple[Modality, Offsets | None, Offsets | None] | None = None
    """How the last fact that is no assertion is told, with its subject and property."""

    def foretold_of(self, found: Found, change: Change | None, modality: Modality) -> Modality:
        """The modality of a fact whose own words give ``modality``: a change of what was foretold is foretold too
        (预计全年营收5亿元，|同比增长两成)."""
        of = found.subject, found.property
        if modality != "asserted":
            self.foretold = (modality, *of)
        elif self.foretold and self.foretold[1:] == of and change is not None and change.role == "by" and change.basis:
            return self.foretold[0]
        return modality

    def next(self, coded: Coded) -> Told:
        """What is kept for the paragraph's next sentence: more where it is about the parts of the same (其中，……),
        nothing where that is the next item of a list (②……)."""
        if coded.code.startswith(","):
            return Told()
        return Told(change_time=self.change_time, time=self.time if coded.code.startswith("O") else None)


class Sentence(Record, frozen=True):
    """What every amount of a sentence asks: its items and times, the rules, what the clauses before told."""

    view: View
    coded: Coded
    plans: Plans
    lex: Lexicon
    told: Told
    times: SentenceTimes | None
    """None where it names no time."""


def _facts(
    view: View, sentences: Sequence[Coded], held: Sequence[Mapping[int, Found]], plans: Plans, lex: Lexicon
) -> list[Fact]:
    """The facts of an article; ``held`` has on what the amounts of each sentence hang, by their items."""
    out: list[Fact] = []
    told = Told()
    for coded, found in zip(sentences, held, strict=True):
        told = told.next(coded) if coded.goes_on else Told()
        times = SentenceTimes(view.folded, coded, plans.times) if coded.times else None
        sentence = Sentence(view, coded, plans, lex, told, times)
        for item, quantity in coded.quantities.items():
            if item in found:
                out.append(_fact(sentence, item, quantity, found[item]))
            elif lex.trace is not None and (quantity.norm.kind == "number" or coded.code[item] == GROUP):
                why = "it tells which are counted" if coded.code[item] == GROUP else "a bare number measures nothing"
                lex.trace.reject("fact.quantity", quantity.start, quantity.end, why)
    return out


def _fact(sentence: Sentence, item: int, quantity: Quantity, found: Found) -> Fact:
    view, coded, trace = sentence.view, sentence.coded, sentence.lex.trace
    if trace is not None:
        trace.begin()
    change = per = time = value = None
    if found.changes or found.each or quantity.norm.unit == WITHIN or coded.code[item - 1 : item] == OR:
        change, per = _change(sentence, item, quantity.norm.unit, found)
    else:
        sentence.told.per = None
    if sentence.times is not None or change is not None or sentence.told.time is not None:
        time, value = _time(sentence, item, change, found.clause[0], found.rule == RESPECTIVE)
    args = {"quantity": Argument(((quantity.start, quantity.end),))}
    if found.subject is not None:
        args["subject"] = Argument((found.subject,))
    if found.property is not None:
        args["property"] = Argument((found.property,))
    if found.whole is not None:
        args["whole"] = Argument((found.whole,))
    if coded.places and coded.places[0] < item:
        taken = found.subject, found.property, found.whole
        place = place_of(view, coded, item, found.clause[0], sentence.plans.places, taken)
        if place is not None:
            args["place"] = Argument((place,))
    if time is not None:
        args["time"] = Argument(((time.start, time.end),))
    norm = {"time": value, "change": change, "per": per}
    modality, polarity = ASSERTED
    if coded.cues and coded.cues[0] <= item + BEHIND:
        modality, polarity = assertion_of(view, sentence.lex, coded, item, found.clause[0])
        modality = sentence.told.foretold_of(found, change, modality)
    if trace is not None:
        _note(trace, view.folded, coded, item, found, time)
    return Fact("quantity", args, norm, (coded.start, coded.end), found.rule, "0.90", modality, polarity)


def _change(sentence: Sentence, item: int, unit: str, found: Found) -> tuple[Change | None, str | None]:
    """The change that an amount tells and its 每-phrase, with what the clause leaves out of both."""
    told, view, coded = sentence.told, sentence.view, sentence.coded
    change = change_of(view, sentence.lex, coded, item, found.clause) if found.changes or unit == WITHIN else None
    either = change is None and coded.code[item - 1 : item] == OR
    if either and (before := alternative(coded, item, found.clause[0])) >= 0:
        change = change_of(view, sentence.lex, coded, before, coded.clause(before))
    per = per_of(view, coded, item, found.clause[0]) if found.each else None
    if change is not None:
        if found.rule == sentence.plans.last and not per:
            per = told.per
        if change.basis is None and change.role == "by":
            change = Change(change.direction, change.role, told.basis)
        told.basis = change.basis or told.basis
    told.per = per
    return change, per


def _note(trace: Trace, folded: str, coded: Coded, item: int, found: Found, time: Time | None) -> None:
    """How the clause was read, each word with its letter, what was carried into it, and the time that was taken."""
    first, last = found.clause
    words = [f"{folded[coded.starts[i] : coded.ends[i]]}/{coded.code[i]}" for i in range(first, last)]
    words[item - first] = "#"
    trace.step("clause", coded.starts[first], coded.ends[last - 1], " ".join(words), found.rule)
    for span in (found.subject, found.property):
        if span is not None and not coded.starts[first] <= span[0] < coded.ends[last - 1]:
            trace.step("carried", *span, "from a clause before", found.rule)
    if time is not None:
        trace.step("time", time.start, time.end, value_of(time) or "", time.rule)
    trace.keep("fact.quantity", coded.starts[item], coded.ends[item], reach=None)


def _time(
    sentence: Sentence, item: int, change: Change | None, first: int, respective: bool
) -> tuple[Time | None, str | None]:
    """The determined time that applies and its value: the amount's own, else the one that reaches it, else that of the
    parts or changes before. Its clause begins at ``first``; ``respective``: whether it is one of several
    things, as 分别 tells."""
    told, coded, stated = sentence.told, sentence.coded, None
    code = coded.code
    attribute = code[item - 2 : item] == "Td" and coded.quantities[item].norm.unit != WITHIN  # 是五年前的三倍
    if attribute or change is None and code[item - 1 : item] == "T" and is_compared(code, first, item - 1):
        # 与上年同期的61亿元相比, 上届的4.2万人, 较上年同期15亿吨: the time is an attribute of the amount; some have no
        # date.
        own = coded.times.get(item - 2 if attribute else item - 1)
        if own is None:
            return None, None
        if value := value_of(own):
            return own, value
    if sentence.times is not None:
        if sentence.times.lasting and sentence.times.looks_back(first, item):
            return None, None
        stated = sentence.times.of(item, first)
    of_before = change is not None and change.role == "to" and OF_BEFORE.search(code, first, item) is not None
    if of_before and stated is None:
        return None, None  # 从去年的130万吨降至|72万吨
    time = stated or told.time
    if change is not None:
        time = time or told.change_time
    if sentence.times is None or not sentence.times.bounded or _goes_on(sentence.times, item, stated):
        told.time = time
        if change is not None:
            told.change_time = time
    value = value_of(time) if time is not None else None
    if value and "/" in value and "M" in code and not respective:
        value = in_turn(coded, item, first, value)
    return (time, value) if value else (None, None)


def _goes_on(times: SentenceTimes, item: int, stated: Time | None) -> bool:
    """Whether the time of an amount, ``stated`` beside it or not, goes for those behind: not that of a peak, nor any in
    a headline before its report."""
    return not (stated is not None and times.stays(stated) or times.in_headline(item))
