"""What an article states: quantities and what they measure, ranks, roles, quotations and events; what agrees."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Fact, View
from pipeline.facts.checks import find_checks
from pipeline.facts.claims import claims_of
from pipeline.facts.quantity import quantities_in
from pipeline.facts.ranks import ranks_in
from pipeline.facts.same import find_same
from pipeline.facts.statements import add_statements
from pipeline.rulebook import Rulebook


def find_facts(views: Sequence[View], rules: Rulebook) -> list[list[Fact]]:
    """All facts of each article: quantities, ranks, roles, quotes, events, those of a type in the order of the text.

    Finder by finder over the articles, not article by article: one finder's code and tables stay in the cache.
    """
    out = quantities_in(views, rules)
    for facts, ranks in zip(out, ranks_in(views, rules), strict=True):
        facts += ranks
    add_statements(views, out, rules)
    return out


def relate(views: Sequence[View], rules: Rulebook) -> None:
    """Write ``view.same`` and ``view.checks`` of each: which facts state the same thing, which numbers agree."""
    told = []
    for view in views:
        claims = claims_of(view)
        view.same = find_same(view, claims)
        told.append(claims)
    for view, checks in zip(views, find_checks(views, told, rules), strict=True):
        view.checks = checks


__all__ = ["find_facts", "relate"]
