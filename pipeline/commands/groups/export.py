"""`export`: an archive, or sources, in any format."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.groups.extract import Format
from pipeline.commands.options import (
    ForceOption,
    OutputOption,
    QuietOption,
    RecordsHow,
    SelectOption,
    VerboseOption,
    WithTextOption,
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
    *,
    how: RecordsHow,
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
        from pipeline.commands.extract import Request
        from pipeline.commands.table import TableWriter

        request = Request(
            inputs=tuple(inputs),
            output=output,
            format=to,
            reading=how.reading,
            options=how.options,
            select=tuple(select or ()),
            with_text=with_text,
            force=force,
            quiet=quiet,
            verbose=verbose,
        )
        sys.exit(run_export(request, TableWriter))
