"""Standard streams: bytes to stdout, one line a message to stderr, and nothing in it that a terminal would obey."""

from __future__ import annotations

import os
import sys
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from pipeline.core.errors import OutputError

if TYPE_CHECKING:
    from pipeline.core.records import IssueRecord


def printable(text: str) -> str:
    """``text`` on one line without control characters: a source or a file's name cannot steer a terminal."""
    if text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def _shown(c: str) -> str:
    if c in "\n\r\t":
        return " "
    return "\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c


def tell(message: str) -> None:
    """Write a message as one line on stderr, under the program's name."""
    if sys.stderr is not None:  # it is None where the caller has closed it (2>&-)
        with suppress(OSError):
            sys.stderr.write(f"zhfacts: {printable(message)}\n")
            sys.stderr.flush()


def tell_issue(source: str, issue: IssueRecord) -> None:
    """Write an issue of the document ``source`` as one line on stderr, with its place where it has one."""
    where = f" (at character {issue.spans[0][0]})" if issue.spans else ""
    tell(f"{source}: {issue.message}{where}")


def counted(number: int, noun: str) -> str:
    """``1 document``, ``2 documents``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def stdout_bytes() -> BinaryIO:
    """Standard output for bytes, whatever the locale's encoding; raises `OutputError` where it is closed."""
    if sys.stdout is None:
        raise OutputError("standard output is closed; open it, or name a file with -o")
    sys.stdout.flush()
    return sys.stdout.buffer


def stdout_is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def stdin_is_terminal() -> bool:
    """Whether a person types what is read."""
    return sys.stdin is not None and sys.stdin.isatty()


def stderr_is_terminal() -> bool:
    """Whether a person reads what is told: hints that a script has no use for are for them."""
    return sys.stderr is not None and sys.stderr.isatty()


def flush() -> None:
    """Write out what standard output still holds; raises BrokenPipeError where the reader went away."""
    if sys.stdout is not None:
        sys.stdout.flush()


def close_quietly() -> None:
    """Point standard output at nothing, so that Python's own flush at exit does not complain of a reader that left."""
    if sys.stdout is None:
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)
