"""Supervised processes: batches in a bounded window, and a document that breaks its worker blamed alone.

A batch that fails (its worker was killed, ran too long, ate its memory) is worked again one document at a time; a
document that fails then is quarantined with the reason, and the rest of its batch is kept.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import pyarrow as pa
from pebble import ProcessExpired, ProcessPool

from pipeline.batch.work import Work, found, process_batch
from pipeline.intake.source import Failure

PDEATHSIG = 1
"""Linux's prctl for the signal that a process gets when its parent dies."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost. ``seconds``: of time; ``memory``: bytes of its worker, None without a limit;
    ``recycle``: after how many batches a worker is replaced, 0 for never."""

    seconds: float = 120.0
    memory: int | None = None
    recycle: int = 2000


class Supervised:
    """Worker processes that `mapped` hands batches to."""

    def __init__(self, workers: int, work: Work, limits: Limits = Limits()) -> None:
        """``workers``: how many processes; they start when the first batch comes."""
        self._workers, self._limits = workers, limits
        # Forked children would share the parent's threads' locks; a fork server leaves orphans when the parent is killed.
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=limits.recycle,
            initializer=_begin,
            initargs=(work, limits.memory, os.getpid()),
            context=multiprocessing.get_context("spawn"),
        )

    def mapped(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The results of ``batches``, in order; twice as many batches as workers are on their way at a time."""
        window: deque[tuple[pa.RecordBatch, Any]] = deque()
        for batch in batches:
            window.append((batch, self._schedule(batch)))
            if len(window) > 2 * self._workers:
                yield self._settled(*window.popleft())
        while window:
            yield self._settled(*window.popleft())

    def _schedule(self, batch: pa.RecordBatch) -> Any:
        return self._pool.schedule(_worked, args=(_packed(batch),), timeout=self._limits.seconds)

    def _settled(self, batch: pa.RecordBatch, future: Any) -> pa.RecordBatch:
        try:
            return _unpacked(future.result())
        except Exception:
            # Whatever it was, one document at a time tells whose fault it is.
            rows = [batch.slice(i, 1) for i in range(batch.num_rows)]
            alone = [self._alone(row) for row in rows]
            return pa.Table.from_batches(alone).combine_chunks().to_batches()[0]

    def _alone(self, row: pa.RecordBatch) -> pa.RecordBatch:
        try:
            return _unpacked(self._schedule(row).result())
        except Exception as e:
            return found([Failure(row.column("source")[0].as_py(), self._reason(e), fault=True)])

    def _reason(self, e: Exception) -> str:
        if isinstance(e, TimeoutError):
            return f"took more than {self._limits.seconds:g} s twice; allow more with --timeout"
        if isinstance(e, MemoryError):
            return "took more memory than its worker may have, twice; allow more with --memory"
        if isinstance(e, ProcessExpired):
            return f"its worker died twice ({_death(e)}); please report it with the input"
        return f"could not be worked ({type(e).__name__}: {e}); please report it with the input"

    def __enter__(self) -> Supervised:
        """The pool itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the workers, at once where something went wrong."""
        if error is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()


def _death(e: ProcessExpired) -> str:
    code = e.exitcode or 0
    return signal.Signals(-code).name if -code in signal.valid_signals() else f"exit code {code}"


def _packed(batch: pa.RecordBatch) -> bytes:
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, batch.schema) as stream:
        stream.write_batch(batch)
    return out.getvalue().to_pybytes()


def _unpacked(data: bytes) -> pa.RecordBatch:
    return pa.ipc.open_stream(data).read_next_batch()


_work = Work()


def _begin(work: Work, memory: int | None, parent: int) -> None:
    """A worker's start: it ends with its parent, leaves ^C to it, and has no more memory than it may."""
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was gone before the line above
        os._exit(1)
    if memory is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _worked(batch: bytes) -> bytes:
    return _packed(process_batch(_unpacked(batch), _work))
