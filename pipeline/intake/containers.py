"""What a file holds, as a stream of entries in a fixed order: its text, the records of a table, an archive's members.

An entry knows its size before it is read, so an archive is cut into shards without reading the whole of it twice.
Nothing is unpacked to disk. The kind of a file is told by its suffixes: ``.jsonl .json .csv .parquet .zip .tar`` and
texts, ``.warc`` and ``.wet`` of the web's archives, with ``.gz`` or ``.zst`` behind lines, tar and WARC.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from types import ModuleType
from typing import cast

from pipeline.core.errors import InputError
from pipeline.intake import by_content
from pipeline.intake.decode import codec
from pipeline.intake.entry import Entries, Entry, Reading, Stream, failure, suffixes, whole
from pipeline.intake.rows import source_of_row
from pipeline.intake.source import Failure, Source, unreadable

TEXTS = (".txt", ".html", ".htm", ".xhtml")
MACOS = "__MACOSX"
NO_COLUMN = "has no column {!r} (its columns: {}); name the one that holds the text with --text-field"


def entries(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    """What the file ``shown`` holds; what breaks off is told by a last entry that loads a `Failure`."""
    try:
        yield from _kind(shown)(stream, shown, how)
    except InputError as e:
        yield failure(shown, str(e))
    except MemoryError:
        yield failure(shown, "does not fit into memory; give more with --memory, or cut it up")
    except (EOFError, OSError, ValueError, zlib.error, _zstd().ZstdError) as e:
        # gzip, zstd, zip, tar and Parquet all tell damage by errors of their own.
        read = "get it again" if is_text(shown) else "what came before it was read"
        yield failure(shown, f"is damaged or cut short ({e or type(e).__name__}); {read}")


def is_known(name: str) -> bool:
    """Whether a file of this name, in its folder or archive, is read when that is given."""
    kind = suffixes(name)[0]
    return (kind in KINDS or kind in TEXTS) and not any(is_hidden(part) for part in name.split("/"))


def is_hidden(part: str) -> bool:
    """Whether a file or folder of this name is not for its user: ``.git``, and what macOS packs beside each file."""
    return part == MACOS or part[:1] == "." and part not in (".", "..")


def is_text(name: str) -> bool:
    """Whether a file of this name is one document, not many."""
    return suffixes(name)[0] not in KINDS


def _kind(shown: str) -> Entries:
    kind, packing = suffixes(shown)
    reader = KINDS.get(kind) or (_whole if kind in TEXTS else by_content.unnamed)
    return partial(_unpacked, packing, reader) if packing else reader


def _unpacked(packing: str, reader: Entries, stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    with unpack(stream, packing) as plain:
        yield from reader(plain, shown, how)
        # A tar ends before its packing does, and only the packing's own end tells that it is whole.
        while plain.read(1 << 20):
            pass


def unpack(stream: Stream, packing: str) -> Stream:
    """The bytes that ``stream`` packs; both raise EOFError where the packed stream has no proper end."""
    return cast(Stream, gzip.open(stream) if packing == ".gz" else _zstd().open(stream))


def _zstd() -> ModuleType:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def _whole(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    if stream.seekable():
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        yield Entry(size, partial(_read_whole, stream, shown, how))
    else:
        data = stream.read()
        yield Entry(len(data), lambda: whole(shown, data, how.encoding))


def _read_whole(stream: Stream, shown: str, how: Reading) -> Source | Failure:
    try:
        return whole(shown, stream.read(), how.encoding)
    except OSError as e:  # a disk or a network that gives way
        return unreadable(shown, e)


def _csv(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    csv.field_size_limit(sys.maxsize)
    encoding = codec(how.encoding) if how.encoding else "utf-8"
    text = io.TextIOWrapper(stream, "utf-8-sig" if encoding == "utf-8" else encoding, newline="")
    try:
        rows = csv.DictReader(text, strict=True)
        if how.fields.text not in (rows.fieldnames or ()):
            known = ", ".join(rows.fieldnames or ()) or "none"
            raise InputError(NO_COLUMN.format(how.fields.text, known))
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
            raise InputError(NO_COLUMN.format(how.fields.text, ", ".join(names)))
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

        return archives.READERS[kind](stream, shown, how, archives.Inside(is_known, entries))

    return read


def _warc(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    from pipeline.intake.warc import records  # for who has web archives

    return records(stream, shown, how)


KINDS: Mapping[str, Entries] = {
    ".jsonl": by_content.lines,
    ".ndjson": by_content.lines,
    ".json": by_content.json,
    ".csv": _csv,
    ".parquet": _parquet,
    ".zip": _archive(".zip"),
    ".tar": _archive(".tar"),
    ".warc": _warc,
    ".wet": _warc,
}
"""What reads files of each suffix that are no texts; what no suffix tells is told by its content."""
SEEK = (".zip", ".parquet")
"""Kinds whose readers begin at the end of the file."""
