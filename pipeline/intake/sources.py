"""Where documents come from: files, folders, globs, records of .jsonl files, standard input."""

from __future__ import annotations

import glob
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Source:
    """One document to be worked.

    ``id``: the path relative to the given root without its suffix, the record's own id, or ``-``; ``source``: the same
    with suffix; ``sha256``: of the file's bytes, or of the text's UTF-8 for a record; ``encoding``: as declared.
    """

    id: str
    source: str
    data: bytes | str
    sha256: str
    published: str | None = None
    encoding: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gives no document, and why; ``str()`` is the line for the user."""

    source: str
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


def read(inputs: Sequence[str], encoding: str | None = None) -> Iterator[Source | Failure]:
    """The documents of ``inputs`` (files, folders, globs, ``-``), in order, each read when its turn comes.

    Folders give their .txt and .jsonl files, sorted by path. What cannot be read is a `Failure`; the rest is worked.
    """
    seen: set[str] = set()
    for one in inputs:
        for found in _read_one(one, encoding):
            if isinstance(found, Source):
                if found.id in seen:
                    yield Failure(found.source, f"the id {found.id!r} came before; give each document its own")
                    continue
                seen.add(found.id)
            yield found


def _read_one(given: str, encoding: str | None) -> Iterator[Source | Failure]:
    if given == STDIN:
        yield _whole(STDIN, STDIN, sys.stdin.buffer.read(), encoding)
        return
    path = Path(given)
    try:
        if path.is_dir():
            yield from _folder(path, given, encoding)
        elif path.exists():
            yield from _file(path, path.name, encoding)
        elif glob.has_magic(given):
            yield from _matches(given, encoding)
        else:
            yield Failure(given, "no such file; check the path")
    except (OSError, ValueError) as e:
        yield _unreadable(given, e)


def _unreadable(shown: str, e: Exception) -> Failure:
    return Failure(shown, f"cannot be read ({getattr(e, 'strerror', None) or e}); check the file and its rights")


def _folder(root: Path, shown: str, encoding: str | None) -> Iterator[Source | Failure]:
    paths = sorted(p for p in root.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    if not paths:
        yield Failure(shown, f"holds no {' or '.join(SUFFIXES)} files; give another folder, or the files themselves")
    for path in paths:
        yield from _file(path, path.relative_to(root).as_posix(), encoding)


def _matches(pattern: str, encoding: str | None) -> Iterator[Source | Failure]:
    paths = [Path(p) for p in sorted(glob.glob(pattern, recursive=True)) if Path(p).is_file()]
    if not paths:
        yield Failure(pattern, "matches no file; check the pattern")
    # The root of a glob is the part of its path that has no wildcard.
    root = Path(*_until_magic(Path(pattern).parts))
    for path in paths:
        yield from _file(path, path.relative_to(root).as_posix(), encoding)


def _until_magic(parts: Sequence[str]) -> Sequence[str]:
    plain = next((i for i, p in enumerate(parts) if glob.has_magic(p)), len(parts) - 1)
    return parts[:plain]


def _file(path: Path, shown: str, encoding: str | None) -> Iterator[Source | Failure]:
    try:
        if path.suffix.lower() == ".jsonl":
            with path.open("rb") as lines:
                yield from _records(lines, shown, encoding)
        else:
            yield _whole(shown[: len(shown) - len(path.suffix)] or shown, shown, path.read_bytes(), encoding)
    except OSError as e:
        yield _unreadable(shown, e)


def _whole(ident: str, shown: str, data: bytes, encoding: str | None) -> Source | Failure:
    if not data:
        return Failure(shown, EMPTY)
    return Source(ident, shown, data, hashlib.sha256(data).hexdigest(), encoding=encoding)


def _records(lines: BinaryIO, shown: str, encoding: str | None) -> Iterator[Source | Failure]:
    """A source for each record; a line at a time is held."""
    number, some = 0, False
    for number, raw in enumerate(lines, 1):
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
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
        return Failure(place, 'has no "text"; put the document\'s text there, as a string')
    if not text.strip():
        return Failure(place, "its text is empty; give a text")
    if published is not None and not _is_date(published):
        return Failure(place, f"published is {published!r}; write an ISO date or date-time, as in 2024-05-31, or null")
    ident = str(ident) if isinstance(ident, str | int) and ident != "" else f"{shown.removesuffix('.jsonl')}:{number}"
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    meta = {k: v for k, v in row.items() if k not in OWN_KEYS}
    return Source(ident, ident, text, sha, published, None, meta)


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


def _is_date(value: object) -> bool:
    if not isinstance(value, str) or len(value) < 10:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
