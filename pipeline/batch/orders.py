"""What a batch tells its engine, and an engine its workers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.core.options import Options
from pipeline.intake.entry import Reading


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost. ``seconds``: of time; ``memory``: bytes of its worker, None without a limit;
    ``recycle``: after how many documents a worker is replaced, when its shard is done."""

    seconds: float = 120.0
    memory: int | None = None
    recycle: int = 50_000


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker does all its life: how it reads and extracts, and where it writes."""

    reading: Reading
    options: Options
    out: Path


@dataclass(frozen=True, slots=True)
class Orders:
    """What an engine is told. ``workers`` 0: as many as there are cores; ``address``: of a cluster."""

    task: Task
    workers: int = 0
    limits: Limits = field(default_factory=Limits)
    address: str | None = None
