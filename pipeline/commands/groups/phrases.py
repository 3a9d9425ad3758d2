"""`quantities`, `times`, `entities`: what is found in a phrase."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import (
    EntitiesOption,
    PublishedOption,
    RulesOption,
    Segmenter,
    SegmenterOption,
    VerboseOption,
)


class PhraseFormat(StrEnum):
    """The forms in which the mentions of a phrase are written."""

    table = "table"
    jsonl = "jsonl"


TextArgument = Annotated[str, typer.Argument(metavar="TEXT", help="A phrase or a text; - is stdin.")]
FormatOption = Annotated[
    PhraseFormat | None,
    typer.Option("--format", metavar="NAME", help="table (on a terminal), jsonl (in a pipe).", show_default=False),
]


def quantities(
    text: TextArgument,
    format: FormatOption = None,
    rules: RulesOption = None,
    segmenter: SegmenterOption = Segmenter.rjieba,
    verbose: VerboseOption = 0,
) -> None:
    """Show the amounts of a phrase: value, unit, modifier, SI value."""
    _show("quantity", text, format, None, rules, segmenter, verbose)


def times(
    text: TextArgument,
    format: FormatOption = None,
    published: PublishedOption = None,
    rules: RulesOption = None,
    segmenter: SegmenterOption = Segmenter.rjieba,
    verbose: VerboseOption = 0,
) -> None:
    """Show the times of a phrase: ISO 8601 value and interval."""
    _show("time", text, format, published, rules, segmenter, verbose)


def entities(
    text: TextArgument,
    format: FormatOption = None,
    rules: RulesOption = None,
    segmenter: SegmenterOption = Segmenter.rjieba,
    entities: EntitiesOption = "default",
    verbose: VerboseOption = 0,
) -> None:
    """Show the names of a phrase: label, full name, division code."""
    _show("entity", text, format, None, rules, segmenter, verbose, entities)


def _show(
    kind: str,
    text: str,
    format: PhraseFormat | None,
    published: str | None,
    rules: Path | None,
    segmenter: Segmenter,
    verbose: int,
    tier: str = "rules",
) -> None:
    with answering(verbose):
        from pipeline.commands.phrases import show

        form = format.value if format else None
        show(kind, text, form, published, rules, "jieba" if segmenter is Segmenter.jieba else "rjieba", tier)
