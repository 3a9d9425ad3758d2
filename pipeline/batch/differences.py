"""What two archives of the same sources say differently, by the rule that says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, NamedTuple

import msgspec

from pipeline.core.records import Document, head_of
from pipeline.core.slices import Spans, type_of
from pipeline.intake.source import Failure

GONE, NEW, CHANGED = "gone", "new", "changed"
"""What became of a mention or fact from the first archive to the second."""
STATUS = "status"
"""Stands for a rule where a document could be worked in one of the archives only."""


class Said(NamedTuple):
    """A mention or fact as it is compared: what it is of, where it stands, what it says of it, and by which rule."""

    kind: str
    text: str
    spans: Spans
    value: str
    rule: str


class Difference(NamedTuple):
    """One difference: ``before`` and ``after`` are None where nothing was said."""

    doc: str
    what: str
    before: Said | None
    after: Said | None

    @property
    def rule(self) -> str:
        """The rule that makes it: the second archive's, where that says anything."""
        said = self.after or self.before
        return said.rule if said else STATUS


@dataclass(slots=True)
class Report:
    """Differences by rule and kind: how many, and the first few of each. Documents: of both archives, of one."""

    most: int
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[Difference]] = field(default_factory=dict)
    compared: int = 0
    only: list[int] = field(default_factory=lambda: [0, 0])

    def add(self, difference: Difference) -> None:
        """Count it, and keep it while there are few."""
        key = difference.rule, difference.what
        self.counts[key] += 1
        kept = self.examples.setdefault(key, [])
        if len(kept) < self.most:
            kept.append(difference)


Result = Document | Failure
Documents = Iterable[Result]


def compared(first: Documents, second: Documents, most: int) -> Report:
    """The report on two archives' documents, with up to ``most`` examples of each kind of difference."""
    report = Report(most)
    for one, other in _paired(first, second):
        if one is None or other is None:
            report.only[0 if other is None else 1] += 1
            continue
        report.compared += 1
        for difference in _of_document(one, other):
            report.add(difference)
    return report


def _paired(first: Documents, second: Documents) -> Iterator[tuple[Result | None, Result | None]]:
    """Documents of the same source, in the order of their coming; only those are held whose partner is still to come.

    Archives of the same sources hold nothing. A source that stands twice is paired in its order.
    """
    waiting: tuple[dict[str, list[Result]], ...] = ({}, {})
    for pair in zip_longest(first, second):
        for side, one in enumerate(pair):
            if one is None:
                continue
            name = _source(one)
            if partners := waiting[1 - side].get(name):
                partner = partners.pop(0)
                if not partners:
                    del waiting[1 - side][name]
                yield (one, partner) if side == 0 else (partner, one)
            else:
                waiting[side].setdefault(name, []).append(one)
    yield from ((one, None) for left in waiting[0].values() for one in left)
    yield from ((None, one) for left in waiting[1].values() for one in left)


def _source(one: Result) -> str:
    return one.source if isinstance(one, Failure) else one.doc.source


def _of_document(one: Result, other: Result) -> Iterator[Difference]:
    if isinstance(one, Failure) or isinstance(other, Failure):
        if type(one) is not type(other):
            yield Difference(_source(one), NEW if isinstance(one, Failure) else GONE, None, None)
        return
    before, after = _said(one), _said(other)
    for key in sorted({*before, *after}):
        for was, now in zip_longest(before.get(key, ()), after.get(key, ())):
            if was is None or now is None:
                yield Difference(one.doc.id, GONE if now is None else NEW, was, now)
            elif was.value != now.value:
                yield Difference(one.doc.id, CHANGED, was, now)


def _said(document: Document) -> Mapping[tuple[Spans, str], list[Said]]:
    """Everything that is said in a document, by place and kind; ids are left out, which count anew in each run."""
    said: dict[tuple[Spans, str], list[Said]] = {}
    for mention in document.mentions:
        kind = type_of(mention)
        value = _shown({**_plain(mention.norm), "entity": None, "label": getattr(mention, "label", None)})
        said.setdefault((mention.spans, kind), []).append(Said(kind, mention.text, mention.spans, value, mention.rule))
    for fact in document.facts:
        kind = f"{type_of(fact)} fact"
        head = head_of(fact)
        stated = {**{name: arg["text"] for name, arg in _plain(fact.args).items()}, **_plain(fact.norm)}
        stated |= {"modality": fact.assertion.modality, "polarity": fact.assertion.polarity}
        said.setdefault((head.spans, kind), []).append(Said(kind, head.text, head.spans, _shown(stated), fact.rule))
    return said


def _plain(record: msgspec.Struct) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(record)
    return plain


def _shown(fields: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={_cell(value)}" for name, value in fields.items() if value not in (None, [], ""))


def _cell(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
