"""The work of `rules check`, `rules test` and `rules list`: findings on stdout, the sum on stderr."""

from __future__ import annotations

from pathlib import Path

from pipeline.commands.errors import WRONG
from pipeline.commands.streams import counted, printable, stdout_bytes, tell
from pipeline.rulebook import load


def check_rules(overlay: Path | None) -> int:
    """Print what is wrong with how the rules are written; returns the exit code."""
    from pipeline.rulebook.check import check

    problems = check(load(overlay))
    for problem in problems:
        _put(str(problem))
    tell(f"{counted(len(problems), 'problem')} in {counted(sum(1 for _ in load(overlay).all()), 'rule')}")
    return WRONG if problems else 0


def test_rules(overlay: Path | None, prefix: str) -> int:
    """Run examples and counterexamples, print those that do not hold; returns the exit code."""
    from pipeline.audit.ruletests import run_tests

    results = list(run_tests(overlay, prefix))
    failures = [r for r in results if r.problem]
    for failure in failures:
        _put(str(failure))
    tell(f"{counted(len(failures), 'failure')} in {counted(len(results), 'example')}")
    return WRONG if failures else 0


def list_rules(overlay: Path | None, prefix: str) -> None:
    """Print id, place and note of each rule, separated by tabs."""
    for rule in load(overlay).all():
        if rule.id.startswith(prefix):
            _put(rule.id, f"{rule.file}:{rule.line}", rule.note)


def _put(*cells: str) -> None:
    stdout_bytes().write("\t".join(printable(c) for c in cells).encode("utf-8", "replace") + b"\n")
