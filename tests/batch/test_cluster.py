"""What a node of a cluster does with the shards that come to it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch import cluster
from pipeline.batch.cluster import work_shard
from pipeline.batch.orders import Limits, Orders, Task
from pipeline.batch.plan import Shard, located, plan
from pipeline.core.errors import UsageError
from pipeline.core.options import Options
from pipeline.intake.sources import Found, find
from tests.batch.test_run import HOW, an_archive


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    for process in multiprocessing.active_children():
        process.kill()
    cluster._supervised.cache_clear()


def shards_of(folder: Path) -> list[Shard]:
    files = [f for f in find([str(an_archive(folder))]) if isinstance(f, Found)]
    return [located(shard, files) for shard in plan(files, HOW, 4096)]


def test_its_worker_stays_from_shard_to_shard(tmp_path: Path) -> None:
    shards, out = shards_of(tmp_path), tmp_path / "out"
    out.mkdir()
    orders = Orders(Task(HOW, Options(), out))
    begun = set()
    for shard in shards[:3]:
        assert work_shard(shard, orders).documents == shard.documents
        begun |= {process.pid for process in multiprocessing.active_children()}
    assert len(begun) == 1


def test_a_pool_that_broke_is_ended(tmp_path: Path) -> None:
    orders = Orders(Task(HOW, Options(), tmp_path), limits=Limits(memory=1 << 20))
    for _ in range(2):
        with pytest.raises(UsageError):
            work_shard(shards_of(tmp_path)[0], orders)
        assert not multiprocessing.active_children()
