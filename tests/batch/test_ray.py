"""A batch on a real Ray cluster: two nodes on this machine, one of which is killed in the middle of its work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.test_run import ROOT, an_archive, children, digest, waited_for, work

pytest.importorskip("ray", reason="Ray is not installed: pip install 'zhfacts[ray]'")

NOTICED = {"health_check_initial_delay_ms": 1000, "health_check_period_ms": 500, "health_check_timeout_ms": 5000}
"""How soon a node that was killed is found dead; Ray takes half a minute."""


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    from ray.cluster_utils import Cluster

    nodes = Cluster()
    begun(nodes, _system_config=NOTICED)
    begun(nodes)
    yield nodes
    nodes.shutdown()


def begun(nodes: object, **more: object) -> None:
    """A node of one core; Ray gives a machine that is busy no more than half a minute to begin one."""
    for last in (False, False, True):
        try:
            nodes.add_node(num_cpus=1, include_dashboard=False, **more)  # type: ignore[attr-defined]
            return
        except Exception:
            if last:
                raise


def kill(pid: int) -> None:
    """Kill a process and all below it, as when its machine goes."""
    below = list(children(pid))
    os.kill(pid, signal.SIGKILL)
    for child in below:
        kill(child)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_node_that_is_killed_changes_no_byte(cluster: object, tmp_path: Path) -> None:
    (second,) = cluster.worker_nodes  # type: ignore[attr-defined]
    (raylet,) = second.all_processes["raylet"]
    source, out = an_archive(tmp_path, 1500), tmp_path / "out"
    address = cluster.address  # type: ignore[attr-defined]
    command = [sys.executable, str(ROOT / "cli.py"), "batch", str(source), "-o", str(out), "--shard-size", "16"]
    running = subprocess.Popen(
        [*command, "--engine", "ray", "--address", address],
        stderr=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    waited_for(out, 2, seconds=240)
    kill(raylet.process.pid)
    _, told = running.communicate(timeout=240)
    assert running.returncode == 0, told
    assert sum(1 for _ in out.glob("manifests/*.json")) > 4
    work(source, tmp_path / "whole", shard_bytes=16 << 10)
    assert digest(out) == digest(tmp_path / "whole")


def test_no_cluster_is_told(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "batch", str(an_archive(tmp_path, 3)), "-o", str(tmp_path / "out")]
    done = subprocess.run(
        [*command, "--engine", "ray", "--address", "127.0.0.1:1"], capture_output=True, encoding="utf-8", timeout=240
    )
    assert done.returncode == 2 and "no Ray cluster answers at 127.0.0.1:1" in done.stderr
