"""Archives as inputs of commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.batch.reading import Archive
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
    """The archive at ``path``; of one that is still being written it is told how much is missing.

    Raises `InputError` where it is none.
    """
    archive = Archive(path)
    tell_missing(archive)
    return archive


def tell_missing(archive: Archive) -> None:
    """Tell how much of an archive is still to be worked, if anything is."""
    if archive.missing:
        tell(f"{archive.path} is not complete: {counted(archive.missing, 'document')} still to be worked")
