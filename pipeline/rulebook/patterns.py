"""TOML files of patterns.

note = "what the file is for"
[fragments]                      # parts of patterns, used as {NAME}
YEAR = '\\d{4}年'
[settings]                       # numbers and words that steer the stage
[[rule]]
id = "time.date.month"
note = "2013年6月"
pattern = '{YEAR}\\d{1,2}月'       # {table.column} stands for all words of a table's column, longest first
examples = ["[2013年6月]开市 => 2013-06"]
counterexamples = []
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from pipeline.core.errors import RuleError
from pipeline.rulebook.rule import Pattern, Rule, parse_example

REFERENCE = regex.compile(r"\{([A-Z][A-Z0-9_]*|[a-z_]+\.[a-z_]+)\}")
TOP = {"note": str, "stage": str, "source": str, "fragments": dict, "settings": dict, "rule": list}
OWN = {"id": str, "note": str, "pattern": str, "examples": list, "counterexamples": list, "enabled": bool}

GENERAL = ("tried", "tested")
"""Keys that an entry of any file may have: how the check and the examples treat it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as written, before its fragments are filled in."""

    file: str
    id: str
    line: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PatternFile:
    """A TOML file as read: note, fragments, settings and entries in file order; ``disabled`` ids are switched off."""

    about: Rule
    fragments: Mapping[str, str]
    settings: Mapping[str, Any]
    drafts: tuple[Draft, ...]
    disabled: frozenset[str]
    stage: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    """File and text of each that was laid over the other, the first one at the bottom."""

    def setting(self, name: str) -> Rule | None:
        """Where the setting or fragment ``name`` is written, with the comment above it as its note."""
        for file, text in reversed(self.texts):
            lines = text.splitlines()
            at = next((i for i, line in enumerate(lines) if line.split("=")[0].strip() == name), None)
            if at is not None:
                first = at
                while first and lines[first - 1].startswith("#"):
                    first -= 1
                note = " ".join(line.lstrip("# ") for line in lines[first:at])
                return Rule(f"{self.about.id}.{name}", file, at + 1, note)
        return None


def read_patterns(name: str, file: str, text: str) -> PatternFile:
    """Read the pattern file ``name`` from the text of ``file``; raises `RuleError` with file and line."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        m = regex.search(r"\(at line (\d+), column \d+\)", str(e))
        raise RuleError(file, int(m[1]) if m else None, f"is no TOML: {e}", "correct the line") from None
    for key, value in data.items():
        if key not in TOP or not isinstance(value, TOP[key]):
            line = next((n for n, row in enumerate(text.splitlines(), 1) if row.lstrip("[ \t").startswith(key)), None)
            raise RuleError(file, line, f"the top level has {key!r}", f"known keys: {', '.join(TOP)}")
    for key, value in data.get("fragments", {}).items():
        if not isinstance(value, str):
            raise RuleError(file, _line_of(text, f"{key} ="), f"the fragment {key} is {value!r}", "write it as a text")
    if not data.get("note"):
        raise RuleError(file, None, "has no note", 'say in a line note = "…" what the file is for')
    drafts: list[Draft] = []
    disabled: set[str] = set()
    seen: dict[str, int] = {}
    for entry in data.get("rule", []):
        draft = _draft(file, text, entry, seen)
        seen[draft.id] = draft.line
        if entry.get("enabled", True):
            drafts.append(draft)
        else:
            disabled.add(draft.id)
    about = Rule(id=name, file=file, line=1, note=data["note"])
    return PatternFile(
        about,
        data.get("fragments", {}),
        data.get("settings", {}),
        tuple(drafts),
        frozenset(disabled),
        data.get("stage", ""),
        ((file, text),),
    )


def _line_of(text: str, needle: str, after: int = 0) -> int | None:
    start = 0
    for _ in range(after):
        start = text.index("\n", start) + 1
    at = text.find(needle, start)
    return None if at < 0 else text.count("\n", 0, at) + 1


def _draft(file: str, text: str, entry: Any, seen: Mapping[str, int]) -> Draft:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise RuleError(file, None, f"a rule has no id: {str(entry)[:60]!r}", 'give each [[rule]] an id = "…"')
    ident = entry["id"]
    line = _line_of(text, f'"{ident}"', seen.get(ident, 0)) or _line_of(text, f"'{ident}'") or 1
    if ident in seen:
        raise RuleError(file, line, f"the id {ident} stands at line {seen[ident]} too", "give each rule its own id")
    for key, value in entry.items():
        if key in OWN and not isinstance(value, OWN[key]):
            raise RuleError(file, line, f"{key} of {ident} is {value!r}", f"write a {OWN[key].__name__}")
    if entry.get("enabled", True) and not entry.get("examples"):
        raise RuleError(file, line, f"{ident} has no examples", 'give at least one, as in examples = ["…[span]…"]')
    if entry.get("enabled", True) and not entry.get("note"):
        raise RuleError(file, line, f"{ident} has no note", "say what news phrase it is for")
    return Draft(file, ident, line, entry)


def fill_pattern(draft: Draft, order: int, fragment: Callable[[str], str | None]) -> Pattern:
    """The pattern of ``draft``, its fragments filled in; ``fragment`` gives the text of a name, None if unknown."""
    source = expand(draft, draft.data.get("pattern", ""), fragment)
    file = draft.file
    tests = {
        k: tuple(parse_example(e, file, draft.line) for e in draft.data.get(k, ()))
        for k in ("examples", "counterexamples")
    }
    fields = {k: v for k, v in draft.data.items() if k not in OWN}
    return Pattern(
        id=draft.id, file=file, line=draft.line, note=draft.data["note"], order=order, source=source,
        fields=fields, **tests,
    )  # fmt: skip


def expand(draft: Draft, text: str, fragment: Callable[[str], str | None], depth: int = 0) -> str:
    """``text`` with every {NAME} and {table.column} filled in; raises `RuleError` on one that is unknown or endless."""
    if depth > 20:
        raise RuleError(draft.file, draft.line, f"the fragments of {draft.id} contain each other", "break the circle")

    def fill(m: regex.Match[str]) -> str:
        found = fragment(m[1])
        if found is None:
            raise RuleError(
                draft.file,
                draft.line,
                f"{draft.id} uses {{{m[1]}}}, which no fragment or table defines",
                "correct the name",
            )
        return "(?:" + expand(draft, found, fragment, depth + 1) + ")"

    return REFERENCE.sub(fill, text)
