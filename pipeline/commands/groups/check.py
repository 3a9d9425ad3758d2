"""`check`: whether the numbers of each document agree."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import (
    DateFieldOption,
    EncodingOption,
    EntitiesOption,
    FilesFromOption,
    ForceOption,
    IdFieldOption,
    InputsArgument,
    OutputOption,
    PublishedOption,
    QuietOption,
    RulesOption,
    Segmenter,
    SegmenterOption,
    TextFieldOption,
    VerboseOption,
)


class CheckFormat(StrEnum):
    """The forms in which `check` writes."""

    table = "table"
    jsonl = "jsonl"


def check(
    inputs: InputsArgument = None,
    files_from: FilesFromOption = None,
    output: OutputOption = None,
    format: Annotated[
        CheckFormat | None,
        typer.Option(metavar="NAME", help="table (on a terminal), jsonl (in a pipe).", show_default=False),
    ] = None,
    published: PublishedOption = None,
    encoding: EncodingOption = None,
    text_field: TextFieldOption = "text",
    id_field: IdFieldOption = "id",
    date_field: DateFieldOption = "published",
    rules: RulesOption = None,
    segmenter: SegmenterOption = Segmenter.rjieba,
    entities: EntitiesOption = "default",
    force: ForceOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Check whether each document's numbers agree.

    Shares, changes, sums, dates, the same told twice.
    """
    with answering(verbose):
        from pipeline.commands.checks import WRITERS, CheckTable
        from pipeline.commands.extract import Job, run
        from pipeline.intake.entry import Reading
        from pipeline.intake.rows import Fields

        job = Job(
            inputs=tuple(inputs or ()),
            files_from=files_from,
            output=output,
            format=format.value if format else None,
            published=published,
            how=Reading(encoding, Fields(text_field, id_field, date_field)),
            rules=rules,
            segmenter="jieba" if segmenter is Segmenter.jieba else "rjieba",
            select=(),
            entities=entities,
            with_text=False,
            force=force,
            quiet=quiet,
            verbose=verbose,
        )
        sys.exit(run(job, CheckTable, WRITERS))
