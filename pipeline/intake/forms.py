"""The forms that lines have by themselves: patterns behind a cheap look at a line's first, last and needed signs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

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
        """The match in ``text``, for which `Forms` gave this form; where it tells of names they must be some."""
        for word in self.has:
            if word in text:
                break
        else:
            if self.has:
                return None
        m = self.pattern.regex.search(text)
        if m is None or (self.are_names is not None and not self.are_names(m["names"])):
            return None
        return m


class _Ready(NamedTuple):
    """Forms that texts of a kind may have; ``gate`` finds one of the words that they hold, where all hold some."""

    forms: tuple[Form, ...]
    gate: re.Pattern[str] | None


class Forms:
    """All forms, by role in file order. For the first and last sign of a text and the signs within it only those are
    tried that it may have: of most texts none."""

    def __init__(self, patterns: tuple[Pattern, ...], are_names: Callable[[str], bool]) -> None:
        """The fields of a rule are ``role kind names first last has without``."""
        self._by_role: dict[str, list[Form]] = {}
        for pattern in patterns:
            form = _form(pattern, are_names)
            self._by_role.setdefault(form.role, []).append(form)
        every = [f for forms in self._by_role.values() for f in forms]
        self._first = frozenset().union(*(f.first for f in every))
        self._last = frozenset().union(*(f.last for f in every))
        self._without = tuple(sorted({sign for f in every for sign in f.without}))
        self._ready: dict[tuple[tuple[str, ...], str, str, tuple[bool, ...]], _Ready] = {}

    def that_may(self, text: str, roles: tuple[str, ...]) -> tuple[Form, ...]:
        """The forms of ``roles``, in this order, that ``text`` may have by its signs and words."""
        first = text[0] if text[0] in self._first else ""
        last = text[-1] if text[-1] in self._last else ""
        key = (roles, first, last, tuple([sign in text for sign in self._without]))
        ready = self._ready.get(key)
        if ready is None:
            ready = self._ready[key] = self._chosen(*key)
        if ready.gate is not None and ready.gate.search(text) is None:
            return ()
        return ready.forms

    def _chosen(self, roles: tuple[str, ...], first: str, last: str, held: tuple[bool, ...]) -> _Ready:
        barred = {sign for sign, there in zip(self._without, held, strict=True) if there}
        forms = tuple(
            f
            for role in roles
            for f in self._by_role.get(role, ())
            if barred.isdisjoint(f.without) and (not f.first or first in f.first) and (not f.last or last in f.last)
        )
        if not forms or not all(f.has for f in forms):
            return _Ready(forms, None)
        words = sorted({word for f in forms for word in f.has}, key=lambda word: (-len(word), word))
        return _Ready(forms, re.compile("|".join(map(re.escape, words))))


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
