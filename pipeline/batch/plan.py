"""Sources cut into shards: which entries of which files are worked together, the same on every machine and engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec
from msgspec.structs import replace

from pipeline.intake.entry import Entry, Reading
from pipeline.intake.source import Failure, Source
from pipeline.intake.sources import Found, documents

SHARD_BYTES = 1 << 22
"""About how much is worked as one shard: 4 MiB, a quarter of a minute on one core."""


SHORTER = "is shorter than when the job was planned; restore it and run it again with --retry-quarantined"


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """The entries ``[start, stop)`` of the ``file``-th file of the job: the name that it goes by, its size when it was
    planned, and where it lies today (which is no part of a plan), and whether its id is the whole name."""

    file: int
    shown: str
    start: int
    stop: int
    size: int
    place: str = ""
    full: bool = False


class Shard(msgspec.Struct, frozen=True):
    """What is worked together. ``number`` counts shards from 0; ``first``: the number of its first document."""

    number: int
    first: int
    documents: int
    bytes: int
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"part-{self.number:06d}"


def plan(files: Iterable[Found], how: Reading, shard_bytes: int = SHARD_BYTES) -> Iterator[Shard]:
    """The shards of ``files``, in order; each is closed by the entry that fills it. A file is read as a stream."""
    pieces: list[Piece] = []
    number = first = size = count = 0
    for index, file in enumerate(files):
        start, stop = 0, 0
        length, _ = file.about()
        for stop, entry in enumerate(documents(file, how), 1):
            size, count = size + entry.size, count + 1
            if size >= shard_bytes:
                yield Shard(number, first, count, size, (*pieces, Piece(index, file.shown, start, stop, length)))
                number, first, size, count, start = number + 1, first + count, 0, 0, stop
                pieces.clear()
        if stop > start:
            pieces.append(Piece(index, file.shown, start, stop, length))
    if pieces:
        yield Shard(number, first, count, size, tuple(pieces))


def located(shard: Shard, files: Sequence[Found]) -> Shard:
    """The shard with the places of its files, which are those of the job in their order."""
    lying = (replace(p, place=files[p.file].place or "", full=files[p.file].full) for p in shard.pieces)
    return replace(shard, pieces=tuple(lying))


class Reader:
    """Reads shards. The last file stays open: its shards come in order, so that all of them read it once."""

    def __init__(self, how: Reading) -> None:
        """``how``: how files are read."""
        self._how = how
        self._file: Piece | None = None
        self._entries: Iterator[Entry] = iter(())
        self._at = 0

    def shard(self, shard: Shard) -> Iterator[Source | Failure]:
        """The documents of a `located` shard, in order: ``shard.documents`` of them, whatever became of its files."""
        for piece in shard.pieces:
            self._go_to(piece)
            wanted = piece.stop - piece.start
            for entry in islice(self._entries, wanted):
                self._at += 1
                wanted -= 1
                yield entry.load()
            for _ in range(wanted):
                yield Failure(piece.shown, SHORTER, fault=True)

    def _go_to(self, piece: Piece) -> None:
        if self._file is None or self._file.file != piece.file or self._at > piece.start:
            self._entries = documents(Found.at(piece.place, piece.shown, piece.full), self._how)
            self._file, self._at = piece, 0
        for _ in islice(self._entries, piece.start - self._at):
            self._at += 1
