"""A line on stderr that tells how far the work is, where a person watches and there is more than one document."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any


class Progress:
    """Counts documents on stderr; shows nothing for the first one, on a pipe, or where ``shown`` is off."""

    def __init__(self, shown: bool) -> None:
        """``shown``: whether the user wants to see it."""
        self._wanted = shown and sys.stderr.isatty()
        self._steps = 0
        self._status: Any = None

    def __enter__(self) -> Progress:
        """Begin; nothing is drawn yet."""
        return self

    def step(self, text: str) -> None:
        """One document is done; ``text`` says how things stand."""
        self._steps += 1
        if not self._wanted or self._steps < 2:
            return
        if self._status is None:
            self._status = _bar()
            self._status.start()
            self._status.add_task("", total=None, completed=self._steps)
        task = self._status.task_ids[0]
        self._status.update(task, completed=self._steps, description=text)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the line."""
        if self._status is not None:
            self._status.stop()


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        BarColumn(bar_width=20), TextColumn("{task.description}", markup=False), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True, redirect_stderr=True, redirect_stdout=False,
    )  # fmt: skip
