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
    roles = [roles_in(scene, rules) for scene in scenes]
    quotes = [quotes_in(scene, held, rules) for scene, held in zip(scenes, roles, strict=True)]
    events = [events_in(scene, rules) for scene in scenes]
    return [[*r, *q, *e] for r, q, e in zip(roles, quotes, events, strict=True)]
