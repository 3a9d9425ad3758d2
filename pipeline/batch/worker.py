"""A worker process: shards come down a pipe of its own, how it goes comes back up; and the parent's handle of one.

Each worker has its own pair of pipes, and shares no lock with another: a worker that is killed while it reads or writes
can only break what is its own. (Pools whose workers share a pipe stop for ever where one is killed in the middle of a
message.) It reads, extracts and writes by itself; what passes the pipe is a few words a batch.
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

from pipeline.batch.orders import Limits, Task
from pipeline.batch.plan import Reader
from pipeline.batch.shards import Counts, Manifest, run_shard
from pipeline.batch.steps import Step, Steps, Turn
from pipeline.batch.work import given, process_batch
from pipeline.intake.source import Source

PDEATHSIG = 1
"""Linux's prctl for the signal that a process gets when its parent dies."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker says that it can take a shard."""


@dataclass(frozen=True, slots=True)
class Broke:
    """A worker says that it cannot go on: of a shard, or at its start."""

    error: Exception


Said = Ready | Step | Counts | Manifest | Broke
"""What a worker says: that it is ready · which documents it begins, or that they are done · what a batch gave · that
its shard is done · that it cannot go on."""


class WorkerError(Exception):
    """A worker died; says how."""


class Worker:
    """The parent's side of one worker process."""

    def __init__(self, task: Task, limits: Limits) -> None:
        """Start the process; it says for itself when it can work."""
        # Forked children would share the locks of the parent's threads.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, task, limits.memory, os.getpid()), name="zhfacts-worker", daemon=True
        )
        self._process.start()
        theirs.close()
        self._limits = limits
        self._deadline: float | None = None
        self.step = Step.NONE
        """The documents that it is at."""
        self.ready = self.begun = False
        """Whether it can take a shard, and whether it ever could."""
        self.worked = 0
        """How many documents it has worked."""

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid or 0

    def give(self, turn: Turn) -> None:
        """Hand it a shard; raises `WorkerError` where it has died."""
        self.ready = False
        try:
            self._pipe.send(turn)
        except OSError:
            raise WorkerError(self._death()) from None

    def take(self) -> Said:
        """What it has to say; raises `WorkerError`."""
        try:
            said: Said = self._pipe.recv()
        except (EOFError, OSError):
            raise WorkerError(self._death()) from None
        if isinstance(said, Step):
            self.step = said
            self._deadline = time.monotonic() + self._limits.seconds if said.documents else None
        elif isinstance(said, Ready | Manifest):
            self.ready = self.begun = True
        return said

    @property
    def overdue(self) -> bool:
        """Whether its documents have taken too long."""
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


def _serve(pipe: Connection, task: Task, memory: int | None, parent: int) -> None:
    """The worker's side: work what comes until the pipe ends."""
    try:
        _begin(memory, parent)
        # Rules and tables load before the first clock runs.
        process_batch(given([Source("", "", "1", "")]), task.options)
        reader = Reader(task.reading)
    except Exception as e:
        pipe.send(Broke(_portable(e)))
        return
    pipe.send(Ready())
    while True:
        try:
            turn: Turn = pipe.recv()
        except EOFError:
            return
        try:
            with Steps(turn, task.options, pipe.send) as steps:
                said: Said = run_shard(turn.shard, reader, task.out, steps.mapped, pipe.send)
        except Exception as e:
            said = Broke(_portable(e))
        pipe.send(said)


def _portable(error: Exception) -> Exception:
    """The error as it can pass a pipe: those of the system as they are, others by what they say."""
    if isinstance(error, OSError | MemoryError):
        return error
    return RuntimeError(f"{type(error).__name__}: {error}")


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
