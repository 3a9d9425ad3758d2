"""What a batch came to: counts of the whole archive, the speed and memory of the run."""

from __future__ import annotations

import resource
import sys
from collections.abc import Sequence

import msgspec

from pipeline.batch.folder import Folder
from pipeline.batch.shards import Counts
from pipeline.batch.work import FAILED, QUARANTINED
from pipeline.intake.source import Failure


class Summary(msgspec.Struct):
    """A run at its end, as in ``run.json``: counts of the whole archive, speed and memory of this run.

    ``issues``: in how many documents there is one of each code; ``reprints``: articles that were printed before;
    ``peak_bytes``: the most memory that the process and any one worker had; ``cpu_seconds``: of all processes of this
    machine, ``own_cpu_seconds``: of the one that schedules.
    """

    documents: int
    ok: int
    failed: int
    quarantined: int
    mentions: int
    facts: dict[str, int]
    issues: dict[str, int]
    reprints: int
    characters: int
    shards: int
    new_documents: int
    seconds: float
    characters_per_second: int
    cpu_seconds: float
    own_cpu_seconds: float
    peak_bytes: int
    unread: list[str]


def sum_up(folder: Folder, new: Counts, seconds: float, unread: Sequence[Failure], reprints: int) -> Summary:
    """What an archive holds, and what ``new`` of it took: ``seconds`` on the clock."""
    whole = Counts()
    shards = 0
    own = _cpu(resource.RUSAGE_SELF)
    for shard in folder.shards():
        manifest = folder.manifest(shard)
        if manifest is not None:
            shards += 1
            whole.add(manifest.counts)
    return Summary(
        documents=whole.documents,
        ok=whole.status["ok"],
        failed=whole.status[FAILED],
        quarantined=whole.status[QUARANTINED],
        mentions=whole.mentions,
        facts=dict(sorted(whole.facts.items())),
        issues=dict(sorted(whole.issues.items())),
        reprints=reprints,
        characters=whole.characters,
        shards=shards,
        new_documents=new.documents,
        seconds=round(seconds, 3),
        characters_per_second=round(new.characters / seconds) if seconds else 0,
        cpu_seconds=round(own + _cpu(resource.RUSAGE_CHILDREN), 3),
        own_cpu_seconds=round(own, 3),
        peak_bytes=_peak(),
        unread=[str(failure) for failure in unread],
    )


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _peak() -> int:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in kilobytes but on macOS
    return max(resource.getrusage(w).ru_maxrss for w in who) * unit
