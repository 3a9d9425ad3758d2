"""The forms that lines have by themselves: patterns behind a cheap look at a line's first, last and needed signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from pipeline.rulebook import Pattern

COLUMN = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")


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
    without: frozenset[str]
    are_names: Callable[[str], bool] | None
    holds: Callable[[str], object] | None
    """Finds one of the words of ``has``."""

    def search(self, text: str) -> regex.Match[str] | None:
        """The match in ``text``, for which `Forms` gave this form; where it tells of names they must be some."""
        if self.holds is not None and self.holds(text) is None or not self.without.isdisjoint(text):
            return None
        m = self.pattern.regex.search(text)
        if m is None or (self.are_names is not None and not self.are_names(m["names"])):
            return None
        return m


class _Ready(NamedTuple):
    """Forms that texts of a kind may have; where ``gate`` finds none of their words, those ``free`` of words only."""

    forms: tuple[Form, ...]
    free: tuple[Form, ...]
    gate: Callable[[str], object] | None


@dataclass(frozen=True, slots=True)
class _Roles:
    """The forms of some roles in order, and the signs by which they are told apart."""

    forms: tuple[Form, ...]
    first: frozenset[str]
    last: frozenset[str]
    without: tuple[str, ...]
    """The signs that bar several of them; what bars a single one is left to its own search."""
    ready: dict[tuple[str, str, tuple[str, ...]], _Ready] = field(default_factory=dict)

    def choose(self, first: str, last: str, held: tuple[str, ...]) -> _Ready:
        """The forms that a text may have which begins and ends so and holds these signs; kept for the next such."""
        forms = tuple(
            f
            for f in self.forms
            if f.without.isdisjoint(held) and (not f.first or first in f.first) and (not f.last or last in f.last)
        )
        free = tuple(f for f in forms if not f.has)
        ready = self.ready[first, last, held] = _Ready(forms, free, _finder(word for f in forms for word in f.has))
        return ready


class Forms:
    """All forms, by role in file order. For the first and last sign of a text and the signs within it only those are
    tried that it may have: of most texts none."""

    def __init__(
        self, patterns: tuple[Pattern, ...], are_names: Callable[[str], bool], words: Callable[[str], Iterable[str]]
    ) -> None:
        """The fields of a rule are ``role kind names first last has without``; ``words`` are those of a table's
        column, ``layout_furniture.navigation``, of whose last signs ``last`` may speak."""
        self._by_role: dict[str, list[Form]] = {}
        for pattern in patterns:
            form = _form(pattern, are_names, words)
            self._by_role.setdefault(form.role, []).append(form)
        self._roles: dict[tuple[str, ...], _Roles] = {}

    def that_may(self, text: str, roles: tuple[str, ...]) -> tuple[Form, ...]:
        """The forms of ``roles``, in this order, that ``text`` may have by its signs and words."""
        told = self._roles.get(roles) or self._of(roles)
        first = text[0] if text[0] in told.first else ""
        last = text[-1] if text[-1] in told.last else ""
        held = tuple([sign for sign in told.without if sign in text])
        ready = told.ready.get((first, last, held)) or told.choose(first, last, held)
        return ready.free if ready.gate is not None and ready.gate(text) is None else ready.forms

    def _of(self, roles: tuple[str, ...]) -> _Roles:
        forms = tuple(f for role in roles for f in self._by_role.get(role, ()))
        barring = Counter(sign for f in forms for sign in f.without)
        told = self._roles[roles] = _Roles(
            forms,
            frozenset().union(*(f.first for f in forms)),
            frozenset().union(*(f.last for f in forms)),
            tuple(sorted(sign for sign, n in barring.items() if n > 1)),
        )
        return told


def _form(p: Pattern, are_names: Callable[[str], bool], words: Callable[[str], Iterable[str]]) -> Form:
    last = p.get("last", "")
    # {layout_furniture.navigation}: the last signs of the words there, which stand in either case
    ends = {sign for column in COLUMN.findall(last) for word in words(column) for sign in word[-1:]}
    ends |= {other for sign in ends for other in (sign.lower(), sign.upper())}
    has = tuple(w for w in p.get("has", "").split("|") if w)
    return Form(
        p,
        p.get("role"),
        p.get("kind", ""),
        frozenset(p.get("first", "")),
        frozenset(COLUMN.sub("", last)) | ends,
        has,
        frozenset(p.get("without", "")),
        are_names if p.get("names") else None,
        _finder(has),
    )


def _finder(words: Iterable[str]) -> Callable[[str], object] | None:
    """Finds one of ``words`` in a text; None where there are none."""
    some = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, some))).search if some else None
