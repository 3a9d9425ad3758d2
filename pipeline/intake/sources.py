"""Where documents come from: files, folders, globs, standard input; what files hold is told by `containers`."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO

from pipeline.core.errors import InputError
from pipeline.intake.containers import SEEK, entries, is_known
from pipeline.intake.entry import Entry, Reading, failure, suffixes
from pipeline.intake.remote import about, is_address, local_path, open_remote, remote_files
from pipeline.intake.source import Failure, Source, shown_name, unreadable

STDIN = "-"
NOTHING = "holds no texts or archives; give another folder, or the files themselves"
TAKEN = "the id {!r} came before; give each document an id of its own, or the folder that holds both files"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read: its path, or the address where it lies (neither for standard input), the name that it goes by,
    and what is known of it beforehand."""

    path: Path | None
    shown: str
    encoding: str | None = None
    published: str | None = None
    address: str | None = None

    @property
    def place(self) -> str | None:
        """Where it lies, in full; None for standard input."""
        return self.address if self.path is None else str(self.path.absolute())

    @classmethod
    def at(cls, place: str, shown: str) -> Found:
        """The file at a `place`."""
        return cls(None, shown, address=place) if is_address(place) else cls(Path(place), shown)

    def about(self) -> tuple[int, str]:
        """How many bytes it has, and what tells its version. Raises OSError, and `InputError` for an address."""
        if self.address is not None:
            return about(self.address)
        if self.path is None:
            return 0, ""
        told = self.path.stat()
        return told.st_size, str(told.st_mtime_ns)


def read(inputs: Sequence[str], encoding: str | None = None, output: Path | None = None) -> Iterator[Source | Failure]:
    """The documents of ``inputs`` (files, folders, globs, ``-``), in order, each read when its turn comes.

    Folders give their .txt and .jsonl files, sorted by path, but not ``output``, the file that is being written. What
    cannot be read is a `Failure`; the rest is worked.
    """
    return read_found(find(inputs, output), encoding)


def read_found(files: Iterable[Found | Failure], encoding: str | None = None) -> Iterator[Source | Failure]:
    """The documents of ``files``, each read when its turn comes; what is known of a file goes before ``encoding``."""
    seen: set[str] = set()
    how = Reading(encoding)
    for file in files:
        for found in (file,) if isinstance(file, Failure) else (e.load() for e in documents(file, how)):
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
            path = local_path(given) if is_address(given) else given
            if path is None:
                yield from _find_remote(given)
            else:
                yield from _find(path, output.resolve() if output else None)
        except (OSError, ValueError) as e:
            yield unreadable(shown_name(given), e)


def _find(given: str, output: Path | None) -> Iterator[Found | Failure]:
    path = Path(given)
    shown = shown_name(given)
    if given == STDIN:
        yield Found(None, STDIN)
    elif not given:
        yield Failure("''", "names no input; give a file, a folder or -")
    elif path.is_dir():
        yield from in_folder(path, path, output)
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


def _find_remote(given: str) -> Iterator[Found | Failure]:
    shown = shown_name(given)
    try:
        files = remote_files(given)
    except InputError as e:
        yield Failure(shown, str(e))
        return
    known = [f for f in files if is_known(f.shown)] if len(files) > 1 or given.endswith("/") else files
    if not known:
        yield Failure(shown, NOTHING)
    yield from (Found(None, shown_name(f.shown), address=f.address) for f in known)


def in_folder(folder: Path, root: Path, output: Path | None) -> Iterator[Found | Failure]:
    """What can be read in ``folder`` and below it, sorted, named from ``root``; a `Failure` where there is nothing."""
    closed: list[OSError] = []
    held = [Path(place, name) for place, _, files in os.walk(folder, onerror=closed.append) for name in files]
    yield from (unreadable(shown_name(str(e.filename)), e) for e in closed)
    found = _below(root, (p for p in held if is_known(p.name)), output)
    if not found and not closed:
        yield Failure(shown_name(str(folder)), NOTHING)
    yield from found


def _below(root: Path, paths: Iterable[Path], output: Path | None) -> list[Found | Failure]:
    """The files among ``paths``, sorted, named from ``root``."""
    files = sorted(p for p in paths if p.is_file() and p.resolve() != output)
    return [Found(p, shown_name(p.relative_to(root).as_posix())) for p in files]


def _root(pattern: Path) -> Path:
    """The folder that a glob begins at: as much of its path as is there, so 2024[a]/*.txt may mean a real 2024[a]."""
    return next(parent for parent in (*pattern.parents, Path()) if parent.is_dir())


def documents(file: Found, how: Reading) -> Iterator[Entry]:
    """What a file holds, in order; a file that cannot be read is an entry that says so."""
    how = replace(how, encoding=file.encoding or how.encoding)
    try:
        with _opened(file) as stream:
            for entry in entries(stream, file.shown, how):
                yield Entry(entry.size, partial(_dated, entry.load, file.published)) if file.published else entry
    except OSError as e:
        yield failure(file.shown, unreadable(file.shown, e).message)


def _dated(load: Callable[[], Source | Failure], published: str) -> Source | Failure:
    """What is loaded; a document that tells no date of its own has the one that is known of its file."""
    found = load()
    return replace(found, published=published) if isinstance(found, Source) and not found.published else found


def _opened(file: Found) -> IO[bytes]:
    if file.address is not None:
        return open_remote(file.address, seeks=suffixes(file.shown)[0] in SEEK)
    return sys.stdin.buffer if file.path is None else file.path.open("rb")
