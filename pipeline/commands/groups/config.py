"""`config …`: what holds where the command line says nothing."""

from __future__ import annotations

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import VerboseOption
from pipeline.commands.program import FILE, Program

config_app = Program("Tell what options are kept in a file or in the environment.")


@config_app.command("show")
def show(context: typer.Context, verbose: VerboseOption = 0) -> None:
    """Show each option's value, and where it is from.

    The value that holds where the command line says nothing.
    """
    with answering(verbose):
        from pipeline.commands.config import show

        show(context.obj, context.meta[FILE])
