"""`diff`: two archives against each other."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import VerboseOption


def diff(
    first: Annotated[Path, typer.Argument(metavar="OUT1", help="The folder that a batch wrote.")],
    second: Annotated[Path, typer.Argument(metavar="OUT2", help="That of another batch over the same sources.")],
    examples: Annotated[
        int, typer.Option(metavar="N", min=1, help="How many differences of each rule and kind are shown.")
    ] = 3,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the rows.")] = False,
    verbose: VerboseOption = 0,
) -> None:
    """Show what changed between two archives.

    By rule, with examples; both of the same sources.
    """
    with answering(verbose):
        from pipeline.commands.diff import run_diff

        sys.exit(run_diff(first, second, examples, quiet))
