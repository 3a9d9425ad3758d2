"""Where output goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.commands.streams import stdout_bytes, stdout_is_terminal
from pipeline.core.errors import InputError, OutputError, UsageError
from pipeline.intake.remote import address_of, is_there, send
from pipeline.output import SUFFIXES

STDOUT = Path("-")
ELSE = "check the place and its rights, or choose another with -o"
FULL = "make room there, or choose another place with -o"
MENDS = {FileNotFoundError: "make its folder first", IsADirectoryError: "name a file in it"}


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
        raise UsageError(f"{output}: {output.suffix} stands for no format; end it in one of {' '.join(SUFFIXES)}")
    return known or "jsonl"


@contextmanager
def target(output: Path | None, force: bool) -> Iterator[BinaryIO]:
    """The stream to write to. A file is written beside its place and renamed at the end; it is left out on an error.
    What goes to an address is sent there when it is whole.

    Raises `OutputError` where the file exists and ``force`` is not set, or cannot be written.
    """
    if output is None or output == STDOUT:
        yield stdout_bytes()
    elif address := address_of(output):
        with _sent(address, force) as stream:
            yield stream
    elif output.exists() and not output.is_file():
        # A device or a pipe (/dev/null, /dev/fd/3) takes the bytes as they come.
        with _written(output), output.open("wb") as stream:
            yield stream
    else:
        if output.exists() and not force:
            raise OutputError(f"{output} exists; write over it with --force")
        with _renamed(output) as stream:
            yield stream


@contextmanager
def _written(output: Path) -> Iterator[None]:
    """What goes wrong in writing is told with the file's name and what to do."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as e:
        mend = FULL if e.errno in (ENOSPC, EDQUOT, EFBIG) else MENDS.get(type(e), ELSE)
        raise OutputError(f"{output} cannot be written: {e.strerror}; {mend}") from e


@contextmanager
def _sent(address: str, force: bool) -> Iterator[BinaryIO]:
    try:
        if not force and is_there(address):
            raise OutputError(f"{address} exists; write over it with --force")
    except InputError as e:
        raise OutputError(f"{address}: {e}") from e
    with tempfile.NamedTemporaryFile(prefix="zhfacts-") as stream:
        yield cast(BinaryIO, stream)
        stream.flush()
        try:
            send(Path(stream.name), address)
        except InputError as e:
            raise OutputError(f"{address} cannot be written: {e}") from e


@contextmanager
def _renamed(output: Path) -> Iterator[BinaryIO]:
    with _written(output):
        handle, name = tempfile.mkstemp(prefix=f".{output.name[:100]}.", suffix=".part", dir=output.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
            part.chmod(_mode(output))
            part.replace(output)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise


def _mode(output: Path) -> int:
    if output.exists():
        return output.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
