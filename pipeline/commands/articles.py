"""The work of `articles`: the structure of each input, as a tree or as JSON Lines."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipeline.chain.pages import pages_of_sources
from pipeline.commands.console import coloured
from pipeline.commands.errors import FAILED, NOTHING
from pipeline.commands.streams import stdout_bytes, stdout_is_terminal, tell, tell_issue
from pipeline.core.page_records import PageRecord
from pipeline.intake.published import parse_published
from pipeline.intake.source import Failure
from pipeline.intake.sources import read


def show(
    inputs: Sequence[str],
    form: str | None,
    why: bool,
    published: str | None,
    encoding: str | None,
    rules: Path | None,
) -> int:
    """Write the structure of each document to standard output; returns the exit code of `extract`."""
    if published is not None:
        parse_published(published, "option")
    as_tree = form != "jsonl" if form else stdout_is_terminal()
    some = failed = 0
    for result in pages_of_sources(read(inputs, encoding), published, rules=rules, why=why):
        if isinstance(result, Failure):
            failed += 1
            tell(str(result))
            continue
        some += 1
        stdout_bytes().write(_tree(result) if as_tree else msgspec.json.encode(result) + b"\n")
        if not as_tree:
            for issue in result.issues:
                tell_issue(result.doc.source, issue)
    return (FAILED if some else NOTHING) if failed else 0


def _tree(page: PageRecord) -> bytes:
    from pipeline.commands.articles_tree import drawn

    return drawn(page, coloured(sys.stdout)).encode("utf-8", "replace")
