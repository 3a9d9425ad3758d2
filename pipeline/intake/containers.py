"""What a file holds, as a stream of entries in a fixed order: its text, the records of a table, an archive's members.

An entry knows its size before it is read, so an archive is cut into shards without reading the whole of it twice.
Nothing is unpacked to disk. The kind of a file is told by its suffixes: ``.jsonl .csv .parquet .zip .tar`` and texts,
with ``.gz`` or ``.zst`` behind lines and tar.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO, NamedTuple, cast

from pipeline.core.errors import InputError
from pipeline.intake.decode import EMPTY, codec
from pipeline.intake.rows import Fields, source_of_line, source_of_row
from pipeline.intake.source import Failure, Source

TEXTS = (".txt", ".html", ".htm", ".xhtml")
PACKED = (".gz", ".zst")
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


def entries(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    """What the file ``shown`` holds; what breaks off is told by a last entry that loads a `Failure`."""
    try:
        yield from _kind(shown)(stream, shown, how)
    except InputError as e:
        yield failure(shown, str(e))
    except (EOFError, OSError, ValueError, zlib.error) as e:
        # gzip, zstd, zip, tar and Parquet all tell damage by errors of their own.
        yield failure(shown, f"is damaged or cut short ({e or type(e).__name__}); what came before it was read")


def failure(shown: str, message: str) -> Entry:
    """An entry that only says what is wrong."""
    return Entry(0, lambda: Failure(shown, message))


def is_known(name: str) -> bool:
    """Whether a file of this name is read when its folder or archive is given."""
    return suffixes(name)[0] in KINDS or suffixes(name)[0] in TEXTS


def suffixes(name: str) -> tuple[str, str]:
    """The suffix that tells the kind, and the packing behind it or ``""``: ``(".jsonl", ".gz")``, lower case."""
    path = PurePosixPath(name.lower())
    if path.suffix == ".tgz":
        return ".tar", ".gz"
    packing = path.suffix if path.suffix in PACKED else ""
    return (PurePosixPath(path.stem).suffix, packing) if packing else (path.suffix, "")


def _kind(shown: str) -> Entries:
    kind, packing = suffixes(shown)
    reader = KINDS.get(kind, _whole)
    return partial(_unpacked, packing, reader) if packing else reader


def _unpacked(packing: str, reader: Entries, stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    with unpack(stream, packing) as plain:
        yield from reader(plain, shown, how)
        # A tar ends before its packing does, and only the packing's own end tells that it is whole.
        while plain.read(1 << 20):
            pass


def unpack(stream: Stream, packing: str) -> Stream:
    """The bytes that ``stream`` packs; both raise EOFError where the packed stream has no proper end."""
    if packing == ".gz":
        return cast(Stream, gzip.open(stream))
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return cast(Stream, zstd.open(stream))


def _whole(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    if stream.seekable():
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        yield Entry(size, lambda: whole(shown, stream.read(), how.encoding))
    else:
        data = stream.read()
        yield Entry(len(data), lambda: whole(shown, data, how.encoding))


def whole(shown: str, data: bytes, encoding: str | None) -> Source | Failure:
    """The document of a file's bytes."""
    if not data:
        return Failure(shown, EMPTY)
    ending = "".join(suffixes(shown))
    stem = shown[: len(shown) - len(ending)]
    return Source(stem, shown, data, hashlib.sha256(data).hexdigest(), encoding=encoding, size=len(data))


def _lines(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    some = False
    for number, raw in enumerate(stream, 1):
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
            if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise InputError("is UTF-16, whose lines cannot be told apart; save it as UTF-8")
        if raw.strip():
            some = True
            yield Entry(len(raw), partial(source_of_line, raw, shown, number, how.fields, how.encoding))
    if not some:
        raise InputError(EMPTY)


def _csv(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    csv.field_size_limit(sys.maxsize)
    encoding = codec(how.encoding) if how.encoding else "utf-8"
    text = io.TextIOWrapper(stream, "utf-8-sig" if encoding == "utf-8" else encoding, newline="")
    try:
        rows = csv.DictReader(text, strict=True)
        if how.fields.text not in (rows.fieldnames or ()):
            known = ", ".join(rows.fieldnames or ()) or "none"
            raise InputError(f"has no column {how.fields.text!r} (its columns: {known}); name it with --text-field")
        for row in rows:
            number = rows.line_num
            named = {k: v or None if k != how.fields.text else v for k, v in row.items() if k is not None}
            size = sum(len(v) for v in named.values() if v)
            yield Entry(size, partial(source_of_row, named, shown, number, how.fields, size))
    except UnicodeDecodeError as e:
        raise InputError(f"is no {encoding} ({e.reason}); name its encoding with --encoding") from None
    except csv.Error as e:
        raise InputError(f"is no sound CSV from here on ({e}); mend the file") from None
    finally:
        text.detach()  # the stream below is not ours to close


def _parquet(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        file = ParquetFile(stream, page_checksum_verification=True)
        names = file.schema_arrow.names
        if how.fields.text not in names:
            raise InputError(f"has no column {how.fields.text!r} (its columns: {', '.join(names)})")
        number = 0
        for batch in file.iter_batches(batch_size=256):
            for row in batch.to_pylist():
                number += 1
                size = len(row[how.fields.text] or "")
                yield Entry(size, partial(source_of_row, row, shown, number, how.fields, size))
    except pa.ArrowException as e:
        told = str(e).splitlines()[0]
        raise InputError(f"is no sound Parquet from here on ({told}); write it anew") from None


def _archive(kind: str) -> Entries:
    def read(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
        from pipeline.intake import archives  # tarfile and zipfile, for who has archives

        return archives.READERS[kind](stream, shown, how)

    return read


KINDS: Mapping[str, Entries] = {
    ".jsonl": _lines,
    ".ndjson": _lines,
    ".csv": _csv,
    ".parquet": _parquet,
    ".zip": _archive(".zip"),
    ".tar": _archive(".tar"),
}
"""What reads files of each suffix; all others are texts."""
