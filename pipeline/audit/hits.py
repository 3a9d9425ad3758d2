"""What the rules did on an input: by the explanations of its documents, and by the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from pipeline.chain.explain import explain_source
from pipeline.core.errors import InputError
from pipeline.core.explanations import Finding, RuleRef
from pipeline.core.offsets import slices
from pipeline.core.options import Segmenter
from pipeline.core.slices import Spans
from pipeline.intake.source import Failure, Source
from pipeline.lexis.fold import fold
from pipeline.rulebook import Row, Rule

AROUND = 12
"""Characters that are shown on either side of a hit."""
GUARDS = ("guards", "not_after", "not_before", "nouns", "idioms", "places")
"""Columns whose words stand beside those of the row."""
TOLD = (
    "units", "currencies", "measure_words", "approximators", "time_words", "feasts", "eras", "year_cycles",
    "change_verbs", "bases",
)  # fmt: skip
"""Tables whose rows an explanation names where they are read: 里 of 公里 has read nothing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a rule did: ``how`` says what, at ``[start, end)`` of the document ``source``."""

    rule: str
    source: str
    start: int
    end: int
    how: str
    before: str
    text: str
    after: str


def hits(
    sources: Iterable[Source | Failure], rules: Iterable[Rule], overlay: Path | None, segmenter: Segmenter
) -> Iterator[Hit | Failure]:
    """The hits of ``rules`` document by document, each thing once, in the order of the text.

    A rule hits what it found, read on the way or turned away. A row of which explanations do not tell hits where its
    words stand. A source that cannot be read comes back as the `Failure` that says why.
    """
    wanted = {rule.id: rule for rule in rules}
    for source in sources:
        if isinstance(source, Failure):
            yield source
            continue
        try:
            (whole,) = explain_source(source, rules=overlay, segmenter=segmenter)
        except InputError as e:
            yield Failure(source.source, str(e).removeprefix(f"{source.source}: "))
            continue
        found = {
            (ref.id, spans, how): None
            for finding in whole.findings
            for ref, spans, how in _done(finding)
            if ref is not None and ref.id in wanted
        }
        known = {ident for ident, _, _ in found}
        rows = [r for r in wanted.values() if isinstance(r, Row) and r.id not in known and _table(r) not in TOLD]
        found |= {(row.id, ((a, b),), "stands there"): None for row, a, b in _standing(rows, fold(whole.text))}
        for ident, spans, how in sorted(found, key=lambda f: (f[1], f[0])):
            yield _hit(ident, source.source, whole.text, spans, how)


def _done(finding: Finding) -> Iterator[tuple[RuleRef | None, Spans, str]]:
    """What rules did for a finding: the one that saw it, those that read its parts, the one that turned it away."""
    did = {"found": "found", "lost": "lost", "rejected": "saw"}[finding.status]
    yield finding.rule, finding.spans, f"{did} {finding.type}"
    yield finding.by, finding.spans, f"turned away {finding.type}"
    for step in finding.steps:
        yield step.rule, step.spans, f"read {step.what} {step.value}".rstrip()


def _standing(rows: Iterable[Row], folded: str) -> Iterator[tuple[Row, int, int]]:
    for row in rows:
        for word in words_of(row):
            start = folded.find(word)
            while start >= 0:
                yield row, start, start + len(word)
                start = folded.find(word, start + len(word))


def _table(row: Row) -> str:
    return PurePath(row.file).stem


def words_of(row: Row) -> Iterator[str]:
    """The words of a row: those of its lists but the ones that guard; of a division without its code."""
    for name, cell in row.cells.items():
        if name not in GUARDS and isinstance(cell, tuple):
            yield from (word.lstrip("0123456789") or word for word in cell)


def _hit(rule: str, source: str, text: str, spans: Spans, how: str) -> Hit:
    start, end = spans[0][0], spans[-1][1]
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    return Hit(rule, source, start, end, how, before, slices(text, spans), after)
