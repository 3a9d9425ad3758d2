"""The work of `audit sample` and `audit stats`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from pipeline.audit.report import Report, report
from pipeline.audit.report_page import report_page
from pipeline.audit.reviews import Review, read
from pipeline.audit.sample import Sampled, Sampler, read_sample
from pipeline.audit.sections import sections
from pipeline.batch.reading import Archive
from pipeline.commands.archives import code_of, opened
from pipeline.commands.errors import NOTHING, heed
from pipeline.commands.listing import aligned, put_rows
from pipeline.commands.streams import counted, stdout_bytes, stdout_is_terminal, tell
from pipeline.commands.target import STDOUT, target
from pipeline.core.errors import UsageError
from pipeline.core.items import Layer
from pipeline.core.records import Document
from pipeline.output.tables import csv_of

LAYERS: Mapping[str, Layer | None] = {"facts": "fact", "mentions": "mention", "all": None}
"""What is drawn, by the words of the command line."""


def run_sample(path: Path, size: int, seed: int, of: str, output: Path | None, force: bool) -> int:
    """Draw the sample and write it, an item a line; the exit code."""
    archive = opened(path)
    sampler = Sampler(size, seed, LAYERS[of])
    with target(output, force) as out:
        for document in _documents(archive):
            sampler.add(document)
        drawn = sampler.drawn()
        for line in drawn:
            out.write(msgspec.json.encode(line) + b"\n")
    strata = {line.stratum: line.population for line in drawn}
    tell(f"{counted(len(drawn), 'item')} of {sum(strata.values())} drawn, of {counted(len(strata), 'rule')}")
    left = {rule: number for rule, number in sampler.population.items() if rule not in strata}
    if left:
        told = f"{counted(sum(left.values()), 'item')} of {counted(len(left), 'rule')}"
        tell(f"{told} stand for none of it: with -n {len(sampler.population)} or more every rule is in it")
    return code_of(archive) if drawn else NOTHING


def _documents(archive: Archive) -> Iterator[Document]:
    for found in archive.documents():
        heed()
        if isinstance(found, Document):
            yield found


def run_stats(
    logs: Sequence[Path], sample: Path | None, other: Path | None, form: str | None, output: Path | None, force: bool
) -> int:
    """Reckon and write the report; the exit code."""
    form = form or _form(output)
    drawn = read_sample(sample) if sample else []
    archive = opened(other) if other else None
    with target(output, force) as out:
        found = report(_reviews(logs), drawn, _documents(archive) if archive else None)
        _warn(found, drawn)
        if form == "json":
            out.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
        elif form == "html":
            out.write(report_page(found))
        elif form == "csv":
            out.write(csv_of(row for section in sections(found) for row in section.table))
        elif output in (None, STDOUT):
            _print(found)
        else:
            out.write("".join(_tables(found)).encode("utf-8", "replace"))
    return code_of(archive) if archive else 0


def _form(output: Path | None) -> str:
    if output is None or output == STDOUT or not output.suffix:
        return "table"
    forms = {".json": "json", ".html": "html", ".htm": "html", ".txt": "table", ".csv": "csv"}
    form = forms.get(output.suffix.lower())
    if form is None:
        raise UsageError(
            f"{output}: {output.suffix} stands for no format of a report; end it in one of {' '.join(forms)}"
        )
    return form


def _reviews(logs: Iterable[Path]) -> Iterator[Review]:
    for log in logs:
        yield from read(log)


def _warn(found: Report, sample: Sequence[Sampled]) -> None:
    if len(found.rules) > 1:
        tell(
            f"the reviews are of {len(found.rules)} sets of rules: {', '.join(found.rules)}; figures are of all of them"
        )
    if sample:
        left = len(sample) - found.estimates[-1].judged
        if left:
            tell(f"{counted(left, 'item')} of the sample not judged, or as many for it as against it")
        if other := {line.rules for line in sample} - set(found.rules):
            tell(f"the sample is of rules that no review is of: {', '.join(sorted(other))}")
    if found.against is not None and found.against.absent:
        tell(f"{counted(found.against.absent, 'judged item')} of texts that are not in the other archive")


def _print(found: Report) -> None:
    """Tables with their names for a person; in a pipe each row begins with the name of its table, and names stand above
    each."""
    if stdout_is_terminal():
        stdout_bytes().write("".join(_tables(found)).encode("utf-8", "replace"))
        return
    for section in sections(found):
        columns, *rows = section.table
        put_rows(columns, rows, named=True)


def _tables(found: Report) -> Iterator[str]:
    for section in sections(found):
        yield f"{section.name.upper()}  {section.about}\n{aligned(section.columns, section.rows)}\n"
