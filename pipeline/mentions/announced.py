"""Who announces something, and where a text comes from: names that what stands beside them tells."""

from __future__ import annotations

import re

from pipeline.core.matchers import Late
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import Pattern
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook

TITLE = "T"
"""The sign of a title."""


def find_announced(texts: Texts, rules: Rulebook) -> None:
    """Who announces something at the beginning of a line, where a text comes from, shares under special treatment."""
    patterns, special, common = rules.once("announced", _announcers)
    for key, pattern in patterns.items():
        for text in texts.holding(key):
            text.found += [
                Candidate(*m.span("name"), "ORG", "entity.org.announced", "0.95", 6)
                for m in pattern.finditer(text.folded)
                if m["name"] not in common and not _is_titled(text.items, *m.span("name"))
            ]
    for text in texts.holding("special"):
        text.found += [
            Candidate(*m.span(), "ORG", "entity.org.listed", "0.90", 5) for m in special.finditer(text.folded)
        ]


def _is_titled(items: Items, start: int, end: int) -> bool:
    """Whether a title stands in ``[start, end)``: 来源：远山新闻摄影记者陶若溪 names a person."""
    return TITLE in items.signs[items.at(start) : items.at(end)]


def _announcers(rules: Rulebook) -> tuple[dict[str, Pattern], Late, frozenset[str]]:
    settings = rules.settings("entities")
    patterns: dict[str, Pattern] = {
        "announced": Late(settings["announced"], re.compile),
        "came_from": Late(settings["came_from"]),
    }
    return patterns, Late(settings["special"]), frozenset(settings["no_announcer"].split("|"))
