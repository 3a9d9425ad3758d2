"""Fragments of rule files that code matches with, compiled when first used: an article needs a part of them only."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import regex

from pipeline.core.beginnings import beginnings
from pipeline.core.matchers import Match, Matcher, matcher
from pipeline.rulebook import Rulebook

Found = Match | None


class Fragment:
    """The pattern of a fragment, with the methods of a compiled one that are used here."""

    def __init__(self, rules: Rulebook, file: str, name: str) -> None:
        """The fragment ``name`` of the rule file ``file``; raises `RuleError` where it is not known."""
        self.source = rules.fragment(file, name)

    @cached_property
    def regex(self) -> regex.Pattern[str]:
        """The compiled pattern, for what the standard library cannot: all that a group has read."""
        return regex.compile(self.source)

    @cached_property
    def begins(self) -> Callable[[str], bool]:
        """Tells whether a match may begin with a character; nothing is compiled for it."""
        return beginnings(self.source)

    @cached_property
    def _matcher(self) -> Matcher:
        return matcher(self.source)

    @cached_property
    def match(self) -> Callable[..., Found]:
        """As of a compiled pattern."""
        return self._matcher.match

    @cached_property
    def search(self) -> Callable[..., Found]:
        """As of a compiled pattern."""
        return self._matcher.search

    @cached_property
    def fullmatch(self) -> Callable[..., Found]:
        """As of a compiled pattern."""
        return self._matcher.fullmatch
