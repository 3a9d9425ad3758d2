"""Explanations as trees for people: a finding, its rule, its steps. Source text goes in plain, not as markup."""

from __future__ import annotations

import io
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from pipeline.commands.cells import NO_LIMIT, crop, flat
from pipeline.commands.console import console, plain_lines, width
from pipeline.commands.page import MARKS
from pipeline.commands.streams import printable, stdout_is_terminal
from pipeline.core.explanations import Explanation, Finding, RuleRef, StepRecord
from pipeline.core.slices import Slice, SourceSpan, Spans

AROUND = 24
"""Characters that are shown on each side of the place."""


def drawn(explanations: Sequence[Explanation], styled: bool) -> str:
    """The explanations one below the other; as wide as the terminal, uncut in a pipe."""
    page = io.StringIO()
    view = console(page, styled)
    on_screen = stdout_is_terminal()
    view.width = width() if on_screen else NO_LIMIT
    limit = view.width // 3 if on_screen else NO_LIMIT
    for explanation in explanations:
        view.print(Text(_heading(explanation), style="dim"))
        view.print(_place(explanation))
        for status, findings in groupby(explanation.findings, key=lambda f: f.status):
            tree = Tree(Text(status, style="bold"), guide_style="dim")
            for finding in findings:
                tree.add(_finding(finding, explanation.at, limit))
            view.print(tree)
    return plain_lines(page.getvalue())


def _heading(explanation: Explanation) -> str:
    doc, (start, end) = explanation.doc, explanation.at
    article = next((f.article for f in explanation.findings if f.article), None)
    place = f"{start}:{end}"
    return printable(" · ".join(filter(None, (doc.source, doc.published, article, place))))


def _place(explanation: Explanation) -> Text:
    """The place between marks, with what stands around it in its part of the page."""
    start, end = explanation.at
    before = behind = ""
    for a, b, text in _pieces(explanation.findings):
        before += text[: max(min(start, b) - a, 0)]
        behind += text[max(min(end, b) - a, 0) :]
    before, behind = flat(before[-AROUND:]), flat(behind[:AROUND])
    return Text.assemble((before, "dim"), MARKS[0], (flat(explanation.text), "bold"), MARKS[1], (behind, "dim"))


def _pieces(findings: Iterable[Finding]) -> Iterable[tuple[int, int, str]]:
    """The pieces of the part of the page, each with its source offsets."""
    part = next((f for f in findings if f.kind == "part"), None)
    at = 0
    for a, b in part.spans if part else ():
        yield a, b, part.text[at : at + b - a] if part else ""
        at += b - a


def _finding(finding: Finding, at: SourceSpan, limit: int) -> Group:
    ident = f"{finding.id} " if finding.id else ""
    kind = "" if finding.kind == "mention" else f"{finding.kind} "
    head = Text.assemble((f"{ident}{kind}{finding.type} ", "cyan"), (_cut(finding.text, limit), "bold"))
    told = [head]
    if finding.norm:
        told.append(Text(printable("  ".join(_norm(finding.norm)))))
    told += _why(finding, limit)
    if finding.rule:
        told.append(_rule(finding.rule))
    # Of a part of the page only the lines at the place: a paragraph may have many.
    steps = [s for s in finding.steps if finding.kind != "part" or _meet(s.spans, at)]
    args = [_arguments(finding.args, limit)] if finding.args else []
    said = [step.text for step in steps] if finding.kind == "part" else [finding.text]
    return Group(*told, *args, *([_steps(steps, said, limit)] if steps else []))


def _meet(spans: Spans, at: SourceSpan) -> bool:
    return any(a < at[1] and at[0] < b for a, b in spans)


def _why(finding: Finding, limit: int) -> list[Text]:
    told = []
    if finding.against is not None:
        winner = finding.against
        told.append(Text(f"lost against {winner.type} {_cut(winner.text, limit)}: {finding.reason}", style="yellow"))
        if winner.rule:
            told.append(_rule(winner.rule, "won by "))
    elif finding.reason:
        told.append(Text(printable(f"rejected: {finding.reason}"), style="yellow"))
        if finding.by and finding.by != finding.rule:
            told.append(_rule(finding.by, "rejected by "))
    return told


def _rule(rule: RuleRef, lead: str = "rule ") -> Text:
    note = f" · {flat(rule.note)}" if rule.note else ""
    return Text.assemble(lead, f"{rule.id} ", (printable(f"{rule.file}:{rule.line}{note}"), "dim"))


def _arguments(args: Mapping[str, Slice], limit: int) -> Table:
    grid = _grid("green", "")
    for name, argument in args.items():
        grid.add_row(Text(name), Text(_cut(argument.text, limit)))
    return grid


def _steps(steps: Iterable[StepRecord], said: Container[str], limit: int) -> Table:
    """What each step is, what was read and what that gave, and the rule; texts that were ``said`` are left out."""
    grid = _grid("green", "", "dim")
    for step in steps:
        source = f"{step.rule.id} {step.rule.file}:{step.rule.line}" if step.rule else ""
        text = "" if step.text in said else f"{_cut(step.text, limit)} "
        read = Text.assemble(text, ("\u2192 ", "dim"), printable(step.value))
        grid.add_row(Text(step.what), read, Text(printable(source)))
    return grid


def _grid(*styles: str) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for style in styles:
        grid.add_column(style=style, overflow="fold")
    return grid


def _norm(norm: Mapping[str, Any]) -> Iterable[str]:
    for name, value in norm.items():
        if isinstance(value, Mapping):
            yield f"{name}={' '.join(str(v) for v in value.values() if v is not None)}"
        elif isinstance(value, list | tuple):
            yield from (f"{name}={'|'.join(map(str, value))}",) if value else ()
        elif value is not None and value != "":
            yield f"{name}={str(value).lower() if isinstance(value, bool) else value}"


def _cut(text: str, limit: int) -> str:
    return crop(flat(text), limit)
