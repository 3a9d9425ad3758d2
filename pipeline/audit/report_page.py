"""A report as one page: plots and tables, no script, nothing from elsewhere; names and texts are data."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.audit.estimate import Estimated
from pipeline.audit.judged import Precision
from pipeline.audit.plots import Bar, Point, as_html, bars, calibration, percent, proportions
from pipeline.audit.report import Report
from pipeline.audit.sections import Section, sections

STYLE = Path(__file__).parent / "assets" / "report.css"
MOST = 60
"""How many rules are drawn; the table has them all."""


def report_page(report: Report) -> bytes:
    """The page in UTF-8."""
    style = STYLE.read_text("utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    plots = dict(_plots(report))
    body = "".join(_section(section, plots.get(section.name, "")) for section in sections(report))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>Audit</title>'
        f"<style>{style}</style></head><body><main><h1>Audit</h1>{_lead(report)}{body}</main></body></html>\n"
    ).encode("utf-8", "replace")


def _lead(report: Report) -> str:
    found = report.overall
    judged, reviewers = found.judged + found.open, len(report.reviewers)
    lines = [
        f"Items judged: {judged}, documents: {report.documents}, reviewers: {reviewers}. "
        f"Precision: {percent(found.precision)} ({percent(found.low)} to {percent(found.high)})."
    ]
    if report.estimates:
        whole = report.estimates[-1]
        lines.append(
            f"Whole archive, {whole.covered} of {whole.population} items: precision {percent(whole.precision)} "
            f"({percent(whole.low)} to {percent(whole.high)})."
        )
    lines.append(f"Rules: {', '.join(report.rules)}.")
    return "".join(f"<p>{as_html(line)}</p>" for line in lines)


def _plots(report: Report) -> Iterator[tuple[str, str]]:
    yield "types", proportions("Precision by type", _points((*report.types, report.overall)))
    yield "rules", proportions("Precision by rule, the least first", _points(report.by_rule[:MOST]))
    yield "estimate", proportions("Estimated precision of the archive", _estimated(report.estimates))
    yield "confidence", calibration("Precision by stated confidence", _points(report.by_confidence))
    verdicts = [
        Bar(r.name, [(r.accept, "accept"), (r.reject, "reject"), (r.correct, "correct"), (r.add, "add")])
        for r in report.reviewers
    ]
    yield "reviewers", bars("Decisions by reviewer", verdicts)
    kinds: dict[str, int] = {}
    for one in report.errors:
        kinds[one.kind] = kinds.get(one.kind, 0) + one.count
    yield (
        "errors",
        bars(
            "Kinds of errors",
            [Bar(kind, [(n, "wrong")]) for kind, n in sorted(kinds.items(), key=lambda k: (-k[1], k[0]))],
        ),
    )
    if report.against is not None:
        yield (
            "precision",
            proportions("Precision before and after", _points((report.against.before, report.against.after))),
        )


def _points(rows: Iterable[Precision]) -> list[Point]:
    return [Point(r.name, r.precision, r.low, r.high, r.judged) for r in rows]


def _estimated(rows: Iterable[Estimated]) -> list[Point]:
    return [Point(e.name, e.precision, e.low, e.high, e.covered) for e in rows]


def _section(section: Section, plot: str) -> str:
    head = "".join(f'<th scope="col">{as_html(name)}</th>' for name in section.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{as_html(cell)}</td>' for cell in row)}</tr>" for row in section.rows)
    where = f'tabindex="0" role="region" aria-label="{section.name}, plot"'
    figure = f'<div class="plot" {where}>{plot}</div>' if plot else ""
    return (
        f'<section aria-labelledby="{section.name}"><h2 id="{section.name}">{as_html(section.name.capitalize())}</h2>'
        f"<p>{as_html(section.about)}</p>{figure}"
        f'<div class="table" tabindex="0" role="region" aria-label="{section.name}, table">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )
