"""Roles, quotations and events together: they ask the same things of an article, which is indexed once for all."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Fact, View
from pipeline.facts.events import events_in
from pipeline.facts.quotes import quotes_in
from pipeline.facts.refutals import deny_refuted
from pipeline.facts.roles import roles_in
from pipeline.facts.scene import scenes_of
from pipeline.rulebook import Rulebook


def add_statements(views: Sequence[View], out: Sequence[list[Fact]], rules: Rulebook) -> None:
    """Add the role facts, then the quote facts, then the event facts of each view to its list in ``out``, which
    has the quantity facts already; and tell of all whether the article says that they are not true."""
    scenes = scenes_of(views, rules)
    told = [scene for scene in scenes if scene is not None]
    kept = [facts for scene, facts in zip(scenes, out, strict=True) if scene is not None]
    roles = roles_in(told, rules)
    for found in (roles, quotes_in(told, roles, rules), events_in(told, rules)):
        for facts, more in zip(kept, found, strict=True):
            if more:
                facts += more
    for scene, facts in zip(told, kept, strict=True):
        if scene.hits.refutals:
            deny_refuted(scene, facts, rules)
