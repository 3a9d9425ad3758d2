"""`extract`, and the schema of what it writes."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import (
    FilesFromOption,
    InputsArgument,
    Manners,
    OutputOption,
    Part,
    RecordsHow,
)

Format = Literal[
    "table",
    "jsonl",
    "json",
    "csv",
    "parquet",
    "markdown",
    "sqlite",
    "duckdb",
    "labelstudio",
    "doccano",
    "brat",
    "inception",
    "webannotation",
    "spacy",
    "prodigy",
    "conll",
    "hf",
]
"""The forms in which `extract` and `export` write."""
FormatOption = Annotated[
    Format | None,
    typer.Option(
        metavar="NAME",
        help="table (on a terminal), jsonl (in a pipe), json, csv, parquet, markdown, sqlite, duckdb; for other tools: "
        "labelstudio, doccano, brat, inception, webannotation, spacy, prodigy, conll, hf.",
        show_default=False,
    ),
]


def extract(
    inputs: InputsArgument = None,
    files_from: FilesFromOption = None,
    output: OutputOption = None,
    format: FormatOption = None,
    *,
    how: RecordsHow,
    part: Part,
    manners: Manners,
) -> None:
    """Extract facts: data on stdout or in FILE, all else on stderr."""
    with answering(manners.verbose):
        from pipeline.commands.extract import Request, documents_table, run

        request = Request(inputs or (), output, format, how, manners, part, files_from)
        sys.exit(run(request, documents_table))


def schema(
    of: Annotated[
        Literal["output", "reviews", "labelstudio"],
        typer.Argument(
            metavar="WHAT", help="output, reviews: a line of each; labelstudio: its labeling configuration."
        ),
    ] = "output",
) -> None:
    """Print the JSON Schema of an output line, or of another form."""
    with answering(0):
        from pipeline.commands.schema import described
        from pipeline.commands.streams import stdout_bytes

        stdout_bytes().write(described(of))
