"""Options that several commands have: declared once, so that they are named, told and checked alike.

A dataclass of options is a group: a command that has a parameter of it has all its options (`commands.program`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.core.options import DEFAULT_TIER, Options, Segmenter

if TYPE_CHECKING:
    from pipeline.intake.entry import Reading

InputsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, globs (quoted too, ** for all below), addresses (https://, s3://); - is stdin.",
        show_default=False,
    ),
]
FilesFromOption = Annotated[
    str | None,
    typer.Option(
        "--files-from",
        metavar="LIST",
        help="Take inputs from a list too, one path a line (behind tabs: encoding, publication date); - is stdin.",
    ),
]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="A folder of rules to lay over the built-in ones.")
]
SegmenterOption = Annotated[Segmenter, typer.Option(help="The word segmenter.")]
EntitiesOption = Annotated[
    str,
    typer.Option(
        "--entities", metavar="TIER", help="What finds names: rules, default, spacy:NAME, or a model of `train`."
    ),
]
PublishedOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Publication date, for relative times: 2024-05-31.")
]
EncodingOption = Annotated[str | None, typer.Option(metavar="NAME", help="The inputs' encoding; default: found out.")]
TextFieldOption = Annotated[str, typer.Option(metavar="NAME", help="The field of a record that holds the text.")]
IdFieldOption = Annotated[str, typer.Option(metavar="NAME", help="The field of a record that holds its id.")]
DateFieldOption = Annotated[
    str, typer.Option(metavar="NAME", help="The field of a record that is its publication date.")
]
VerboseOption = Annotated[
    int,
    typer.Option(
        "--verbose", "-v", count=True, show_default=False, help="Tell more; -vv adds the traceback of an error."
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Tell only of inputs that failed.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over an output that exists.")]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here; the suffix decides the format.")
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="KEY=VALUE,…",
        help="Write only facts that are so, and the mentions that they name: type=quote,speaker=NAME. All of one "
        "--select must hold, one of several is enough; * is any text. Keys: type kind unit event change basis time "
        "modality polarity article rule, and the names of arguments.",
        show_default=False,
    ),
]
WithTextOption = Annotated[bool, typer.Option("--with-text", help="Keep the decoded text in the output.")]
TableFormat = Literal["table", "jsonl"]
TableFormatOption = Annotated[
    TableFormat | None,
    typer.Option("--format", metavar="NAME", help="table (on a terminal), jsonl (in a pipe).", show_default=False),
]


@dataclass(frozen=True, slots=True)
class How:
    """How inputs are read and worked: the options of all commands that extract from files."""

    published: PublishedOption = None
    encoding: EncodingOption = None
    rules: RulesOption = None
    segmenter: SegmenterOption = "rjieba"
    entities: EntitiesOption = DEFAULT_TIER

    @property
    def options(self) -> Options:
        """Those of them that change what is found in a text."""
        return Options(self.published, self.rules, self.segmenter, self.entities)


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of what is found is written, and whether with the text."""

    select: SelectOption = None
    with_text: WithTextOption = False


@dataclass(frozen=True, slots=True)
class Manners:
    """What is done to a file that stands in the way, and how much is told."""

    force: ForceOption = False
    quiet: QuietOption = False
    verbose: VerboseOption = 0


@dataclass(frozen=True, slots=True)
class RecordsHow(How):
    """The same of commands that are told what the fields of records are called."""

    text_field: TextFieldOption = "text"
    id_field: IdFieldOption = "id"
    date_field: DateFieldOption = "published"

    @property
    def reading(self) -> Reading:
        """How files and their records are read."""
        from pipeline.intake.entry import Reading
        from pipeline.intake.rows import Fields

        return Reading(self.encoding, Fields(self.text_field, self.id_field, self.date_field))
