"""`rules …`: show, list, check, test and begin rules."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import EncodingOption, RulesOption, SegmenterOption, VerboseOption
from pipeline.commands.program import Program
from pipeline.core.options import Segmenter

if TYPE_CHECKING:
    from pipeline.commands.rules_show import Texts

rules_app = Program("Show, check and test the rules; begin new ones.")


class RuleType(StrEnum):  # of which several may be named: Typer takes no list of Literals
    """How a rule is written, or the stage that it serves."""

    table = "table"
    pattern = "pattern"
    text = "text"
    layout = "layout"
    quantity = "quantity"
    time = "time"
    entity = "entity"
    fact = "fact"
    check = "check"


def _ids(incomplete: str) -> list[str]:
    """The ids that a shell offers."""
    from pipeline.rulebook import load

    return [rule.id for rule in load().all() if rule.id.startswith(incomplete)]


def _files(incomplete: str) -> list[str]:
    from pipeline.rulebook import rules_home

    return sorted(p.stem for p in rules_home().glob("*.t*") if p.stem.startswith(incomplete))


PrefixArgument = Annotated[
    str, typer.Argument(metavar="[PREFIX]", help="Only rules whose id begins like this.", autocompletion=_ids)
]


@rules_app.command("show")
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The rule's id.", autocompletion=_ids)],
    on: Annotated[
        str | None, typer.Option(metavar="INPUT", help="Show what the rule does on this file, folder or glob, too.")
    ] = None,
    encoding: EncodingOption = None,
    rules: RulesOption = None,
    segmenter: SegmenterOption = "rjieba",
    verbose: VerboseOption = 0,
) -> None:
    """Show a rule, and with --on what it does on an input.

    Pattern or words, file and line, note, examples.
    """
    with answering(verbose):
        from pipeline.commands.rules_show import show_rule

        show_rule(id, rules, _texts(on, encoding, segmenter))


@rules_app.command("list")
def list_(
    prefix: PrefixArgument = "",
    type: Annotated[
        list[RuleType] | None,
        typer.Option(metavar="TYPE", help=f"Only rules of this type, or of all these: {', '.join(RuleType)}."),
    ] = None,
    unused: Annotated[
        str | None, typer.Option(metavar="INPUT", help="Only rules that did nothing on this file, folder or glob.")
    ] = None,
    encoding: EncodingOption = None,
    rules: RulesOption = None,
    segmenter: SegmenterOption = "rjieba",
    verbose: VerboseOption = 0,
) -> None:
    """List the rules: id, file and line, what each is for."""
    with answering(verbose):
        from pipeline.commands.rules_show import list_rules

        list_rules(prefix, [t.value for t in type or ()], rules, _texts(unused, encoding, segmenter))


@rules_app.command("check")
def check(rules: RulesOption = None, verbose: VerboseOption = 0) -> None:
    """Check how the rules are written.

    Ids, examples, words that never win, patterns and their speed.
    """
    with answering(verbose):
        from pipeline.commands.rules import check_rules

        sys.exit(check_rules(rules))


@rules_app.command("test")
def test(prefix: PrefixArgument = "", rules: RulesOption = None, verbose: VerboseOption = 0) -> None:
    """Run the rules' examples and counterexamples through the chain."""
    with answering(verbose):
        from pipeline.commands.rules import test_rules

        sys.exit(test_rules(rules, prefix))


@rules_app.command("new")
def new(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The file to add to: units, quantities …", autocompletion=_files)
    ],
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of the new rule, as in unit.own.span.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Write into this folder of rules.")
    ] = None,
    rules: RulesOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Begin a rule: a file to fill in, for a folder of rules of your own."""
    with answering(verbose):
        from pipeline.commands.rules_new import new_rule

        new_rule(file, id, output, rules)


def _texts(named: str | None, encoding: str | None, segmenter: Segmenter) -> Texts | None:
    if named is None:
        return None
    from pipeline.commands.rules_show import Texts

    return Texts((named,), encoding, segmenter)
