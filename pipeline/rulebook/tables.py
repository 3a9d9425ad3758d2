"""TSV tables. The header names columns and types; lines that begin with ``#:`` are the table's front matter.

    #: note = "what news phrase the table is for"          (TOML; note, source, examples, counterexamples)
    id<TAB>words:words<TAB>factor:fraction?<TAB>examples
    unit.length.kilometre<TAB>公里|千米|km<TAB>1000<TAB>全长[5公里] => 5 km

Types: text, words (separated by |), int, decimal, fraction, flag (yes or empty), choice(a|b); ``?`` makes a cell
optional. Every table knows the columns note, examples, counterexamples (separated by `` | ``) and enabled (yes, no).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import regex

from pipeline.core.errors import RuleError
from pipeline.rulebook.rule import Row, Rule, parse_example

COMMON = ("note", "examples", "counterexamples", "enabled")
FRONT = {
    "note": str, "stage": str, "source": str, "examples": list, "counterexamples": list,
    "apart": list, "behind": list, "folded": bool,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its header cell declares it."""

    name: str
    kind: str
    optional: bool
    empty: bool | None
    """What an empty cell says, where it is optional."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its front matter as a rule of its own (id = the file's name), its columns and its rows in file order."""

    about: Rule
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    disabled: frozenset[str]
    front: Mapping[str, Any] = field(default_factory=dict)
    """The front matter. ``stage``: what it serves; ``apart``, ``behind``, ``folded``: how its words compete."""


def _words(cell: str) -> tuple[str, ...]:
    words = tuple(w for w in cell.split("|"))
    if not all(words):
        raise ValueError("has an empty word")
    return words


def _flag(cell: str) -> bool:
    if cell not in ("yes", "no", ""):
        raise ValueError("is neither yes nor no")
    return cell == "yes"


def _decimal(cell: str) -> Decimal:
    number = Decimal(cell)
    if not number.is_finite():  # NaN and Infinity, which Decimal takes for numbers
        raise InvalidOperation
    return number


CELLS: Mapping[str, Callable[[str], Any]] = {
    "text": str, "words": _words, "int": int, "decimal": _decimal, "fraction": Fraction, "flag": _flag,
}  # fmt: skip


def read_table(name: str, file: str, text: str) -> Table:
    """Read the table ``name`` from the text of ``file``; raises `RuleError` with file and line."""
    front: list[str] = []
    columns: tuple[Column, ...] = ()
    rows: list[Row] = []
    disabled: set[str] = set()
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#:"):
            front.append(line[2:].strip())
        elif not line.strip() or line.startswith("#"):
            continue
        elif not columns:
            columns = _header(file, number, line)
        else:
            row, enabled = _row(file, number, line, columns, len(rows))
            if row.id in seen:
                raise RuleError(
                    file, number, f"the id {row.id} stands at line {seen[row.id]} too", "give each row its own id"
                )
            seen[row.id] = number
            if enabled:
                rows.append(row)
            else:
                disabled.add(row.id)
    if not columns:
        raise RuleError(
            file, None, "has no header line", "name the columns in its first line, as in id<TAB>words:words"
        )
    data = _front_matter(file, front)
    return Table(_about(name, file, data), columns, tuple(rows), frozenset(disabled), data)


def _header(file: str, number: int, line: str) -> tuple[Column, ...]:
    out = []
    for cell in line.split("\t"):
        m = regex.fullmatch(
            r"([a-z_0-9]+)(?::(text|words|int|decimal|fraction|flag|choice\([^()]+\)))?(\?)?", cell.strip()
        )
        if not m:
            raise RuleError(
                file,
                number,
                f"the column {cell!r} is not of the form name:type",
                "types: text words int decimal fraction flag choice(a|b), with ? where optional",
            )
        optional = bool(m[3]) or m[1] in COMMON or m[2] == "flag"
        out.append(Column(m[1], m[2] or "text", optional, False if m[2] == "flag" else None))
    if out[0].name != "id":
        raise RuleError(file, number, "the first column is not id", "put the rule's id first")
    return tuple(out)


def _row(file: str, number: int, line: str, columns: tuple[Column, ...], order: int) -> tuple[Row, bool]:
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) > len(columns):
        raise RuleError(file, number, f"has {len(cells)} cells for {len(columns)} columns", "remove the tab too many")
    cells += [""] * (len(columns) - len(cells))
    values: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=True):
        cell = cell.strip()
        values[column.name] = column.empty if not cell and column.optional else _cell(file, number, column, cell)
    note, examples, counterexamples, enabled = [values.pop(k, None) or "" for k in COMMON]
    right, wrong = (
        tuple(parse_example(e, file, number) for e in told.split(" | ") if e) if told else ()
        for told in (examples, counterexamples)
    )
    row = Row(values.pop("id"), file, number, note, right, wrong, order, values)
    if enabled not in ("", "yes", "no"):
        raise RuleError(file, number, f"enabled is {enabled!r}", "write yes or no")
    return row, enabled != "no"


def _cell(file: str, number: int, column: Column, cell: str) -> Any:
    if not cell:
        raise RuleError(file, number, f"the cell {column.name} is empty", "fill it in")
    if column.kind == "text":
        return cell
    if column.kind.startswith("choice("):
        if cell not in column.kind[7:-1].split("|"):
            raise RuleError(file, number, f"{column.name} is {cell!r}", f"choose one of {column.kind[7:-1]}")
        return cell
    try:
        return CELLS[column.kind](cell)
    except (ValueError, InvalidOperation, ZeroDivisionError) as e:
        what = str(e) if isinstance(e, ValueError) and column.kind in ("words", "flag") else f"is no {column.kind}"
        raise RuleError(file, number, f"{column.name} {cell!r} {what}", "correct the cell") from None


def _front_matter(file: str, front: list[str]) -> Mapping[str, Any]:
    try:
        data = tomllib.loads("\n".join(front))
    except tomllib.TOMLDecodeError as e:
        raise RuleError(file, None, f"the front matter (#:) is no TOML: {e}", 'write #: key = "value"') from None
    for key, value in data.items():
        if key not in FRONT or not isinstance(value, FRONT[key]):
            raise RuleError(
                file,
                None,
                f"the front matter has {key} = {value!r}",
                "known keys: note, stage, source (texts), examples, counterexamples, apart, behind (lists), folded",
            )
    if not data.get("note"):
        raise RuleError(file, None, "has no note", 'say in a line #: note = "…" what the table is for')
    return data


def _about(name: str, file: str, data: Mapping[str, Any]) -> Rule:
    examples, counter = (
        tuple(parse_example(e, file, None) for e in data.get(k, ())) for k in ("examples", "counterexamples")
    )
    return Rule(id=name, file=file, line=1, note=data["note"], examples=examples, counterexamples=counter)
