"""The rules' own examples hold; and an example that does not is told as it should be."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.audit.ruletests import Result, run_tests, try_rule
from pipeline.chain import extract
from pipeline.rulebook import Pattern, Row, load
from pipeline.rulebook.rule import parse_example

FILES = sorted({rule.file for rule in load().all()})


@pytest.fixture(scope="module")
def results() -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = defaultdict(list)
    for result in run_tests():
        found[result.rule.file].append(result)
    return found


@pytest.mark.parametrize("file", FILES)
def test_the_projects_own_examples_hold(file: str, results: dict[str, list[Result]]) -> None:
    assert [str(r) for r in results[file] if r.problem] == []


@pytest.fixture
def problems(tmp_path: Path) -> Callable[..., list[str | None]]:
    """The problems of a pattern ``own.parks`` with the given examples, in order."""

    def run(examples: list[str], counterexamples: list[str] | None = None) -> list[str | None]:
        load.cache_clear()
        (tmp_path / "sentences.toml").write_text(
            f'note = "mine"\n[[rule]]\nid = "own.parks"\nnote = "x"\npattern = "x"\n'
            f"examples = {json.dumps(examples)}\ncounterexamples = {json.dumps(counterexamples or [])}\n",
            "utf-8",
        )
        return [r.problem for r in run_tests(tmp_path, "own.")]

    return run


@pytest.mark.parametrize(
    "example",
    [
        "全市新建公园[12个] => 12 个 count",
        "全市新建公园[约12个] => 12 approx",
        "面积[3至5公顷] => 3 5 ha",
        "[昨天]开园 => 2024-05-30",
        "[昨天]开园 => 2023-01-31 @2023-02-01",
        "面积[3.\\n6公顷] => 3.6",
    ],
)
def test_an_example_that_holds(example: str, problems: Callable[..., list[str | None]]) -> None:
    assert problems([example]) == [None]


@pytest.mark.parametrize(
    ("example", "problem"),
    [
        ("全市新建公园[12个] => 13", "13 is not among 12 "),
        ("全市新[建公]园12个", "the span is not found; found: '12个' ("),
        ("[昨天]开园 => 2024-05-30 @2023-02-01", "2024-05-30 is not among "),
    ],
)
def test_an_example_that_does_not(example: str, problem: str, problems: Callable[..., list[str | None]]) -> None:
    (found,) = problems([example])
    assert found is not None
    assert found.startswith(problem)


def test_a_counterexample_of_a_pattern_is_about_that_pattern(problems: Callable[..., list[str | None]]) -> None:
    # Another rule finds the amount; the pattern itself finds nothing, so the counterexample holds.
    assert problems(["全市新建公园[12个]"], ["全市新建公园[12个]"]) == [None, None]


@pytest.mark.parametrize("kind", [Pattern, Row])
@pytest.mark.parametrize(
    ("text", "holds"),
    [("新建公园[12个]", False), ("新建公[园12个]", None), ("新建公园12个", False), ("新[建公]园12个", True)],
)
def test_a_counterexample_that_is_found(text: str, holds: bool | None, kind: type[Pattern] | type[Row]) -> None:
    (mention,) = extract("新建公园12个").mentions
    rule = kind(mention.rule, "a.toml", 1, counterexamples=(parse_example(text, "a.toml", 1),))
    (result,) = try_rule(rule)
    # A pattern must not touch the span; a word of a table only must not make up just that span.
    expected = holds if holds is not None else kind is Row
    assert (result.problem is None) == expected
    assert expected or (result.problem or "").startswith(f"finds '12个' ({mention.rule})")


def test_an_example_is_shown_as_it_was_written() -> None:
    assert parse_example("新建[12个]公园 => 12", "a.toml", 1).marked == "新建[12个]公园"
    assert parse_example("新建公园", "a.toml", 1).marked == "新建公园"
