"""Options that several commands have: declared once, so that they are named, told and checked alike."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Segmenter(StrEnum):
    """The word segmenters; they give the same words, jieba is slower."""

    rjieba = "rjieba"
    jieba = "jieba"


InputsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, globs (quoted too, ** for all below), addresses (https://, s3://); - is stdin.",
        show_default=False,
    ),
]
FilesFromOption = Annotated[
    str | None,
    typer.Option(
        "--files-from",
        metavar="LIST",
        help="Take inputs from a list too, one path a line (behind tabs: encoding, publication date); - is stdin.",
    ),
]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="A folder of rules to lay over the built-in ones.")
]
SegmenterOption = Annotated[Segmenter, typer.Option(help="The word segmenter.")]
EntitiesOption = Annotated[
    str,
    typer.Option(
        "--entities", metavar="TIER", help="What finds names: rules, default, spacy:NAME, or a model of `train`."
    ),
]
PublishedOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Publication date, for relative times: 2024-05-31.")
]
EncodingOption = Annotated[str | None, typer.Option(metavar="NAME", help="The inputs' encoding; default: found out.")]
TextFieldOption = Annotated[str, typer.Option(metavar="NAME", help="The field of a record that holds the text.")]
IdFieldOption = Annotated[str, typer.Option(metavar="NAME", help="The field of a record that holds its id.")]
DateFieldOption = Annotated[
    str, typer.Option(metavar="NAME", help="The field of a record that is its publication date.")
]
VerboseOption = Annotated[
    int,
    typer.Option(
        "--verbose", "-v", count=True, show_default=False, help="Tell more; -vv adds the traceback of an error."
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Tell only of inputs that failed.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over an output that exists.")]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here; the suffix decides the format.")
]
