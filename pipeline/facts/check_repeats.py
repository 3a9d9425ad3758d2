"""The same told twice: with one number (103 and 103.08公顷, as precise as each is written) or with two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.core.model import Check, View
from pipeline.facts.check_rules import CheckRules
from pipeline.facts.claims import Claim
from pipeline.facts.verdict import plain, range_of, slipped

RULE = "check.same-claim"
KINDS = ("count", "measure", "money", "percent", "temperature")
ALIKE = Decimal("1.5")
"""One of two numbers that are meant to be the same is not more than so many times the other, slips of scale aside."""
NAME = 3
"""The shortest name of a thing that is taken to be the same thing elsewhere."""


def repeat_checks(view: View, claims: Sequence[Claim], rules: CheckRules) -> list[Check]:
    """A check for each two amounts that state the same and are written differently, or contradict each other."""
    if not rules.has(RULE):
        return []
    by_index = {c.index: c for c in claims}
    out: list[Check] = []
    for group in view.same:
        told = [by_index[i] for i in group if i in by_index]
        for claim in told[1:]:
            if (claim.value, claim.modifier, claim.digit) != (told[0].value, told[0].modifier, told[0].digit):
                out += _compared(told[0], claim, rules)
    return out + _contradictions(claims, rules)


def _contradictions(claims: Sequence[Claim], rules: CheckRules) -> list[Check]:
    """Amounts of one and the same thing, property and time, in different sentences, that cannot be one number."""
    alike: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for c in claims:
        if len(c.subject) >= NAME and c.prop and c.time and c.kind in KINDS and c.modifier is None:
            place = c.fact.args.get("place")
            alike[c.subject, c.prop, c.time, c.unit, c.change, c.per, c.whole, place].append(c)
    out: list[Check] = []
    for same in alike.values():
        first, *others = same
        if len(same) == 2 and others[0].number != first.number and _contradicts(first, others[0]):
            out += _compared(first, others[0], rules)
    return out


def _compared(first: Claim, second: Claim, rules: CheckRules) -> list[Check]:
    """The check of the second amount against the first, which is told as it is written."""
    check = rules.judged(RULE, [first, second], second, range_of(first))
    return [] if check is None else [replace(check, expected=plain(first.value))]


def _contradicts(a: Claim, b: Claim) -> bool:
    low, high = sorted((a.value, b.value))
    if a.low <= b.high and b.low <= a.high:
        return False
    return 0 < low and (high <= low * ALIKE or slipped(b, range_of(a)))
