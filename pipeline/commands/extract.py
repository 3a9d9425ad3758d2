"""The work of `extract`: read, run the chain, write, and tell what failed."""

from __future__ import annotations

import codecs
import gc
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.commands.errors import FAILED, NOTHING
from pipeline.commands.progress import Progress
from pipeline.commands.streams import counted, stdout_is_terminal, tell
from pipeline.commands.target import STDOUT, choose_format, target
from pipeline.core.errors import UsageError
from pipeline.core.records import Document
from pipeline.intake.sources import Failure, read
from pipeline.output import WRITERS, Writer
from pipeline.tokens.segment import Segmenter


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for."""

    inputs: tuple[str, ...]
    output: Path | None
    format: str | None
    published: str | None
    encoding: str | None
    rules: Path | None
    segmenter: Segmenter
    with_text: bool
    force: bool
    quiet: bool
    verbose: int


@dataclass(slots=True)
class Tally:
    """What came of the inputs."""

    documents: int = 0
    failed: int = 0
    mentions: int = 0
    facts: int = 0

    @property
    def code(self) -> int:
        """The exit code."""
        if not self.failed:
            return 0
        return FAILED if self.documents else NOTHING

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        mentions, facts = counted(self.mentions, "mention"), counted(self.facts, "fact")
        return f"{counted(self.documents, 'document')}{failed}, {mentions}, {facts}"


def run(job: Job) -> int:
    """Do the job; returns the exit code."""
    form = choose_format(job.format, job.output)
    _known(job.encoding)
    tally = Tally()
    with target(job.output, job.force) as out:
        on_screen = job.output in (None, STDOUT) and stdout_is_terminal()
        writer = _writer(form, out, on_screen)
        with Progress(shown=not job.quiet and not on_screen) as progress:
            for result in _settled(_results(job, form)):
                if isinstance(result, Failure):
                    tally.failed += 1
                    tell(str(result))
                else:
                    _count(tally, result)
                    writer.write(result)
                    if not job.quiet:
                        _tell_issues(result, job.verbose)
                progress.step(str(tally))
        if tally.code == NOTHING:
            sys.exit(NOTHING)  # within the target, so that no empty file is left
        writer.close()
    if job.verbose and not job.quiet:
        tell(str(tally))
    return tally.code


def _known(encoding: str | None) -> None:
    try:
        codecs.lookup(encoding or "utf-8")
    except LookupError:
        raise UsageError(f"{encoding!r} is no encoding; name one such as utf-8, gb18030 or big5") from None


def _results(job: Job, form: str) -> Iterator[Document | Failure]:
    # Here, not above: an output that exists is told before spaCy has loaded.
    from pipeline.chain import extract_sources

    return extract_sources(
        read(job.inputs, job.encoding),
        published=job.published,
        rules=job.rules,
        segmenter=job.segmenter,
        with_text=job.with_text or form == "table",
    )


def _settled(results: Iterator[Document | Failure]) -> Iterator[Document | Failure]:
    """``results``, with the collector kept out of the start: what spaCy and the rules make there (half a million
    objects) lives as long as the process, and looking through it again and again is a fifth of a short run."""
    gc.disable()
    try:
        first = next(results, None)
    finally:
        gc.freeze()
        gc.enable()
    if first is not None:
        yield first
    yield from results


def _writer(form: str, out: BinaryIO, on_screen: bool) -> Writer:
    if form != "table":
        return WRITERS[form](out)
    from pipeline.commands.table import TableWriter

    return TableWriter(out, on_screen)


def _count(tally: Tally, document: Document) -> None:
    tally.documents += 1
    tally.mentions += len(document.mentions)
    tally.facts += len(document.facts)


def _tell_issues(document: Document, verbose: int) -> None:
    """One line for each kind of issue; all of them with -v."""
    seen: dict[str, int] = {}
    for issue in document.issues:
        seen[issue.code] = seen.get(issue.code, 0) + 1
        if verbose or seen[issue.code] == 1:
            tell(f"{document.doc.source}: {issue.message}")
    more = sum(seen.values()) - len(seen)
    if more and not verbose:
        tell(f"{document.doc.source}: {more} more of this kind; -v names them")
