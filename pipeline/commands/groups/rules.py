"""`rules …`: check, test and list the rules."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import RulesOption, VerboseOption
from pipeline.commands.program import Program

rules_app = Program("Check, test and list the rules.")

PrefixArgument = Annotated[str, typer.Argument(metavar="PREFIX", help="Only rules whose id begins like this.")]


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
