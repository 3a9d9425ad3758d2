"""What the mechanisms did on their way to mentions and facts: kept only where somebody asks why.

A `pipeline.rulebook.Rulebook` carries a `Trace` or None. What is compiled of a rulebook with one writes down what it
reads, chooses and turns away; with None, the case of every extraction, a hook is one look at an attribute for each
candidate, none for each character.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.core.model import Offsets

Key = tuple[str, int, int]
"""The type of a mention or fact, and its clean offsets; for a fact those of the argument that it stands on."""


class Step(NamedTuple):
    """One thing that was read: ``what`` it is (numeral, unit …), where in the clean text it stands, what it gave."""

    what: str
    start: int
    end: int
    value: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """A candidate that was turned away: by the rule ``by`` for a ``reason``, or because it lost ``against`` another.

    ``rule`` is the one that saw the candidate, empty where none had come to that.
    """

    type: str
    start: int
    end: int
    reason: str
    rule: str = ""
    by: str = ""
    against: tuple[Key, str] | None = None
    """The winner and its rule."""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Traced:
    """What was written down of one article (or page): the steps of what was kept, and what was dropped."""

    steps: dict[Key, tuple[Step, ...]]
    drops: tuple[Drop, ...]


@dataclass(slots=True)
class Trace:
    """Takes down one candidate after the other: `begin`, any number of `step`, then `keep` or `reject`."""

    _steps: dict[Key, tuple[Step, ...]] = field(default_factory=dict)
    _drops: dict[Drop, None] = field(default_factory=dict)
    _open: list[Step] = field(default_factory=list)
    _why: tuple[str, str] = ("", "")

    def begin(self) -> None:
        """A new candidate is looked at: what was noted of the one before is gone."""
        self._open, self._why = [], ("", "")

    def step(self, what: str, start: int, end: int, value: str, rule: str = "") -> None:
        """Note what was read at ``[start, end)`` for the candidate that is being looked at."""
        self._open.append(Step(what, start, end, value, rule))

    def why(self, reason: str, rule: str = "") -> None:
        """Note the reason for which the candidate will be turned away; the first that is given stands."""
        if not self._why[0]:
            self._why = reason, rule

    def has(self, start: int, end: int) -> bool:
        """Whether a step was noted for just this place."""
        return any(s.start == start and s.end == end for s in self._open)

    def keep(self, kind: str, start: int, end: int, reach: int | None = 0) -> None:
        """The candidate stands: its steps are those that lie in it, or within ``reach`` of it (None: all)."""
        fit = [s for s in self._open if reach is None or start - reach <= s.start and s.end <= end + reach]
        known = self._steps.get((kind, start, end), ())
        self._steps[kind, start, end] = tuple(dict.fromkeys((*known, *fit)))
        self.begin()

    def reject(self, kind: str, start: int, end: int, reason: str = "", by: str = "", rule: str = "") -> None:
        """The candidate is turned away, by the rule ``by``; without a reason that of `why` holds."""
        told = (reason, by) if reason else self._why
        steps = tuple(dict.fromkeys(s for s in self._open if s.end <= end))
        self._drops[Drop(kind, start, end, told[0], rule, told[1], None, steps)] = None
        self.begin()

    def lose(self, kind: str, place: Offsets, rule: str, winner: tuple[Key, str], reason: str) -> None:
        """The candidate of ``rule`` at ``place`` lost against ``winner`` by the overlap policy."""
        self._drops[Drop(kind, *place, reason, rule, "", winner, self._steps.get((kind, *place), ()))] = None

    def taken(self) -> Traced:
        """All that was written down since the last call."""
        out = Traced(self._steps, tuple(self._drops))
        self._steps, self._drops = {}, {}
        self.begin()
        return out
