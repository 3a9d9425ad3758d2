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
    found: list[list[Fact]] = [roles_in(s, rules) if s is not None and s.hits.titles else [] for s in scenes]
    for scene, facts in zip(scenes, found, strict=True):
        if scene is not None and scene.hits.verbs:
            facts += quotes_in(scene, facts, rules)
    for scene, facts in zip(scenes, found, strict=True):
        if scene is not None and scene.hits.triggers:
            facts += events_in(scene, rules)
    return found
