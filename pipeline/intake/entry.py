"""What readers of files give: entries, each a document to come; and what all readers share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, NamedTuple

from pipeline.intake.decode import EMPTY
from pipeline.intake.rows import Fields
from pipeline.intake.source import Failure, Source

PACKED = (".gz", ".zst")
LARGEST = 1 << 28
"""The most bytes of one member of an archive."""
Stream = IO[bytes]


class Entry(NamedTuple):
    """One document to come. ``size``: about how many bytes; ``load`` reads it, before the next entry is asked for."""

    size: int
    load: Callable[[], Source | Failure]


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: the encoding that the user declared, and the fields of records."""

    encoding: str | None = None
    fields: Fields = Fields()


Entries = Callable[[Stream, str, Reading], Iterator[Entry]]
"""Reads a stream that goes by a name: entries, in order. Errors of reading are entries that load a `Failure`."""


def failure(shown: str, message: str) -> Entry:
    """An entry that only says what is wrong."""
    return Entry(0, lambda: Failure(shown, message))


def suffixes(name: str) -> tuple[str, str]:
    """The suffix that tells the kind, and the packing behind it or ``""``: ``(".jsonl", ".gz")``, lower case."""
    path = PurePosixPath(name.lower())
    if path.suffix == ".tgz":
        return ".tar", ".gz"
    packing = path.suffix if path.suffix in PACKED else ""
    return (PurePosixPath(path.stem).suffix, packing) if packing else (path.suffix, "")


def stem(name: str) -> str:
    """A file's name without the suffixes that tell its kind and packing."""
    return name[: len(name) - len("".join(suffixes(name)))]


def whole(shown: str, data: bytes, encoding: str | None) -> Source | Failure:
    """The document of a file's bytes."""
    if not data:
        return Failure(shown, EMPTY)
    return Source(stem(shown), shown, data, hashlib.sha256(data).hexdigest(), encoding=encoding, size=len(data))


def refused(size: int, steep: bool = False) -> str | None:
    """Why a member of so many bytes is passed by; ``steep``: it grows more than text does when it is unpacked."""
    if size > LARGEST:
        return f"holds {size} bytes, more than {LARGEST}; unpack it and cut it up"
    if steep:
        return "grows more than a thousandfold when it is unpacked; look at where it is from"
    return None
