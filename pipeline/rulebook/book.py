"""The rulebook: all tables and patterns of rules/, with a user's folder laid over it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import regex

from pipeline.core.errors import RuleError
from pipeline.core.trace import Trace
from pipeline.rulebook.patterns import GENERAL, OWN, Draft, PatternFile, fill_pattern, read_patterns
from pipeline.rulebook.rule import Pattern, Row, Rule
from pipeline.rulebook.tables import COMMON, Table, read_table

T = TypeVar("T")
TABLE_NAME = regex.compile(r"\{([a-z_]+)\.[a-z_]+\}")


class Rulebook:
    """Frozen rules: ``rows`` and ``patterns`` of a file, in order; ``once`` keeps what stages build from them."""

    def __init__(
        self,
        tables: Mapping[str, Table],
        files: Mapping[str, PatternFile],
        digest: str,
        off: frozenset[str] = frozenset(),
    ) -> None:
        """``tables`` and ``files`` by name (the file's name without its suffix); ``digest`` as `load` computes it."""
        self._tables = tables
        self._files = files
        self.digest = digest
        self.off = off
        """The ids of what is switched off: stages leave out what goes by them."""
        self.trace: Trace | None = None
        """Where what is compiled of these rules writes what it does; see `traced`."""
        self._built: dict[Any, Any] = {}

    def traced(self) -> Rulebook:
        """The same rules with a `Trace` of their own: everything that is compiled of them writes there."""
        twin = Rulebook(self._tables, self._files, self.digest, self.off)
        twin.trace = Trace()
        return twin

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table, in file order; raises `RuleError` where there is no such table."""
        if table not in self._tables:
            raise RuleError(f"{table}.tsv", None, "is missing from the rules", "put it back")
        return self._tables[table].rows

    def words(self, table: str, column: str = "words") -> Mapping[str, Row]:
        """Each word of a ``words`` (or text) column with its row; the first row wins where two have the same word."""
        out: dict[str, Row] = {}
        for row in self.rows(table):
            cell = row[column] or ()
            for word in (cell,) if isinstance(cell, str) else cell:
                out.setdefault(word, row)
        return out

    def word_set(self, table: str, column: str = "", *cells: object) -> frozenset[str]:
        """The words of a table, or of those of its rows that have one of ``cells`` in ``column``:
        ``word_set("numerals", "role", "tens", "scale")``."""
        rows = self.rows(table)
        if column:
            rows = tuple(row for row in rows if (row.id if column == "id" else row[column]) in cells)
        return frozenset(word for row in rows for word in row["words"])

    def patterns(self, file: str) -> tuple[Pattern, ...]:
        """The patterns of a TOML file, in file order; raises `RuleError` on one whose fragments are not known."""
        return self.once((Rulebook._fill, file), lambda book: book._fill(file))

    def settings(self, file: str) -> Mapping[str, Any]:
        """The [settings] of a TOML file."""
        return self._file(file).settings

    def setting(self, ident: str) -> Rule | None:
        """A setting or fragment as a rule, ``quantities.labels``: where it is written, and what its comment says."""
        file, _, name = ident.partition(".")
        return self._files[file].setting(name) if file in self._files else None

    def fragment(self, file: str, name: str) -> str:
        """The regular expression of a fragment with everything filled in, for patterns that code builds."""
        draft = Draft(self._file(file).about.file, name, 1, {"pattern": f"{{{name}}}", "note": name})
        return fill_pattern(draft, 0, self._fragments(file)).source

    def once(self, key: Any, build: Callable[[Rulebook], T]) -> T:
        """``build(self)``, built once for each ``key`` and kept as long as the rulebook."""
        try:
            built: T = self._built[key]
        except KeyError:
            built = self._built[key] = build(self)
        return built

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables by name: columns, rows and front matter."""
        return self._tables

    @property
    def files(self) -> Mapping[str, PatternFile]:
        """The files of patterns by name, as written."""
        return self._files

    def all(self) -> Iterator[Rule]:
        """Every table's front matter, row and pattern, file by file."""
        for name in sorted(self._tables):
            yield self._tables[name].about
            yield from self._tables[name].rows
        for name in sorted(self._files):
            yield from self.patterns(name)

    def _file(self, name: str) -> PatternFile:
        if name not in self._files:
            raise RuleError(f"{name}.toml", None, "is missing from the rules", "put it back")
        return self._files[name]

    def _fill(self, name: str) -> tuple[Pattern, ...]:
        file, fragments = self._file(name), self._fragments(name)
        return tuple(fill_pattern(d, i, fragments) for i, d in enumerate(file.drafts))

    def _fragments(self, name: str) -> Callable[[str], str | None]:
        own = self._file(name).fragments

        def find(key: str) -> str | None:
            if "." not in key:
                return own.get(key)
            table, column = key.split(".")
            known = self._tables.get(table)
            if known is None or column not in (c.name for c in known.columns):
                return None
            words = sorted(self.words(table, column), key=lambda w: (-len(w), w))
            return "|".join(regex.escape(w, literal_spaces=True) for w in words)

        return find


def rules_home() -> Path:
    """The folder of the project's own rules: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    return package / "rules" if (package / "rules").is_dir() else package.parent / "rules"


@lru_cache(maxsize=8)
def load(overlay: Path | None = None) -> Rulebook:
    """Read the project's rules with the user's folder ``overlay`` laid over them; the same folder is read once.

    The same id replaces, ``enabled = false`` (``no`` in a table) switches off, new ids come last. The digest is the
    SHA-256 of names and contents. Raises `RuleError` with file, line, what is wrong and how to mend it.
    """
    sha = hashlib.sha256()
    tables: dict[str, Table] = {}
    files: dict[str, PatternFile] = {}
    off: set[str] = set()
    for root in [rules_home(), *([overlay] if overlay else [])]:
        for path in _files_of(root):
            text = _read(path)
            sha.update(f"{path.name}\0{text}\0".encode())
            shown = str(path) if root is overlay else f"rules/{path.name}"
            if path.suffix == ".tsv":
                table = read_table(path.stem, shown, text)
                off |= table.disabled
                tables[path.stem] = _lay_table(tables[path.stem], table) if path.stem in tables else table
            else:
                file = read_patterns(path.stem, shown, text)
                off |= file.disabled
                files[path.stem] = _lay_patterns(files[path.stem], file) if path.stem in files else file
    book = Rulebook(tables, files, "sha256:" + sha.hexdigest(), frozenset(off))
    if overlay:
        _try(book, overlay)
    return book


def _files_of(root: Path) -> list[Path]:
    try:
        found = sorted(p for p in root.iterdir() if p.suffix in (".tsv", ".toml"))
    except NotADirectoryError:
        raise RuleError(str(root), None, "is no folder", "give a folder with .tsv and .toml files") from None
    except OSError as e:
        raise RuleError(str(root), None, f"cannot be read: {e.strerror}", "check the path and its rights") from None
    if not found:
        raise RuleError(str(root), None, "holds no rules", "put .tsv and .toml files there")
    return found


def _try(book: Rulebook, overlay: Path) -> None:
    """Compile the user's patterns at once, and refuse files that nothing reads: told before any work begins."""
    own = {p.stem for p in _files_of(rules_home())}
    given = [p for p in _files_of(overlay) if p.stem not in own]
    used = {name for p in _files_of(overlay) if p.suffix == ".toml" for name in TABLE_NAME.findall(_read(p))}
    for path in given:
        if path.suffix == ".toml" or path.stem not in used:
            raise RuleError(
                str(path), None, "is of a name that nothing reads", f"name it as the file it adds to: {_names(path)}"
            )
    for rule in book.all():
        if isinstance(rule, Pattern) and Path(rule.file).parent == overlay:
            rule.regex  # noqa: B018


def _names(like: Path) -> str:
    return ", ".join(p.name for p in _files_of(rules_home()) if p.suffix == like.suffix)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as e:
        raise RuleError(str(path), None, f"cannot be read: {e.strerror}", "check the file") from None
    except UnicodeDecodeError as e:
        raise RuleError(
            str(path), path.read_bytes()[: e.start].count(b"\n") + 1, "is not UTF-8", "save it as UTF-8"
        ) from None


def _lay_table(base: Table, over: Table) -> Table:
    known = {c.name: c for c in base.columns}
    for column in over.columns:
        if column.name in COMMON:
            continue
        if column.name not in known or known[column.name].kind != column.kind:
            declared = ", ".join(f"{c.name}:{c.kind}" for c in base.columns)
            raise RuleError(
                over.about.file,
                None,
                f"the column {column.name}:{column.kind} is not in {base.about.file}",
                f"its columns: {declared}",
            )
    _lay_off(over.about.file, over.disabled, {r.id for r in base.rows}, base.about.file)
    given = {c.name for c in over.columns}
    missing = [f"{c.name}:{c.kind}" for c in base.columns if not c.optional and c.name not in given]
    if over.rows and missing:
        raise RuleError(
            over.about.file, None, f"lacks the column {missing[0]} of {base.about.file}", "give each row a cell in it"
        )
    new = {r.id: r for r in over.rows}
    rows = [new.pop(r.id, r) for r in base.rows if r.id not in over.disabled]
    empty = {c.name: None for c in base.columns[1:] if c.name not in COMMON}
    full = [
        Row(r.id, r.file, r.line, r.note, r.examples, r.counterexamples, i, {**empty, **r.cells})
        for i, r in enumerate([*rows, *new.values()])
    ]
    return Table(base.about, base.columns, tuple(full), frozenset(), base.front)


def _lay_off(file: str, disabled: frozenset[str], known: set[str], base: str) -> None:
    """Refuse to switch off what is not there: an id that was mistyped would stay on, and nobody be told."""
    for ident in sorted(disabled - known):
        raise RuleError(
            file, None, f"switches off {ident}, which is not in {base}", "`zhfacts rules list` shows the ids"
        )


def _fits(draft: Draft, base: PatternFile) -> None:
    """Refuse an entry whose keys are not those of its file: what a stage asks of every rule must be there, and a key
    that no rule has is a slip of the hand."""
    keys = [d.data.keys() for d in base.drafts]
    if not keys:
        return
    asked, known = set(keys[0]).intersection(*keys) - OWN.keys(), {*OWN, *GENERAL}.union(*keys)
    for key in sorted(asked - draft.data.keys()):
        raise RuleError(draft.file, draft.line, f"{draft.id} has no {key}", f"every rule of {base.about.file} has one")
    for key in sorted(draft.data.keys() - known):
        raise RuleError(draft.file, draft.line, f"{draft.id} has {key!r}", f"known keys: {', '.join(sorted(known))}")


def _lay_patterns(base: PatternFile, over: PatternFile) -> PatternFile:
    _lay_off(over.about.file, over.disabled, {d.id for d in base.drafts}, base.about.file)
    for draft in over.drafts:
        _fits(draft, base)
    new = {d.id: d for d in over.drafts}
    kept = [new.pop(d.id, d) for d in base.drafts if d.id not in over.disabled]
    return PatternFile(
        base.about,
        {**base.fragments, **over.fragments},
        {**base.settings, **over.settings},
        (*kept, *new.values()),
        frozenset(),
        base.stage,
        (*base.texts, *over.texts),
    )
