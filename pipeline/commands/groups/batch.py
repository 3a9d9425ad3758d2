"""`batch`: an archive of any size, on this machine or a cluster."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import (
    QuietOption,
    RecordsHow,
    VerboseOption,
)
from pipeline.core.errors import UsageError

if TYPE_CHECKING:
    from pipeline.batch.orders import Limits

SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...", help="Files, folders, globs, addresses: texts, tables, .zip .tar .warc, .gz .zst."
    ),
]


@dataclass(frozen=True, slots=True)
class Work:
    """Who does the work, and how much of a machine it may take."""

    engine: Annotated[
        Literal["serial", "local", "ray"],
        typer.Option(help="serial (this process), local (supervised processes), ray (a cluster)."),
    ] = "local"
    address: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="The Ray cluster; default: one that is begun here.")
    ] = None
    workers: Annotated[int, typer.Option(metavar="N", min=0, help="Worker processes; 0: one a core.")] = 0
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=1, help="Seconds that a document may take.")] = 120
    memory: Annotated[int, typer.Option(metavar="MIB", min=0, help="MiB that a worker may have; 0: no limit.")] = 0
    shard_size: Annotated[int, typer.Option(metavar="KIB", min=1, help="KiB of text that are worked as one shard.")] = (
        4096
    )

    @property
    def limits(self) -> Limits:
        """What a document may take."""
        from pipeline.batch.orders import Limits

        return Limits(seconds=self.timeout, memory=(self.memory << 20) or None)


def batch(
    inputs: SourcesArgument,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="The folder of the archive's output; --list needs none."),
    ] = None,
    *,
    work: Work,
    how: RecordsHow,
    list_only: Annotated[bool, typer.Option("--list", help="Print what would be read, and do nothing.")] = False,
    retry_quarantined: Annotated[
        bool, typer.Option("--retry-quarantined", help="Work shards again that hold quarantined documents.")
    ] = False,
    log_format: Annotated[
        Literal["plain", "json"], typer.Option(help="Progress in a log: plain lines, or JSON.")
    ] = "plain",
    quiet: QuietOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Extract an archive into OUT: Parquet tables.

    What is done is kept: the same command again does what is missing.
    """
    with answering(verbose):
        from pipeline.batch.run import Request
        from pipeline.commands.batch import list_sources, run_batch

        if list_only:
            sys.exit(list_sources(inputs, how.reading))
        if output is None:
            raise UsageError("no place for the output was named; name a folder with -o")
        request = Request(
            inputs=tuple(inputs),
            out=output,
            reading=how.reading,
            options=how.options,
            engine=work.engine,
            workers=work.workers,
            limits=work.limits,
            address=work.address,
            retry_quarantined=retry_quarantined,
            shard_bytes=work.shard_size << 10,
        )
        sys.exit(run_batch(request, log_format, quiet))
