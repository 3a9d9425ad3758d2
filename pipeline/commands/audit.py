"""The work of `audit html`: what the inputs hold as pages for review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.audit.explained import Making
from pipeline.audit.page_data import PageData
from pipeline.audit.site import INDEX, write_site
from pipeline.batch.reading import Archive
from pipeline.commands.archives import archive_among, code_of, opened
from pipeline.commands.errors import FAILED, NOTHING, heed
from pipeline.commands.extract import refuse_reading
from pipeline.commands.progress import Progress
from pipeline.commands.streams import counted, tell
from pipeline.core.errors import InputError
from pipeline.core.records import Document
from pipeline.intake.source import Failure
from pipeline.intake.sources import read


class Pages:
    """The pages of what the inputs hold; what gives none is told and counted."""

    def __init__(self, inputs: Sequence[str], making: Making, encoding: str | None, progress: Progress) -> None:
        """Raises `UsageError` where an archive stands beside other inputs."""
        archive = archive_among(inputs, "reviewed")
        self._making, self._progress = making, progress
        self._archive = opened(archive) if archive else None
        self._found = self._of_archive(self._archive) if self._archive else self._of_sources(inputs, encoding)
        self.failed = 0

    def __iter__(self) -> Iterator[PageData]:
        """The pages in the order of the inputs, each made when its turn comes."""
        done = 0
        for found in self._found:
            heed()
            if isinstance(found, Failure):
                self.failed += 1
                tell(str(found))
            else:
                done += 1
                yield found
            self._progress.step(counted(done, "page"))

    @property
    def code(self) -> int:
        """The exit code."""
        return FAILED if self.failed else code_of(self._archive) if self._archive else 0

    def _of_archive(self, archive: Archive) -> Iterator[PageData | Failure]:
        for found in archive.documents():
            yield self._making.of_document(found) if isinstance(found, Document) else found

    def _of_sources(self, inputs: Sequence[str], encoding: str | None) -> Iterator[PageData | Failure]:
        for source in self._progress.watch(read(inputs, encoding)):
            try:
                yield source if isinstance(source, Failure) else self._making.of_source(source)
            except InputError as e:
                shown, _, message = str(e).partition(": ")
                yield Failure(shown, message)


def write_pages(
    inputs: Sequence[str], output: Path, making: Making, encoding: str | None, force: bool, quiet: bool
) -> int:
    """Write the pages of the inputs into a folder; returns the exit code."""
    refuse_reading(making.options.published, encoding)
    with Progress(not quiet, lambda: None) as progress:
        pages = Pages(inputs, making, encoding, progress)
        written = write_site(output, pages, making.references, force)
    if not written:
        return NOTHING
    if not quiet:
        tell(f"{counted(written, 'document')} in {output / INDEX}")
    return pages.code
