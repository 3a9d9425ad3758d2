"""What an article states: quantities and what they measure, ranks, roles, quotations and events; what agrees."""

from __future__ import annotations

from pipeline.core.model import Fact, View
from pipeline.facts.checks import find_checks
from pipeline.facts.claims import claims_of
from pipeline.facts.quantity import quantity_facts
from pipeline.facts.ranks import rank_facts
from pipeline.facts.same import find_same
from pipeline.facts.statements import statement_facts
from pipeline.rulebook import Rulebook

FINDERS = (quantity_facts, rank_facts, statement_facts)
"""Each gives facts of one type after the other, and those of a type in the order of the text."""


def find_facts(view: View, rules: Rulebook) -> list[Fact]:
    """All facts of the article, finder by finder."""
    return [fact for find in FINDERS for fact in find(view, rules)]


def relate(view: View, rules: Rulebook) -> None:
    """Write ``view.same`` and ``view.checks``: which facts state the same thing, which numbers agree."""
    claims = claims_of(view)
    view.same = find_same(view, claims)
    view.checks = find_checks(view, claims, rules)


__all__ = ["FINDERS", "find_facts", "relate"]
