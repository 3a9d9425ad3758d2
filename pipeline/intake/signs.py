"""What the layout knows of the language, compiled once from the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from pipeline.rulebook import Pattern, Rulebook

RULES = "layout"


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs, patterns by role, fixed headings and the weights of evidence."""

    final: frozenset[str]
    continuing: frozenset[str]
    opening: str
    closing: str
    brackets: tuple[str, ...]
    inside: frozenset[str]
    counted: frozenset[str]
    numeral: frozenset[str]
    calendar: frozenset[str]
    never_first: frozenset[str]
    never_last: tuple[str, ...]
    headings: frozenset[str]
    surnames: frozenset[str]
    media_tail: tuple[str, ...]
    patterns: Mapping[str, tuple[Pattern, ...]]
    spaces: regex.Pattern[str]
    byline: regex.Pattern[str]
    settings: Mapping[str, Any]
    rules: Rulebook

    def ends_sentence(self, text: str) -> bool:
        """Whether ``text`` ends in a sentence's last sign, closing marks or a source in brackets behind it."""
        bare = text.rstrip(self.closing)
        if bare and bare[-1] in self.final:
            return True
        if text[-1:] not in self.brackets:
            return False
        # 新桥通车。（滨江晨报）
        at = max(text.rfind(c, 0, len(text) - 1) for c in self.settings["open_brackets"])
        before = text[:at].rstrip().rstrip(self.closing) if at > 0 else ""
        return bool(before) and before[-1] in self.final

    def runs_on(self, text: str) -> bool:
        """Whether ``text`` ends in a sign after which a sentence goes on."""
        return bool(text) and text[-1] in self.continuing

    def opens(self, text: str) -> int:
        """How many brackets and quotation marks ``text`` leaves open (negative: closes more than it opens)."""
        return sum(text.count(c) for c in self.opening) - sum(text.count(c) for c in self.closing)

    def weight(self, name: str) -> int:
        """A number of the rule file's settings."""
        value: int = self.settings[name]
        return value

    def are_names(self, text: str) -> bool:
        """Whether every word of ``text`` begins with a surname and none is a medium's name."""
        words = [w for w in regex.split(r"[^\p{Han}·•・]+", text) if w]
        return bool(words) and all(self._is_name(w) for w in words)

    def _is_name(self, word: str) -> bool:
        return (word[:1] in self.surnames or word[:2] in self.surnames) and not word.endswith(self.media_tail)


def signs_of(rules: Rulebook) -> Signs:
    """The signs of ``rules``, built once."""
    return rules.once("layout.signs", _build)


def _build(rules: Rulebook) -> Signs:
    settings = rules.settings(RULES)
    by_role: dict[str, list[Pattern]] = {}
    for pattern in rules.patterns(RULES):
        by_role.setdefault(pattern.get("role"), []).append(pattern)
    chars: Callable[[str], frozenset[str]] = lambda name: frozenset(settings[name])  # noqa: E731
    return Signs(
        final=chars("final"),
        continuing=chars("continuing"),
        opening=settings["opening"],
        closing=settings["closing"],
        brackets=tuple(settings["brackets"]),
        inside=chars("inside"),
        counted=chars("counted"),
        numeral=chars("numeral"),
        calendar=chars("calendar"),
        never_first=frozenset(settings["never_first"].split("|")),
        never_last=tuple(settings["never_last"].split("|")),
        headings=frozenset(rules.words("layout_headings")),
        surnames=frozenset(rules.words("surnames")),
        media_tail=tuple(settings["media_tail"].split("|")),
        patterns={role: tuple(found) for role, found in by_role.items()},
        spaces=regex.compile(rules.fragment(RULES, "LOOSE")),
        byline=regex.compile(rules.fragment(RULES, "BYLINE")),
        settings=settings,
        rules=rules,
    )
