"""The folder of an archive's output: who holds it, which job it is of, which shards of it are done.

A job is what its key says: rules, options, code, libraries and sources. Output of two jobs never lies in one folder.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import platform
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import msgspec

from pipeline.batch.plan import Shard
from pipeline.batch.shards import Manifest, manifest_path, whole, write_whole
from pipeline.batch.work import SCHEMAS
from pipeline.chain.assemble import producer_version
from pipeline.chain.stages import rulebook
from pipeline.core.errors import OutputError
from pipeline.core.options import Options
from pipeline.core.records import SCHEMA
from pipeline.intake.entry import Reading
from pipeline.intake.own import JOB, PLAN
from pipeline.intake.sources import Found

LIBRARIES = ("ahocorasick_rs", "jieba", "lunar-python", "numpy", "opencc", "pyarrow", "regex", "rjieba")
"""The libraries whose version may change what is written."""
COMPILED = (".pyc", ".pyo")
RULES = "rules"
"""The folder that an installed program has its rules in; the key has their digest anyway."""
Key = Mapping[str, str]
"""What makes a job what it is, by name."""


def job_key(files: Iterable[Found], how: Reading, options: Options, shard_bytes: int) -> Key:
    """The key of a job: two runs with the same one write the same bytes. Raises `RuleError`."""
    told = msgspec.json.encode({"reading": asdict(how), "options": _plain(options), "shard": shard_bytes})
    return {
        "schema": SCHEMA,
        "version": producer_version(),
        "code": _digest(_code()),
        "rules": rulebook(options.rules).digest,
        "options": _digest([told, _model(options.entities)]),
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        "sources": _digest(_marks(files)),
    }


def _plain(options: Options) -> Mapping[str, str | None]:
    # A rules folder counts by what is in it, which the key's own digest says.
    return {name: value for name, value in asdict(options).items() if name != "rules"}


def _digest(parts: Iterable[bytes]) -> str:
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part + b"\0")
    return f"sha256:{sha.hexdigest()}"


def _code() -> Iterator[bytes]:
    """What the program is made of: modules, and the weights of what finds names."""
    root = Path(__file__).resolve().parents[1]
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in COMPILED and RULES not in path.relative_to(root).parts:
            yield path.relative_to(root).as_posix().encode()
            yield path.read_bytes()


def _model(entities: str) -> bytes:
    """What finds names where it is the user's own: a file or folder of that name."""
    path = Path(entities)
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path] if path.is_file() else []
    return _digest(p.read_bytes() for p in files).encode()


def _marks(files: Iterable[Found]) -> Iterator[bytes]:
    for file in files:
        size, version = file.about()
        yield f"{file.shown} {size} {version}".encode()


class Folder:
    """An archive's folder, held by this process alone."""

    def __init__(self, path: Path) -> None:
        """``path`` is there and is held: see `held`."""
        self.path = path

    @property
    def plan(self) -> Path:
        """The file that says what each shard is of, one a line."""
        return self.path / PLAN

    def begin(self, key: Key, shards: Iterator[Shard]) -> None:
        """Take up the job of that key; ``shards`` is its plan, read only where the job is new.

        Raises `OutputError` where the folder is of another job: it says what is different.
        """
        for left in (*self.path.glob("*/.*.part"), *self.path.glob(".*.part")):
            left.unlink()  # of a run that was killed; nobody else writes here
        for left in self.path.glob(".sketches-*"):
            shutil.rmtree(left)
        job = self.path / JOB
        if job.exists():
            self._compare(key, msgspec.json.decode(job.read_bytes(), type=dict[str, str]))
            return
        others = [p.name for p in self.path.iterdir() if not p.name.startswith(".")]
        if others:
            raise OutputError(f"{self.path} is no archive of this program and holds {others[0]}; choose another folder")
        with whole(self.plan) as lines:
            for shard in shards:
                lines.write(msgspec.json.encode(shard) + b"\n")
        write_whole(job, msgspec.json.format(msgspec.json.encode(key), indent=2))

    def _compare(self, key: Key, before: Key) -> None:
        if problem := other_schema(self.path, before):
            raise OutputError(problem)
        changed = [name for name in key if key[name] != before.get(name)]
        if changed:
            what = ", ".join(changed)
            raise OutputError(
                f"{self.path} holds a job with other {what}; choose another folder, or remove this one to begin anew"
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
