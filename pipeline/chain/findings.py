"""What was written down of a document, as records: clean offsets to source spans, ids of rules to where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from pipeline.chain.facts import MAIN
from pipeline.core.explanations import Finding, Rival, RuleRef, StepRecord
from pipeline.core.fact_records import Arg
from pipeline.core.offsets import OffsetMap, Span, slices
from pipeline.core.records import Document, FactRecord, MentionRecord, head_of
from pipeline.core.slices import Slice
from pipeline.core.stated import stated_date, stated_fact
from pipeline.core.trace import Drop, Step, Traced
from pipeline.intake.evidence import Decision
from pipeline.intake.page import ArticleLayout, Page
from pipeline.rulebook import Pattern, Row, Rulebook

BUCKET = 256
"""Findings are indexed by stretches of so many characters."""
ORDER = {"found": 0, "lost": 1, "rejected": 2, "part": 0, "mention": 1, "fact": 2, "check": 3}
FACT, CHECK = "fact.", "check."
PARTS = ("kicker", "title", "subtitle", "dateline", "headings", "bylines", "captions", "pull_quotes", "paragraphs")
STRAIGHT = OffsetMap(((0, 0, 1 << 40),), "")
"""The offsets of what is of the source already."""

Mark = tuple[int, int, tuple[Step, ...]]
"""Where the form of a line told what it is, and how."""
Steps = Mapping[tuple[str, int], tuple[StepRecord, ...]]
"""The steps of what an article has, by its type and its first source offset."""


class Findings:
    """All findings of a document, by place."""

    def __init__(self, document: Document, text: str, page: Page, rules: Rulebook) -> None:
        """``text`` is the source, ``page`` its layout; ``rules`` are those that ``document`` was made with."""
        self._document, self._text, self._page = document, text, page
        self._book, self._rules = rules, references(rules)
        self._all: list[Finding] = []
        self._buckets: dict[int, list[int]] = {}

    def add(self, of_page: Traced, decisions: Iterable[Decision], of_articles: Sequence[Traced]) -> None:
        """Take what was written down and decided while the page was laid out, and while each article was read."""
        found = list(self._parts(_marks(of_page, decisions)))
        layouts = {a.id: layout for a, layout in zip(self._document.articles, self._page.articles, strict=True)}
        traces = dict(zip(layouts, of_articles, strict=True))
        steps = {ident: self._steps_of(layouts[ident].offsets, traced) for ident, traced in traces.items()}
        found += [self._mention(m, steps[m.article]) for m in self._document.mentions]
        found += [self._fact(f, steps[f.article]) for f in self._document.facts]
        found += self._checks()
        for ident, traced in traces.items():
            found += self._drops(ident, layouts[ident], traced.drops)
        self._all = sorted(found, key=_order)
        for i, finding in enumerate(self._all):
            for bucket in {n for a, b in _places(finding) for n in range(a // BUCKET, (b - 1) // BUCKET + 1)}:
                self._buckets.setdefault(bucket, []).append(i)

    def at(self, start: int, end: int) -> tuple[Finding, ...]:
        """The findings that touch ``[start, end)`` of the source, in order."""
        near = {i for n in range(start // BUCKET, (end - 1) // BUCKET + 1) for i in self._buckets.get(n, ())}
        return tuple(self._all[i] for i in sorted(near) if _touches(self._all[i], start, end))

    def _rule(self, ident: str) -> RuleRef | None:
        """The rule of this id; guards may be settings too (``quantities.labels``)."""
        if ident and ident not in self._rules:
            setting = self._book.setting(ident)
            if setting is not None:
                self._rules[ident] = RuleRef(setting.id, setting.file, setting.line, setting.note)
        return self._rules.get(ident)

    def _parts(self, marks: Sequence[Mark]) -> Iterator[Finding]:
        for article in self._document.articles:
            for role in PARTS:
                value = getattr(article, role)
                for part in value if isinstance(value, tuple) else filter(None, (value,)):
                    yield self._part(role.removesuffix("s"), article.id, part.spans, marks)
        for piece in self._document.furniture:
            yield self._part(f"furniture {piece.kind}".rstrip(), None, piece.spans, marks)

    def _part(self, role: str, article: str | None, spans: tuple[Span, ...], marks: Sequence[Mark]) -> Finding:
        own = [s for a, b, steps in _of(marks, spans) for s in steps]
        steps = tuple(self._step(s, STRAIGHT) for s in own)
        rule = next((s.rule for s in steps if s.rule), None)
        return Finding("found", "part", role, article, slices(self._text, spans), spans, rule=rule, steps=steps)

    def _steps_of(self, offsets: OffsetMap, traced: Traced) -> Steps:
        out: dict[tuple[str, int], tuple[StepRecord, ...]] = {}
        for (kind, start, end), steps in traced.steps.items():
            spans = offsets.spans(start, end)
            if spans:
                out[kind, spans[0][0]] = tuple(self._step(s, offsets) for s in steps)
        return out

    def _step(self, step: Step, offsets: OffsetMap) -> StepRecord:
        spans = offsets.spans(step.start, step.end)
        return StepRecord(slices(self._text, spans), spans, step.what, step.value, self._rule(step.rule))

    def _mention(self, m: MentionRecord, steps: Steps) -> Finding:
        plain = msgspec.to_builtins(m)
        label = f"entity {plain['label']}" if "label" in plain else plain["type"]
        own = steps.get((plain["type"], m.spans[0][0]), ())
        rule, norm = self._rule(m.rule), plain["norm"]
        return Finding("found", "mention", label, m.article, m.text, m.spans, m.id, rule=rule, norm=norm, steps=own)

    def _fact(self, f: FactRecord, steps: Steps) -> Finding:
        plain: dict[str, Any] = msgspec.to_builtins(f)
        args = {n: Slice(a.text, a.spans) for n in f.args.__struct_fields__ if isinstance(a := getattr(f.args, n), Arg)}
        main = args[MAIN[plain["type"]]]
        own = steps.get((FACT + plain["type"], main.spans[0][0]), ())
        norm = {**plain["norm"], **plain["assertion"]}
        rule = self._rule(f.rule)
        return Finding(
            "found", "fact", plain["type"], f.article, main.text, main.spans, f.id,
            rule=rule, norm=norm, args=args, steps=own,
        )  # fmt: skip

    def _checks(self) -> Iterator[Finding]:
        facts = {f.id: f for f in self._document.facts}
        for check in self._document.checks:
            args = {i: self._amount(facts[i]) for i in check.facts}
            stated = stated_fact(check, facts)
            spans = args[stated.id].spans if stated else stated_date(check, self._document)
            if spans:
                norm = {n: getattr(check, n) for n in ("expected", "actual", "tolerance", "ok")}
                kind, rule = check.rule.removeprefix(CHECK), self._rule(check.rule)
                text = slices(self._text, spans)
                yield Finding("found", "check", kind, check.article, text, spans, rule=rule, norm=norm, args=args)

    def _amount(self, fact: FactRecord) -> Slice:
        """What a fact stands on."""
        head = head_of(fact)
        return Slice(head.text, head.spans)

    def _drops(self, article: str, layout: ArticleLayout, drops: Iterable[Drop]) -> Iterator[Finding]:
        offsets = layout.offsets
        for d in drops:
            spans = offsets.spans(d.start, d.end)
            if not spans or d.against == ((d.type, d.start, d.end), d.rule):
                continue
            yield Finding(
                status="rejected" if d.against is None else "lost",
                kind="fact" if d.type.startswith(FACT) else "mention",
                type=d.type.removeprefix(FACT),
                article=article,
                text=slices(self._text, spans),
                spans=spans,
                rule=self._rule(d.rule),
                steps=tuple(self._step(s, offsets) for s in d.steps),
                reason=d.reason,
                by=self._rule(d.by),
                against=self._rival(d, offsets),
            )

    def _rival(self, drop: Drop, offsets: OffsetMap) -> Rival | None:
        if drop.against is None:
            return None
        (kind, start, end), rule = drop.against
        spans = offsets.spans(start, end)
        return Rival(slices(self._text, spans), spans, kind, self._rule(rule))


def references(rules: Rulebook) -> dict[str, RuleRef]:
    """All rules by their ids; a row without a note of its own has that of its table."""
    about = ""
    found = {}
    for rule in rules.all():
        about = about if isinstance(rule, Row | Pattern) else rule.note
        found[rule.id] = RuleRef(rule.id, rule.file, rule.line, rule.note or about)
    return found


def _marks(traced: Traced, decisions: Iterable[Decision]) -> list[Mark]:
    """What forms and evidence told of each line, in order."""
    out: dict[int, tuple[int, list[Step]]] = {}
    for (kind, a, b), steps in traced.steps.items():
        if kind == "part":
            out.setdefault(a, (b, []))[1].extend(steps)
    for d in decisions:
        a, b = d.after
        evidence = ", ".join(f"{name} {weight:+d}" for name, weight in d.evidence)
        compared = f"{d.score:+d} {'>' if d.score > d.threshold else '<='} {d.threshold}"
        said = f"{'yes' if d.holds else 'no'}, {compared}: {evidence}"
        out.setdefault(a, (b, []))[1].append(Step(d.what, a, b, said))
    return sorted((a, b, tuple(steps)) for a, (b, steps) in out.items())


def _of(marks: Sequence[Mark], spans: Sequence[Span]) -> Iterator[Mark]:
    """The marks of the lines that ``spans`` run over, each once; ``marks`` are in order and apart."""
    at = -1
    for start, end in spans:
        i = max(bisect_left(marks, (start + 1,)) - 1, 0)
        while i < len(marks) and marks[i][0] < end:
            if marks[i][1] > start and i > at:
                yield marks[i]
                at = i
            i += 1


def _places(finding: Finding) -> Iterator[Span]:
    yield from finding.spans
    for argument in finding.args.values():
        yield from argument.spans


def _touches(finding: Finding, start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in _places(finding))


def _order(f: Finding) -> tuple[int, int, int, int, str, str]:
    start, end = f.spans[0][0], f.spans[-1][1]
    return ORDER[f.status], ORDER[f.kind], start, start - end, f.type, f.rule.id if f.rule else ""
