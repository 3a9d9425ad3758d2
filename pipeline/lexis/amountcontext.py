"""What the words around an amount decide: the reading of 度 级 点 分, and whether a bare number is an id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import regex

from pipeline.core.matchers import Match, matcher
from pipeline.rulebook import Pattern, Rulebook

WINDOW = 18
"""Characters that are looked at on each side of an amount."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of an ambiguous unit, or of a number without one."""

    rule: str
    pattern: Pattern
    kind: str
    code: str
    scale: Decimal | None
    scaled: bool
    listed: bool = False
    over: Decimal | None = None
    """What the number must be above: a clock strikes no 2350点."""


_BACK = regex.compile(r"\(\?<[=!](?P<in>(?:[^()\[\\]|\\.|\[(?:[^\]\\]|\\.)*+\]|\((?&in)\))*+)\)")
"""What a pattern looks back at."""


class _Block:
    """Patterns that begin with a number (#), and which characters may go on with them."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = patterns
        self.source = "|".join(f"(?:{p.source})" for p in patterns) or "(?!)"
        self.known: dict[str, bool] = {}

    @cached_property
    def match(self) -> Callable[..., Match | None]:
        """As of a compiled pattern."""
        return matcher(self.source).match

    @cached_property
    def _ahead(self) -> Callable[..., regex.Match[str] | None]:
        return regex.compile(_BACK.sub("", self.source)).match

    def may(self, behind: str) -> bool:
        """Whether they may go on with the character ``behind`` the number, whatever stands before it."""
        may = self.known.get(behind)
        if may is None:
            may = self.known[behind] = self._ahead("#" + behind.replace("#", " "), partial=True) is not None
        return may


class Contexts:
    """The rules of ``quantities`` that look at an amount's surroundings. Get it by `contexts`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the patterns of ``quantities``."""
        self._trace = rules.trace
        self._open: dict[str, list[Reading]] = {}
        self._bare: list[Reading] = []
        blocks: list[Pattern] = []
        names: list[Pattern] = []
        also: list[str] = []
        self._named: dict[str, Pattern] = {}
        for p in rules.patterns("quantities"):
            self._named[p.id] = p
            if p.get("unit"):
                self._open.setdefault(p.get("unit"), []).append(_reading(p))
                also += [str(p.get("unit"))] if p.get("also") else []
            elif p.get("bare"):
                self._bare.append(_reading(p))
            elif p.get("block"):
                (names if p.get("lone") else blocks).append(p)
        self.also = frozenset(also)
        """Units of their own that mean something else in certain surroundings: 节 after 航速."""
        self._blocks = tuple(_Block(some) for some in (blocks, blocks + names))
        self._stated = _Block([r.pattern for r in self._bare if not r.scaled])
        s = rules.settings("quantities")
        self._labels, self._links, self.handle = tuple(s["labels"]), s["label_links"], s["handle"]
        self._name_labels = tuple(s["name_labels"])
        self._link_chars = frozenset(self._links)
        self._labelling: dict[str, list[str]] = {}
        for word in (*self._labels, *self._name_labels):
            self._labelling.setdefault(word[-1], []).append(word)

    def open(self, unit: str, around: str, value: Decimal | None) -> Reading | None:
        """The first reading of ``unit`` that fits the number and the surroundings, None where none does."""
        for r in self._open.get(unit, ()):
            if (r.over is None or value is not None and value > r.over) and r.pattern.matcher.search(around):
                return r
        return None

    def bare(self, around: str, scaled: bool, long: bool) -> Reading | None:
        """How a number without a unit is to be read; None where it is no amount.

        ``scaled``: it has a point or a scale; ``long``: it has tens.
        """
        if not scaled and not self.stated(around[around.find("#") + 1 :][:1]):
            return None
        for r in self._bare:
            if (scaled or not r.scaled) and (long or not r.listed) and r.pattern.matcher.search(around):
                return r
        return None

    def blocked(self, around: str, lone: bool) -> bool:
        """Whether the number is a part of a name or an id; ``lone``: it has no unit."""
        at = around.find("#")
        if self._blocks[lone].match(around, at) is not None:
            if self._trace is not None:
                by = next(p.id for p in self._blocks[lone].patterns if p.regex.match(around, at))
                self._trace.why("the words around it make it a part of a name or an id", by)
            return True
        left = around[:at].rstrip(self._links)
        if left.endswith(self._name_labels) or lone and left.endswith(self._labels):
            return self._labelled(
                "quantities.name_labels" if left.endswith(self._name_labels) else "quantities.labels", left
            )
        handle = self.handle in left and left.rpartition(self.handle)[2].isalnum()
        return handle and self._labelled("quantities.handle", left)

    def _labelled(self, setting: str, left: str) -> bool:
        """True, with the label written down: 电话 12345."""
        if self._trace is not None:
            words = (*self._name_labels, *self._labels, self.handle)
            label = max((w for w in words if w in left), key=lambda w: (left.rfind(w), len(w)), default="")
            self._trace.why(f"{label} stands before it", setting)
        return True

    def blocks(self, text: str, start: int, end: int, lone: bool = False) -> bool:
        """Whether the words around ``[start, end)`` make it a part of a name or an id.

        Next to most amounts stands no character that such words begin or end with, and they are not looked at.
        """
        if not self._blocks[lone].may(text[end : end + 1]):
            low, before = max(0, start - WINDOW), text[start - 1 : start] if start else ""
            if text.find(self.handle, low, start) < 0:
                if before in self._link_chars:
                    before = text[low:start].rstrip(self._links)[-1:]
                if before not in self._labelling:
                    return False
        return self.blocked(around(text, start, end), lone)

    def may(self, before: str) -> bool:
        """Whether a label of an id may stand right before a number, which the characters ``before`` precede."""
        left = before.rstrip(self._links)
        if left == before:
            return any(w.endswith(left) or left.endswith(w) for w in self._labelling.get(left[-1:], ()))
        return not left or left in self._labelling

    def named(self, behind: str) -> bool:
        """Whether an amount may be a part of a name that goes on with the character ``behind`` it."""
        return self._blocks[False].may(behind)

    def stated(self, behind: str) -> bool:
        """Whether a number without a unit or a scale may be an amount, the character ``behind`` it being what it is."""
        return self._stated.may(behind)

    def begins(self, rule: str, around: str) -> bool:
        """Whether the pattern of ``rule``, which begins with the amount, is found in the surroundings."""
        return self._named[rule].matcher.match(around, around.find("#")) is not None

    def fits(self, rule: str, around: str) -> bool:
        """Whether the pattern of ``rule`` is found in the surroundings."""
        return self._named[rule].matcher.search(around) is not None


def around(text: str, start: int, end: int) -> str:
    """The words around ``[start, end)`` within its line, the amount itself written #."""
    left = text[max(0, start - WINDOW) : start].replace("#", " ")
    right = text[end : end + WINDOW].replace("#", " ")
    return left[left.rfind("\n") + 1 :] + "#" + right.partition("\n")[0]


def _reading(p: Pattern) -> Reading:
    scale, over = p.get("scale"), p.get("over")
    return Reading(
        p.id, p, p.get("kind"), p.get("code", p.get("unit", "")), None if scale is None else Decimal(scale),
        bool(p.get("scaled")), bool(p.get("listed")),
        None if over is None else Decimal(over),
    )  # fmt: skip


def contexts(rules: Rulebook) -> Contexts:
    """The contexts of ``rules``, made once."""
    return rules.once(Contexts, Contexts)
