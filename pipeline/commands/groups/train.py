"""`train` and `evaluate`: a tagger of one's own, and how good a tier finds names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.errors import answering
from pipeline.commands.options import EntitiesOption, Manners, RulesOption, VerboseOption
from pipeline.core.options import DEFAULT_TIER

FORMS = "Annotated texts: .jsonl with spans, .spacy (DocBin), any other file CoNLL columns."
DataArgument = Annotated[list[Path], typer.Argument(metavar="DATA...", help=FORMS)]


def train(
    data: DataArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="MODEL", help="Write the model here.")],
    dev: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Texts to measure on; default: every tenth of DATA, kept back."),
    ] = None,
    unlabelled: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Texts without labels (.jsonl): the rules label them, to be learnt too."),
    ] = None,
    texts: Annotated[int, typer.Option(min=0, metavar="N", help="How many texts without labels to learn.")] = 2000,
    rounds: Annotated[
        int, typer.Option(min=1, metavar="N", help="Rounds; from the second on the model labels the texts.")
    ] = 1,
    iterations: Annotated[int, typer.Option(min=1, metavar="N", help="Steps of a round, at the most.")] = 100,
    about: Annotated[str, typer.Option(metavar="TEXT", help="Written into the model: data, licence.")] = "",
    rules: RulesOption = None,
    *,
    manners: Manners,
) -> None:
    """Train a tagger for --entities on annotated texts.

    Needs the extra train: pip install 'zhfacts[train]' (in a checkout '.[train]').
    """
    with answering(manners.verbose):
        from pipeline.commands.train import Course, run_training

        course = Course(tuple(data), tuple(dev or ()), tuple(unlabelled or ()), texts, rounds, iterations, about)
        run_training(course, output, rules, manners.force, manners.quiet)


def evaluate(
    data: DataArgument,
    entities: EntitiesOption = DEFAULT_TIER,
    rules: RulesOption = None,
    misses: Annotated[int, typer.Option(min=0, metavar="N", help="Show so many texts with wrong names.")] = 0,
    verbose: VerboseOption = 0,
) -> None:
    """Score the names that a tier finds in annotated texts.

    Strict span and label, and what its confidence meant.
    """
    with answering(verbose):
        from pipeline.commands.train import run_evaluation

        sys.exit(run_evaluation(tuple(data), entities, rules, misses))
