"""`audit …`: judge what was found, in the text that it was found in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import (
    EntitiesOption,
    How,
    Manners,
    RulesOption,
    SegmenterOption,
    VerboseOption,
)
from pipeline.commands.program import Program
from pipeline.core.options import DEFAULT_TIER, Options

audit_app = Program("Judge what was found, and tell how good it is.")


@audit_app.command("html")
def html(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="The folder that a batch wrote; or files, folders, globs, as of extract."
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="The folder of the pages.")],
    *,
    how: How,
    manners: Manners,
) -> None:
    """Write review pages that open without a server.

    Each fact in its text, to be accepted, rejected or corrected.
    """
    with answering(manners.verbose):
        from pipeline.audit.explained import Making
        from pipeline.commands.audit import write_pages

        sys.exit(write_pages(inputs, output, Making(how.options), how.encoding, manners.force, manners.quiet))


@audit_app.command("serve")
def serve(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that a batch wrote.")],
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="The port to listen on; 0: any that is free.")
    ] = 0,
    reviewer: Annotated[str, typer.Option(metavar="NAME", help="The name that pages begin with.")] = "reviewer",
    reviews: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The log of decisions; default: reviews.jsonl in OUT.")
    ] = None,
    sample: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The sample to be judged, as audit sample wrote it.")
    ] = None,
    rules: RulesOption = None,
    segmenter: SegmenterOption = "rjieba",
    entities: EntitiesOption = DEFAULT_TIER,
    verbose: VerboseOption = 0,
) -> None:
    """Review an archive of any size in the browser.

    Search, samples, several reviewers, one log of decisions.
    """
    with answering(verbose):
        from pipeline.audit.explained import Making
        from pipeline.commands.audit_serve import Place
        from pipeline.commands.audit_serve import serve as run

        making = Making(Options(None, rules, segmenter, entities))
        sys.exit(run(out, Place(host, port, reviewer), reviews, sample, making))
