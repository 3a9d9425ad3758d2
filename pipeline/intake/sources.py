"""Where documents come from: files, folders, globs, records of .jsonl files, standard input."""

from __future__ import annotations

import codecs
import glob
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from pipeline.core.errors import InputError
from pipeline.intake.decode import EMPTY, REPLACEMENT, SURROGATE, decode

STDIN = "-"
SUFFIXES = (".txt", ".jsonl")
OWN_KEYS = frozenset({"id", "text", "published"})
TAKEN = "the id {!r} came before; give each document an id of its own, or the folder that holds both files"


@dataclass(frozen=True, slots=True)
class Source:
    """One document to be worked.

    ``id``: the path relative to the given root without its suffix, the record's own id, or ``-``; ``source``: the same
    with suffix; ``sha256``: of the file's bytes, or of the text's UTF-8 for a record; ``encoding``: as declared;
    ``size``: how many bytes it was read from.
    """

    id: str
    source: str
    data: bytes | str
    sha256: str
    published: str | None = None
    encoding: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    size: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read, None for standard input, and the name that it goes by."""

    path: Path | None
    shown: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gives no document, and why; ``str()`` is the line for the user."""

    source: str
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


def read(inputs: Sequence[str], encoding: str | None = None, output: Path | None = None) -> Iterator[Source | Failure]:
    """The documents of ``inputs`` (files, folders, globs, ``-``), in order, each read when its turn comes.

    Folders give their .txt and .jsonl files, sorted by path, but not ``output``, the file that is being written. What
    cannot be read is a `Failure`; the rest is worked.
    """
    seen: set[str] = set()
    for file in find(inputs, output):
        for found in (file,) if isinstance(file, Failure) else _documents(file, encoding):
            if isinstance(found, Source):
                if found.id in seen:
                    yield Failure(found.source, TAKEN.format(found.id))
                    continue
                seen.add(found.id)
            yield found


def find(inputs: Iterable[str], output: Path | None = None) -> Iterator[Found | Failure]:
    """The files that ``inputs`` stand for, and a `Failure` for each input that stands for none; as for `read`."""
    for given in inputs:
        try:
            yield from _find(given, output.resolve() if output else None)
        except (OSError, ValueError) as e:
            yield _unreadable(shown_name(given), e)


def _find(given: str, output: Path | None) -> Iterator[Found | Failure]:
    path = Path(given)
    shown = shown_name(given)
    if given == STDIN:
        yield Found(None, STDIN)
    elif not given:
        yield Failure("''", "names no input; give a file, a folder or -")
    elif path.is_dir():
        closed: list[OSError] = []
        held = [Path(folder, n) for folder, _, files in os.walk(path, onerror=closed.append) for n in files]
        yield from (_unreadable(shown_name(str(e.filename)), e) for e in closed)
        yield from (
            _below(path, (p for p in held if p.suffix.lower() in SUFFIXES), output)
            or [
                Failure(shown, f"holds no {' or '.join(SUFFIXES)} files; give another folder, or the files themselves")
            ][: not closed]
        )
    elif path.exists():
        yield Found(path, shown_name(path.name))
    elif glob.has_magic(given):
        root = _root(path)
        names = glob.glob(str(path.relative_to(root)), root_dir=root, recursive=True)
        yield from _below(root, (root / name for name in names), output) or [
            Failure(shown, "matches no file; check the pattern")
        ]
    else:
        yield Failure(shown, "no such file; check the path")


def _below(root: Path, paths: Iterable[Path], output: Path | None) -> list[Found | Failure]:
    """The files among ``paths``, sorted, named from ``root``."""
    files = sorted(p for p in paths if p.is_file() and p.resolve() != output)
    return [Found(p, shown_name(p.relative_to(root).as_posix())) for p in files]


def _root(pattern: Path) -> Path:
    """The folder that a glob begins at: as much of its path as is there, so 2024[a]/*.txt may mean a real 2024[a]."""
    return next(parent for parent in (*pattern.parents, Path()) if parent.is_dir())


def _unreadable(shown: str, e: Exception) -> Failure:
    return Failure(shown, f"cannot be read ({getattr(e, 'strerror', None) or e}); check the file and its rights")


