"""`batch`: an archive of any size, on this machine or a cluster."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import (
    DateFieldOption,
    EncodingOption,
    EntitiesOption,
    IdFieldOption,
    PublishedOption,
    QuietOption,
    RulesOption,
    Segmenter,
    SegmenterOption,
    TextFieldOption,
    VerboseOption,
)


class Engine(StrEnum):
    """What schedules the shards."""

    serial = "serial"
    local = "local"
    ray = "ray"


class LogFormat(StrEnum):
    """How progress is written where no terminal shows it."""

    plain = "plain"
    json = "json"


ShardSizeOption = Annotated[int, typer.Option(metavar="KIB", min=1, help="KiB of text that are worked as one shard.")]
SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...", help="Files, folders, globs, addresses: texts, tables, .zip .tar .warc, .gz .zst."
    ),
]


def batch(
    inputs: SourcesArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="The folder of the archive's output.")],
    engine: Annotated[
        Engine, typer.Option(help="serial (this process), local (supervised processes), ray (a cluster).")
    ] = Engine.local,
    address: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="The Ray cluster; default: one that is begun here.")
    ] = None,
    workers: Annotated[int, typer.Option(metavar="N", min=0, help="Worker processes; 0: one a core.")] = 0,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=1, help="Seconds that a document may take.")] = 120,
    memory: Annotated[int, typer.Option(metavar="MIB", min=0, help="MiB that a worker may have; 0: no limit.")] = 0,
    shard_size: ShardSizeOption = 4096,
    text_field: TextFieldOption = "text",
    id_field: IdFieldOption = "id",
    date_field: DateFieldOption = "published",
    published: PublishedOption = None,
    encoding: EncodingOption = None,
    rules: RulesOption = None,
    segmenter: SegmenterOption = Segmenter.rjieba,
    entities: EntitiesOption = "default",
    list_only: Annotated[bool, typer.Option("--list", help="Print what would be read, and do nothing.")] = False,
    retry_quarantined: Annotated[
        bool, typer.Option("--retry-quarantined", help="Work shards again that hold quarantined documents.")
    ] = False,
    log_format: Annotated[LogFormat, typer.Option(help="Progress in a log: plain lines, or JSON.")] = LogFormat.plain,
    quiet: QuietOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Extract an archive into OUT: Parquet tables.

    What is done is kept: the same command again does what is missing.
    """
    with answering(verbose):
        from pipeline.batch.run import Request
        from pipeline.batch.work import Work
        from pipeline.batch.worker import Limits
        from pipeline.commands.batch import list_sources, run_batch
        from pipeline.intake.entry import Reading
        from pipeline.intake.rows import Fields

        request = Request(
            inputs=tuple(inputs),
            out=output,
            how=Reading(encoding, Fields(text_field, id_field, date_field)),
            work=Work(
                published,
                str(rules) if rules else None,
                "jieba" if segmenter is Segmenter.jieba else "rjieba",
                entities,
            ),
            engine=engine.value,
            workers=workers,
            limits=Limits(seconds=timeout, memory=(memory << 20) or None),
            address=address,
            retry_quarantined=retry_quarantined,
            shard_bytes=shard_size << 10,
        )
        sys.exit(list_sources(request) if list_only else run_batch(request, log_format.value, quiet))
