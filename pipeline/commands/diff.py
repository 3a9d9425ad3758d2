"""The work of `diff`: two archives of the same sources, and what changed from one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.batch.differences import STATUS, Difference, Report, Said, compared
from pipeline.batch.job import changed
from pipeline.commands.archives import code_of, opened
from pipeline.commands.listing import put_rows
from pipeline.commands.streams import counted, tell

COLUMNS = ("rule", "what", "count", "document", "place", "kind", "text", "before", "after")


def run_diff(first: Path, second: Path, examples: int, quiet: bool) -> int:
    """Print a row for each example of a difference, of one rule together, the most frequent first; the exit code."""
    one, other = opened(first), opened(second)
    if not quiet:
        differ = ", ".join(f"{name} ({how})" if how else name for name, how in changed(one.key, other.key).items())
        tell(f"the jobs differ in {differ}" if differ else "the jobs are the same")
    report = compared(one.documents(), other.documents(), examples)
    put_rows(COLUMNS, _rows(report), named=True)
    if not quiet:
        tell(f"{counted(report.compared, 'document')} compared, {counted(report.counts.total(), 'difference')}")
        for archive, only in zip((one, other), report.only, strict=True):
            if only:
                tell(f"{counted(only, 'document')} in {archive.path} only")
    return code_of(one, other)


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    of_rule: dict[str, int] = {}
    for (rule, _), count in report.counts.items():
        of_rule[rule] = of_rule.get(rule, 0) + count
    for rule, what in sorted(report.counts, key=lambda k: (-of_rule[k[0]], k)):
        for one in report.examples[rule, what]:
            yield rule, what, str(report.counts[rule, what]), one.doc, *_place(one)


def _place(one: Difference) -> tuple[str, ...]:
    said = one.after or one.before
    if said is None:
        return "", STATUS, "", "", ""
    spans = " ".join(f"{a}-{b}" for a, b in said.spans)
    return spans, said.kind, said.text, _value(one.before), _value(one.after)


def _value(said: Said | None) -> str:
    return said.value if said else ""