def shown_name(name: str) -> str:
    """A file's name as text: what is no UTF-8 in it (lone surrogates in Python) is U+FFFD."""
    return SURROGATE.sub(REPLACEMENT, name)


def _documents(file: Found, encoding: str | None) -> Iterator[Source | Failure]:
    shown, path = file.shown, file.path
    stem, suffix = os.path.splitext(shown)
    try:
        if path is None:
            yield _whole(STDIN, STDIN, sys.stdin.buffer.read(), encoding)
        elif suffix.lower() == ".jsonl":
            with path.open("rb") as lines:
                yield from _records(lines, shown, encoding)
        else:
            yield _whole(stem, shown, path.read_bytes(), encoding)
    except OSError as e:
        yield _unreadable(shown, e)


def _whole(ident: str, shown: str, data: bytes, encoding: str | None) -> Source | Failure:
    if not data:
        return Failure(shown, EMPTY)
    return Source(ident, shown, data, hashlib.sha256(data).hexdigest(), encoding=encoding, size=len(data))


def _records(lines: BinaryIO, shown: str, encoding: str | None) -> Iterator[Source | Failure]:
    """A source for each record; a line at a time is held."""
    number, some = 0, False
    for number, raw in enumerate(lines, 1):
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
            if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                yield Failure(shown, "is UTF-16, whose lines cannot be told apart; save it as UTF-8")
                return
        if raw.strip():
            some = True
            yield _record(raw, shown, number, encoding)
    if not some:
        yield Failure(shown, EMPTY)


def _record(raw: bytes, shown: str, number: int, encoding: str | None) -> Source | Failure:
    place = f"{shown}:{number}"
    try:
        row = _parse(raw, encoding)
    except InputError as e:
        return Failure(place, str(e))
    except ValueError as e:
        return Failure(place, f'is no JSON ({e}); write one object a line, as in {{"id": "1", "text": "…"}}')
    if not isinstance(row, dict):
        return Failure(place, 'is no JSON object; write one a line, as in {"id": "1", "text": "…"}')
    text, ident, published = row.get("text"), row.get("id"), row.get("published")
    if not isinstance(text, str):
        what = f'its "text" is {_shortly(text)}' if "text" in row else 'has no "text"'
        return Failure(place, f"{what}; put the document's text there, as a string")
    if not text.strip():
        return Failure(place, "its text is empty; give a text")
    if published is not None and not is_date(published):
        what = f"published is {_shortly(published)}"
        return Failure(place, f"{what}; write an ISO date or date-time, as in 2024-05-31, or null")
    ident = str(ident) if isinstance(ident, str | int) and ident != "" else f"{os.path.splitext(shown)[0]}:{number}"
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    meta = {k: v for k, v in row.items() if k not in OWN_KEYS}
    return Source(ident, ident, text, sha, published, None, meta, len(raw))


def _shortly(value: object) -> str:
    told = repr(value)
    return told if len(told) <= 40 else told[:40] + "\u2026"


def _parse(raw: bytes, encoding: str | None) -> Any:
    try:
        return msgspec.json.decode(raw)
    except UnicodeDecodeError:
        return _strict(decode(raw, encoding).text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except msgspec.DecodeError as e:
        # msgspec takes no lone surrogates (\ud800), which the texts of some sites hold.
        if b"\\u" not in raw:
            raise ValueError(str(e)) from None
        return _strict(raw)


def _strict(raw: str | bytes) -> Any:
    """JSON by the standard library; lone surrogates stay in the text, where they are counted, and nowhere else."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        return {_clean(k): v if k == "text" else _clean(v) for k, v in found}

    def constant(name: str) -> Any:
        raise ValueError(f"{name} is no JSON")

    return json.loads(raw, object_pairs_hook=pairs, parse_constant=constant)


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(v) for v in value]
    return SURROGATE.sub(REPLACEMENT, value) if isinstance(value, str) else value


def is_date(value: object) -> bool:
    """Whether ``value`` is an ISO date or date-time, written with the whole day: 2024-05-31, 2024-05-31T08:00."""
    if not isinstance(value, str) or len(value) < 10:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
