"""`export`: an archive, or sources, in any format."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.groups.extract import Format, SelectOption, WithTextOption
from pipeline.commands.options import (
    DateFieldOption,
    EncodingOption,
    EntitiesOption,
    ForceOption,
    IdFieldOption,
    OutputOption,
    PublishedOption,
    QuietOption,
    RulesOption,
    Segmenter,
    SegmenterOption,
    TextFieldOption,
    VerboseOption,
)


def export(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="The folder that a batch wrote; or files, folders, globs, as of extract."
        ),
    ],
    to: Annotated[
        Format | None,
        typer.Option(
            metavar="NAME",
            help="jsonl, json, csv, parquet, markdown, sqlite, duckdb; for other tools: labelstudio, doccano, brat and "
            "inception (a ZIP each), webannotation, spacy (a DocBin), prodigy, conll, hf (a Parquet of datasets).",
            show_default=False,
        ),
    ] = None,
    output: OutputOption = None,
    published: PublishedOption = None,
    encoding: EncodingOption = None,
    text_field: TextFieldOption = "text",
    id_field: IdFieldOption = "id",
    date_field: DateFieldOption = "published",
    rules: RulesOption = None,
    segmenter: SegmenterOption = Segmenter.rjieba,
    entities: EntitiesOption = "default",
    select: SelectOption = None,
    with_text: WithTextOption = False,
    force: ForceOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Write an archive, or sources, in another format.

    SQLite with a full-text index, DuckDB, CSV, Parquet, JSON lines, and the formats of other tools.
    """
    with answering(verbose):
        from pipeline.commands.export import run_export
        from pipeline.commands.extract import Job
        from pipeline.commands.table import TableWriter
        from pipeline.intake.entry import Reading
        from pipeline.intake.rows import Fields

        job = Job(
            inputs=tuple(inputs),
            files_from=None,
            output=output,
            format=to.value if to else None,
            published=published,
            how=Reading(encoding, Fields(text_field, id_field, date_field)),
            rules=rules,
            segmenter="jieba" if segmenter is Segmenter.jieba else "rjieba",
            select=tuple(select or ()),
            entities=entities,
            with_text=with_text,
            force=force,
            quiet=quiet,
            verbose=verbose,
        )
        sys.exit(run_export(job, TableWriter))
