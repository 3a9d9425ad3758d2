"""`extract`, and the schema of what it writes."""

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


class Format(StrEnum):
    """The forms in which `extract` writes."""

    table = "table"
    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    parquet = "parquet"
    markdown = "markdown"
    sqlite = "sqlite"
    duckdb = "duckdb"
    labelstudio = "labelstudio"
    doccano = "doccano"
    brat = "brat"
    inception = "inception"
    webannotation = "webannotation"
    spacy = "spacy"
    prodigy = "prodigy"
    conll = "conll"
    hf = "hf"


FormatOption = Annotated[
    Format | None,
    typer.Option(
        metavar="NAME",
        help="table (on a terminal), jsonl (in a pipe), json, csv, parquet, markdown, sqlite, duckdb; for other tools: "
        "labelstudio, doccano, brat, inception, webannotation, spacy, prodigy, conll, hf.",
        show_default=False,
    ),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="KEY=VALUE,…",
        help="Write only facts that are so, and the mentions that they name: type=quote,speaker=NAME. All of one "
        "--select must hold, one of several is enough; * is any text. Keys: type kind unit event change basis time "
        "modality polarity article rule, and the names of arguments.",
        show_default=False,
    ),
]
WithTextOption = Annotated[bool, typer.Option("--with-text", help="Keep the decoded text in the output.")]


def extract(
    inputs: InputsArgument = None,
    files_from: FilesFromOption = None,
    output: OutputOption = None,
    format: FormatOption = None,
    published: PublishedOption = None,
    encoding: EncodingOption = None,
    text_field: TextFieldOption = "text",
    id_field: IdFieldOption = "id",
    date_field: DateFieldOption = "published",
    rules: RulesOption = None,
    segmenter: SegmenterOption = Segmenter.rjieba,
    select: SelectOption = None,
    entities: EntitiesOption = "default",
    with_text: WithTextOption = False,
    force: ForceOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Extract facts: data on stdout or in FILE, all else on stderr."""
    with answering(verbose):
        from pipeline.commands.extract import Job, run
        from pipeline.commands.table import TableWriter
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
            select=tuple(select or ()),
            entities=entities,
            with_text=with_text,
            force=force,
            quiet=quiet,
            verbose=verbose,
        )
        sys.exit(run(job, TableWriter))


class Described(StrEnum):
    """What `schema` describes."""

    output = "output"
    reviews = "reviews"
    labelstudio = "labelstudio"


def schema(
    of: Annotated[
        Described,
        typer.Argument(
            metavar="WHAT", help="output, reviews: a line of each; labelstudio: its labeling configuration."
        ),
    ] = Described.output,
) -> None:
    """Print the JSON Schema of an output line, or of another form."""
    with answering(0):
        from pipeline.commands.schema import described
        from pipeline.commands.streams import stdout_bytes

        stdout_bytes().write(described(of.value))
