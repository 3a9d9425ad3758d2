"""What the layout knows of the language, compiled once from the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.core.matchers import Late
from pipeline.intake.contact import Contact
from pipeline.intake.forms import Form, Forms, compiled
from pipeline.rulebook import Rulebook

RULES = "layout"


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs, patterns by role, fixed headings and the weights of evidence."""

    final: frozenset[str]
    continuing: frozenset[str]
    pausing: frozenset[str]
    opening: str
    pull_open: str
    comma: str
    full_stop: str
    longest_head: int
    longest_with_comma: int
    longest_role: int
    longest_tail: int
    shortest_scene: int
    overhang: int
    closing: str
    ending: frozenset[str]
    """Signs that may stand behind a sentence's last sign."""
    brackets: tuple[str, ...]
    inside: frozenset[str]
    never_first: frozenset[str]
    binding: frozenset[str]
    """With which these words begin."""
    never_last: frozenset[str]
    unfinished_tags: frozenset[str]
    verb_tags: frozenset[str]
    measure_tags: frozenset[str]
    numeral: frozenset[str]
    headings: frozenset[str]
    agents: tuple[str, ...]
    """The words for those who write: 记者, 通讯员."""
    are_names: Callable[[str], bool]
    forms: Forms
    contact: Contact
    marks: re.Pattern[str]
    spaces: Late
    cells: Late
    number: Late
    named_number: Late
    no_unit: Late
    byline: Late
    dated: Late
    named_title: Late
    turns: Late
    complete: Late
    noted: Late
    note_before: Late
    note_behind: Late
    dashed: Late
    series: Late
    series_ends: frozenset[str]
    numbered: Late
    numbering: frozenset[str]
    """With which an item of a list begins."""
    behind_number: frozenset[str]
    settings: Mapping[str, Any]
    weight: Callable[[str], int]
    """The number that the rule file's settings have under a name."""
    rules: Rulebook
    sums: dict[tuple[str, ...], int] = field(default_factory=dict)
    """What names weigh together that were asked for before."""

    def ends_sentence(self, text: str) -> bool:
        """Whether ``text`` ends in a sentence's last sign, closing marks or a source in brackets behind it."""
        last = text[-1:]
        if last in self.final:
            return True
        if last not in self.ending:
            return False
        bare = text.rstrip(self.closing)
        if bare and bare[-1] in self.final:
            return True
        if last not in self.brackets:
            return False
        # 新桥通车。（滨江晨报）（周一帆）
        before = text
        while before.endswith(self.brackets):
            at = self.last_bracket(before)
            before = before[:at].rstrip() if at > 0 else ""
        before = before.rstrip(self.closing)
        return bool(before) and before[-1] in self.final

    def marks_clause(self, text: str) -> bool:
        """Whether ``text`` has a comma or a full stop."""
        return self.comma in text or self.full_stop in text

    def last_bracket(self, text: str) -> int:
        """Where the last bracket of ``text`` opens; -1 where none does."""
        return max([text.rfind(bracket) for bracket in self.settings["open_brackets"]])

    def runs_on(self, text: str) -> bool:
        """Whether ``text`` ends in a sign after which a sentence goes on."""
        return bool(text) and text[-1] in self.continuing

    def opens(self, text: str) -> int:
        """How many brackets and quotation marks ``text`` leaves open (negative: closes more than it opens)."""
        marks = self.marks.findall(text)
        return sum([1 if mark in self.opening else -1 for mark in marks]) if marks else 0

    def sum(self, names: Iterable[str]) -> int:
        """What the evidence of these names weighs."""
        told = tuple(names)
        known = self.sums.get(told)
        if known is None:
            known = self.sums[told] = sum(map(self.weight, told))
        return known

    def is_source(self, text: str) -> bool:
        """Whether ``text`` is a source in brackets: （新华社）."""
        return text[0] in self.opening and self.form(text, "source") is not None

    def is_item(self, text: str) -> bool:
        """Whether ``text`` begins as an item of a list does: 一、, （2）."""
        return text[0] in self.numbering and self.numbered.match(text) is not None

    def form(self, text: str, *roles: str) -> Form | None:
        """The first form of one of ``roles`` that ``text`` has."""
        for form in self.forms.of(roles):
            if form.search(text) is not None:
                return form
        return None


@dataclass(frozen=True, slots=True)
class _Names:
    """Tells whether every word of a text begins with a surname and none is a medium's name."""

    surnames: frozenset[str]
    media_tail: tuple[str, ...]
    between: Late

    def __call__(self, text: str) -> bool:
        words = [w for w in self.between.split(text) if w]
        return bool(words) and all([self._one(w) for w in words])

    def _one(self, word: str) -> bool:
        return (word[:1] in self.surnames or word[:2] in self.surnames) and not word.endswith(self.media_tail)


def signs_of(rules: Rulebook) -> Signs:
    """The signs of ``rules``, built once."""
    return rules.once("layout.signs", _build)


AS_WRITTEN = (
    *("opening", "closing", "pull_open", "comma", "full_stop", "overhang", "shortest_scene"),
    *("longest_head", "longest_with_comma", "longest_role", "longest_tail"),
)
CHARS = ("series_ends", "numbering", "behind_number", "final", "continuing", "pausing", "inside", "numeral")
WORDS = ("never_first", "never_last", "unfinished_tags", "verb_tags", "measure_tags")
"""Settings that are taken as they are written, as sets of their characters, as sets of their words."""


def _build(rules: Rulebook) -> Signs:
    settings = rules.settings(RULES)
    own: dict[str, Any] = {name: settings[name] for name in AS_WRITTEN}
    own |= {name: frozenset(settings[name]) for name in CHARS}
    own |= {name: frozenset(settings[name].split("|")) for name in WORDS}
    pattern: Callable[[str], Late] = lambda name: Late(rules.fragment(RULES, name), compiled)  # noqa: E731
    names = _Names(
        frozenset(rules.words("surnames")), tuple(settings["media_tail"].split("|")), pattern("BETWEEN_NAMES")
    )
    return Signs(
        **own,
        ending=frozenset(settings["closing"] + settings["brackets"]),
        brackets=tuple(settings["brackets"]),
        binding=frozenset(word[0] for word in own["never_first"]),
        headings=frozenset(rules.words("layout_headings")),
        agents=tuple(rules.words("layout_functions", "agents")),
        are_names=names,
        forms=Forms(rules.patterns(RULES), names, lambda column: rules.words(*column.split("."))),
        contact=Contact(settings),
        marks=re.compile(f"[{re.escape(settings['opening'] + settings['closing'])}]"),
        spaces=pattern("LOOSE"),
        cells=pattern("CELLS"),
        number=pattern("NUMBER"),
        named_number=pattern("NAMED_NUMBER"),
        no_unit=pattern("NO_UNIT"),
        byline=pattern("BYLINE"),
        dated=pattern("DATED"),
        named_title=pattern("NAMED_TITLE"),
        turns=pattern("TURNS"),
        complete=pattern("COMPLETE"),
        noted=pattern("NOTED"),
        note_before=pattern("NOTE_BEFORE"),
        note_behind=pattern("NOTE_BEHIND"),
        dashed=pattern("DASHED"),
        series=pattern("SERIES"),
        numbered=pattern("NUMBERED"),
        settings=settings,
        weight=settings.__getitem__,
        rules=rules,
    )
