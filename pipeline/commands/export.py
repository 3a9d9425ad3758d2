"""The work of `export`: an archive, or sources, in another format."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import fields

from msgspec import UNSET
from msgspec.structs import replace

from pipeline.batch.reading import Archive
from pipeline.commands.archives import archive_among, code_of, opened
from pipeline.commands.extract import Request, Table, keeps_text, run
from pipeline.commands.streams import counted, tell
from pipeline.commands.target import choose_format
from pipeline.core.errors import UsageError
from pipeline.core.records import Document
from pipeline.intake.source import Failure


def run_export(request: Request, table: Table, said: Container[str]) -> int:
    """Write what the inputs hold: the folder of an archive, or sources that are extracted first; the exit code.

    ``said``: the parameters that stand on the command line; a team's settings may well tell how sources are read.
    """
    path = archive_among(request.inputs, "exported")
    if path is None:
        return run(request, table)
    for option in (field.name for field in fields(request.how) if field.name in said):
        named = option.replace("_", "-")
        raise UsageError(f"--{named} says how sources are read, and {path} is an archive; leave it out")
    archive = opened(path)
    if archive.broken:
        tell(f"{archive.path}: {counted(archive.broken, 'document')} that could not be worked left out")
    text = keeps_text(request, choose_format(request.format, request.output))
    return run(request, table, results=_worked(archive, text)) or code_of(archive)


def _worked(archive: Archive, with_text: bool) -> Iterator[Document | Failure]:
    for found in archive.documents():
        if isinstance(found, Document):
            yield found if with_text else replace(found, doc=replace(found.doc, text=UNSET))
