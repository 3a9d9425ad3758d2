"""Checks as rows of a table: whether each holds, what is stated and expected, of which amounts, where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from pipeline.commands.page import ALARM, GAP, NARROWEST, snippet
from pipeline.commands.rows import amount, fact_row, name_of
from pipeline.core.records import Arg, Check, Document, FactRecord
from pipeline.core.stated import stated_date, stated_fact

FAILED, HOLDS = "FAILED", "ok"
STYLES = {FAILED: ALARM, HOLDS: "dim"}
WIDEST = 44
"""Cells for the amounts that a check is of."""


def checks_table(document: Document, checks: Sequence[Check], width: int) -> Table:
    """``checks`` as rows: whether each holds, what is stated and expected, of which amounts, where."""
    facts = {f.id: f for f in document.facts}
    rows = [_cells(check, [facts[i] for i in check.facts]) for check in checks]
    heads = ("", "check", "stated", "expected", "of")
    widths = [max(cell_len(cells[i]) for cells in (heads, *rows)) for i in range(len(heads))]
    widths[-1] = min(widths[-1], WIDEST)
    room = width - sum(widths) - GAP * len(widths)
    table = Table(box=None, padding=(0, GAP, 0, 0), header_style="dim", pad_edge=False)
    for name, most in zip(heads, widths, strict=True):
        table.add_column(name, max_width=most, justify="right" if name in heads[2:4] else "left", overflow="fold")
    if room >= NARROWEST:
        table.add_column("source", max_width=room, no_wrap=True, overflow="ellipsis")
    for check, row in zip(checks, rows, strict=True):
        line = [Text(cell, style=STYLES[row[0]]) for cell in row]
        if room >= NARROWEST:
            line.append(_place(document, check, facts, room))
        table.add_row(*line)
    return table


def _cells(check: Check, facts: Sequence[FactRecord]) -> tuple[str, str, str, str, str]:
    rule = check.rule.removeprefix("check.")
    amounts = ", ".join(amount(f) for f in facts)
    of = ": ".join(filter(None, (name_of(facts[0]), amounts))) if facts else ""
    return FAILED if not check.ok else HOLDS, rule, check.actual, _expected(check), of


def _expected(check: Check) -> str:
    return check.expected if check.tolerance == "0" else f"{check.expected} ±{check.tolerance}"


def _place(document: Document, check: Check, facts: Mapping[str, FactRecord], room: int) -> Text:
    """The stated number in its sentence; for dates, of which no fact may tell, the words of their issue."""
    source = str(document.doc.text)
    fact = stated_fact(check, facts)
    if fact is not None:
        row = fact_row(fact)
        return snippet(source, row.marked, row.sentence, room)
    spans = stated_date(check, document)
    if not spans:
        return Text()
    (start, end), *_ = spans
    around = ((max(start - room, 0), end + room),)
    return snippet(source, Arg(None, source[start:end], spans), around, room)
