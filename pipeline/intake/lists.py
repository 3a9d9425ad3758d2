"""Lists of inputs: a file that names a path on each line, with encoding and publication date where known."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.intake.decode import codec
from pipeline.intake.published import reference_of
from pipeline.intake.remote import is_address
from pipeline.intake.source import Failure, shown_name
from pipeline.intake.sources import STDIN, Found, find, in_folder

FORM = "write PATH, or PATH, ENCODING and DATE parted by tabs"


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list: the path as it stands there, what the line says of it, and the line's own place."""

    path: str
    encoding: str | None
    published: str | None
    place: str


def read_list(name: str) -> list[Listed | Failure]:
    """The lines of the list ``name`` (``-``: standard input), blank ones left out; UTF-8, names of other bytes kept.

    Raises `InputError` where it cannot be read or names nothing.
    """
    shown = STDIN if name == STDIN else Path(name).name
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as e:
        raise InputError(f"{name}: cannot be read ({e.strerror or e}); name a list of paths, one a line") from e
    lines = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape").split("\n")
    listed = [_listed(line.rstrip("\r"), f"{shown}:{n}") for n, line in enumerate(lines, 1) if line.strip()]
    if not listed:
        raise InputError(f"{shown}: names no file; write one path a line")
    return listed


def _listed(line: str, place: str) -> Listed | Failure:
    path, *more = line.split("\t")
    encoding, published = (*(cell.strip() or None for cell in more), None, None)[:2]
    if not path or len(more) > 2:
        return Failure(place, f"{'has too many cells' if path else 'names no file'}; {FORM}")
    if published is not None and reference_of(published, "field") is None:
        return Failure(place, f"{published!r} is no date; {FORM}, the date as in 2024-05-31")
    try:
        encoding = codec(encoding) if encoding else None
    except InputError as e:
        return Failure(place, str(e))
    return Listed(path, encoding, published, place)


def find_listed(listed: Sequence[Listed | Failure], output: Path | None = None) -> Iterator[Found | Failure]:
    """The files that are listed, and those in folders that are, named from the folder that holds all of them."""
    root = _root([one for one in listed if isinstance(one, Listed)])
    written = output.resolve() if output else None
    for one in listed:
        if isinstance(one, Failure):
            yield one
            continue
        try:
            for file in _files(one, root, written):
                if isinstance(file, Found):
                    file = replace(file, encoding=one.encoding, published=one.published)
                yield file
        except (OSError, ValueError) as e:
            yield Failure(one.place, f"{shown_name(one.path)} cannot be read ({e}); check the path")


def _files(one: Listed, root: Path, output: Path | None) -> Iterator[Found | Failure]:
    path = Path(os.path.abspath(one.path))
    if is_address(one.path):
        yield from find([one.path], output)
    elif path.is_dir():
        yield from in_folder(path, root, output)
    elif path.exists():
        yield Found(path, shown_name(path.relative_to(root).as_posix()))
    else:
        yield Failure(one.place, f"{shown_name(one.path)}: no such file; check the path")


def _root(listed: Sequence[Listed]) -> Path:
    there = [path for path in (os.path.abspath(one.path) for one in listed) if os.path.exists(path)]
    folders = {path if os.path.isdir(path) else os.path.dirname(path) for path in there}
    return Path(os.path.commonpath(sorted(folders))) if folders else Path()
