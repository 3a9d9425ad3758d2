"""The program: its commands in the order of the help. A command is declared in a module of `commands.groups`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.groups.articles import articles
from pipeline.commands.groups.audit import audit_app
from pipeline.commands.groups.audit_stats import sample, stats
from pipeline.commands.groups.batch import batch
from pipeline.commands.groups.check import check
from pipeline.commands.groups.config import config_app
from pipeline.commands.groups.diff import diff
from pipeline.commands.groups.explain import explain
from pipeline.commands.groups.export import export
from pipeline.commands.groups.extract import extract, schema
from pipeline.commands.groups.import_reviews import import_reviews
from pipeline.commands.groups.phrases import entities, quantities, times
from pipeline.commands.groups.rules import rules_app
from pipeline.commands.groups.train import evaluate, train
from pipeline.commands.program import ColorBeforeOption, ConfigBeforeOption, Program, keep

app = Program("Raw Chinese news text in, normalized facts with source spans out.", completion=True)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        with answering(0):
            from pipeline.commands.streams import stdout_bytes

            stdout_bytes().write(f"zhfacts {version('zhfacts')}\n".encode())
        raise typer.Exit


@app.callback()
def door(
    context: typer.Context,
    config: ConfigBeforeOption = None,
    color: ColorBeforeOption = None,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Raw Chinese news text in, normalized facts with source spans out."""
    context.obj = app
    keep(context, config, color)


app.command()(extract)
app.command()(articles)
app.command()(check)
app.command()(explain)
app.command()(quantities)
app.command()(times)
app.command()(entities)
app.command()(batch)
app.command()(export)
app.command("import")(import_reviews)
app.command()(diff)
app.command()(schema)
app.command()(train)
app.command()(evaluate)
audit_app.command()(sample)
audit_app.command()(stats)
app.add_typer(audit_app, name="audit")
app.add_typer(rules_app, name="rules")
app.add_typer(config_app, name="config")
