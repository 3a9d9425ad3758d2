"""What the readers of other tools' files share: bytes, ZIPs, what was sent along, who and when."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from pipeline.core.errors import InputError, UsageError
from pipeline.core.items import Provenance, text_digest


class Part(NamedTuple):
    """A file, or a member of a ZIP or folder: its name, bytes, and when it was written (ISO 8601, UTC)."""

    name: str
    data: bytes
    at: str


def parts(path: Path) -> Iterator[Part]:
    """The files that ``path`` holds, by name: itself, the members of a ZIP, or all in a folder.

    Raises `InputError` where they cannot be read.
    """
    try:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.is_file()):
                yield Part(file.relative_to(path).as_posix(), file.read_bytes(), _written(file))
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for info in sorted(archive.infolist(), key=lambda i: i.filename):
                    if not info.is_dir():
                        at = datetime(*info.date_time, tzinfo=UTC).isoformat()
                        yield Part(info.filename, archive.read(info), at)
        else:
            yield Part(path.name, path.read_bytes(), _written(path))
    except OSError as e:
        raise InputError(f"{path} cannot be read: {e.strerror}; name the file that the tool exported") from e
    except (zipfile.BadZipFile, ValueError) as e:
        raise InputError(f"{path} is damaged ({e}); export it again") from e


def _written(file: Path) -> str:
    return datetime.fromtimestamp(int(file.stat().st_mtime), UTC).isoformat()


def parsed(data: bytes | str, where: str) -> Any:
    """The JSON of ``data``; raises `InputError`, which names ``where``, where it is none."""
    try:
        return json.loads(data)
    except ValueError as e:
        raise InputError(f"{where}: no JSON: {e}; export it again") from e


def sent(told: Mapping[str, Any], where: str) -> Provenance:
    """What went along with a document under ``zhfacts``; raises `InputError` where it did not come from here."""
    if not isinstance(told, dict) or "zhfacts" not in told:
        raise InputError(f"{where}: zhfacts is not there, which `zhfacts export` writes; import what was exported so")
    try:
        return msgspec.convert(told["zhfacts"], Provenance)
    except msgspec.ValidationError as e:
        raise InputError(f"{where}: zhfacts is not as it was exported: {e}; export the documents again") from e


def unchanged(text: Any, provenance: Provenance, where: str) -> str:
    """The text, which must be the one that was sent; raises `InputError` where it is another one."""
    if not isinstance(text, str) or text_digest(text) != provenance.source:
        raise InputError(f"{where}: the text is not the one that was exported, so its offsets do not hold")
    return text


def named(reviewer: str | None, told: str | None, where: str) -> str:
    """Who it was: as the user says, else as the file does; raises `UsageError` where neither does."""
    name = reviewer or told
    if not name:
        raise UsageError(f"{where} does not say who reviewed it; name the reviewer with --reviewer")
    return name
