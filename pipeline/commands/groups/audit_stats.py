"""`audit sample` and `audit stats`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import ForceOption, VerboseOption


def sample(
    archive: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that a batch wrote.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here: one JSON object a line.")
    ] = None,
    size: Annotated[int, typer.Option("--size", "-n", metavar="N", min=1, help="How many are drawn.")] = 200,
    seed: Annotated[int, typer.Option(metavar="N", min=0, max=2**31 - 1, help="Another one draws others.")] = 0,
    of: Annotated[Literal["facts", "mentions", "all"], typer.Option(help="What is drawn.")] = "facts",
    force: ForceOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Draw facts to be judged: some of every rule.

    With the weights that it takes to tell of the whole archive.
    """
    with answering(verbose):
        from pipeline.commands.audit_stats import run_sample

        sys.exit(run_sample(archive, size, seed, of, output, force))


def stats(
    reviews: Annotated[
        list[Path], typer.Argument(metavar="REVIEWS...", help="Logs of reviews, of one or several reviewers.")
    ],
    sample: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The sample that was judged: estimates the precision of its whole archive."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(metavar="OUT2", help="Another batch over the same sources: what became of what was judged."),
    ] = None,
    form: Annotated[
        Literal["table", "json", "csv", "html"] | None,
        typer.Option("--format", metavar="NAME", help="table, json, csv or html.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write here: .json, .csv, .html with plots, or .txt."),
    ] = None,
    force: ForceOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Tell from reviews how good the extraction is.

    By type and rule, from what reviewers decided; and how far reviewers agree.
    """
    with answering(verbose):
        from pipeline.commands.audit_stats import run_stats

        sys.exit(run_stats(reviews, sample, against, form, output, force))
