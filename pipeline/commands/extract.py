"""The work of `extract`: read, run the chain, write, and tell what failed."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from pipeline.commands.console import coloured
from pipeline.commands.errors import FAILED, NOTHING, heed
from pipeline.commands.issues import Issues
from pipeline.commands.options import Manners, Part, RecordsHow
from pipeline.commands.progress import Progress
from pipeline.commands.streams import (
    counted,
    stderr_is_terminal,
    stdin_is_terminal,
    stdout_is_terminal,
    tell,
)
from pipeline.commands.target import STDOUT, choose_format, target
from pipeline.core.errors import InputError, UsageError
from pipeline.core.records import Document, TimeMention
from pipeline.intake.decode import codec
from pipeline.intake.lists import Listed, find_listed, read_list
from pipeline.intake.published import parse_published
from pipeline.intake.source import Failure
from pipeline.intake.sources import STDIN, Found, find, read_found, told_apart
from pipeline.output import BINARY, READS_TEXT, WRITERS, Writer
from pipeline.output.selection import Selection

OPEN_YEAR = "XXXX"
UNDATED = "nothing tells when {} came out: times without a year stay open (XXXX); give the date with --published"


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for."""

    inputs: Sequence[str]
    output: Path | None
    format: str | None
    how: RecordsHow
    manners: Manners
    part: Part = Part()
    files_from: str | None = None


Table = Callable[[BinaryIO, bool, bool], Writer]
"""Makes the writer of a table from the stream, whether it takes bold, dim and colour, and whether it is whole."""


Results = Iterator[Document | Failure]
"""Documents in order, and why there is none."""


@dataclass(slots=True)
class Tally:
    """What came of the inputs."""

    documents: int = 0
    failed: int = 0
    mentions: int = 0
    facts: int = 0
    undated: int = 0
    """Documents whose times lack a year, or more, since nothing tells when they were published."""

    def counted(self, document: Document) -> Document:
        """``document``, which is counted."""
        self.documents += 1
        self.undated += document.doc.published is None and any(
            isinstance(m, TimeMention) and m.norm.value.startswith(OPEN_YEAR) for m in document.mentions
        )
        self.mentions += len(document.mentions)
        self.facts += len(document.facts)
        return document

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


def run(
    request: Request,
    table: Table,
    writers: Mapping[str, Callable[[BinaryIO], Writer]] = WRITERS,
    results: Results | None = None,
) -> int:
    """Do what is asked for; returns the exit code. ``table`` makes the view for a terminal, ``writers`` those of other
    forms.

    ``results``: what to write, where it is not to be extracted from the request's inputs.
    """
    on_screen = request.output in (None, STDOUT) and stdout_is_terminal()
    form = _form(request, writers, on_screen)
    selection = Selection.parse(request.part.select) if request.part.select else None
    listed = read_list(request.files_from) if request.files_from else []
    if STDIN in request.inputs and stdin_is_terminal():
        tell("reading what is typed; Ctrl-D on a line of its own ends it")
    tally, quiet = Tally(), request.manners.quiet
    issues = Issues(quiet, request.manners.verbose)
    with target(request.output, request.manners.force) as out:
        writer = _table(table, out, request.output, on_screen) if form == "table" else writers[form](out)
        total = partial(_bytes, request, listed) if results is None else lambda: None
        with Progress(not quiet and not on_screen, total) as progress:
            for result in _settled(_extracted(request, listed, form, progress) if results is None else results):
                if isinstance(result, Failure):
                    tally.failed += 1
                    tell(str(result))
                else:
                    writer.write(tally.counted(selection.of(result) if selection else result))
                    issues.tell(result)
                progress.step(str(tally))
                heed()
        if tally.code == NOTHING:
            sys.exit(NOTHING)  # within the target, so that no empty file is left
        writer.close()
        heed()
    if not quiet:
        _sum_up(tally, request.manners.verbose, progress.drawn, fresh=results is None)
    return tally.code


def _sum_up(tally: Tally, verbose: int, drawn: bool, fresh: bool) -> None:
    """Tell a person what came of it; ``drawn``: who saw the progress sees its end, ``fresh``: documents were made."""
    if tally.undated and fresh and (verbose or stderr_is_terminal()):
        tell(UNDATED.format(counted(tally.undated, "document")))
    if verbose or drawn:
        tell(str(tally))


def _form(request: Request, writers: Mapping[str, object], on_screen: bool) -> str:
    """The format of the output; raises `UsageError` where there is none, and on what cannot be meant."""
    form = choose_format(request.format, request.output)
    _refuse(request)
    if form != "table" and form not in writers:
        raise UsageError(f"{form} is no format of this command; it has table, {', '.join(writers)}")
    if on_screen and form in BINARY:
        raise UsageError(f"{form} is not for a terminal; name a file with -o, or pipe it on")
    return form


def _refuse(request: Request) -> None:
    """Tell what cannot be meant before anything is loaded or written; raises `UsageError`."""
    if not request.inputs and not request.files_from:
        raise UsageError("name an input: files, folders, globs, - for standard input, or a list with --files-from")
    if request.files_from == STDIN and STDIN in request.inputs:
        raise UsageError("standard input is the list of --files-from already; name the input otherwise")
    refuse_reading(request.how.published, request.how.encoding)
    out = request.output
    if out and out.is_file() and any(Path(i).is_file() and out.samefile(i) for i in request.inputs):
        raise UsageError(f"{out} is an input too; choose another name for the output")


def refuse_reading(published: str | None, encoding: str | None) -> None:
    """Tell a date or an encoding that is none; raises `UsageError`."""
    if published is not None:
        parse_published(published, "option")
    if encoding is not None:
        try:
            codec(encoding)
        except InputError as e:
            raise UsageError(str(e)) from None


def _files(request: Request, listed: Sequence[Listed | Failure]) -> list[Found | Failure]:
    return told_apart([*find(request.inputs, request.output), *find_listed(listed, request.output)])


def _bytes(request: Request, listed: Sequence[Listed | Failure]) -> int | None:
    """How much there is to read; None where one of the inputs is a pipe."""
    total = 0
    for file in _files(request, listed):
        if isinstance(file, Failure):
            continue
        if file.path is None or not file.path.is_file():
            return None
        total += file.path.stat().st_size
    return total


def _extracted(
    request: Request, listed: Sequence[Listed | Failure], form: str, progress: Progress
) -> Iterator[Document | Failure]:
    # Here, not above: an output that exists is told before spaCy has loaded.
    from pipeline.chain import extract_sources

    how = request.how
    return extract_sources(
        progress.watch(read_found(_files(request, listed), how.reading)),
        published=how.published,
        rules=how.rules,
        segmenter=how.segmenter,
        entities=how.entities,
        with_text=keeps_text(request, form),
    )


def keeps_text(request: Request, form: str) -> bool:
    """Whether documents are made with their text: as asked for, or as the format needs it."""
    return request.part.with_text or form == "table" or form in READS_TEXT


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


def _table(table: Table, out: BinaryIO, output: Path | None, on_screen: bool) -> Writer:
    styled = output in (None, STDOUT) and coloured(sys.stdout)
    # A program, or a person in an editor, reads whole lines, unless COLUMNS says how wide they are to be.
    return table(out, styled, not on_screen and not os.environ.get("COLUMNS"))


def documents_table(out: BinaryIO, styled: bool, whole: bool) -> Writer:
    """The view of documents for a terminal, a `Table`: Rich is loaded for it alone."""
    from pipeline.commands.table import TableWriter

    return TableWriter(out, styled, whole)
