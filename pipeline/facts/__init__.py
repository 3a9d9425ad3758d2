"""What an article states: quantities and what they measure, ranks, roles, quotations and events."""

from __future__ import annotations

from pipeline.core.model import Fact, View
from pipeline.facts.events import event_facts
from pipeline.facts.quantity import quantity_facts
from pipeline.facts.quotes import quote_facts
from pipeline.facts.ranks import rank_facts
from pipeline.facts.roles import role_facts
from pipeline.rulebook import Rulebook

FINDERS = (quantity_facts, rank_facts, role_facts, quote_facts, event_facts)
"""One finder for each type of fact; each gives its facts in the order of the text."""


def find_facts(view: View, rules: Rulebook) -> list[Fact]:
    """All facts of the article, finder by finder."""
    return [fact for find in FINDERS for fact in find(view, rules)]


__all__ = ["FINDERS", "find_facts"]
