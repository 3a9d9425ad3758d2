"""The work of `rules show` and `rules list`: what a rule says, where it is written, what it does on an input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path, PurePath
from typing import Any

from pipeline.commands.listing import put_rows
from pipeline.commands.streams import counted, tell
from pipeline.core.errors import InputError, UsageError
from pipeline.core.options import Segmenter
from pipeline.rulebook import Pattern, Row, Rule, Rulebook, load
from pipeline.rulebook.patterns import REFERENCE

IDLE = "idle"
"""The field of patterns that have a name for what code finds."""
KINDS = {"table": Row, "pattern": Pattern}


@dataclass(frozen=True, slots=True)
class Texts:
    """Inputs to try rules on."""

    inputs: tuple[str, ...]
    encoding: str | None
    segmenter: Segmenter


def show_rule(ident: str, overlay: Path | None, on: Texts | None) -> None:
    """Print everything about the rule ``ident``, and its hits ``on`` an input, a row each.

    Raises `UsageError` where there is no such rule.
    """
    rules = load(overlay)
    rule = next((r for r in rules.all() if r.id == ident), None)
    if rule is None:
        near = get_close_matches(ident, [r.id for r in rules.all()], 3)
        meant = f"did you mean {' or '.join(near)}?" if near else "`zhfacts rules list` shows them all"
        raise UsageError(f"there is no rule {ident!r}; {meant}")
    put_rows(("", ident), list(_told(rule, rules)))
    if on is not None:
        rows = list(_hit_rows([rule], overlay, on))
        put_rows(("place", "what", "where"), [row for _, row in rows])
        tell(f"{counted(len(rows), 'hit')} of {ident} in {' '.join(on.inputs)}")


def list_rules(prefix: str, kinds: Sequence[str], overlay: Path | None, unused_on: Texts | None) -> None:
    """Print id, place and note (the words, where it has none) of each rule that begins with ``prefix`` and is of all
    ``kinds`` (table or pattern, or the stage that it serves); with ``unused_on`` those that did nothing there."""
    rules = load(overlay)
    chosen = [r for r in rules.all() if r.id.startswith(prefix) and all(_is(r, kind, rules) for kind in kinds)]
    if not chosen:
        asked = f"no rule's id begins with {prefix!r}" if prefix else "there is no rule"
        raise UsageError(f"{asked}{' of this type' if kinds else ''}; `zhfacts rules list` shows them all")
    if unused_on is not None:
        chosen = [r for r in chosen if isinstance(r, Row | Pattern)]
        used = {ident for ident, _ in _hit_rows(chosen, overlay, unused_on)}
        every, chosen = len(chosen), [r for r in chosen if r.id not in used]
        tell(f"{len(chosen)} of {counted(every, 'rule')} did nothing in {' '.join(unused_on.inputs)}")
    put_rows(("id", "place", "note"), [(r.id, f"{r.file}:{r.line}", r.note or _words(r)) for r in chosen])


def _is(rule: Rule, kind: str, rules: Rulebook) -> bool:
    if kind in KINDS:
        return isinstance(rule, KINDS[kind])
    return stage_of(rule, rules) == kind


def stage_of(rule: Rule, rules: Rulebook) -> str:
    """The stage that the rule's file serves."""
    name = PurePath(rule.file).stem
    if isinstance(rule, Pattern):
        return rules.files[name].stage
    stage: str = rules.tables[name].front.get("stage", "")
    return stage


def _hit_rows(rules: Iterable[Rule], overlay: Path | None, on: Texts) -> Iterator[tuple[str, Sequence[str]]]:
    """Each hit's rule, and its row; raises `InputError` where nothing can be read."""
    from pipeline.audit.hits import hits
    from pipeline.intake.source import Failure, Source
    from pipeline.intake.sources import read

    failures: list[Failure] = []
    sources = 0

    def counted_sources() -> Iterator[Source | Failure]:
        nonlocal sources
        for source in read(on.inputs, on.encoding):
            sources += 1
            yield source

    for hit in hits(counted_sources(), rules, overlay, on.segmenter):
        if isinstance(hit, Failure):
            failures.append(hit)
        else:
            where = f"{hit.before}\u00bb{hit.text}\u00ab{hit.after}"
            yield hit.rule, (f"{hit.source}:{hit.start}", hit.how, "".join(where.split()))
    none = len(failures) == sources
    for failure in failures[:-1] if none else failures:
        tell(str(failure))
    if none and failures:
        raise InputError(str(failures[-1]))


def _told(rule: Rule, rules: Rulebook) -> Iterator[tuple[str, str]]:
    yield "place", f"{rule.file}:{rule.line}"
    stage = stage_of(rule, rules)
    yield from [("stage", stage)] if stage else []
    yield from [("note", rule.note)] if rule.note else []
    if isinstance(rule, Row):
        yield from _row(rule)
        yield "table", rules.tables[PurePath(rule.file).stem].about.note
    elif isinstance(rule, Pattern):
        yield from _pattern(rule, rules)
    else:
        yield from (("column", f"{c.name}:{c.kind}{'?' if c.optional else ''}") for c in rules.tables[rule.id].columns)
        yield "rows", str(len(rules.tables[rule.id].rows))
    yield from (("example", str(e)) for e in rule.examples)
    yield from (("counterexample", str(e)) for e in rule.counterexamples)


def _row(row: Row) -> Iterator[tuple[str, str]]:
    for name, cell in row.cells.items():
        if cell is not None and cell is not False:
            yield name, _cell(cell)
    code, factor, si = (row.cells.get(k) for k in ("code", "factor", "si"))
    if code and factor and si:
        offset = row.cells.get("offset")
        ahead = f"(x + {_cell(offset)})" if offset else "x"
        yield "SI", f"x {code} = {ahead} \u00d7 {_cell(factor)} {si}"


def _cell(cell: Any) -> str:
    if isinstance(cell, tuple):
        return " ".join(cell)
    if isinstance(cell, Fraction) and cell.denominator == 1:
        return str(cell.numerator)
    return "yes" if cell is True else str(cell)


def _pattern(rule: Pattern, rules: Rulebook) -> Iterator[tuple[str, str]]:
    file = rules.files[PurePath(rule.file).stem]
    written = next((str(d.data.get("pattern", "")) for d in file.drafts if d.id == rule.id), "")
    if written:
        yield "pattern", written
        for name in dict.fromkeys(REFERENCE.findall(written)):
            place = f"{name.split('.')[0]}.tsv" if "." in name else PurePath(rule.file).name
            yield "uses", f"{{{name}}} of {place}"
        yield from [("expanded", rule.source)] if rule.source != written else []
        over = file.settings.get("over", "text")
        yield "matched on", f"a line of {over}" if over != "text" else "folded text (half-width, simplified)"
    for name, value in rule.fields.items():
        if name == IDLE:
            yield name, "it finds nothing by a pattern, and only names what the program finds"
        else:
            yield name, _field(value)


def _field(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(str(v) for v in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{k} = {v}" for k, v in value.items())
    return "yes" if value is True else "no" if value is False else str(value)


def _words(rule: Rule) -> str:
    first = next(iter(rule.cells.values()), None) if isinstance(rule, Row) else None
    return " ".join(first) if isinstance(first, tuple) else str(first or "")
