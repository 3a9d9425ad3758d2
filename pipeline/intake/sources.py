"""Where documents come from: files, folders, globs, standard input; what files hold is told by `containers`."""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import IO

from pipeline.core.errors import InputError
from pipeline.core.model import Issue
from pipeline.intake.containers import SEEK, entries, is_hidden, is_known, is_text
from pipeline.intake.entry import Entry, Reading, failure, stem, suffixes
from pipeline.intake.own import ARCHIVE, is_archive
from pipeline.intake.remote import about, is_address, local_path, open_remote, remote_files
from pipeline.intake.source import Failure, Source, shown_name, unreadable

STDIN = "-"
NOTHING = "holds no texts or archives; give another folder, or the files themselves"
TAKEN = "the id {!r} came before; this document goes by {!r}"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read: its path, or the address where it lies (neither for standard input), the name that it goes by,
    and what is known of it beforehand. ``full``: its document's id is the whole name, for another file's differs from
    it in the suffix alone."""

    path: Path | None
    shown: str
    encoding: str | None = None
    published: str | None = None
    address: str | None = None
    full: bool = False

    @property
    def place(self) -> str | None:
        """Where it lies, in full; None for standard input."""
        return self.address if self.path is None else str(self.path.absolute())

    @classmethod
    def at(cls, place: str, shown: str, full: bool = False) -> Found:
        """The file at a `place`."""
        if is_address(place):
            return cls(None, shown, address=place, full=full)
        return cls(Path(place), shown, full=full)

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

    Folders give what `is_known` knows, sorted by path, but not ``output``, the file that is being written. What cannot
    be read is a `Failure`; the rest is worked.
    """
    return read_found(find(inputs, output), Reading(encoding))


def read_found(files: Iterable[Found | Failure], how: Reading | None = None) -> Iterator[Source | Failure]:
    """The documents of ``files``, each read when its turn comes; what is known of a file goes before ``how``.

    A record whose id came before goes by its place, as one that has no id does, and an issue says so.
    """
    how = how or Reading()
    seen: set[str] = set()
    for file in files:
        for found in (file,) if isinstance(file, Failure) else (e.load() for e in documents(file, how)):
            if isinstance(found, Source):
                found = _of_its_own(found, seen)
                seen.add(found.id)
            yield found


def _of_its_own(source: Source, seen: set[str]) -> Source:
    """``source`` with an id that none of ``seen`` is."""
    if source.id not in seen:
        return source
    numbered = (f"{source.source}#{number}" for number in count(2))
    own = next(name for name in chain((source.place, source.source), numbered) if name and name not in seen)
    return replace(source, id=own, issues=(Issue("id.taken", TAKEN.format(source.id, own)),))


def find(inputs: Iterable[str], output: Path | None = None) -> list[Found | Failure]:
    """The files that ``inputs`` stand for, and a `Failure` for each input that stands for none; as for `read`.

    A file that several inputs stand for is read once; two files never give documents of one id.
    """
    return told_apart(list(_found(inputs, output)))


def told_apart(files: Sequence[Found | Failure]) -> list[Found | Failure]:
    """``files``, each once, with names and ids of their own: files of one name are named from as many folders higher
    up as tell them apart, those that differ in the suffix alone keep it in their ids."""
    once = list({f if isinstance(f, Failure) else f.place: f for f in reversed(files)}.values())[::-1]
    found = [f for f in once if isinstance(f, Found)]
    names, level, before = [f.shown for f in found], 0, None
    while names != before and len(set(names)) < len(names):
        before, level, met = names, level + 1, Counter(names)
        names = [_from_higher(f, level) if met[name] > 1 else name for f, name in zip(found, names, strict=True)]
    stems = Counter(stem(name) for name in names if is_text(name))
    named = (
        f if name == f.shown and stems[stem(name)] < 2 else replace(f, shown=name, full=stems[stem(name)] > 1)
        for f, name in zip(found, names, strict=True)
    )
    return [f if isinstance(f, Failure) else next(named) for f in once]


def _from_higher(file: Found, level: int) -> str:
    """The file's name from ``level`` folders above the one that it is named from."""
    parts = Path(file.place or file.shown).parts
    return shown_name("/".join(parts[-len(Path(file.shown).parts) - level :]).removeprefix("//"))


def _found(inputs: Iterable[str], output: Path | None) -> Iterator[Found | Failure]:
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
    elif is_archive(path):
        yield Failure(shown, ARCHIVE)
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
    """What can be read in ``folder`` and below it, sorted, named from ``root``; a `Failure` where there is nothing.

    Archives that a batch wrote there are passed by."""
    closed: list[OSError] = []
    held: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = (name for name in folders if not (is_hidden(name) or is_archive(Path(place, name))))
        held += (Path(place, name) for name in files if is_known(name))
    yield from (unreadable(shown_name(str(e.filename)), e) for e in closed)
    found = _below(root, held, output)
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
    known = file.published or file.full
    try:
        with _opened(file) as stream:
            for entry in entries(stream, file.shown, how):
                yield Entry(entry.size, partial(_with_known, entry.load, file)) if known else entry
    except OSError as e:
        yield failure(file.shown, unreadable(file.shown, e).message)


def _with_known(load: Callable[[], Source | Failure], file: Found) -> Source | Failure:
    """What is loaded, with what is known of its file; a date that a document tells itself goes before."""
    found = load()
    if not isinstance(found, Source):
        return found
    ident = found.source if file.full and found.source == file.shown else found.id
    return replace(found, id=ident, published=found.published or file.published)


def _opened(file: Found) -> IO[bytes]:
    if file.address is not None:
        return open_remote(file.address, seeks=suffixes(file.shown)[0] in SEEK)
    return sys.stdin.buffer if file.path is None else file.path.open("rb")
