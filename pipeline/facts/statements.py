"""Roles, quotations and events together: they ask the same things of an article, which is indexed once for all."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Fact, View
from pipeline.facts.events import events_in
from pipeline.facts.quotes import quotes_in
from pipeline.facts.roles import roles_in
from pipeline.facts.scene import scenes_of
from pipeline.rulebook import Rulebook


def statement_facts(views: Sequence[View], rules: Rulebook) -> list[list[Fact]]:
    """The role facts, then the quote facts, then the event facts of each view; offsets are of its clean text."""
    scenes = scenes_of(views, rules)
    told = [scene for scene in scenes if scene is not None]
    roles = roles_in(told, rules)
    quotes, events = quotes_in(told, roles, rules), events_in(told, rules)
    found = iter([[*r, *q, *e] for r, q, e in zip(roles, quotes, events, strict=True)])
    return [[] if scene is None else next(found) for scene in scenes]
