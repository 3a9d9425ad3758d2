"""Archives as inputs of commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.batch.reading import Archive
from pipeline.commands.errors import FAILED
from pipeline.commands.streams import counted, tell
from pipeline.core.errors import UsageError
from pipeline.intake.own import is_archive


def archive_among(inputs: Sequence[str], done: str) -> Path | None:
    """The archive that ``inputs`` name, None where they name none; ``done``: what the command does with it.

    Raises `UsageError` where it does not stand alone.
    """
    archives = [one for one in inputs if is_archive(Path(one))]
    if archives and len(inputs) > 1:
        raise UsageError(f"{archives[0]} is an archive, which is {done} alone; name nothing beside it")
    return Path(archives[0]) if archives else None


def opened(path: Path) -> Archive:
    """The archive at ``path``; of one that is unfinished it is told how much is done, and how to go on.

    Raises `InputError` where it is none.
    """
    archive = Archive(path)
    if not archive.finished:
        done = f"{archive.total - archive.missing} of {counted(archive.total, 'document')} are done"
        left = "" if archive.missing else ", reprints were not looked for yet"
        tell(f"{path} is unfinished: {done}{left}; the command that wrote it, run again, does the rest")
    return archive


def code_of(*archives: Archive) -> int:
    """The exit code of what was made of archives: of an unfinished one some inputs are wanting."""
    return 0 if all(archive.finished for archive in archives) else FAILED
