"""The forms that lines have by themselves: patterns behind a cheap look at a line's first, last and needed signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import regex

from pipeline.core.matchers import HAN
from pipeline.intake.lookout import Lookout
from pipeline.rulebook import Pattern

Match = re.Match[str] | regex.Match[str]
COLUMN = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
ANCHORED = ("\\A", "(?i)\\A")


_HAN = r"\p{Han}"
MOST_HAN = 3
"""Classes of Han of an expression `re` compiles at once: it goes through all signs of each, a millisecond a class."""
OFTEN = 1000
"""A form that is asked of so many lines is worth what `re` takes to compile it."""


def compiled(source: str) -> re.Pattern[str] | regex.Pattern[str]:
    """An expression of the layout's rules, in whose classes ``\\p{Han}`` may stand.

    `re` tries plain ones in half of the time that `regex` takes; those that it does not know, or that would cost more
    to compile than a page wins by them, are left to that.
    """
    return _by_re(source) if source.count(_HAN) <= MOST_HAN else regex.compile(source)


def _by_re(source: str) -> re.Pattern[str] | regex.Pattern[str]:
    """An expression that `re` compiles, if it knows it."""
    try:
        return re.compile(source.replace(_HAN, HAN))
    except re.error:
        return regex.compile(source)


def _finder(source: str) -> Callable[[str], Match | None]:
    """What finds an expression in a text; a long one is compiled anew by `re` once it is asked for often."""
    # Where it is anchored no other place is tried.
    method = "match" if source.startswith(ANCHORED) else "search"
    find: Callable[[str], Match | None] = getattr(compiled(source), method)
    if source.count(_HAN) <= MOST_HAN:
        return find
    left = OFTEN

    def counted(text: str) -> Match | None:
        nonlocal find, left
        if not left:
            find = getattr(_by_re(source), method)
        left -= 1
        return find(text)

    return counted


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def search(self) -> Callable[[str], Match | None]:
        """Finds the match in a text; where it has what must be names they must be some."""
        find, first, last, without = _finder(self.pattern.source), self.first, self.last, self.without
        holds = _one_of(self.has).search
        barred = re.compile(f"[{re.escape(''.join(sorted(without)))}]" if without else r"\Z.").search
        are_names = self.are_names

        def by_words(text: str) -> Match | None:
            # A line that was looked at since it has the words need not be asked for them first.
            m = find(text)
            if m is None or holds(text) is None or barred(text) is not None:
                return None
            return m if are_names is None or m["names"] is None or are_names(m["names"]) else None

        # One that asks for no words or names needs no more than its expression.
        told = by_words if self.has or without or are_names else find

        def by_ends(text: str) -> Match | None:
            if first and text[:1] not in first or last and text[-1:] not in last:
                return None
            return told(text)

        return by_ends if first or last else told


class Forms:
    """All forms, by role in file order."""

    def __init__(
        self, patterns: tuple[Pattern, ...], are_names: Callable[[str], bool], words: Callable[[str], Iterable[str]]
    ) -> None:
        """The fields of a rule are ``role kind names first last has without``; ``words`` are those of a table's
        column, ``layout_furniture.navigation``, of which ``first``, ``last`` and ``has`` may speak."""
        self._by_role: dict[str, list[Form]] = {}
        for pattern in patterns:
            form = _form(pattern, are_names, words)
            self._by_role.setdefault(form.role, []).append(form)
        self._of: dict[tuple[str, ...], tuple[Form, ...]] = {}
        self._lookouts: dict[tuple[str, ...], Lookout] = {}
        self._needed: dict[str, re.Pattern[str]] = {}

    def of(self, roles: tuple[str, ...]) -> tuple[Form, ...]:
        """The forms of ``roles``, in this order."""
        forms = self._of.get(roles)
        if forms is None:
            forms = self._of[roles] = tuple(f for role in roles for f in self._by_role.get(role, ()))
        return forms

    def needed(self, role: str) -> re.Pattern[str]:
        """What finds in a text a word without which it has no form of ``role``."""
        needed = self._needed.get(role)
        if needed is None:
            each = [form.has for form in self.of((role,))]
            needed = self._needed[role] = _one_of({word for has in each for word in has} if all(each) else ())
        return needed

    def lookout(self, *roles: str) -> Lookout:
        """What finds the lines of a page that may have forms of ``roles``."""
        lookout = self._lookouts.get(roles)
        if lookout is None:
            lookout = self._lookouts[roles] = Lookout(self.of(roles))
        return lookout


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    """What finds one of ``words``; anything, where there are none."""
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def _form(p: Pattern, are_names: Callable[[str], bool], words: Callable[[str], Iterable[str]]) -> Form:
    def signs(field: str, at: slice) -> frozenset[str]:
        """The signs of a field; {layout_furniture.navigation}: those at one end of the words there, in either case."""
        told = p.get(field, "")
        ends = {sign for column in COLUMN.findall(told) for word in words(column) for sign in word[at]}
        return frozenset(COLUMN.sub("", told)) | ends | {c for sign in ends for c in (sign.lower(), sign.upper())}

    has = COLUMN.sub(lambda m: "|".join(words(m[1])), p.get("has", ""))
    return Form(
        p,
        p.get("role"),
        p.get("kind", ""),
        signs("first", slice(1)),
        signs("last", slice(-1, None)),
        tuple(sorted({w for w in has.split("|") if w}, key=lambda word: (-len(word), word))),
        frozenset(p.get("without", "")),
        are_names if p.get("names") else None,
    )
