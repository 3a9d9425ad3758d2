"""The numbers of an article against each other: shares, changes, sums, the same told twice, dates.

A check that fails is one that its words leave no doubt of; where it is not sure which numbers belong together, those
that agree are told and those that do not are no check.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.core.model import Check, View
from pipeline.facts.check_changes import change_checks
from pipeline.facts.check_dates import date_checks
from pipeline.facts.check_products import product_checks
from pipeline.facts.check_repeats import repeat_checks
from pipeline.facts.check_rules import CheckRules, check_rules
from pipeline.facts.check_shares import share_checks
from pipeline.facts.check_sums import part_checks, sum_checks
from pipeline.facts.claims import Claim, Claims, by_sentence
from pipeline.facts.verdict import blunt
from pipeline.rulebook import Rulebook

FINDERS: tuple[Callable[[View, Claims, CheckRules], list[Check]], ...] = (
    share_checks,
    change_checks,
    sum_checks,
    part_checks,
    product_checks,
    repeat_checks,
)
"""Each gives the checks of amounts of its kind, in the order of the text."""


def find_checks(views: Sequence[View], claims: Sequence[list[Claim]], rules: Rulebook) -> list[list[Check]]:
    """All checks of each article, kind by kind; ``claims`` are its amounts, and ``view.same`` tells which are one.

    Kind by kind over the articles too: one kind's code and patterns stay in the cache.
    """
    told = check_rules(rules)
    found: list[list[Check]] = [[] for _ in views]
    amounts = [(view, by_sentence(own), out) for view, own, out in zip(views, claims, found, strict=True) if own]
    for find in FINDERS:
        for view, own, out in amounts:
            out += find(view, own, told)
    for view, out in zip(views, found, strict=True):
        if view.times:
            out += date_checks(view, told)
    return [_each_once([c for c in out if not blunt(c)]) if out else out for out in found]


def _each_once(found: Sequence[Check]) -> list[Check]:
    """进出口300亿元，其中出口180亿元，进口120亿元: a list, and a whole by its meaning, are one sum."""
    out: list[Check] = []
    seen: set[tuple[int, ...]] = set()
    for check in found:
        if not check.facts or check.facts not in seen:
            seen.add(check.facts)
            out.append(check)
    return out
