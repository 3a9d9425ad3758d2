"""A batch from its sources to its summary: what is done already is passed by, the rest goes to an engine."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pyarrow.parquet import read_metadata

from pipeline.batch.engines import ENGINES
from pipeline.batch.folder import Folder, held
from pipeline.batch.job import job_key
from pipeline.batch.orders import Limits, Orders, Task
from pipeline.batch.plan import SHARD_BYTES, Shard, located, plan
from pipeline.batch.reading import Archive, reprints_path
from pipeline.batch.reprints import flag_reprints
from pipeline.batch.shards import Counts
from pipeline.batch.summary import Summary, sum_up
from pipeline.batch.work import QUARANTINED
from pipeline.core.errors import InputError, OutputError
from pipeline.core.options import Options
from pipeline.intake.entry import Reading
from pipeline.intake.remote import address_of
from pipeline.intake.source import Failure
from pipeline.intake.sources import Found, find


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for."""

    inputs: tuple[str, ...]
    out: Path
    reading: Reading = Reading()
    options: Options = Options()
    engine: str = "local"
    workers: int = 0
    limits: Limits = field(default_factory=Limits)
    address: str | None = None
    retry_quarantined: bool = False
    shard_bytes: int = SHARD_BYTES


class Watcher:
    """Is told how a batch goes; the commands show it. Here nothing is shown."""

    def begins(self, documents: int, done: int) -> None:
        """The plan stands: how many documents there are in all, and how many were done by earlier runs."""

    def seen(self, counts: Counts) -> None:
        """Some documents were worked."""

    def between(self) -> None:
        """Is called in between where no documents are worked; may raise, to end it."""

    def told(self, line: str) -> None:
        """Something that the user should know."""


def files_of(inputs: Sequence[str], out: Path | None = None) -> tuple[list[Found], list[Failure]]:
    """The files that ``inputs`` stand for, in a fixed order, and what stands for none. Standard input has no shards."""
    found: list[Found] = []
    unread: list[Failure] = []
    for one in find(inputs, out):
        if isinstance(one, Failure):
            unread.append(one)
        elif one.place is None:
            raise InputError("-: a batch must be able to read its sources again; give files or folders")
        else:
            found.append(one)
    return found, unread


def run(request: Request, watcher: Watcher) -> Summary:
    """Work all that is not done yet; ``run.json`` in the folder says what came of it.

    Raises `InputError` where there is nothing to read, `OutputError` where the folder is held, of another job or
    cannot be written, `RuleError`.
    """
    began = time.monotonic()
    if address := address_of(request.out):
        raise OutputError(f"{address}: an archive is locked, synced and renamed; name a folder here and send it on")
    files, unread = files_of(request.inputs)
    for failure in unread:
        watcher.told(str(failure))
    if not files:
        raise InputError(f"{', '.join(request.inputs)}: nothing to read; check the sources")
    key = job_key(files, request.reading, request.options, request.shard_bytes)
    with _written(request.out), held(request.out) as folder:
        folder.begin(key, files, plan(files, request.reading, request.shard_bytes))
        new = _work(folder, files, request, watcher)
        reprints = _reprints(folder, new)
        watcher.between()
        summary = sum_up(folder, new, time.monotonic() - began, unread, reprints)
        folder.end(summary)
    return summary


@contextmanager
def _written(out: Path) -> Iterator[None]:
    """A full disk and the like are told in a line. (Errors of reading never come here: they are documents' own.)"""
    try:
        yield
    except OSError as e:
        what = e.strerror or e
        raise OutputError(f"{out} cannot be written: {what}; mend that and run it again: what is done is kept") from e


def _work(folder: Folder, files: Sequence[Found], request: Request, watcher: Watcher) -> Counts:
    """Hand what is to be done to the engine."""
    total = done = 0
    for shard in folder.shards():
        total += shard.documents
        manifest = folder.manifest(shard)
        if manifest and request.retry_quarantined and manifest.status.get(QUARANTINED):
            folder.forget(shard)
        elif manifest:
            done += shard.documents
    watcher.begins(total, done)
    if done < total:
        folder.reopen()
    new = Counts()

    def seen(counts: Counts) -> None:
        new.add(counts)
        watcher.seen(counts)

    task = Task(request.reading, request.options, folder.path.absolute())
    orders = Orders(task, request.workers, request.limits, request.address)
    # A signal may come while no engine is at work; it is to end all the same before that is told.
    with closing(ENGINES[request.engine](_open(folder, files), orders, seen)) as manifests:
        for _ in manifests:
            pass
    return new


def _reprints(folder: Folder, new: Counts) -> int:
    """How many articles were printed before; looked for again where documents are new."""
    path = reprints_path(folder.path)
    if path.exists() and not new.documents:
        return int(read_metadata(path).num_rows)
    return flag_reprints(Archive(folder.path))


def _open(folder: Folder, files: Sequence[Found]) -> Iterator[Shard]:
    return (located(shard, files) for shard in folder.shards() if folder.manifest(shard) is None)
