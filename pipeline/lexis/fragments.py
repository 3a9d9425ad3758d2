"""Fragments of rule files that code matches with, compiled when first used: an article needs a part of them only."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import regex

from pipeline.rulebook import Rulebook

Found = regex.Match[str] | None


class Fragment:
    """The pattern of a fragment, with the methods of a compiled one that are used here."""

    def __init__(self, rules: Rulebook, file: str, name: str) -> None:
        """The fragment ``name`` of the rule file ``file``; raises `RuleError` where it is not known."""
        self.source = rules.fragment(file, name)

    @cached_property
    def regex(self) -> regex.Pattern[str]:
        """The compiled pattern."""
        return regex.compile(self.source)

    @cached_property
    def match(self) -> Callable[..., Found]:
        """As of a compiled pattern."""
        return self.regex.match

    @cached_property
    def search(self) -> Callable[..., Found]:
        """As of a compiled pattern."""
        return self.regex.search

    @cached_property
    def fullmatch(self) -> Callable[..., Found]:
        """As of a compiled pattern."""
        return self.regex.fullmatch
