"""Supervised processes: a shard for each, and a document that breaks its worker blamed alone.

A shard whose worker dies, or takes too long over a document, goes to another one, which goes on behind what is kept;
the batch at which it was is worked one document at a time. A document that breaks its worker then, too, is quarantined
with the reason (one whose worker dies, at its second time alone), and the rest of its shard is done.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from pipeline.batch.orders import Limits, Task
from pipeline.batch.plan import Shard
from pipeline.batch.shards import Counts, Manifest, Seen, part_of, parts_of
from pipeline.batch.steps import NO_MEMORY, Turn
from pipeline.batch.worker import Broke, Worker, WorkerError
from pipeline.core.errors import UsageError

LAST = 2
"""How often a worker may die at a document alone. It may be of what is not the document's fault: of another process
that takes all memory, of a kill."""
MORE_TIME = "allow more with --timeout"
NOWHERE = 3
"""How many workers may die one after the other before one could begin, or at one place where no document is at hand."""


@dataclass(slots=True)
class _Job:
    """A shard on its way. ``seen``: how many of its batches were counted; ``passed``: of a worker that takes it up
    again, how many it has told of; ``died``: how often a worker died at a document, by number."""

    shard: Shard
    seen: int = 0
    passed: int = 0
    apart: set[int] = field(default_factory=set)
    blamed: dict[int, str] = field(default_factory=dict)
    died: Counter[int] = field(default_factory=Counter)


class Supervised:
    """Worker processes that `worked` hands shards to."""

    def __init__(self, workers: int, task: Task, limits: Limits) -> None:
        """``workers``: how many processes at the most; each starts when there is a shard for it."""
        self._most, self._task, self._limits = workers, task, limits
        self._workers: list[Worker] = []
        self._jobs: dict[Worker, _Job] = {}
        self._again: deque[_Job] = deque()
        self._stillborn = 0

    def worked(self, shards: Iterable[Shard], seen: Seen) -> Iterator[Manifest]:
        """The manifests of ``shards`` as they are done; ``seen`` takes the counts of what is worked.

        Raises OSError where a worker cannot write, `UsageError` where none can begin.
        """
        ahead = map(_Job, shards)
        while True:
            self._hand_out(ahead)
            if not self._jobs and not self._again:
                return
            for worker in Worker.waited_for(self._workers):
                if manifest := self._hear(worker, seen):
                    yield manifest
            for worker in [w for w in self._workers if w.overdue]:
                self._lost(worker, f"it took more than {self._limits.seconds:g} s; {MORE_TIME}", late=True)

    def _hand_out(self, ahead: Iterator[_Job]) -> None:
        """Give each idle worker a shard; there are as many workers as there are shards for, and no more than may be."""
        for worker in [w for w in self._workers if w.ready]:
            if job := self._next(ahead):
                self._give(worker, job)
        starting = len(self._workers) - len(self._jobs)
        while len(self._workers) < self._most:
            if len(self._again) <= starting:
                job = next(ahead, None)
                if job is None:
                    return
                self._again.append(job)
            self._workers.append(Worker(self._task, self._limits))
            starting += 1

    def _next(self, ahead: Iterator[_Job]) -> _Job | None:
        return self._again.popleft() if self._again else next(ahead, None)

    def _give(self, worker: Worker, job: _Job) -> None:
        job.passed = 0
        turn = Turn(job.shard, self._spool(job), frozenset(job.apart), dict(job.blamed))
        try:
            worker.give(turn)
            self._jobs[worker] = job
        except WorkerError:
            # It had died before, of nothing that was in this shard.
            self._again.appendleft(job)
            self._end(worker)

    def _hear(self, worker: Worker, seen: Seen) -> Manifest | None:
        try:
            said = worker.take()
        except WorkerError as e:
            self._lost(worker, str(e))
            return None
        if isinstance(said, Counts):
            job = self._jobs[worker]
            job.passed += 1
            if job.passed > job.seen:  # else it was counted before its worker died
                job.seen = job.passed
                seen(said)
        elif isinstance(said, Broke):
            self._broke(said.error)
        elif isinstance(said, Manifest):
            return self._done(worker, said)
        else:
            self._stillborn = 0
        return None

    def _done(self, worker: Worker, manifest: Manifest) -> Manifest:
        job = self._jobs.pop(worker)
        self._spool(job).unlink()
        worker.worked += manifest.documents
        if worker.worked >= self._limits.recycle:
            self._end(worker)
        return manifest

    def _broke(self, error: Exception) -> None:
        if isinstance(error, MemoryError):
            raise UsageError(f"a worker could not go on: {NO_MEMORY}") from error
        raise error

    def _lost(self, worker: Worker, why: str, late: bool = False) -> None:
        self._end(worker)
        job = self._jobs.pop(worker, None)
        if job is not None:
            self._blame(job, worker, why, late)
            self._again.appendleft(job)
        elif not worker.begun:
            self._stillborn += 1
            if self._stillborn >= NOWHERE:
                raise UsageError(f"no worker can begin ({why}); give it more with --memory, or see what ends it")

    def _blame(self, job: _Job, worker: Worker, why: str, late: bool) -> None:
        """Say how a shard whose worker was lost is to be worked next time."""
        step = worker.step
        if step.documents > 1:
            job.apart.add(step.first)
            return
        job.died[step.first] += 1
        if step.documents:
            if job.died[step.first] >= (1 if late and step.apart else LAST):
                job.blamed[step.first] = why
        elif job.died[step.first] >= NOWHERE:
            name = job.shard.name
            raise UsageError(
                f"{self._task.out}: no worker can read its sources or write {name} ({why}); see what ends it"
            )

    def _end(self, worker: Worker) -> None:
        worker.stop()
        self._workers.remove(worker)
        self._clear(worker.pid)

    def _clear(self, pid: int) -> None:
        """Take away what a process has begun: all of it, for a signal may come before it is known which shard that is
        of."""
        for left in parts_of(self._task.out, pid):
            with suppress(OSError):
                left.unlink()

    def _spool(self, job: _Job) -> Path:
        return part_of(self._task.out / f"{job.shard.name}.spool")

    def __enter__(self) -> Supervised:
        """The pool itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the workers; spools go by this process."""
        for worker in list(self._workers):
            self._end(worker)
        self._clear(os.getpid())
