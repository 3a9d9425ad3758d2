"""Roles, quotations and events together: they ask the same things of an article, which is indexed once for all."""

from __future__ import annotations

from pipeline.core.model import Fact, View
from pipeline.facts.events import events_in
from pipeline.facts.quotes import quotes_in
from pipeline.facts.roles import roles_in
from pipeline.facts.scene import Scene
from pipeline.rulebook import Rulebook


def statement_facts(view: View, rules: Rulebook) -> list[Fact]:
    """The role facts, then the quote facts, then the event facts of ``view``; offsets are of its clean text."""
    scene = Scene.of(view)
    roles = roles_in(scene, rules)
    return [*roles, *quotes_in(scene, roles, rules), *events_in(scene, rules)]
