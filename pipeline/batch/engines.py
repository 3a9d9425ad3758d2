"""Engines schedule shards, nothing else; `run_shard` is the same in all of them."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from functools import partial
from typing import Protocol

import pyarrow as pa

from pipeline.batch.orders import Orders
from pipeline.batch.plan import Reader, Shard
from pipeline.batch.pool import Supervised
from pipeline.batch.shards import Manifest, Seen, run_shard
from pipeline.batch.work import process_batch

Manifests = Generator[Manifest, None, None]
"""Of shards as they are done; closed, it ends what is at work."""


class Engine(Protocol):
    """Works shards, in any order, and gives their manifests; ``seen`` takes the counts of what is done."""

    def __call__(self, shards: Iterable[Shard], orders: Orders, seen: Seen) -> Manifests:
        """The manifests of ``shards`` as they are done."""


def serial(shards: Iterable[Shard], orders: Orders, seen: Seen) -> Manifests:
    """In this process, without limits: for debugging, and as the measure of what the others cost."""

    def mapped(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return map(partial(process_batch, options=orders.task.options), batches)

    reader = Reader(orders.task.reading)
    for shard in shards:
        yield run_shard(shard, reader, orders.task.out, mapped, seen)


def local(shards: Iterable[Shard], orders: Orders, seen: Seen) -> Manifests:
    """Supervised processes on this machine, a shard for each."""
    with Supervised(orders.workers or os.cpu_count() or 1, orders.task, orders.limits) as pool:
        yield from pool.worked(shards, seen)


def ray(shards: Iterable[Shard], orders: Orders, seen: Seen) -> Manifests:
    """Tasks of a Ray cluster, one a shard. Needs the extra ``ray``."""
    from pipeline.batch.cluster import on_cluster  # for who has a cluster

    yield from on_cluster(shards, orders, seen)


ENGINES: Mapping[str, Engine] = {"serial": serial, "local": local, "ray": ray}
"""The engines by name."""
