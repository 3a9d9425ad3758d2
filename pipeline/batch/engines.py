"""Engines schedule shards, nothing else; `run_shard` is the same in all of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from pipeline.batch.plan import Reader, Shard
from pipeline.batch.pool import Supervised
from pipeline.batch.shards import Manifest, Seen, run_shard
from pipeline.batch.work import Work, process_batch
from pipeline.batch.worker import Limits, Task
from pipeline.intake.entry import Reading


@dataclass(frozen=True, slots=True)
class Orders:
    """What an engine is told. ``workers`` 0: as many as there are cores; ``address``: of a cluster."""

    how: Reading
    work: Work
    out: Path
    workers: int = 0
    limits: Limits = field(default_factory=Limits)
    address: str | None = None

    @property
    def task(self) -> Task:
        """What a worker needs of it."""
        return Task(self.how, self.work, self.out)


class Engine(Protocol):
    """Works shards, in any order, and gives their manifests; ``seen`` takes the counts of what is done."""

    def __call__(self, shards: Iterable[Shard], orders: Orders, seen: Seen) -> Iterator[Manifest]:
        """The manifests of ``shards`` as they are done."""


def serial(shards: Iterable[Shard], orders: Orders, seen: Seen) -> Iterator[Manifest]:
    """In this process, without limits: for debugging, and as the measure of what the others cost."""

    def mapped(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return map(partial(process_batch, work=orders.work), batches)

    reader = Reader(orders.how)
    for shard in shards:
        yield run_shard(shard, reader, orders.out, mapped, seen)


def local(shards: Iterable[Shard], orders: Orders, seen: Seen) -> Iterator[Manifest]:
    """Supervised processes on this machine, a shard for each."""
    with Supervised(orders.workers or os.cpu_count() or 1, orders.task, orders.limits) as pool:
        yield from pool.worked(shards, seen)


def ray(shards: Iterable[Shard], orders: Orders, seen: Seen) -> Iterator[Manifest]:
    """Tasks of a Ray cluster, one a shard. Needs the extra ``ray``."""
    from pipeline.batch.cluster import on_cluster  # for who has a cluster

    yield from on_cluster(shards, orders, seen)


ENGINES: Mapping[str, Engine] = {"serial": serial, "local": local, "ray": ray}
"""The engines by name."""
