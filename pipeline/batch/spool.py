"""The results of a shard that is at hand, kept beside its tables: who takes it up from a worker that died goes on
there.

They are there for one run of the program and are not synced: what another run finds of a shard without a manifest goes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import pyarrow as pa

HEAD = 8
"""Bytes that say how long the batch behind them is."""
QUICK = pa.ipc.IpcWriteOptions(compression="lz4")


class Spool:
    """A file of record batches, one behind the other; the last one may have been cut short by a kill."""

    def __init__(self, path: Path) -> None:
        """``path`` is made where it is not there."""
        self._path = path

    def __enter__(self) -> Spool:
        """Open it behind the last batch that is whole."""
        self._stream: BinaryIO = self._path.open("a+b")
        self._stop = self._sound()
        self._stream.truncate(self._stop)
        self._kept = self._batches()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it; it stays where it is, for the next worker."""
        self._stream.close()

    def kept(self) -> pa.RecordBatch | None:
        """The next of the batches that were there when it was opened; None behind the last."""
        return next(self._kept, None)

    def keep(self, batch: pa.RecordBatch) -> None:
        """Put a batch behind the others. Raises OSError."""
        out = pa.BufferOutputStream()
        with pa.ipc.new_stream(out, batch.schema, options=QUICK) as stream:
            stream.write_batch(batch)
        data = memoryview(out.getvalue())
        self._stream.write(len(data).to_bytes(HEAD, "little"))
        self._stream.write(data)
        self._stream.flush()

    def _sound(self) -> int:
        whole = self._stream.seek(0, os.SEEK_END)
        at = 0
        while at + HEAD <= whole:
            self._stream.seek(at)
            end = at + HEAD + int.from_bytes(self._stream.read(HEAD), "little")
            if end > whole:
                break
            at = end
        return at

    def _batches(self) -> Iterator[pa.RecordBatch]:
        at = 0
        while at < self._stop:
            self._stream.seek(at)  # what is kept meanwhile goes to the end of the file all the same
            size = int.from_bytes(self._stream.read(HEAD), "little")
            data = self._stream.read(size)
            at += HEAD + size
            yield pa.ipc.open_stream(data).read_next_batch()
