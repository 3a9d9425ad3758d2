"""`extract`, and the schema of what it writes."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import (
    EncodingOption,
    ForceOption,
    OutputOption,
    PublishedOption,
    QuietOption,
    RulesOption,
    Segmenter,
    SegmenterOption,
    VerboseOption,
)


class Format(StrEnum):
    """The forms in which `extract` writes."""

    table = "table"
    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    parquet = "parquet"
    markdown = "markdown"


def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, folders, globs; a .jsonl has a document a line; - is stdin."),
    ],
    output: OutputOption = None,
    format: Annotated[
        Format | None,
        typer.Option(
            metavar="NAME",
            help="table (on a terminal), jsonl (in a pipe), json, csv, parquet, markdown.",
            show_default=False,
        ),
    ] = None,
    published: PublishedOption = None,
    encoding: EncodingOption = None,
    rules: RulesOption = None,
    segmenter: SegmenterOption = Segmenter.rjieba,
    with_text: Annotated[bool, typer.Option("--with-text", help="Keep the decoded text in the output.")] = False,
    force: ForceOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Extract facts: data on stdout or in FILE, all else on stderr."""
    with answering(verbose):
        from pipeline.commands.extract import Job, run
        from pipeline.commands.table import TableWriter

        job = Job(
            inputs=tuple(inputs),
            output=output,
            format=format.value if format else None,
            published=published,
            encoding=encoding,
            rules=rules,
            segmenter="jieba" if segmenter is Segmenter.jieba else "rjieba",
            with_text=with_text,
            force=force,
            quiet=quiet,
            verbose=verbose,
        )
        sys.exit(run(job, TableWriter))


def schema() -> None:
    """Print the JSON Schema of an output line."""
    with answering(0):
        from pipeline.commands.streams import stdout_bytes
        from pipeline.output.schema import schema_text

        stdout_bytes().write(schema_text())
