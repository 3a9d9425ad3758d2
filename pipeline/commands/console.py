"""Rich consoles: the one place that decides what is coloured, how wide it is, and whether a line may be redrawn."""

from __future__ import annotations

import os
import shutil
import sys
from contextvars import ContextVar
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

WIDTH = 120
"""Cells a line where no terminal says how wide it is."""
_choice: ContextVar[str] = ContextVar("color", default="auto")


def choose_color(when: str) -> None:
    """What ``--color`` says: always, never, or auto, which leaves it to the environment and the terminal."""
    _choice.set(when)


def coloured(stream: TextIO | None) -> bool:
    """Whether styles are written for ``stream``: ``--color``, then NO_COLOR, then FORCE_COLOR (set and not empty, as
    no-color.org and force-color.org have it), else on a terminal that is not dumb."""
    choice = _choice.get()
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or redrawable(stream)


def redrawable(stream: TextIO | None) -> bool:
    """Whether ``stream`` is a terminal that obeys control sequences (TERM=dumb does not)."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Cells a line: COLUMNS, else the terminal's, else `WIDTH`."""
    return shutil.get_terminal_size((WIDTH, 24)).columns


def console(file: TextIO, styled: bool) -> Console:
    """A console that writes to ``file`` as plain text, with styles where ``styled``; it takes no text for markup."""
    from rich.console import Console

    return Console(
        file=file,
        force_terminal=styled,
        color_system="standard" if styled else None,
        no_color=not styled,
        width=width(),
        height=24,
        markup=False,
        highlight=False,
        emoji=False,
    )


def _progress_console() -> Console:
    """The console of standard error, for lines that are drawn again and again."""
    from rich.console import Console

    styled = coloured(sys.stderr)
    return Console(stderr=True, color_system="standard" if styled else None, no_color=not styled)


def progress_bar(known: bool) -> Progress:
    """A bar on standard error, with words of one's own behind it; ``known``: whether it is known how much is ahead."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    told = TextColumn("{task.description}", markup=False)
    ahead = [TextColumn("{task.percentage:>3.0f}%"), told, TimeElapsedColumn(), TimeRemainingColumn()]
    return Progress(
        BarColumn(bar_width=20), *(ahead if known else [told, TimeElapsedColumn()]),
        console=_progress_console(), transient=True, redirect_stderr=True, redirect_stdout=False,
    )  # fmt: skip


def plain_lines(page: str) -> str:
    """What a console has written, without blanks at the ends of its lines."""
    return "".join(f"{line.rstrip()}\n" for line in page.splitlines())
