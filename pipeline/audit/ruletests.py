"""The rules' examples and counterexamples, run through the whole chain.

An example holds where its span is found: as a mention, an argument of a fact or a part of the page, with the expected
parts in the norms of what was found there. A counterexample of a pattern holds where that pattern finds nothing that
touches the span (nothing at all, without brackets); one of a table, where no mention has just that span. A pattern that
says ``tested = "alone"`` is tried on the folded text itself: what it matches is seen in no record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pipeline.chain import extract
from pipeline.core.options import RULES_TIER
from pipeline.core.records import Document
from pipeline.lexis.fold import fold
from pipeline.rulebook import Example, Pattern, Rule, load

PUBLISHED = "2024-05-31"
"""The publication date of an example that names none."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something found in an example: its rule, the outer offsets of its spans and the values that its record holds.

    ``stated`` for a mention and for what a fact is of (its first argument), not for what stands around it.
    """

    rule: str
    start: int
    end: int
    values: frozenset[str]
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One example's outcome; ``problem`` is None where it holds."""

    rule: Rule
    example: Example
    problem: str | None

    def __str__(self) -> str:
        return f"{self.rule.file}:{self.rule.line}: {self.rule.id}: {self.example.marked}: {self.problem or 'holds'}"


def run_tests(overlay: Path | None = None, prefix: str = "") -> Iterator[Result]:
    """The outcome of every example of the rules whose id begins with ``prefix``, file by file."""
    for rule in load(overlay).all():
        if rule.id.startswith(prefix):
            yield from try_rule(rule, overlay)


def try_rule(rule: Rule, overlay: Path | None = None) -> Iterator[Result]:
    """The outcome of one rule's examples, then of its counterexamples."""
    for example in rule.examples:
        yield Result(rule, example, _missed(example, _find(rule, example, overlay)))
    for example in rule.counterexamples:
        yield Result(rule, example, _wrong(rule, example, _find(rule, example, overlay)))


def _find(rule: Rule, example: Example, overlay: Path | None) -> list[Found]:
    if isinstance(rule, Pattern) and rule.get("tested") == "alone":
        matches = rule.regex.finditer(fold(example.text))
        return [Found(rule.id, m.start(), m.end(), frozenset(), stated=True) for m in matches]
    tier = rule.get("tier", RULES_TIER) if isinstance(rule, Pattern) else RULES_TIER
    document = extract(example.text, example.published or PUBLISHED, rules=overlay, entities=tier)
    return [*_mentions(document), *_facts(document), *_checks(document), *_page(document)]


def _missed(example: Example, found: Sequence[Found]) -> str | None:
    here = [f for f in found if (f.start, f.end) == example.span]
    if not here:
        return f"the span is not found; found: {_shown(example, found)}"
    values = frozenset[str]().union(*(f.values for f in here))
    missing = [part for part in example.expected if part not in values]
    if missing:
        return f"{' '.join(missing)} is not among {' '.join(sorted(v for v in values if v))}"
    return None


def _wrong(rule: Rule, example: Example, found: Sequence[Found]) -> str | None:
    if isinstance(rule, Pattern):
        start, end = example.span or (0, len(example.text))
        hits = [f for f in found if f.rule == rule.id and f.start < end and start < f.end]
    elif example.span is None:
        hits = [f for f in found if f.rule == rule.id]
    else:
        hits = [f for f in found if (f.start, f.end) == example.span and f.stated]
    return f"finds {_shown(example, hits)}" if hits else None


def _shown(example: Example, found: Iterable[Found]) -> str:
    return ", ".join(f"{example.text[f.start : f.end]!r} ({f.rule})" for f in found) or "nothing"


def _mentions(document: Document) -> Iterator[Found]:
    for m in document.mentions:
        values = _values(m.norm) | _values(getattr(m, "label", None))
        yield Found(m.rule, m.spans[0][0], m.spans[-1][1], values, stated=True)


def _facts(document: Document) -> Iterator[Found]:
    """Each argument of a fact, with the fact's values and the texts of all its arguments."""
    for fact in document.facts:
        data = msgspec.to_builtins(fact)
        values = _values(data["norm"]) | _values(data["assertion"]) | {data["type"]}
        values |= {arg["text"] for arg in data["args"].values()} | {f"{k}={a['text']}" for k, a in data["args"].items()}
        for number, arg in enumerate(data["args"].values()):
            yield Found(fact.rule, arg["spans"][0][0], arg["spans"][-1][1], values, stated=number == 0)


def _checks(document: Document) -> Iterator[Found]:
    """What a check is of (the first argument of each fact, or the place of its issue), with ``ok`` or ``failed``."""
    places = {f.id: msgspec.to_builtins(f)["args"] for f in document.facts}
    for check in document.checks:
        values = {"ok" if check.ok else "failed", check.expected, check.actual}
        for fact in check.facts:
            first = next(iter(places[fact].values()))
            yield Found(check.rule, first["spans"][0][0], first["spans"][-1][1], frozenset(values), stated=True)
    for issue in document.issues:
        for start, end in issue.spans:
            yield Found(issue.code, start, end, frozenset({issue.code}), stated=True)


def _page(document: Document) -> Iterator[Found]:
    """Titles, bylines, captions and furniture; their rule is what they are."""
    for article in document.articles:
        for kind, part in msgspec.to_builtins(article).items():
            for piece in part if isinstance(part, list | tuple) else [part]:
                if isinstance(piece, dict) and piece.get("spans"):
                    yield Found(kind, piece["spans"][0][0], piece["spans"][-1][1], _values(piece) | {kind})
                    for person in piece.get("persons", ()):
                        yield Found("person", person["spans"][0][0], person["spans"][-1][1], _values(person))
    for thing in document.furniture:
        yield Found("furniture", thing.spans[0][0], thing.spans[-1][1], frozenset({thing.kind}))


def _values(record: Any) -> frozenset[str]:
    """Every text among a record's values, at any depth; a flag as True or False, one that is set by its name too."""
    data = msgspec.to_builtins(record)
    if isinstance(data, str):
        return frozenset({data})
    if isinstance(data, bool):
        return frozenset({str(data)})
    if isinstance(data, dict):
        flags = {name for name, value in data.items() if value is True}
        return frozenset(flags).union(*(_values(v) for v in data.values()))
    if isinstance(data, list | tuple):
        return frozenset[str]().union(*(_values(v) for v in data))
    return frozenset()
