"""`check`: whether the numbers of each document agree."""

from __future__ import annotations

import sys

from pipeline.commands.errors import answering
from pipeline.commands.options import (
    FilesFromOption,
    ForceOption,
    InputsArgument,
    OutputOption,
    QuietOption,
    RecordsHow,
    TableFormatOption,
    VerboseOption,
)


def check(
    inputs: InputsArgument = None,
    files_from: FilesFromOption = None,
    output: OutputOption = None,
    format: TableFormatOption = None,
    *,
    how: RecordsHow,
    force: ForceOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Check whether each document's numbers agree.

    Shares, changes, sums, dates, the same told twice.
    """
    with answering(verbose):
        from pipeline.commands.checks import WRITERS, CheckTable
        from pipeline.commands.extract import Request, run

        request = Request(
            inputs=tuple(inputs or ()),
            files_from=files_from,
            output=output,
            format=format,
            reading=how.reading,
            options=how.options,
            force=force,
            quiet=quiet,
            verbose=verbose,
        )
        sys.exit(run(request, CheckTable, WRITERS))
