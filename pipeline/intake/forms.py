"""The forms that lines have by themselves: patterns behind a cheap look at a line's first, last and needed signs."""

from __future__ import annotations

from collections.abc import Callable
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


class Forms:
    """All forms, by role in file order; for the last sign of a text only those are tried that may end so."""

    def __init__(self, patterns: tuple[Pattern, ...], are_names: Callable[[str], bool]) -> None:
        """The fields of a rule are ``role kind names first last has without``."""
        self._by_role: dict[str, list[Form]] = {}
        for pattern in patterns:
            form = _form(pattern, are_names)
            self._by_role.setdefault(form.role, []).append(form)
        every = [f for forms in self._by_role.values() for f in forms]
        self._telling = frozenset().union(*(f.last for f in every), *(f.without for f in every))
        self._ready: dict[tuple[tuple[str, ...], str], tuple[Form, ...]] = {}

    def that_may(self, text: str, roles: tuple[str, ...]) -> tuple[Form, ...]:
        """The forms of ``roles``, in this order, that a text with the last sign of ``text`` may have."""
        last = text[-1] if text[-1] in self._telling else ""
        key = (roles, last)
        found = self._ready.get(key)
        if found is None:
            some = (f for role in roles for f in self._by_role.get(role, ()))
            found = tuple(f for f in some if last not in f.without and (not f.last or last in f.last))
            self._ready[key] = found
        return found


def _form(p: Pattern, are_names: Callable[[str], bool]) -> Form:
    return Form(
        p,
        p.get("role"),
        p.get("kind", ""),
        frozenset(p.get("first", "")),
        frozenset(p.get("last", "")),
        tuple(w for w in p.get("has", "").split("|") if w),
        tuple(p.get("without", "")),
        are_names if p.get("names") else None,
    )
