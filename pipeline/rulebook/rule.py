"""One rule: a row of a table or a pattern, with its id, place, note, examples and counterexamples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import regex

from pipeline.core.beginnings import beginnings
from pipeline.core.errors import RuleError
from pipeline.core.matchers import Matcher, matcher


@dataclass(frozen=True, slots=True)
class Example:
    """A text that tests a rule.

    Written ``before[the span]after => expected @2024-05-31``: the span in square brackets is what must (or, in a
    counterexample, must not) be found; what follows ``=>`` are parts of the expected norm; the date after ``@`` is the
    publication date. In a counterexample without brackets the rule must find nothing at all. ``\\n`` is a line break.
    """

    text: str
    span: tuple[int, int] | None
    expected: tuple[str, ...] = ()
    published: str | None = None

    @property
    def marked(self) -> str:
        """The text as it is written, with the span in brackets."""
        start, end = self.span or (0, 0)
        parts = self.text[:start], self.text[start:end], self.text[end:]
        before, span, after = (part.replace("\n", "\\n") for part in parts)
        return f"{before}[{span}]{after}" if self.span else after

    def __str__(self) -> str:
        """All of it as it is written, for `parse_example` to read."""
        expected = f" => {' '.join(self.expected)}" if self.expected else ""
        return self.marked + expected + (f" @{self.published}" if self.published else "")


def parse_example(raw: Any, file: str, line: int | None) -> Example:
    """Read one example; raises `RuleError` where it is no text or its brackets do not pair."""
    if not isinstance(raw, str):
        raise RuleError(file, line, f"the example {raw!r} is no text", "put it in quotation marks")
    head, _, tail = raw.partition(" => ")
    head, published = _split_date(head)
    tail, late = _split_date(tail)
    head = head.replace("\\n", "\n")
    opened, closed = head.count("["), head.count("]")
    if (opened, closed) not in ((0, 0), (1, 1)) or head.find("]") < head.find("["):
        raise RuleError(file, line, f"the brackets of the example {raw!r} do not pair", "mark one span as [span]")
    span = (head.index("["), head.index("]") - 1) if opened else None
    return Example(head.replace("[", "").replace("]", ""), span, tuple(tail.split()), late or published)


def _split_date(text: str) -> tuple[str, str | None]:
    if "@" not in text:  # most examples have no date, and there are thousands
        return text, None
    m = regex.search(r"\s*@(\d{4}-\d\d-\d\d(?:T[\d:]+)?)\s*$", text)
    return (text[: m.start()], m[1]) if m else (text, None)


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule has, wherever it is written. ``line`` is 1-based."""

    id: str
    file: str
    line: int
    note: str = ""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()
    order: int = 0
    """Its place among the rules of its file, for the overlap policy."""


@dataclass(frozen=True, slots=True)
class Row(Rule):
    """A row of a TSV table; ``row["column"]`` gives the typed cell, None where an optional cell is empty."""

    cells: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]


@dataclass(frozen=True)
class Pattern(Rule):
    """A pattern of a TOML file: the source of its regular expression and the other fields of its entry."""

    source: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def regex(self) -> regex.Pattern[str]:
        """The compiled expression, compiled when first asked for: an article uses a part of the patterns only, and
        compiling all of them costs as much as a long article. Raises `RuleError` where it is none."""
        try:
            return regex.compile(self.source or "(?!)")
        except regex.error as e:
            what = f"the pattern of {self.id} is no regular expression: {e}"
            raise RuleError(self.file, self.line, what, "correct it") from None

    @cached_property
    def matcher(self) -> Matcher:
        """The same for many short matches, by the standard library where it can."""
        return matcher(self.source)

    @cached_property
    def begins(self) -> Callable[[str], bool]:
        """Tells whether a match may begin with a character; nothing is compiled for it."""
        return beginnings(self.source)

    def get(self, name: str, default: Any = None) -> Any:
        """A further field of the entry, or ``default``."""
        return self.fields.get(name, default)
