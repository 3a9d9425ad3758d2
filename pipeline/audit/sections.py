"""A report as tables: what is printed, and what stands under the plots of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from pipeline.audit.against import Against, Outcome
from pipeline.audit.estimate import Estimated
from pipeline.audit.judged import Precision
from pipeline.audit.plots import percent
from pipeline.audit.report import Report
from pipeline.core.records import Spans

PRECISION = ("judged", "right", "open", "precision", "low", "high")


class Section(NamedTuple):
    """A table: its name, one line on what it shows, the names of its columns, and its rows."""

    name: str
    about: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def table(self) -> Iterator[Sequence[str]]:
        """The names of the columns and the rows, each behind the name of the table."""
        for row in (self.columns, *self.rows):
            yield self.name, *row


def sections(report: Report) -> Iterator[Section]:
    """The tables of a report that have rows."""
    return (section for section in _all(report) if section.rows)


def _all(report: Report) -> Iterator[Section]:
    yield Section(
        "reviewers", "Who decided what, in how many documents.",
        ("reviewer", "accept", "reject", "correct", "add", "documents"),
        [tuple(map(str, msgspec.structs.astuple(row))) for row in report.reviewers],
    )  # fmt: skip
    about = "Right as they are, in the eyes of most reviewers; intervals are Wilson's, of 95 %."
    yield Section("types", about, ("type", *PRECISION), _precisions((*report.types, report.overall)))
    yield Section("rules", f"{about} The least right first.", ("rule", *PRECISION), _precisions(report.by_rule))
    yield Section(
        "estimate",
        "The precision of the whole archive, from the sample's weights: covered are items of rules of which something "
        "was judged.",
        ("type", "population", "covered", "sampled", "judged", "precision", "low", "high"),
        [_estimated(row) for row in report.estimates],
    )  # fmt: skip
    yield Section(
        "confidence", "How often what was stated with a confidence was right.", ("stated", *PRECISION),
        _precisions(report.by_confidence),
    )  # fmt: skip
    yield Section(
        "errors", "What was wrong, by type: spurious was rejected, missing was added, the rest was corrected.",
        ("kind", "type", "count"), [(e.kind, e.type, str(e.count)) for e in report.errors],
    )  # fmt: skip
    yield from _agreement(report)
    if report.against is not None:
        yield from _against(report.against)


def _estimated(row: Estimated) -> Sequence[str]:
    counts = (row.population, row.covered, row.sampled, row.judged)
    return row.name, *map(str, counts), *map(percent, (row.precision, row.low, row.high))


def _precisions(rows: Iterable[Precision]) -> list[Sequence[str]]:
    return [
        (r.name, str(r.judged), str(r.right), str(r.open), *map(percent, (r.precision, r.low, r.high))) for r in rows
    ]


def _agreement(report: Report) -> Iterator[Section]:
    found = report.agreement
    yield Section(
        "agreement",
        f"Of the reviewers of the same items; Krippendorff's alpha over {found.items} items: {_number(found.alpha)}.",
        ("reviewer", "and", "items", "agreed", "kappa", "span F1"),
        [(p.one, p.other, str(p.items), str(p.agreed), _number(p.kappa), _number(p.span_f1)) for p in found.pairs],
    )
    yield Section(
        "disagreements", "Items whose reviewers decided otherwise.",
        ("document", "place", "type", "rule", "text", "verdicts"),
        [
            (d.doc, _place(d.spans), d.type, d.rule, d.text, ", ".join(f"{n}: {v}" for n, v in d.verdicts.items()))
            for d in report.disagreements
        ],
    )  # fmt: skip


def _against(found: Against) -> Iterator[Section]:
    names = sorted({became for row in found.counts.values() for became in row})
    yield Section(
        "against", "What became of what was judged, in the other run.", ("decision", *names),
        [(verdict, *(str(row.get(name, 0)) for name in names)) for verdict, row in found.counts.items()],
    )  # fmt: skip
    yield Section(
        "precision", "Of the judged items: of this run, and of those that are found in the other as they were.",
        ("run", *PRECISION), _precisions((found.before, found.after)),
    )  # fmt: skip
    yield Section(
        "outcomes", "Losses first: what was accepted and is gone or changed.",
        ("decision", "became", "document", "place", "type", "text", "rule", "before", "after", "by"),
        [_outcome(one) for one in found.outcomes],
    )  # fmt: skip


def _outcome(one: Outcome) -> Sequence[str]:
    before, after = _said(one.before, one.before_args), _said(one.after or {}, one.after_args or {})
    if one.after_spans not in (None, one.spans):
        before, after = {"place": _place(one.spans)} | before, {"place": _place(one.after_spans or ())} | after
    return (
        one.verdict, one.became, one.doc, _place(one.spans), one.type, one.text, one.rule,
        *(_differing(before, after) if one.after is not None else ("", "")), one.after_rule or "",
    )  # fmt: skip


def _said(norm: Mapping[str, Any], args: Mapping[str, Spans]) -> dict[str, str]:
    """What an item says, by the names of its fields and arguments; those are told by their places."""
    fields = {name: _cell(value) for name, value in norm.items() if value is not None}
    return fields | {f"({role})": _place(spans) for role, spans in args.items()}


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, str]:
    """What the one says and the other does not, of both."""
    names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    first, second = (", ".join(f"{n}={said[n]}" for n in names if n in said) for said in (before, after))
    return first, second


def _cell(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value, order="sorted").decode()


def _place(spans: Spans) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
