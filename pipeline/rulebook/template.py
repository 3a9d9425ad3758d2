"""A file of rules to begin with: the columns or keys of one of the project's files, with what is to be filled in."""

from __future__ import annotations

from typing import Any

from pipeline.core.errors import UsageError
from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.patterns import GENERAL, OWN, PatternFile
from pipeline.rulebook.tables import COMMON, Column, Table

FILL = "FILL"
"""What stands where the user is to write something; `rules check` refuses what still holds it."""
EXAMPLE = f"{FILL}: text before[the span]text after => expected values"
SHOWN = 6
"""How many values of a key are shown."""


def template(rules: Rulebook, file: str, ident: str) -> tuple[str, str]:
    """The name and the text of a file that adds the rule ``ident`` to ``file`` (``units`` or ``units.tsv``).

    Raises `UsageError` where there is no such file, or where the id is taken.
    """
    name = file.removesuffix(".tsv").removesuffix(".toml")
    taken = next((r for r in rules.all() if r.id == ident), None)
    if taken is not None:
        raise UsageError(
            f"the id {ident} stands at {taken.file}:{taken.line}; choose another, or copy that rule to replace it"
        )
    if name in rules.tables:
        return f"{name}.tsv", _table(rules.tables[name], ident)
    if name in rules.files and rules.files[name].drafts:
        return f"{name}.toml", _patterns(rules.files[name], ident)
    known = ", ".join((*rules.tables, *(n for n, f in rules.files.items() if f.drafts)))
    raise UsageError(f"there is no file {file!r} to add a rule to; there are: {known}")


def _table(table: Table, ident: str) -> str:
    columns = [c for c in table.columns if c.name not in COMMON and c.name != "id"]
    model = next((r for r in table.rows if r.note or r.examples), table.rows[0])
    lines = [
        f'#: note = "{FILL}: what these rows are for"',
        f"# Adds to {table.about.file}: {table.about.note}",
        *(f"# {c.name}: {_kind(c)}, as in {_seen(table, c)}" for c in columns),
        f"# Cells are parted by tabs; {model.id} is one of the project's rows.",
        "\t".join(["id", *(_header(c) for c in columns), "note", "examples", "counterexamples"]),
        "\t".join([ident, *("" if c.optional else FILL for c in columns), f"{FILL}: the news phrase", EXAMPLE]),
    ]
    return "\n".join(lines) + "\n"


def _header(column: Column) -> str:
    kind = "" if column.kind == "text" and not column.optional else f":{column.kind}"
    return f"{column.name}{kind}{'?' if column.optional and column.kind != 'flag' else ''}"


def _kind(column: Column) -> str:
    told = {"words": "words parted by |", "fraction": "a number or a fraction (2000/3)", "flag": "yes or empty"}
    kind = told.get(column.kind, column.kind.removeprefix("choice(").removesuffix(")").replace("|", " or "))
    return f"{kind}{' (may be empty)' if column.optional and column.kind != 'flag' else ''}"


def _seen(table: Table, column: Column) -> str:
    cell = next((r[column.name] for r in table.rows if r[column.name]), "")
    if isinstance(cell, tuple):
        return "|".join(cell[:SHOWN])
    return "yes" if cell is True else str(cell)


def _patterns(file: PatternFile, ident: str) -> str:
    keys = [d.data for d in file.drafts]
    asked = sorted(set(keys[0]).intersection(*keys) - OWN.keys())
    offered = sorted({k for data in keys for k in data} - OWN.keys() - set(asked) - {*GENERAL})
    lines = [
        f'note = "{FILL}: what these patterns are for"',
        f"# Adds to {file.about.file}: {' '.join(file.about.note.split())}",
        "",
        "[[rule]]",
        f'id = "{ident}"',
        f'note = "{FILL}: the news phrase that it is for"',
        *(f"{k} = {FILL!r}  # as in {_values(file, k)}" for k in asked),
        *(f"# {k} = {_values(file, k)}" for k in offered),
        f"# A pattern of this file: '{_shortest(file)}'",
        *([f"# Parts that it may use: {' '.join(f'{{{name}}}' for name in file.fragments)}"] if file.fragments else ()),
        f"pattern = '{FILL}'",
        f'examples = ["{EXAMPLE}"]',
        f'counterexamples = ["{FILL}: text before[what must not be found]text after"]',
    ]
    return "\n".join(lines) + "\n"


def _values(file: PatternFile, key: str) -> str:
    """Some of the values that a key has in the file."""
    seen = dict.fromkeys(_toml(d.data[key]) for d in file.drafts if key in d.data)
    short = sorted(seen, key=len)[:SHOWN]
    return " or ".join(value for value in seen if value in short)


def _toml(value: Any) -> str:
    if isinstance(value, list):
        shown = [*(_toml(v) for v in value[:SHOWN]), *(["\u2026"] if len(value) > SHOWN else [])]
        return f"[{', '.join(shown)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}'" if isinstance(value, str) else str(value)


def _shortest(file: PatternFile) -> str:
    return min((str(d.data["pattern"]) for d in file.drafts if d.data.get("pattern")), key=len, default="")
