"""`check`: whether the numbers of each document agree."""

from __future__ import annotations

import sys

from pipeline.commands.errors import answering
from pipeline.commands.options import (
    FilesFromOption,
    InputsArgument,
    Manners,
    OutputOption,
    RecordsHow,
    TableFormatOption,
)


def check(
    inputs: InputsArgument = None,
    files_from: FilesFromOption = None,
    output: OutputOption = None,
    format: TableFormatOption = None,
    *,
    how: RecordsHow,
    manners: Manners,
) -> None:
    """Check whether each document's numbers agree.

    Shares, changes, sums, dates, the same told twice.
    """
    with answering(manners.verbose):
        from pipeline.commands.checks import WRITERS, CheckTable
        from pipeline.commands.extract import Request, run

        request = Request(inputs or (), output, format, how, manners, files_from=files_from)
        sys.exit(run(request, CheckTable, WRITERS))
