"""Shards as tasks of a Ray cluster. Ray places them, moves them when a machine dies, and nothing else.

Each node must have this program installed, and see sources and output under the same paths (NFS, Lustre, one machine).
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

from pipeline.batch.orders import Limits, Orders, Task
from pipeline.batch.plan import Shard
from pipeline.batch.pool import Supervised
from pipeline.batch.shards import Manifest, Seen
from pipeline.core.errors import UsageError, install

AHEAD = 2
"""How many tasks are out for each core, so that none waits for the next."""
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0"}
"""No reports to Ray's makers; nodes use what is installed there."""


def on_cluster(shards: Iterable[Shard], orders: Orders, seen: Seen) -> Iterator[Manifest]:
    """A task for each shard, on the cluster at ``orders.address``, or on one that is begun here and ends with the run.

    Raises `UsageError` where Ray is not installed or no cluster answers, and what a task raised.
    """
    with _connected(orders) as ray:
        told = ray.put(orders)
        task = ray.remote(num_cpus=1, max_retries=-1, scheduling_strategy="SPREAD")(work_shard)
        most = max(2, AHEAD * int(ray.cluster_resources().get("CPU", 1)))
        running: list[Any] = []
        for shard in shards:
            running.append(task.remote(shard, told))
            while len(running) >= most:
                yield from _done(ray, running, seen)
        while running:
            yield from _done(ray, running, seen)


def work_shard(shard: Shard, orders: Orders) -> Manifest:
    """What a node does: a shard, with one supervised process, so that limits hold there too."""
    with ExitStack() as ended:
        pool = ended.enter_context(_supervised(orders.task, orders.limits))
        ended.callback(_supervised.cache_clear)
        manifest = next(pool.worked([shard], lambda _: None))
        ended.pop_all()  # only a pool that broke is ended
    return manifest


@cache
def _supervised(task: Task, limits: Limits) -> Supervised:
    """The pool of a process of Ray, which works for one run: what its worker has loaded stays from shard to shard, and
    dies with that process."""
    return Supervised(1, task, limits)


def _done(ray: Any, running: list[Any], seen: Seen) -> Iterator[Manifest]:
    for ref in ray.wait(running, num_returns=1)[0]:
        running.remove(ref)
        try:
            manifest = ray.get(ref)
        except ray.exceptions.RayTaskError as e:
            raise e.cause from None
        seen(manifest.counts)
        yield manifest


@contextmanager
def _connected(orders: Orders) -> Iterator[Any]:
    os.environ.update({name: os.environ.get(name, value) for name, value in QUIET.items()})
    try:
        import ray
    except ImportError:
        raise UsageError(f"Ray is not installed; {install('ray')}") from None
    if orders.address:
        _reach(orders.address)
    here: dict[str, Any] = {} if orders.address else {"num_cpus": orders.workers or None, "include_dashboard": False}
    try:
        ray.init(address=orders.address, log_to_driver=False, logging_level=logging.ERROR, **here)
    except Exception as e:  # Ray has no error of its own for this
        where = f"answers at {orders.address}" if orders.address else "could be begun here"
        told = str(e).partition("\n")[0]
        raise UsageError(f"no Ray cluster {where} ({told}); see that one runs: ray start --head") from e
    try:
        yield ray
    finally:
        ray.shutdown()


def _reach(address: str) -> None:
    """Ray itself tries for minutes to reach a cluster that is not there. Raises `UsageError`."""
    host, _, port = address.rpartition(":")
    if not port.isdigit() or "//" in host:
        return  # ``auto`` and the like
    try:
        socket.create_connection((host, int(port)), 5).close()
    except OSError as e:
        told = e.strerror or e
        raise UsageError(f"no Ray cluster answers at {address} ({told}); see that one runs: ray start --head") from e
