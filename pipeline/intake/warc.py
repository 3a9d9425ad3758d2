"""Web archives (WARC, ISO 28500): a document for each page or text that was got, by warcio (the extra ``warc``).

Records of kind response (of a request that succeeded), resource and conversion are read where they hold HTML or plain
text. A document's id is the record's, its source the address, its date that of the record, where the page itself tells
none: the day it was got, mostly soon after it was published.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from functools import partial
from typing import Any

import regex

from pipeline.core.errors import InputError, install
from pipeline.intake.decode import EMPTY, codec
from pipeline.intake.entry import LARGEST, Entry, Reading, Stream, failure, refused
from pipeline.intake.published import reference_of
from pipeline.intake.source import Failure, Source

INSTALL = f"is a web archive, which needs the extra warc: {install('warc')}"
KINDS = frozenset({"response", "resource", "conversion"})
PAGES = frozenset({"text/html", "application/xhtml+xml"})
TEXTS = frozenset({"text/plain"})
ENDS = (b"\r\n\r\n", b"\n\n")
"""What stands behind a record."""
LAST = 4
CHARSET = regex.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", regex.I)


def records(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    """The documents of a WARC whose packing is taken off. Raises EOFError where it is cut short, `InputError` without
    the extra, or where it is no WARC or empty."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise InputError(INSTALL) from None
    try:
        plain = _Plain(stream)
        archive = ArchiveIterator(plain)
        some = False
        while (record := _next(archive)) is not None:
            some = True
            address = record.rec_headers.get_header("WARC-Target-URI") or shown
            if not _is_read(record):
                _refuse_short(record)
            elif problem := refused(record.length or 0):
                yield failure(address, problem)
            else:
                # It is read here, for the stream goes on when the next entry is asked for.
                data = _content(record)
                yield Entry(len(data), partial(_document, record, address, data, how))
        if not some:
            raise InputError(EMPTY)
        if not plain.end.endswith(ENDS):
            raise EOFError("the last record is cut short")  # in its head, which warcio takes for the end
    except ArchiveLoadFailed as e:
        told = " ".join(str(e).split())
        raise InputError(f"is no sound WARC from here on ({told}); get it again") from None


class _Plain:
    """The stream as warcio reads it: no further ahead than is unpacked at once, so that what stands before damage is
    read; and with another error for its end than EOFError, which warcio takes for the end of a sound file."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.end = b""

    def read(self, size: int = -1) -> bytes:
        try:
            data: bytes = self._stream.read1(size)
        except EOFError as e:
            raise OSError(str(e)) from None
        self.end = (self.end + data[-LAST:])[-LAST:]
        return data


def _next(archive: Any) -> Any:
    """The next record; None behind the last. Raises ValueError where the one before did not end as it said."""
    faults = archive.err_count
    with redirect_stderr(io.StringIO()):  # warcio tells there, too, what it counts
        try:
            record = next(archive, None)
        except (AttributeError, TypeError) as e:  # of heads that lack what warcio relies on
            raise ValueError("a record has no proper head") from e
    if archive.err_count > faults:
        raise ValueError("a record does not end where it says")
    return record


def _is_read(record: Any) -> bool:
    if record.rec_type not in KINDS:
        return False
    if record.http_headers is not None and not record.http_headers.get_statuscode().startswith("2"):
        return False
    return _kind(record) in PAGES | TEXTS


def _said(record: Any) -> str:
    """The media type as the server told it, or as the record does."""
    headers = record.http_headers or record.rec_headers
    return headers.get_header("Content-Type") or ""


def _kind(record: Any) -> str:
    return _said(record).partition(";")[0].strip().lower()


def _content(record: Any) -> bytes:
    """What was got, without the chunks and the packing of the transfer; no more than one byte above `LARGEST`."""
    stream = record.content_stream()
    parts = []
    left = LARGEST + 1
    while left and (part := stream.read(min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    if left:
        _refuse_short(record)
    return b"".join(parts)


def _refuse_short(record: Any) -> None:
    """Read the record to its end. Raises EOFError where the file ends before."""
    length = record.rec_headers.get_header("Content-Length")
    while record.raw_stream.read(1 << 20):
        pass
    if length is None or record.raw_stream.limit:
        raise EOFError("a record is cut short")


def _document(record: Any, address: str, data: bytes, how: Reading) -> Source | Failure:
    if problem := refused(len(data)):
        return Failure(address, problem)
    if not data:
        return Failure(address, EMPTY)
    headers = record.rec_headers
    name = (headers.get_header("WARC-Record-ID") or address).strip("<>")
    when = headers.get_header("WARC-Date")
    published = when if reference_of(when, "field") else None
    meta = {"address": address, "recorded": when}
    sha = hashlib.sha256(data).hexdigest()
    page = _kind(record) in PAGES
    return Source(name, address, data, sha, published, how.encoding or _encoding(record, data), meta, len(data), page)


def _encoding(record: Any, data: bytes) -> str | None:
    """The encoding that the server told, where the text is in it: many servers tell one for all of their pages."""
    if told := CHARSET.search(_said(record)):
        try:
            data.decode(codec(told[1]))
        except (InputError, UnicodeDecodeError):
            return None
        return told[1]
    return None
