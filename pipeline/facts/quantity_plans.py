"""The rules of ``facts_quantity`` and which of them fits a clause, with what it catches there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import regex
from msgspec.structs import replace

from pipeline.core.matchers import Matcher, matcher
from pipeline.core.slices import Record
from pipeline.facts.quantity_counted import nouns_of
from pipeline.facts.quantity_time import TimeWords
from pipeline.rulebook import Pattern, Rulebook

KNOWN = 1 << 13
"""How many clauses are kept, as letters, with the rule that fits: news says much in the same words."""

CHANGING = frozenset("CFGgHz")
"""Letters without which a clause tells no change of its amount: verbs of change, 高于, 由, what brings but the new
value."""
LISTS = frozenset("Kk")
"""Letters of what joins the members of a list."""
EACH = frozenset("eS")
"""Letters of 每-phrases."""

Items = tuple[int, int] | None
"""A half-open range of items of a clause."""


@dataclass(frozen=True)
class Plan:
    """A pattern with its conditions read once."""

    pattern: Pattern
    kinds: frozenset[str]
    or_units: frozenset[str]
    not_kinds: frozenset[str]
    units: frozenset[str]
    not_units: frozenset[str]
    needs: str
    """Letters without which the pattern need not be tried."""
    either: frozenset[str]
    """Letters of which it needs one, if any are given."""
    behind: bool
    """Whether it needs something behind the amount."""
    carry: str
    topic: bool
    phrase: bool
    """Whether the property is a phrase, which stands for no thing."""

    @cached_property
    def matcher(self) -> Matcher:
        """The pattern compiled, when it is first tried."""
        return matcher(self.pattern.source)

    @cached_property
    def groups(self) -> tuple[int, int, int]:
        """The numbers of the groups for subject, property and whole; 0 for those that it has not."""
        numbers = self.matcher.groupindex
        return numbers.get("subject", 0), numbers.get("property", 0), numbers.get("whole", 0)

    def allows(self, kind: str, unit: str) -> bool:
        """Whether the rule is for amounts of this kind and unit."""
        return (
            (not self.kinds or kind in self.kinds or unit in self.or_units)
            and kind not in self.not_kinds
            and (not self.units or unit in self.units)
            and unit not in self.not_units
        )


Tried = tuple[str, frozenset[str], Plan]
"""A rule with what decides whether it is tried: ``needs`` and ``either``."""
ANY = frozenset("#")
"""The sign of the amount, which is in every clause."""


class Fit(Record, frozen=True):
    """The rule that fits a clause and what it catches, counted from the clause's first item."""

    plan: Plan
    subject: Items
    property: Items
    whole: Items
    shortens: bool
    """Whether the subject is a phrase of several words, of which the last ones may name the thing alone."""
    changes: bool
    """Whether what stands before the amount may tell a change of it."""
    each: bool
    """Whether a 每-phrase stands before it."""

    def over(self, size: int, gap: int) -> Fit:
        """The same where ``gap`` other items stand behind the first ``size`` of the clause."""

        def at(items: Items) -> Items:
            return items if items is None or items[0] < size else (items[0] + gap, items[1] + gap)

        return replace(self, subject=at(self.subject), property=at(self.property))


