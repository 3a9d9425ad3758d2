"""The same told twice: with one number (103 and 103.08公顷, as precise as each is written) or with two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from pipeline.core.model import Check, View
from pipeline.facts.check_rules import CheckRules
from pipeline.facts.claims import Claim, Claims
from pipeline.facts.same import one_change, one_time
from pipeline.facts.verdict import plain, range_of, slipped

RULE = "check.same-claim"
KINDS = ("count", "measure", "money", "percent", "temperature")
ALIKE = Decimal("1.5")
"""One of two numbers that are meant to be the same is not more than so many times the other, slips of scale aside."""
LEAD = 3
"""The last of the sentences that tell again what the title told."""
CLOSE = 6
"""How many characters may stand between a limit and the number that passed it."""
NAME = 3
"""The shortest name of a thing that is taken to be the same thing elsewhere."""


def repeat_checks(view: View, claims: Claims, rules: CheckRules) -> list[Check]:
    """A check for each two amounts that state the same and are written differently, or contradict each other."""
    if not rules.has(RULE):
        return []
    by_index = {c.index: c for c in claims.all} if view.same else {}
    out: list[Check] = []
    for group in view.same:
        told = [by_index[i] for i in group if i in by_index]
        for claim in told[1:]:
            if (claim.value, claim.modifier, claim.digit) != (told[0].value, told[0].modifier, told[0].digit):
                out += _compared(told[0], claim, rules)
    if len(claims.all) > 1:
        for find in _contradictions, _headed, _limits:
            out += find(view, claims.all, rules)
    return out


def _headed(view: View, claims: Sequence[Claim], rules: CheckRules) -> list[Check]:
    """Amounts of a title (【…】 too) against the same in the sentences right behind it."""
    out: list[Check] = []
    end = next((line.end for line in view.lines[:1] if line.kind == "title"), 0)
    if not end and (m := rules.keys[RULE, "title"].match(view.folded)) is not None:
        end = m.end()
    if not end:
        return out
    plain_ones = [c for c in claims if c.number <= LEAD and c.modifier is None and c.kind in KINDS]
    head = [c for c in plain_ones if c.end <= end and c.prop]
    body = [c for c in plain_ones if c.start >= end]
    for title in head:
        told = [c for c in body if c.unit == title.unit and (c.subject, c.prop) == (title.subject, title.prop)]
        alike = [c for c in told if one_change(c, title) and one_time(c.time, title.time) and not c.time == title.time]
        alone = sum(c.unit == title.unit and c.end <= end for c in claims) == 1
        if len(told) == len(alike) == 1 and alone:
            if title.low > alike[0].high or title.high < alike[0].low:
                out += _compared(alike[0], title, rules)
    return out


def _limits(view: View, claims: Sequence[Claim], rules: CheckRules) -> list[Check]:
    """超过80万例，达501635例: a number right behind the limit that it is said to have passed."""
    out: list[Check] = []
    for limit, exact in pairwise(claims):
        # Most are told apart by the first of these.
        if limit.modifier is None or exact.modifier is not None or exact.start - limit.end > CLOSE:
            continue
        if limit.change == exact.change:
            passed = limit.modifier == "more_than" and exact.high < limit.value
            kept = limit.modifier == "less_than" and exact.low > limit.value
            alike = limit.unit == exact.unit and limit.thing == exact.thing and limit.number == exact.number
            if alike and (passed or kept) and rules.matches(RULE, view.folded[limit.end : exact.start]):
                out += _compared(exact, limit, rules)
    return out


def _contradictions(view: View, claims: Sequence[Claim], rules: CheckRules) -> list[Check]:
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
            if _places(view, others[0]) <= _places(view, first):
                out += _compared(first, others[0], rules)
    return out


def _places(view: View, claim: Claim) -> set[str]:
    """The places that are named in the sentence of a claim: of another one another number is told."""
    start, end = claim.sentence
    return {e.norm.entity for e in view.entities if e.label == "LOC" and start <= e.start < end}


def _compared(first: Claim, second: Claim, rules: CheckRules) -> list[Check]:
    """The check of the second amount against the first, which is told as it is written."""
    check = rules.judged(RULE, [first, second], second, range_of(first))
    return [] if check is None else [replace(check, expected=plain(first.value))]


def _contradicts(a: Claim, b: Claim) -> bool:
    low, high = sorted((a.value, b.value))
    if a.low <= b.high and b.low <= a.high:
        return False
    return 0 < low and (high <= low * ALIKE or slipped(b, range_of(a)))
