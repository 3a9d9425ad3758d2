"""The forms that lines have by themselves: patterns behind a cheap look at a line's first, last and needed signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import regex

from pipeline.rulebook import Pattern


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern of a role. Most lines are turned away before its regular expression is tried.

    ``first`` and ``last``: signs with which the line must begin and end; ``has``: words one of which it must hold;
    ``without``: signs that it may not hold; all empty where anything goes.
    """

    pattern: Pattern
    role: str
    kind: str
    first: frozenset[str]
    last: frozenset[str]
    has: tuple[str, ...]
    without: tuple[str, ...]
    are_names: Callable[[str], bool] | None

    def search(self, text: str) -> regex.Match[str] | None:
        """The match of the pattern in ``text``; where it tells of names they must be some."""
        if self.first and text[0] not in self.first or self.last and text[-1] not in self.last:
            return None
        for word in self.has:
            if word in text:
                break
        else:
            if self.has:
                return None
        for sign in self.without:
            if sign in text:
                return None
        m = self.pattern.regex.search(text)
        if m is None or (self.are_names is not None and not self.are_names(m["names"])):
            return None
        return m


def forms_of(patterns: tuple[Pattern, ...], are_names: Callable[[str], bool]) -> Mapping[str, tuple[Form, ...]]:
    """The forms by role, in file order; the fields of a rule are ``role kind names first last has without``."""
    out: dict[str, list[Form]] = {}
    for p in patterns:
        role: str = p.get("role")
        form = Form(
            p,
            role,
            p.get("kind", ""),
            frozenset(p.get("first", "")),
            frozenset(p.get("last", "")),
            tuple(w for w in p.get("has", "").split("|") if w),
            tuple(p.get("without", "")),
            are_names if p.get("names") else None,
        )
        out.setdefault(role, []).append(form)
    return {role: tuple(found) for role, found in out.items()}
