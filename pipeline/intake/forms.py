"""The forms that lines have by themselves: patterns behind a cheap look at a line's first, last and needed signs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

import regex

from pipeline.rulebook import Pattern

COLUMN = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
ANCHORED = ("\\A", "(?i)\\A")


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
    anchored: bool
    """Whether the pattern, as it begins, holds at the start of a text only."""

    @property
    def find(self) -> Callable[[str], regex.Match[str] | None]:
        """The search for the pattern; where it is anchored no other place is tried."""
        compiled = self.pattern.regex
        return compiled.match if self.anchored else compiled.search

    def search(self, text: str) -> regex.Match[str] | None:
        """The match in ``text``, for which `Forms` gave this form; where it tells of names they must be some."""
        if self.holds is not None and self.holds(text) is None or not self.without.isdisjoint(text):
            return None
        m = self.find(text)
        if m is None or (self.are_names is not None and not self.are_names(m["names"])):
            return None
        return m


class _Ready(NamedTuple):
    """Forms that texts of a kind may have; where ``gate`` finds none of their words, those ``free`` of words only."""

    forms: tuple[Form, ...]
    free: tuple[Form, ...]
    gate: Callable[[str], object] | None


class _Look(NamedTuple):
    """By what a line without the signs ``without`` is seen that may have one of some forms: its first sign, its last,
    for forms of which no first sign is known, and words for those of which neither is."""

    without: tuple[str, ...]
    first: frozenset[str]
    last: frozenset[str]
    words: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Roles:
    """The forms of some roles in order, and the signs by which they are told apart."""

    forms: tuple[Form, ...]
    first: frozenset[str]
    last: frozenset[str]
    without: tuple[str, ...]
    """The signs that bar several of them; what bars a single one is left to its own search."""
    looks: tuple[_Look, ...]
    """By what a page's lines are seen that may have one of the forms."""
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

    def seen(self, texts: Sequence[str], roles: tuple[str, ...]) -> set[int]:
        """Which of the lines ``texts`` may have a form of ``roles``, found in one look at all of them.

        A word that a break parts is seen in both lines: a text of two lines has a form only where one of them is seen.
        """
        told = self._roles.get(roles) or self._of(roles)
        seen: set[int] = set()
        for look in told.looks:
            some = texts
            for sign in look.without:
                some = ["" if sign in text else text for text in some]
            first, last = look.first, look.last
            seen.update([i for i, text in enumerate(some) if text and (text[0] in first or text[-1] in last)])
            if look.words is not None:
                seen.update(_lines_of(look.words, some))
        return seen

    def _of(self, roles: tuple[str, ...]) -> _Roles:
        forms = tuple(f for role in roles for f in self._by_role.get(role, ()))
        barring = Counter(sign for f in forms for sign in f.without)
        told = self._roles[roles] = _Roles(
            forms,
            frozenset().union(*(f.first for f in forms)),
            frozenset().union(*(f.last for f in forms)),
            tuple(sorted(sign for sign, n in barring.items() if n > 1)),
            _looks(forms, {sign for sign, n in barring.items() if n > 1}),
        )
        return told


def _form(p: Pattern, are_names: Callable[[str], bool], words: Callable[[str], Iterable[str]]) -> Form:
    def signs(field: str, at: slice) -> frozenset[str]:
        """The signs of a field; {layout_furniture.navigation}: those at one end of the words there, in either case."""
        told = p.get(field, "")
        ends = {sign for column in COLUMN.findall(told) for word in words(column) for sign in word[at]}
        return frozenset(COLUMN.sub("", told)) | ends | {c for sign in ends for c in (sign.lower(), sign.upper())}

    has = COLUMN.sub(lambda m: "|".join(words(m[1])), p.get("has", ""))
    some = tuple(w for w in has.split("|") if w)
    return Form(
        p,
        p.get("role"),
        p.get("kind", ""),
        signs("first", slice(1)),
        signs("last", slice(-1, None)),
        some,
        frozenset(p.get("without", "")),
        are_names if p.get("names") else None,
        _finder(some),
        p.source.startswith(ANCHORED),
    )


def _finder(words: Iterable[str]) -> Callable[[str], object] | None:
    """Finds one of ``words`` in a text; None where there are none."""
    some = _any_of(words)
    return None if some is None else some.search


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Any of ``words``; None where there are none."""
    some = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, some))) if some else None


def _looks(forms: Iterable[Form], barring: Set[str]) -> tuple[_Look, ...]:
    """How lines are seen that may have one of ``forms``, together for those that the same signs of ``barring`` bar."""
    alike: dict[tuple[str, ...], list[Form]] = {}
    for form in forms:
        alike.setdefault(tuple(sorted(form.without & barring)), []).append(form)
    return tuple(
        _Look(
            without,
            frozenset().union(*(f.first for f in some)),
            frozenset().union(*(f.last for f in some if not f.first)),
            _words_of([f for f in some if not f.first and not f.last]),
        )
        for without, some in alike.items()
    )


def _words_of(forms: Sequence[Form]) -> re.Pattern[str] | None:
    """The words of ``forms``; any sign where one of them may be any text."""
    return re.compile(".", re.DOTALL) if any(not f.has for f in forms) else _any_of(w for f in forms for w in f.has)


def _lines_of(words: re.Pattern[str], texts: Sequence[str]) -> Iterator[int]:
    """The lines in which one of ``words`` stands, or a part of one that goes on in the next."""
    ends = list(accumulate(map(len, texts)))
    for m in words.finditer("".join(texts)):
        a, b = m.span()
        i = bisect_right(ends, a)
        yield i
        while ends[i] < b:
            i += 1
            yield i
