"""Zip and tar as streams of their members; names are text, never places on a disk.

Nothing is unpacked, so a member's name cannot lead out of a folder. A member that is larger than `entry.LARGEST`, or
that grows by more than `STEEPEST` when it is unpacked (a bomb), is told and passed by.
"""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.intake.entry import Entries, Entry, Reading, Stream, failure, refused, suffixes, whole
from pipeline.intake.source import Failure, Source, shown_name

STEEPEST = 1000
"""The most bytes that one packed byte may give; text packs to a tenth, deflate can give 1032."""
UTF8_NAME = 0x800
"""The bit of a zip member that says its name is UTF-8."""


try:
    from lzma import LZMAError
except ImportError:  # a Python without it tells by RuntimeError that it cannot unpack such members
    LZMAError = zlib.error  # type: ignore[misc, assignment]
DAMAGED = (zipfile.BadZipFile, zlib.error, LZMAError, struct.error, EOFError, OSError, RuntimeError, ValueError)
"""What unpacking a member raises where it is damaged, locked or packed in a way that is not known."""


@dataclass(frozen=True, slots=True)
class Inside:
    """How members are read: whether one of that name is, and what it holds."""

    known: Callable[[str], bool]
    entries: Entries


def _zip(stream: Stream, shown: str, how: Reading, inside: Inside) -> Iterator[Entry]:
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGED as e:
        yield failure(shown, f"is no sound zip archive ({e}); get it again")
        return
    with archive:
        for info in archive.infolist():
            # Not `is_dir`, which knows no member without a name.
            if info.filename.endswith("/") or not inside.known(info.filename):
                continue
            name = f"{shown}!{shown_name(_zip_name(info))}"
            steep = info.file_size > STEEPEST * max(info.compress_size, 1)
            if problem := refused(info.file_size, steep):
                yield failure(name, problem)
            else:
                yield from _zip_member(archive, info, name, how, inside)


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, how: Reading, inside: Inside
) -> Iterator[Entry]:
    def load() -> Source | Failure:
        try:
            with archive.open(info) as member:
                return whole(name, member.read(), how.encoding)
        except DAMAGED as e:
            return Failure(name, f"cannot be unpacked ({e}); get the archive again")

    if suffixes(name) == (".txt", ""):
        yield Entry(info.file_size, load)
        return
    try:
        with archive.open(info) as member:
            yield from inside.entries(member, name, how)
    except DAMAGED as e:
        yield failure(name, f"cannot be unpacked ({e}); get the archive again")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name; one that does not say that it is UTF-8 is read as what archives from China hold: GB18030."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _tar(stream: Stream, shown: str, how: Reading, inside: Inside) -> Iterator[Entry]:
    try:
        with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
            for info in archive:
                if not info.isfile() or not inside.known(info.name):
                    continue
                name = f"{shown}!{shown_name(_tar_name(info.name))}"
                member = archive.extractfile(info)
                if problem := refused(info.size):
                    yield failure(name, problem)
                elif member is not None:
                    # A member is read here, for the stream goes on when the next entry is asked for.
                    yield from inside.entries(io.BytesIO(member.read()), name, how)
    except tarfile.TarError as e:
        yield failure(shown, f"is no sound tar archive from here on ({e}); get it again")


def _tar_name(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


READERS: Mapping[str, Callable[[Stream, str, Reading, Inside], Iterator[Entry]]] = {".zip": _zip, ".tar": _tar}
"""What reads each kind of archive."""
