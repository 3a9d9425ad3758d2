"""A worker process: batches come down a pipe of its own, results go back up; and the parent's handle of one.

Each worker has its own pair of pipes, and shares no lock with another: a worker that is killed while it reads or writes
can only break what is its own. (Pools whose workers share a pipe stop for ever where one is killed in the middle of a
message.)
"""

from __future__ import annotations

import ctypes
import multiprocessing.connection
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

import pyarrow as pa

from pipeline.batch.work import Work, given, process_batch
from pipeline.intake.source import Source

PDEATHSIG = 1
"""Linux's prctl for the signal that a process gets when its parent dies."""
READY, DONE, RAISED = b"r", b"d", b"e"
"""The first byte of what a worker says: it can work · a result follows · an error's text follows."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost. ``seconds``: of time; ``memory``: bytes of its worker, None without a limit;
    ``recycle``: after how many batches a worker is replaced."""

    seconds: float = 120.0
    memory: int | None = None
    recycle: int = 2000


class WorkerError(Exception):
    """A batch was not worked; says why."""


class Worker:
    """The parent's side of one worker process."""

    def __init__(self, work: Work, limits: Limits) -> None:
        """Start the process; it says for itself when it can work."""
        # Forked children would share the locks of the parent's threads.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, work, limits.memory, os.getpid()), name="zhfacts-worker", daemon=True
        )
        self._process.start()
        theirs.close()
        self._limits = limits
        self._deadline: float | None = None
        self.ready = False
        """Whether it can take a batch."""
        self.worked = 0
        """How many batches it was given."""

    def give(self, batch: pa.RecordBatch) -> None:
        """Hand it a batch; raises `WorkerError` where it has died."""
        self.ready = False
        self.worked += 1
        self._deadline = time.monotonic() + self._limits.seconds
        try:
            self._pipe.send_bytes(packed(batch))
        except OSError:
            raise WorkerError(self._death()) from None

    def take(self) -> pa.RecordBatch | None:
        """What it has to say: a result, or None for being ready; raises `WorkerError`."""
        try:
            said = self._pipe.recv_bytes()
        except (EOFError, OSError):
            self.ready = False
            raise WorkerError(self._death()) from None
        self._deadline = None
        self.ready = True
        if said[:1] == RAISED:
            raise WorkerError(said[1:].decode())
        return unpacked(said[1:]) if said[:1] == DONE else None

    @property
    def overdue(self) -> bool:
        """Whether its batch has taken too long."""
        return self._deadline is not None and time.monotonic() > self._deadline

    def stop(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    @staticmethod
    def waited_for(workers: Sequence[Worker]) -> Sequence[Worker]:
        """Those of ``workers`` that have something to say or have died; waits until the nearest deadline."""
        now = time.monotonic()
        left = [w._deadline - now for w in workers if w._deadline is not None]
        by_pipe = {w._pipe: w for w in workers}
        heard = multiprocessing.connection.wait(list(by_pipe), max(0.0, min(left)) if left else None)
        return [by_pipe[pipe] for pipe in heard]  # type: ignore[index]

    def _death(self) -> str:
        self._process.join()
        code = self._process.exitcode or 0
        name = signal.Signals(-code).name if -code in signal.valid_signals() else f"exit code {code}"
        return f"its worker died ({name})"


def packed(batch: pa.RecordBatch) -> bytes:
    """A batch as bytes."""
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, batch.schema) as stream:
        stream.write_batch(batch)
    return bytes(memoryview(out.getvalue()))


def unpacked(data: bytes) -> pa.RecordBatch:
    """The batch of ``data``."""
    return pa.ipc.open_stream(data).read_next_batch()


def _serve(pipe: Connection, work: Work, memory: int | None, parent: int) -> None:
    """The worker's side: work what comes until the pipe ends."""
    _begin(memory, parent)
    process_batch(given([Source("", "", "1", "")]), work)  # rules and tables load before the first clock runs
    pipe.send_bytes(READY)
    while True:
        try:
            batch = unpacked(pipe.recv_bytes())
        except EOFError:
            return
        try:
            said = DONE + packed(process_batch(batch, work))
        except MemoryError:
            said = RAISED + b"more memory was wanted than its worker may have; allow more with --memory"
        except Exception as e:
            said = RAISED + f"it could not be worked ({type(e).__name__}: {e})".encode("utf-8", "replace")
        pipe.send_bytes(said)


def _begin(memory: int | None, parent: int) -> None:
    """A worker ends with its parent, leaves ^C to it, and has no more memory than it may."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was gone before the line above
        os._exit(1)
    if memory is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
