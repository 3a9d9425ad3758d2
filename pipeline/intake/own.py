"""What this program wrote itself: a folder of texts may hold it, but it is none of them."""

from __future__ import annotations

from pathlib import Path

JOB = "job.json"
"""The file in an archive that says which job it is of."""
PLAN = "plan.jsonl"
"""The file in it that says what each shard is of."""
ARCHIVE = "is an archive that a batch wrote; `zhfacts export` gives what it holds"


def is_archive(folder: Path) -> bool:
    """Whether a folder is the output of a batch; of one that may not be looked into nobody can tell."""
    try:
        return all((folder / name).is_file() for name in (JOB, PLAN))
    except PermissionError:  # Python 3.14 gives False here
        return False
