"""The numbers of an article against each other: shares, changes, sums, the same told twice, dates.

A check that fails is one that its words leave no doubt of; where it is not sure which numbers belong together, those
that agree are told and those that do not are no check.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.core.model import Check, View
from pipeline.facts.check_changes import change_checks
from pipeline.facts.check_dates import date_checks
from pipeline.facts.check_products import product_checks
from pipeline.facts.check_repeats import repeat_checks
from pipeline.facts.check_rules import CheckRules, check_rules
from pipeline.facts.check_shares import share_checks
from pipeline.facts.check_sums import part_checks, sum_checks
from pipeline.facts.claims import Claim, Claims, by_sentence
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


def find_checks(view: View, claims: list[Claim], rules: Rulebook) -> list[Check]:
    """All checks of the article, kind by kind; ``claims`` are its amounts, and ``view.same`` tells which are one."""
    told = check_rules(rules)
    found: list[Check] = []
    if claims:
        amounts = by_sentence(claims)
        for find in FINDERS:
            found += find(view, amounts, told)
    found += date_checks(view, told)
    out: list[Check] = []
    seen: set[tuple[int, ...]] = set()
    for check in found:
        # 进出口300亿元，其中出口180亿元，进口120亿元: a list, and a whole by its meaning, are one sum.
        if not check.facts or check.facts not in seen:
            seen.add(check.facts)
            out.append(check)
    return out
