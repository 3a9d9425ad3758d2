"""The work of `train` and `evaluate`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.commands.errors import heed
from pipeline.commands.streams import counted, printable, stdout_bytes, tell
from pipeline.commands.target import target
from pipeline.core.errors import OutputError
from pipeline.rulebook import load


@dataclass(frozen=True, slots=True)
class Course:
    """What the user wants a model to learn from, and how."""

    data: tuple[Path, ...]
    dev: tuple[Path, ...]
    unlabelled: tuple[Path, ...]
    texts: int
    rounds: int
    iterations: int
    about: str


def run_training(course: Course, output: Path, overlay: Path | None, force: bool, quiet: bool) -> None:
    """Train and write the model to ``output``."""
    if output.exists() and not force:  # told before the hours, not after them
        raise OutputError(f"{output} exists; write over it with --force")
    from pipeline.mentions.tagger.model import model_bytes
    from pipeline.training.corpus import read_corpora, read_texts
    from pipeline.training.learn import Plan, train

    rules = load(overlay)
    plan = Plan(
        corpora=read_corpora(course.data, rules),
        dev=[s for c in read_corpora(course.dev, rules) for s in c.samples],
        unlabelled=read_texts(course.unlabelled)[: course.texts],
        rounds=course.rounds,
        iterations=course.iterations,
        about=course.about,
    )

    def told(line: str) -> None:
        heed()  # the learner is compiled, and what a signal raises in there may be lost
        if not quiet:
            tell(line)

    data = model_bytes(train(plan, rules, told))
    heed()
    with target(output, force) as out:
        out.write(data)
    if not quiet:
        tell(f"{output}: {counted(len(data), 'byte')}; use it with --entities {output}")


def run_evaluation(data: Sequence[Path], entities: str, overlay: Path | None, misses: int) -> int:
    """Print scores of a tier on annotated texts; returns the exit code."""
    from pipeline.training.corpus import read_corpora
    from pipeline.training.evaluate import evaluate

    samples = [s for c in read_corpora(data, load(overlay)) for s in c.samples]
    result = evaluate(samples, entities, overlay)
    lines = [f"{'':4} {'precision':>9} {'recall':>7} {'F1':>6} {'right':>7} {'found':>7} {'there':>7}"]
    for label, s in result.scores.items():
        lines.append(f"{label:4} {s.precision:9.3f} {s.recall:7.3f} {s.f1:6.3f} {s.right:7d} {s.found:7d} {s.there:7d}")
    lines += ["", f"{'confidence':>10} {'precision':>9} {'names':>7}"]
    lines += [f"{shown:>10} {right / count:9.3f} {count:7d}" for shown, right, count in result.confidence]
    for text, missed, wrong in result.misses[:misses]:
        lines += ["", printable(text), f"  missed: {_shown(missed)}", f"  wrong:  {_shown(wrong)}"]
    stdout_bytes().write(("\n".join(lines) + "\n").encode())
    return 0


def _shown(names: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{printable(name)} {label}" for name, label in names) or "-"
