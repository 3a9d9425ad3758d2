"""The rules of ``checks``: which texts take part in a check, read once for each rulebook."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from pipeline.core.matchers import Late, Match, matcher
from pipeline.core.model import Change, Check, View
from pipeline.core.slices import Record
from pipeline.facts.claims import Claim
from pipeline.facts.verdict import Range, Verdict, slipped, verdict
from pipeline.rulebook import Pattern, Row, Rulebook

SLIP = "check.unit-slip"
PATTERN = "pattern"
ANY = ("*",)
"""The whole of words that part anything: 男 and 女."""
SIGNS = regex.compile(r"\s*([+-])\s*")


class Partition(Record, frozen=True):
    """A whole that is by its meaning the sum of its parts: 进出口 of 出口 and 进口; ``less`` are subtracted."""

    whole: tuple[str, ...]
    more: tuple[tuple[str, ...], ...]
    less: tuple[tuple[str, ...], ...]


class CheckRules(Record, frozen=True):
    """The entries by id (those that are switched off are missing) and the patterns of their further keys."""

    entries: Mapping[str, Pattern]
    keys: Mapping[tuple[str, str], Late]
    partitions: tuple[Partition, ...]
    wholes: tuple[str, ...]
    """All names of wholes that have partitions."""
    whole_ends: frozenset[str]
    """The last characters of these."""
    weekdays: Mapping[str, int]
    each: str
    """What an amount for one of many is told with: 每户."""
    rates: Mapping[str, Change]
    """Names of a change, and what they tell: 降幅, a decrease."""
    counters: tuple[tuple[str, ...], ...]
    """Measure words that count the same: 每人 of 500名."""

    def has(self, rule: str) -> bool:
        """Whether the check is made at all."""
        return rule in self.entries

    def matches(self, rule: str, text: str) -> Match | None:
        """The match of the rule's pattern with the whole of ``text``."""
        return self.entries[rule].matcher.fullmatch(text)

    def finds(self, rule: str, key: str, text: str) -> bool:
        """Whether the pattern of the rule, or of a further ``key`` of it, is found in ``text``."""
        pattern = self.entries[rule].matcher if key == PATTERN else self.keys[rule, key]
        return pattern.search(text) is not None

    def judged(self, rule: str, claims: list[Claim], stated: Claim, computed: Range) -> Check | None:
        """The check of ``stated`` against what was ``computed``; one that a mended scale would make good is a slip."""
        found = verdict(stated, computed)
        if found is None:
            return None
        if not found.ok and self.has(SLIP) and slipped(stated, computed):
            rule = SLIP
        return self.made(rule, claims, found)

    def made(self, rule: str, claims: list[Claim], found: Verdict) -> Check:
        """A verdict as a check of the facts of ``claims``, in the order of the text."""
        facts = tuple(c.index for c in sorted(claims, key=lambda c: c.start))
        return Check(rule, facts, found.expected, found.actual, found.tolerance, found.ok)


def check_rules(rules: Rulebook) -> CheckRules:
    """The rules of ``checks``, built once for a rulebook."""
    return rules.once("facts.checks", _build)


def _build(rules: Rulebook) -> CheckRules:
    entries = {p.id: p for p in rules.patterns("checks")}
    keys = {
        (p.id, key): Late(text, matcher)
        for p in entries.values()
        for key, text in p.fields.items()
        if isinstance(text, str)
    }
    partitions = tuple(_partition(row) for row in rules.rows("partitions"))
    wholes = tuple(name for partition in partitions for name in partition.whole)
    settings = rules.settings("checks")
    counters = tuple(tuple(group.split("|")) for group in settings["counters"])
    ends = frozenset(name[-1] for name in wholes)
    more, less = Change("increase", "by", None), Change("decrease", "by", None)
    named = settings["rates"]
    rates = dict.fromkeys(named["increase"], more) | dict.fromkeys(named["decrease"], less)
    return CheckRules(entries, keys, partitions, wholes, ends, settings["weekdays"], settings["each"], rates, counters)


def _partition(row: Row) -> Partition:
    pieces = SIGNS.split(f"+{row['parts']}")[1:]
    told = [(sign, tuple(words.split("|"))) for sign, words in zip(pieces[::2], pieces[1::2], strict=True)]
    more, less = (tuple(words for s, words in told if s == sign) for sign in "+-")
    return Partition(row["whole"], more, less)


def between(view: View, first: Claim, second: Claim) -> str:
    """The folded text between two claims, in whichever order they stand."""
    a, b = (first, second) if first.start <= second.start else (second, first)
    return view.folded[a.end : b.start]
