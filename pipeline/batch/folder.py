"""The folder of an archive's output: who holds it, which job it is of, which shards of it are done.

A job is what its key says. Output of two jobs never lies in one folder.
"""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from pipeline.batch.job import SOURCES, Key, changed, changed_files
from pipeline.batch.plan import Shard
from pipeline.batch.shards import Manifest, manifest_path, whole, write_whole
from pipeline.batch.work import SCHEMAS
from pipeline.core.errors import OutputError
from pipeline.core.records import SCHEMA
from pipeline.intake.own import JOB, PLAN
from pipeline.intake.sources import Found

REPRINTS = "reprints.parquet"
"""The table of the archive's reprints."""
RUN = "run.json"
"""The file that says what came of the last run: it is there when the archive is finished."""


class Folder:
    """An archive's folder, held by this process alone."""

    def __init__(self, path: Path) -> None:
        """``path`` is there and is held: see `held`."""
        self.path = path

    @property
    def plan(self) -> Path:
        """The file that says what each shard is of, one a line."""
        return self.path / PLAN

    @property
    def finished(self) -> bool:
        """Whether a run came to its end here, and no shard was begun since."""
        return (self.path / RUN).exists()

    def reopen(self) -> None:
        """Shards are to be worked: what was told of all of them holds no more."""
        for name in (RUN, REPRINTS):
            (self.path / name).unlink(missing_ok=True)

    def end(self, summary: msgspec.Struct) -> None:
        """Write what came of the run."""
        write_whole(self.path / RUN, msgspec.json.format(msgspec.json.encode(summary), indent=2))

    def begin(self, key: Key, files: Sequence[Found], shards: Iterator[Shard]) -> None:
        """Take up the job of that key, of ``files``; ``shards`` is its plan, read only where the job is new.

        Raises `OutputError` where the folder is of another job: it says what is different.
        """
        for left in (*self.path.glob("*/.*.part"), *self.path.glob(".*.part")):
            left.unlink()  # of a run that was killed; nobody else writes here
        for left in self.path.glob(".sketches-*"):
            shutil.rmtree(left)
        job = self.path / JOB
        if job.exists():
            self._compare(key, read_key(job), files)
            return
        others = [p.name for p in self.path.iterdir() if not p.name.startswith(".")]
        if others:
            raise OutputError(f"{self.path} is no archive of this program and holds {others[0]}; choose another folder")
        with whole(self.plan) as lines:
            for shard in shards:
                lines.write(msgspec.json.encode(shard) + b"\n")
        write_whole(job, msgspec.json.format(msgspec.json.encode(key), indent=2))

    def _compare(self, key: Key, before: Key, files: Sequence[Found]) -> None:
        if problem := other_schema(self.path, before):
            raise OutputError(problem)
        other = dict(changed(before, key))
        if SOURCES in other:
            sizes = {piece.shown: piece.size for shard in self.shards() for piece in shard.pieces}
            other[SOURCES] = changed_files(sizes, {file.shown: file.about()[0] for file in files})
        if other:
            what = ", ".join(f"{name} ({how})" if how else name for name, how in other.items())
            raise OutputError(
                f"{self.path} holds a job with other {what}; give what it was begun with, choose another folder, "
                "or remove this one to begin anew"
            )

    def shards(self) -> Iterator[Shard]:
        """All shards of the job, in order, one line of the plan at a time."""
        with self.plan.open("rb") as lines:
            for line in lines:
                yield msgspec.json.decode(line, type=Shard)

    def manifest(self, shard: Shard) -> Manifest | None:
        """What a shard gave; None where it is still to be worked."""
        path = manifest_path(self.path, shard.name)
        if not path.exists() or not all((self.path / t / f"{shard.name}.parquet").exists() for t in SCHEMAS):
            return None
        return msgspec.json.decode(path.read_bytes(), type=Manifest)

    def forget(self, shard: Shard) -> None:
        """Have a shard worked again."""
        with suppress(FileNotFoundError):
            manifest_path(self.path, shard.name).unlink()


def read_key(job: Path) -> Key:
    """The key in an archive's `JOB`."""
    return msgspec.json.decode(job.read_bytes(), type=dict[str, str | dict[str, str | None]])


def other_schema(path: Path, key: Key) -> str | None:
    """What to tell where an archive's key is of another schema, and so its tables cannot be read."""
    if key.get("schema") == SCHEMA:
        return None
    return (
        f"{path} was written by another version ({key.get('schema')}, this one has {SCHEMA}); "
        "run the batch again into a new folder"
    )


@contextmanager
def held(path: Path) -> Iterator[Folder]:
    """The folder ``path``, made if need be, for this process alone.

    Raises `OutputError` where another run holds it (and says which), or where it cannot be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = (path / ".lock").open("a+", encoding="utf-8")
    except OSError as e:
        raise OutputError(f"{path} cannot be written: {e.strerror}; check the place and its rights") from e
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "another process"
            raise OutputError(f"{path} is being written by {holder}; wait for it, or choose another folder") from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()} on {platform.node()}\n")
        lock.flush()
        yield Folder(path)
        lock.truncate(0)
