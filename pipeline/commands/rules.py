"""The work of `rules check` and `rules test`: findings on stdout, the sum on stderr."""

from __future__ import annotations

from pathlib import Path

from pipeline.commands.errors import WRONG
from pipeline.commands.streams import counted, printable, stdout_bytes, tell
from pipeline.core.errors import UsageError
from pipeline.rulebook import load


def check_rules(overlay: Path | None) -> int:
    """Print what is wrong with how the rules are written; returns the exit code."""
    from pipeline.audit.dead import dead_rules
    from pipeline.rulebook.check import check

    rules = load(overlay)
    problems = sorted([*check(rules), *dead_rules(rules)], key=lambda p: (p.file, p.line or 0))
    for problem in problems:
        _put(str(problem))
    tell(f"{counted(len(problems), 'problem')} in {counted(sum(1 for _ in rules.all()), 'rule')}")
    return WRONG if problems else 0


def test_rules(overlay: Path | None, prefix: str) -> int:
    """Run examples and counterexamples, print those that do not hold; returns the exit code."""
    from pipeline.audit.ruletests import run_tests

    _refuse(overlay, prefix)
    results = list(run_tests(overlay, prefix))
    failures = [r for r in results if r.problem]
    for failure in failures:
        _put(str(failure))
    tell(f"{counted(len(failures), 'failure')} in {counted(len(results), 'example')}")
    return WRONG if failures else 0


def _refuse(overlay: Path | None, prefix: str) -> None:
    """A prefix that no id has is a slip of the hand: nothing tested must not look like nothing wrong."""
    if not any(rule.id.startswith(prefix) for rule in load(overlay).all()):
        raise UsageError(f"no rule's id begins with {prefix!r}; `zhfacts rules list` shows them all")


def _put(*cells: str) -> None:
    stdout_bytes().write("\t".join(printable(c) for c in cells).encode("utf-8", "replace") + b"\n")
