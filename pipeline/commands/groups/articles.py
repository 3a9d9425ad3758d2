"""`articles`: how a page is read."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import EncodingOption, PublishedOption, RulesOption, VerboseOption


def articles(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs or archives as for extract.")
    ],
    why: Annotated[
        bool, typer.Option("--why", help="With each join, heading, title and jump: its evidence and score.")
    ] = False,
    format: Annotated[
        Literal["table", "tree", "jsonl"] | None,
        typer.Option(
            metavar="NAME", help="table (on a terminal; tree is the same), jsonl (in a pipe).", show_default=False
        ),
    ] = None,
    published: PublishedOption = None,
    encoding: EncodingOption = None,
    rules: RulesOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Show how a page is read.

    Its articles with their parts, what belongs to no article, and why lines were joined.
    """
    with answering(verbose):
        from pipeline.commands.articles import show

        sys.exit(show(inputs, format, why, published, encoding, rules))
