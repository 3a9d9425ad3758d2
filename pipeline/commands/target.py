"""Where output goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pipeline.commands.streams import stdout_bytes, stdout_is_terminal
from pipeline.core.errors import OutputError, UsageError
from pipeline.output import SUFFIXES

STDOUT = Path("-")


def choose_format(wanted: str | None, output: Path | None) -> str:
    """The format: as asked for, else by the file's suffix, else a table for a person and JSONL for a pipe.

    Raises `UsageError` where the suffix stands for no format.
    """
    if wanted:
        return wanted
    if output is None or output == STDOUT:
        return "table" if output is None and stdout_is_terminal() else "jsonl"
    known = SUFFIXES.get(output.suffix.lower())
    if known is None and output.suffix:
        raise UsageError(f"{output}: {output.suffix} stands for no format; name one with --format")
    return known or "jsonl"


@contextmanager
def target(output: Path | None, force: bool) -> Iterator[BinaryIO]:
    """The stream to write to. A file is written beside its place and renamed at the end; it is left out on an error.

    Raises `OutputError` where the file exists and ``force`` is not set, or cannot be written.
    """
    if output is None or output == STDOUT:
        yield stdout_bytes()
    elif output.exists() and not output.is_file():
        # A device or a pipe (/dev/null, /dev/fd/3) takes the bytes as they come.
        with _opened(output) as stream:
            yield stream
    else:
        if output.exists() and not force:
            raise OutputError(f"{output} exists; write over it with --force")
        with _renamed(output) as stream:
            yield stream


def _opened(output: Path) -> BinaryIO:
    try:
        return output.open("wb")
    except OSError as e:
        raise OutputError(f"{output} cannot be written: {e.strerror}") from e


@contextmanager
def _renamed(output: Path) -> Iterator[BinaryIO]:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{output.name}.", suffix=".part", dir=output.parent)
    except OSError as e:
        raise OutputError(f"{output} cannot be written: {e.strerror}") from e
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            os.fchmod(stream.fileno(), _mode(output))
        part.replace(output)
    except BaseException as e:
        with suppress(OSError):
            part.unlink()
        if isinstance(e, OSError) and not isinstance(e, BrokenPipeError):
            raise OutputError(f"{output} cannot be written: {e.strerror}") from e
        raise


def _mode(output: Path) -> int:
    if output.exists():
        return output.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
