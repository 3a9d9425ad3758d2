"""`quantities`, `times`, `entities`: what is found in a phrase."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import (
    EntitiesOption,
    PublishedOption,
    RulesOption,
    SegmenterOption,
    TableFormat,
    TableFormatOption,
    VerboseOption,
)
from pipeline.core.options import DEFAULT_TIER, RULES_TIER, Options

TextArgument = Annotated[str, typer.Argument(metavar="TEXT", help="A phrase or a text; - is stdin.")]


def quantities(
    text: TextArgument,
    format: TableFormatOption = None,
    rules: RulesOption = None,
    segmenter: SegmenterOption = "rjieba",
    verbose: VerboseOption = 0,
) -> None:
    """Show the amounts of a phrase: value, unit, modifier, SI value."""
    _show("quantity", text, format, Options(None, rules, segmenter, RULES_TIER), verbose)


def times(
    text: TextArgument,
    format: TableFormatOption = None,
    published: PublishedOption = None,
    rules: RulesOption = None,
    segmenter: SegmenterOption = "rjieba",
    verbose: VerboseOption = 0,
) -> None:
    """Show the times of a phrase: ISO 8601 value and interval."""
    _show("time", text, format, Options(published, rules, segmenter, RULES_TIER), verbose)


def entities(
    text: TextArgument,
    format: TableFormatOption = None,
    rules: RulesOption = None,
    segmenter: SegmenterOption = "rjieba",
    entities: EntitiesOption = DEFAULT_TIER,
    verbose: VerboseOption = 0,
) -> None:
    """Show the names of a phrase: label, full name, division code."""
    _show("entity", text, format, Options(None, rules, segmenter, entities), verbose)


def _show(kind: str, text: str, format: TableFormat | None, options: Options, verbose: int) -> None:
    with answering(verbose):
        from pipeline.commands.phrases import show

        show(kind, text, format, options)
