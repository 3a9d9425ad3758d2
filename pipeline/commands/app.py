"""The commands and their options; each one's work stands in a module of its own that is imported when it runs."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.errors import answering


class Format(StrEnum):
    """The forms in which `extract` writes."""

    table = "table"
    jsonl = "jsonl"
    json = "json"


class Segmenter(StrEnum):
    """The word segmenters; they give the same words, jieba is slower."""

    rjieba = "rjieba"
    jieba = "jieba"


HELP = {"help_option_names": ["-h", "--help"]}
# Without Rich markup typer needs no import of rich for --help.
app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=HELP,
    help="Raw Chinese news text in, normalized facts with source spans out.",
)
rules_app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, context_settings=HELP, help="Check, test and list the rules."
)
app.add_typer(rules_app, name="rules")

RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="A folder of rules to lay over the built-in ones.")
]
VerboseOption = Annotated[
    int,
    typer.Option(
        "--verbose", "-v", count=True, show_default=False, help="Tell more; -vv adds the traceback of an error."
    ),
]
PrefixArgument = Annotated[str, typer.Argument(metavar="PREFIX", help="Only rules whose id begins like this.")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        with answering(0):
            from pipeline.commands.streams import stdout_bytes

            stdout_bytes().write(f"zhfacts {version('zhfacts')}\n".encode())
        raise typer.Exit


@app.callback()
def door(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Raw Chinese news text in, normalized facts with source spans out."""


@app.command()
def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, folders, globs; a .jsonl has a document a line; - is stdin."),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here; the suffix decides the format.")
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(metavar="NAME", help="table (on a terminal), jsonl (in a pipe), json.", show_default=False),
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication date, for relative times: 2024-05-31.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(metavar="NAME", help="The inputs' encoding; default: found out.")
    ] = None,
    rules: RulesOption = None,
    segmenter: Annotated[Segmenter, typer.Option(help="The word segmenter.")] = Segmenter.rjieba,
    with_text: Annotated[bool, typer.Option("--with-text", help="Keep the decoded text in the output.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over an output that exists.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell only of inputs that failed.")] = False,
    verbose: VerboseOption = 0,
) -> None:
    """Extract facts: data on stdout or in FILE, all else on stderr."""
    with answering(verbose):
        from pipeline.commands.extract import Job, run

        job = Job(
            inputs=tuple(inputs),
            output=output,
            format=format.value if format else None,
            published=published,
            encoding=encoding,
            rules=rules,
            segmenter="jieba" if segmenter is Segmenter.jieba else "rjieba",
            with_text=with_text,
            force=force,
            quiet=quiet,
            verbose=verbose,
        )
        sys.exit(run(job))


@app.command()
def schema() -> None:
    """Print the JSON Schema of an output line."""
    with answering(0):
        from pipeline.commands.streams import stdout_bytes
        from pipeline.output.schema import schema_text

        stdout_bytes().write(schema_text())


@rules_app.command("check")
def check(rules: RulesOption = None, verbose: VerboseOption = 0) -> None:
    """Check how the rules are written: ids, examples, patterns and their speed."""
    with answering(verbose):
        from pipeline.commands.rules import check_rules

        sys.exit(check_rules(rules))


@rules_app.command("test")
def test(prefix: PrefixArgument = "", rules: RulesOption = None, verbose: VerboseOption = 0) -> None:
    """Run the rules' examples and counterexamples through the chain."""
    with answering(verbose):
        from pipeline.commands.rules import test_rules

        sys.exit(test_rules(rules, prefix))


@rules_app.command("list")
def list_(prefix: PrefixArgument = "", rules: RulesOption = None, verbose: VerboseOption = 0) -> None:
    """List the rules: id, file and line, what each is for."""
    with answering(verbose):
        from pipeline.commands.rules import list_rules

        list_rules(rules, prefix)
