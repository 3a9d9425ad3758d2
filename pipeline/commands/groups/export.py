"""`export`: an archive, or sources, in any format."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.groups.extract import Format
from pipeline.commands.options import (
    Manners,
    OutputOption,
    Part,
    RecordsHow,
)
from pipeline.commands.program import said


def export(
    context: typer.Context,
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
    part: Part,
    manners: Manners,
) -> None:
    """Write an archive, or sources, in another format.

    SQLite with a full-text index, DuckDB, CSV, Parquet, JSON lines, and the formats of other tools.
    """
    with answering(manners.verbose):
        from pipeline.commands.export import run_export
        from pipeline.commands.extract import Request, documents_table

        request = Request(inputs, output, to, how, manners, part)
        sys.exit(run_export(request, documents_table, said(context)))
