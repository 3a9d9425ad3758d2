"""What the databases share: a file that is made in a folder of its own and handed to the stream when it is whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pipeline.core.errors import OutputError


class Draft:
    """A file below the system's folder for such (``TMPDIR``); it goes when it is handed over or nobody holds it."""

    def __init__(self, out: BinaryIO, name: str) -> None:
        """``out`` takes the file's bytes in the end, ``name`` is what it is called until then."""
        self._out = out
        self._folder = tempfile.TemporaryDirectory(prefix="zhfacts-")
        self.path = Path(self._folder.name) / name

    @contextmanager
    def room(self, error: type[Exception]) -> Iterator[None]:
        """Tells by `OutputError` that the place of the file takes no more, where the database raises ``error``."""
        try:
            yield
        except error as e:
            place = self.path.parent.parent
            raise OutputError(f"{place}, where the file is made, takes no more ({e}); make room, or set TMPDIR") from e

    def hand_over(self) -> None:
        """Pour the file into the stream, and take it away."""
        with self.path.open("rb") as whole:
            shutil.copyfileobj(whole, self._out, 1 << 20)
        self._folder.cleanup()
