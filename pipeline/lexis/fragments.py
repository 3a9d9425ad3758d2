"""Fragments of rule files that code matches with, compiled when first used: an article needs a part of them only."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import regex

from pipeline.core.beginnings import beginnings
from pipeline.core.matchers import Late, matcher
from pipeline.rulebook import Rulebook


class Fragment(Late):
    """The pattern of a fragment."""

    def __init__(self, rules: Rulebook, file: str, name: str) -> None:
        """The fragment ``name`` of the rule file ``file``; raises `RuleError` where it is not known."""
        self.source = rules.fragment(file, name)
        super().__init__(self.source, matcher)

    @cached_property
    def regex(self) -> regex.Pattern[str]:
        """The compiled pattern, for what the standard library cannot: all that a group has read."""
        return regex.compile(self.source)

    @cached_property
    def begins(self) -> Callable[[str], bool]:
        """Tells whether a match may begin with a character; nothing is compiled for it."""
        return beginnings(self.source)
