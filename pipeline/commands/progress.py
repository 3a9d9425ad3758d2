"""A line on stderr that tells how far the work is, where a person watches and there is more than one document."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any

from pipeline.commands.console import progress_bar, redrawable
from pipeline.intake.source import Failure, Source


class Progress:
    """Counts documents on stderr; shows nothing for the first one, on a pipe, or where ``shown`` is off."""

    def __init__(self, shown: bool, total: Callable[[], int | None]) -> None:
        """``shown``: whether the user wants to see it; ``total`` gives the bytes of all inputs, None if not known."""
        self._wanted = shown and redrawable(sys.stderr)
        self._total = total
        self._read = 0
        self._steps = 0
        self._bar: Any = None

    def __enter__(self) -> Progress:
        """Begin; nothing is drawn yet."""
        return self

    @property
    def drawn(self) -> bool:
        """Whether a person has seen it."""
        return self._bar is not None

    def watch(self, sources: Iterable[Source | Failure]) -> Iterator[Source | Failure]:
        """``sources`` as they are; their bytes are counted as they are read."""
        for source in sources:
            self._read += source.size if isinstance(source, Source) else 0
            yield source

    def step(self, text: str) -> None:
        """One document is done; ``text`` says how things stand."""
        self._steps += 1
        if not self._wanted or self._steps < 2:
            return
        if self._bar is None:
            total = self._total()
            self._bar = progress_bar(total is not None)
            self._bar.start()
            self._bar.add_task("", total=total)
        self._bar.update(self._bar.task_ids[0], completed=self._read, description=text)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the line."""
        if self._bar is not None:
            self._bar.stop()
