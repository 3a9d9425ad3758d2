"""`explain`: why something was found or not."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import (
    How,
    VerboseOption,
)


def explain(
    input: Annotated[str, typer.Argument(metavar="INPUT", help="A file, folder or glob as for extract; - is stdin.")],
    at: Annotated[
        int | None, typer.Option(metavar="OFFSET", help="Explain the character at this offset of the text, from 0.")
    ] = None,
    find: Annotated[str | None, typer.Option(metavar="TEXT", help="Explain each place where this text stands.")] = None,
    nth: Annotated[int | None, typer.Option(metavar="N", min=1, help="Only the N-th of these places.")] = None,
    doc: Annotated[str | None, typer.Option(metavar="ID", help="The document, where the input holds several.")] = None,
    format: Annotated[
        Literal["table", "json"], typer.Option(metavar="NAME", help="table for people, json for programs.")
    ] = "table",
    *,
    how: How,
    verbose: VerboseOption = 0,
) -> None:
    """Tell why something was found, or was not.

    All that was found or rejected at a place: by which rule, in which steps, against what it lost.
    """
    with answering(verbose):
        from pipeline.commands.explain import Question, answer

        answer(
            Question(
                input=input,
                at=at,
                find=find,
                nth=nth,
                doc=doc,
                encoding=how.encoding,
                options=how.options,
            ),
            format,
        )