class Plans:
    """The rules of the file in order, and those that are for a kind and unit, looked up once for each."""

    def __init__(self, rules: Rulebook) -> None:
        """Read the conditions of ``facts_quantity``."""
        words = rules.settings("facts_quantity")
        self.all = tuple(_plan(p) for p in rules.patterns("facts_quantity") if p.source)
        self.last = self.all[-1].pattern.id
        self._read_verbs(words)
        self._read_nouns(words)
        self.places = frozenset(words["places"])
        """Prepositions before the place of what is told."""
        self.openers: dict[str, str] = words["marks"]
        self.closers = {closing: opening for opening, closing in self.openers.items()}
        """Marks that open within a phrase, and what closes each."""
        self.times = TimeWords(
            *(
                tuple(words[name])
                for name in ("passing", "begun", "contracts", "lookback", "peaks", "headlines", "level")
            )
        )
        """Words that keep a time to its clause."""
        self.counters = frozenset(words["counters"])
        """Measure words of things, by which those of two clauses are told to be the same."""
        self.sums = tuple(words["sums"])
        """What a word that sums up a list begins with."""
        self._aside = matcher(words["aside"])
        self._by_kind: dict[tuple[str, str, bool], tuple[Tried, ...]] = {}
        self.fit = lru_cache(KNOWN)(self._fit)
        """``fit(kind, unit, clause, item)``: the first rule for such an amount that fits the clause's letters."""

    def _read_verbs(self, words: Mapping[str, Any]) -> None:
        self.no_property = frozenset(words["no_property"])
        """Verbs that are never what is measured."""
        self.causes = tuple(words["causes"])
        """Those of them that are none before what is measured either."""
        self.cause_ends = frozenset(verb[-1] for verb in self.causes)
        """The last characters of these: few phrases end with one of them."""
        self.told = self.causes + tuple(words["told"])
        """These and verbs of telling, which are no part of a property."""
        self.presents = frozenset(words["presents"])
        """Verbs of happening, whose object the clauses behind are about."""
        self.acts = tuple(words["acts"])
        """What is done to the thing behind it, though the segmenter takes it for a noun."""
        self.verb_heads = frozenset(verb[:1] for verb in self.told + self.acts)
        """The first characters of all these verbs: most phrases begin with none of them."""
        self.foretold, self.forecasters = tuple(words["foretold"]), tuple(words["forecasters"])
        """Words of foretelling, and the ends of the names before them that are no subject."""

    def _read_nouns(self, words: Mapping[str, Any]) -> None:
        self.actors = tuple(words["actors"])
        """Ends of nouns that one of ``acts`` qualifies."""
        self.share_nouns = tuple(words["share_nouns"])
        """Ends of the phrase of a share that are no part of its whole."""
        self.counted = nouns_of(words["counted"])
        """The nouns that a measure word counts, where it counts no others."""
        self.heads = tuple(words["heads"])
        """Ends of nouns that take verbs before them into one word."""
        self.agents = tuple(words["agents"])
        """Ends of those that do what the verb behind them tells."""
        self.owners = {word: tuple(ends) for word, ends in words["owners"].items()}
        """What a property begins with that tells whose it is, and the ends of those nouns."""
        self.owned = frozenset(word[0] for word in self.owners)
        """The characters with which such a property begins."""
        self.of_amounts = tuple(words["of_amounts"])
        """Ends of properties of what is itself measured: 出口|增速."""
        self.damaged, self.losses = tuple(words["damaged"]), tuple(words["losses"])
        """What names of damaged things begin with, and the ends of properties that are not theirs."""
        self.costs = tuple(words["costs"])
        self.costed = tuple(words["costed"])
        """Ends of properties that tell what something costs, and of counted things that are told to cost it."""
        self.of_counted = frozenset(words["of_counted"])
        """Properties of what was counted right before."""
        self.stakes = tuple(words["stakes"])
        """Ends of what is itself measured where its amount stands before."""
        self.share_numbers = tuple(words["share_numbers"])
        """Ends of how many shares there are, which are so much of all."""
        self.closing = frozenset(
            word[-1] for name in ("stakes", "sums_paid", "costs", "losses") for word in words[name]
        )
        """The characters with which words end that few things and properties end with."""
        self.share_prices, self.sums_paid = tuple(words["share_prices"]), tuple(words["sums_paid"])
        """Ends of prices of shares, and of sums paid that the clauses behind are not about."""
        self.topic_ends = frozenset(word[-1] for name in ("foretold", "parts") for word in words[name])
        """The characters with which words end of which nothing more is told, or of the whole."""
        self.parts = tuple(words["parts"])
        """Ends of parts of what is built, which the clauses behind are not about."""
        self.people = frozenset(words["people"])
        """Measure words of persons."""
        self.among = tuple(words["among"])
        """Ends of a phrase that names those of whom some are told."""

    def _of(self, kind: str, unit: str, last: bool) -> tuple[Tried, ...]:
        """The rules for an amount of this kind and unit; ``last``: nothing stands behind it."""
        found = self._by_kind.get((kind, unit, last))
        if found is None:
            plans = (p for p in self.all if p.allows(kind, unit) and not (last and p.behind))
            allowed = tuple((plan.needs, plan.either or ANY, plan) for plan in plans)
            found = self._by_kind[kind, unit, last] = allowed
        return found

    def _fit(self, kind: str, unit: str, clause: str, item: int) -> Fit | None:
        window = f"{clause[:item]}#{clause[item + 1 :]}".replace("C#", "E#")  # 占比低于3%: nothing is compared
        if "p" in window:
            window = self._aside.sub(lambda m: "A" * len(m[0]), window)
        letters = frozenset(window)
        for needs, either, plan in self._of(kind, unit, item + 1 == len(window)):
            if needs in window and not either.isdisjoint(letters):
                m = plan.matcher.search(window)
                if m is not None:
                    return _fit_of(plan, m, clause, item)
        return None


def _fit_of(plan: Plan, m: re.Match[str] | regex.Match[str], clause: str, item: int) -> Fit:
    """What ``plan`` catches in a clause; of a subject that ends with a name the name alone (电商|甲乙公司)."""
    spans = m.regs
    subject, prop, whole = [spans[n] if n and spans[n][0] >= 0 else None for n in plan.groups]
    shortens = False
    if subject is not None and LISTS.isdisjoint(clause[slice(*subject)]):
        if clause.endswith("I", *subject):
            subject = subject[1] - 1, subject[1]
        shortens = subject[1] - subject[0] > 1
    before = clause[:item]
    return Fit(
        plan, subject, prop, whole, shortens, not CHANGING.isdisjoint(before), not EACH.isdisjoint(before),
    )  # fmt: skip


def _plan(pattern: Pattern) -> Plan:
    def words(name: str) -> frozenset[str]:
        return frozenset(pattern.get(name, ()))

    return Plan(
        pattern, kinds=words("kinds"), or_units=words("or_units"), not_kinds=words("not_kinds"), units=words("units"),
        not_units=words("not_units"), needs=pattern.get("needs", "#"), either=words("either"),
        behind=pattern.get("behind", False), carry=pattern.get("carry", ""), topic=pattern.get("topic", False),
        phrase=bool(pattern.get("phrase")),
    )  # fmt: skip
