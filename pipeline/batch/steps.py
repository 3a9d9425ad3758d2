"""A shard in a worker, step by step: each batch is announced before it is worked, and kept when it is done.

So the parent knows of a worker that died at which documents it was, and the next one goes on behind what is kept. A
batch that a worker broke at, or that raises, is worked one document at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import ClassVar

import pyarrow as pa

from pipeline.batch.plan import Shard
from pipeline.batch.spool import Spool
from pipeline.batch.work import found, process_batch
from pipeline.core.options import Options
from pipeline.intake.source import Failure

NO_MEMORY = "more memory was wanted than its worker may have; allow more with --memory"


@dataclass(frozen=True, slots=True)
class Turn:
    """A shard as a worker gets it. ``spool``: where its results are kept; ``apart``: the first documents of batches
    that are worked one document at a time; ``blamed``: documents that are worked no more, and why, by number."""

    shard: Shard
    spool: Path
    apart: frozenset[int] = frozenset()
    blamed: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """So many documents are begun, from the number ``first`` on; none: they are done with.

    ``apart``: it is a document whose batch broke off.
    """

    first: int
    documents: int
    apart: bool = False
    NONE: ClassVar[Step]


Step.NONE = Step(0, 0)


class Steps:
    """Works the batches of one shard."""

    def __init__(self, turn: Turn, options: Options, say: Callable[[Step], None]) -> None:
        """``say`` takes each step as it is begun."""
        self._turn, self._options, self._say = turn, options, say
        self._spool = Spool(turn.spool)

    def __enter__(self) -> Steps:
        """Take up what is kept."""
        self._spool.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it."""
        self._spool.__exit__(kind, error, at)

    def mapped(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The results of ``batches``, in order."""
        number = self._turn.shard.first
        for batch in batches:
            yield self._result(number, batch)
            number += batch.num_rows

    def _result(self, first: int, batch: pa.RecordBatch) -> pa.RecordBatch:
        parts = []
        done = 0
        while done < batch.num_rows and (kept := self._spool.kept()) is not None:
            parts.append(kept)
            done += kept.num_rows
        if not done and not self._parted(first, batch.num_rows):
            result = self._tried(Step(first, batch.num_rows), batch)
            if isinstance(result, pa.RecordBatch):
                self._spool.keep(result)
                return result
            # Whatever it was, one document at a time tells whose fault it is.
        parts += (self._alone(first + row, batch.slice(row, 1)) for row in range(done, batch.num_rows))
        return parts[0] if len(parts) == 1 else pa.Table.from_batches(parts).combine_chunks().to_batches()[0]

    def _parted(self, first: int, documents: int) -> bool:
        return first in self._turn.apart or any(n in self._turn.blamed for n in range(first, first + documents))

    def _alone(self, number: int, document: pa.RecordBatch) -> pa.RecordBatch:
        why = self._turn.blamed.get(number)
        result = self._tried(Step(number, 1, apart=True), document) if why is None else why
        if isinstance(result, str):
            source = document.column("source")[0].as_py()
            result = found([Failure(source, f"failed again and again: {result}", fault=True)])
        self._spool.keep(result)
        return result

    def _tried(self, step: Step, batch: pa.RecordBatch) -> pa.RecordBatch | str:
        """The result of the documents, or what they broke on."""
        self._say(step)
        result: pa.RecordBatch | str
        try:
            result = process_batch(batch, self._options)
        except MemoryError:
            result = NO_MEMORY
        except Exception as e:
            result = f"it could not be worked ({type(e).__name__}: {e})"
        self._say(Step(step.first, 0))
        return result
