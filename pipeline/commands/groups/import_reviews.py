"""`import`: reviews that were made in another tool."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import QuietOption, VerboseOption


def import_reviews(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="What the tool exported: Label Studio's JSON, doccano's JSONL or its ZIP, a brat folder or its ZIP.",
        ),
    ],
    tool: Annotated[
        Literal["labelstudio", "doccano", "brat"],
        typer.Option("--from", metavar="TOOL", help="labelstudio, doccano or brat."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="The log that it is appended to; default: printed."),
    ] = None,
    reviewer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who reviewed it; default: as the file says.", show_default=False)
    ] = None,
    accept_unchanged: Annotated[
        bool,
        typer.Option(
            "--accept-unchanged",
            help="Documents that came back as they were sent were reviewed and are right: doccano and brat do not say.",
        ),
    ] = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Read back what was reviewed in another tool.

    Each difference from what was exported to it is a decision.
    """
    with answering(verbose):
        from pipeline.commands.import_reviews import run_import

        sys.exit(run_import(files, tool, reviewer, output, accept_unchanged, quiet))
