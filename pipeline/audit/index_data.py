"""What the index of a review tells: a row for each document, and the counts by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from pipeline.audit.page_data import PageData, PageDoc
from pipeline.core.explanations import RuleRef
from pipeline.core.records import Record

BINS = 10
"""Into how many columns the confidence of facts is counted."""


class DocumentRow(PageDoc, frozen=True):
    """A document in the index: what was found in it. ``low`` is the least confidence of a fact, null without facts."""

    number: int
    mentions: int
    facts: Mapping[str, int]
    checks: int
    failed: int
    low: str | None
    href: str


class RuleRow(Record, frozen=True):
    """A rule and how many items are of it."""

    id: str
    items: int
    file: str | None
    line: int | None
    note: str


class Totals(msgspec.Struct):
    """What is counted over all documents while they are seen."""

    facts: Counter[str] = msgspec.field(default_factory=Counter)
    rules: Counter[str] = msgspec.field(default_factory=Counter)
    confidence: list[int] = msgspec.field(default_factory=lambda: [0] * BINS)
    """Facts by confidence: a tenth each, the last with 1."""
    checks: int = 0
    failed: int = 0

    def add(self, data: PageData) -> None:
        """Count what one document has."""
        found = [one.item for one in data.items if one.status == "found"]
        self.rules.update(item.rule for item in found if item.rule)
        for item in found:
            if item.layer == "fact" and item.confidence is not None:
                self.facts[item.type] += 1
                self.confidence[bin_of(item.confidence)] += 1
        self.checks += len(data.checks)
        self.failed += sum(not check.ok for check in data.checks)

    def rule_rows(self, rules: Mapping[str, RuleRef]) -> list[RuleRow]:
        """The rules by how often they were used; what is not among ``rules`` has no place."""
        return [_rule_row(ident, n, rules.get(ident)) for ident, n in sorted(self.rules.items(), key=_often)]


def bin_of(confidence: str) -> int:
    """The column that a confidence (0 to 1) is counted in."""
    return min(int(float(confidence) * BINS), BINS - 1)


def document_row(number: int, data: PageData, href: str) -> DocumentRow:
    """The row of a document; ``href`` is its page."""
    found = [one.item for one in data.items if one.status == "found"]
    facts = [item for item in found if item.layer == "fact"]
    return DocumentRow(
        **msgspec.structs.asdict(data.doc),
        number=number,
        mentions=len(found) - len(facts),
        facts=Counter(item.type for item in facts),
        checks=len(data.checks),
        failed=sum(not check.ok for check in data.checks),
        low=least(item.confidence for item in facts),
        href=href,
    )


def least(confidences: Iterable[str | None]) -> str | None:
    """The least of confidences, which have two places each; None of none."""
    return min((c for c in confidences if c is not None), key=float, default=None)


def _often(rule: tuple[str, int]) -> tuple[int, str]:
    return -rule[1], rule[0]


def _rule_row(ident: str, items: int, rule: RuleRef | None) -> RuleRow:
    return RuleRow(ident, items, rule.file, rule.line, rule.note) if rule else RuleRow(ident, items, None, None, "")
