"""Supervised processes: batches in a bounded window, and a document that breaks its worker blamed alone.

A batch that fails (its worker was killed, ran too long, ate its memory) is worked again one document at a time; a
document that fails then is quarantined with the reason (one whose worker dies, at its second time alone), and the rest
of its batch is kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from types import TracebackType

import pyarrow as pa

from pipeline.batch.work import Work, found
from pipeline.batch.worker import Limits, Worker, WorkerError
from pipeline.intake.source import Failure


@dataclass(slots=True)
class _Task:
    """A batch on its way; ``rows``: the results of its documents, once it is worked one document at a time."""

    batch: pa.RecordBatch
    result: pa.RecordBatch | None = None
    rows: dict[int, pa.RecordBatch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a worker is given: the whole batch of a task, or its document ``row`` alone; ``last``: for the last time."""

    task: _Task
    row: int | None = None
    last: bool = False

    @property
    def batch(self) -> pa.RecordBatch:
        """The documents of the turn."""
        return self.task.batch if self.row is None else self.task.batch.slice(self.row, 1)


class Supervised:
    """Worker processes that `mapped` hands batches to."""

    def __init__(self, workers: int, work: Work, limits: Limits) -> None:
        """``workers``: how many processes; they start now, and are replaced where they die."""
        self._work, self._limits = work, limits
        self._workers = [Worker(work, limits) for _ in range(workers)]
        self._turns: dict[Worker, _Turn] = {}
        self._again: deque[_Turn] = deque()

    def mapped(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The results of ``batches``, in order; no more than a few for each worker are held at a time."""
        ahead = iter(batches)
        tasks: deque[_Task] = deque()
        more = True
        while more or tasks:
            while more and len(tasks) < 4 * len(self._workers):
                batch = next(ahead, None)
                more = batch is not None
                if batch is not None:
                    tasks.append(_Task(batch))
                    self._again.append(_Turn(tasks[-1]))
            self._hand_out()
            if self._turns or self._again:
                self._hear()
            while tasks and tasks[0].result is not None:
                yield tasks.popleft().result

    def _hand_out(self) -> None:
        for worker in [w for w in self._workers if w.ready]:
            if not self._again:
                return
            turn = self._again.popleft()
            try:
                worker.give(turn.batch)
                self._turns[worker] = turn
            except WorkerError:
                # It had died before, of nothing that was in this turn.
                self._again.appendleft(turn)
                self._replace(worker)

    def _hear(self) -> None:
        for worker in Worker.waited_for(self._workers):
            try:
                result = worker.take()
            except WorkerError as e:
                self._failed(worker, str(e))
            else:
                if result is not None:
                    self._settle(self._turns.pop(worker), result)
            if worker.ready and worker.worked >= self._limits.recycle:
                self._replace(worker)
        for worker in [w for w in self._workers if w.overdue]:
            self._lost(worker, f"it took more than {self._limits.seconds:g} s; allow more with --timeout")

    def _failed(self, worker: Worker, why: str) -> None:
        """What the worker had was not worked; one that only says so lives on."""
        if worker.ready:
            self._blame(worker, why)
        else:
            self._lost(worker, why)

    def _lost(self, worker: Worker, why: str) -> None:
        self._replace(worker)
        self._blame(worker, why)

    def _replace(self, worker: Worker) -> None:
        worker.stop()
        self._workers[self._workers.index(worker)] = Worker(self._work, self._limits)

    def _blame(self, worker: Worker, why: str) -> None:
        turn = self._turns.pop(worker, None)
        if turn is None:
            return  # it had nothing to do
        if turn.row is None:
            # Whatever it was, one document at a time tells whose fault it is.
            self._again.extendleft(_Turn(turn.task, row) for row in reversed(range(turn.task.batch.num_rows)))
        elif not turn.last and not worker.ready:
            # A worker may die of what is not the document's fault: of another process that takes all memory, of a kill.
            self._again.appendleft(replace(turn, last=True))
        else:
            source = turn.batch.column("source")[0].as_py()
            self._settle(turn, found([Failure(source, f"failed again and again: {why}", fault=True)]))

    def _settle(self, turn: _Turn, result: pa.RecordBatch) -> None:
        task = turn.task
        if turn.row is None:
            task.result = result
            return
        task.rows[turn.row] = result
        if len(task.rows) == task.batch.num_rows:
            rows = [task.rows[row] for row in range(task.batch.num_rows)]
            task.result = pa.Table.from_batches(rows).combine_chunks().to_batches()[0]

    def __enter__(self) -> Supervised:
        """The pool itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.stop()
