"""The work of `rules check`, `rules test` and `rules list`: findings on stdout, the sum on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.commands.errors import WRONG
from pipeline.commands.streams import printable, tell
from pipeline.rulebook import Rule, load


def check_rules(overlay: Path | None) -> int:
    """Print what is wrong with how the rules are written; returns the exit code."""
    from pipeline.rulebook.check import check

    problems = check(load(overlay))
    for problem in problems:
        _put(str(problem))
    tell(f"{_count(problems, 'problem')} in {_count(list(load(overlay).all()), 'rule')}")
    return WRONG if problems else 0


def test_rules(overlay: Path | None, prefix: str) -> int:
    """Run examples and counterexamples, print those that do not hold; returns the exit code."""
    from pipeline.audit.ruletests import run_tests

    results = list(run_tests(overlay, prefix))
    failures = [r for r in results if r.problem]
    for failure in failures:
        _put(str(failure))
    tell(f"{_count(failures, 'failure')} in {_count(results, 'example')}")
    return WRONG if failures else 0


def list_rules(overlay: Path | None, prefix: str) -> None:
    """Print id, place and note of each rule, separated by tabs."""
    for rule in _chosen(overlay, prefix):
        _put(f"{rule.id}\t{rule.file}:{rule.line}\t{rule.note}", tabs=True)


def _chosen(overlay: Path | None, prefix: str) -> Iterator[Rule]:
    return (r for r in load(overlay).all() if r.id.startswith(prefix))


def _put(line: str, tabs: bool = False) -> None:
    shown = "\t".join(printable(cell) for cell in line.split("\t")) if tabs else printable(line)
    sys.stdout.buffer.write(shown.encode("utf-8", "replace") + b"\n")


def _count(things: list[object] | list[Rule] | list[str], noun: str) -> str:
    return f"{len(things)} {noun}" + ("" if len(things) == 1 else "s")
