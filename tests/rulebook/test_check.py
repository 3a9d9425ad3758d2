"""What `rules check` finds beyond the readers: ids over files, examples that test nothing, slow patterns."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.rulebook import Rulebook, load
from pipeline.rulebook.check import LENGTH, alphabet, check, probes
from pipeline.rulebook.patterns import read_patterns
from pipeline.rulebook.tables import read_table

ENTRY = (
    '[[rule]]\nid = "{id}"\nnote = "{note}"\npattern = \'{pattern}\'\n'
    "examples = [{examples}]\ncounterexamples = [{counter}]\n"
)
TABLE = '#: note = "lengths"\nid\twords:words\texamples\n'


def entry(pattern: str, id: str = "time.month", examples: str = '"[6月]开工"', counter: str = "") -> str:
    return ENTRY.format(id=id, note="6月", pattern=pattern, examples=examples, counter=counter)


def book(**files: str) -> Rulebook:
    """A rulebook of TSV files (``x_tsv``) and TOML files (``x_toml``)."""
    tables, patterns = {}, {}
    for key, text in files.items():
        name, kind = key.rsplit("_", 1)
        if kind == "tsv":
            tables[name] = read_table(name, f"{name}.tsv", text)
        else:
            patterns[name] = read_patterns(name, f"{name}.toml", 'note = "months"\n' + text)
    return Rulebook(tables, patterns, "sha256:0")


def problems(**files: str) -> list[str]:
    return [str(p) for p in check(book(**files))]


def test_nothing_is_wrong_with_a_sound_book() -> None:
    assert problems(times_toml=entry("[0-9]{1,2}+月"), units_tsv=TABLE + "unit.km\t公里\t全长[68公里]\n") == []


def test_the_projects_own_rules_are_sound() -> None:
    # Their speed is measured where nothing else runs: `zhfacts rules check`.
    assert [str(p) for p in check(load(), speed=False)] == []


def test_an_id_in_two_files() -> None:
    found = problems(times_toml=entry("6月", "unit.km"), units_tsv=TABLE + "unit.km\t公里\t全长[68公里]\n")
    assert found == ["times.toml:3: the id unit.km stands at units.tsv:3 too; give each its own id"]


@pytest.mark.parametrize("id", ["km", "Unit.km", "unit..km", "unit.km.", "unit.k m"])
def test_an_id_that_is_not_dotted_lower_case(id: str) -> None:
    found = problems(units_tsv=TABLE + f"{id}\t公里\t全长[68公里]\n")
    assert found == [f"units.tsv:3: the id {id!r} is not dotted lower case; write it as in time.date.month"]


@pytest.mark.parametrize(
    ("examples", "counter", "expected"),
    [
        ('" "', "", "times.toml:3: one example of time.month is empty; write a sentence, or remove it"),
        ('"[6月]"', '""', "times.toml:3: one counterexample of time.month is empty; write a sentence, or remove it"),
        ('"[]6月"', "", "times.toml:3: the span of '6月' is empty; put the brackets around the mention"),
        ('"6月开工"', "", "times.toml:3: the example '6月开工' marks no span; put brackets around what is found"),
        (
            '"[6月]底"',
            '"[6月]底"',
            "times.toml:3: '6月底' is an example and a counterexample of time.month; remove one of them",
        ),
    ],
)
def test_examples_that_test_nothing(examples: str, counter: str, expected: str) -> None:
    assert problems(times_toml=entry("6月", examples=examples, counter=counter)) == [expected]


@pytest.mark.parametrize("pattern", ["[0-9]*", "(?:6月)?", "(?=6)", "|6月"])
def test_a_pattern_that_matches_nothing_at_all(pattern: str) -> None:
    assert problems(times_toml=entry(pattern)) == [
        "times.toml:3: the pattern of time.month matches the empty string; ask for at least one character; "
        'where it is tried at one place only, say so: tried = "here"'
    ]
    assert problems(times_toml=entry(pattern) + 'tried = "here"\n') == []
    assert problems(times_toml='[settings]\ntried = "here"\n' + entry(pattern)) == []


def test_a_pattern_for_short_pieces_is_tried_on_short_pieces() -> None:
    slow = entry("[0-9]+月")
    assert len(problems(times_toml=slow)) == 1
    assert problems(times_toml=slow + "tried = 12\n") == []
    assert problems(times_toml="[settings]\ntried = 12\n" + slow) == []


@pytest.mark.parametrize("pattern", ["(?:[0-9]+)+月", "(?:[0-9]|[0-9月])+元", ".*6月.*底"])
def test_a_pattern_that_backtracks_without_end(pattern: str) -> None:
    (found,) = problems(times_toml=entry(pattern))
    assert found.startswith("times.toml:3: the pattern of time.month takes ")
    assert f"for {LENGTH} characters" in found


def test_a_pattern_that_cannot_be_compiled_is_one_finding() -> None:
    (found,) = problems(times_toml=entry("(6月"))
    assert found.startswith("times.toml:3: the pattern of time.month is no regular expression")


def test_the_alphabet_is_what_the_pattern_is_written_with() -> None:
    (rule,) = book(times_toml=entry(r"(?<![0-9])\d{1,2}(?:月|月份)\b")).patterns("times")
    letters = alphabet(rule)
    assert {"月", "份", "6", "工"} <= set(letters)
    assert not {"\\", "(", "?", "b", "<", "{"} & set(letters)


def test_probes_are_the_same_every_time() -> None:
    (rule,) = book(times_toml=entry("[0-9]{1,2}月")).patterns("times")
    first, second = dict(probes(rule)), dict(probes(rule))
    assert first == second
    assert {len(text) for _, text in probes(rule, 60)} == {60}
    assert {len(text) for text in first.values()} == {LENGTH}


def test_findings_stand_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    found = check(book(b_toml=entry("a*", "b.one"), a_toml=entry("b", "a.one") + entry("c*", "a.two")))
    assert [(p.file, p.line) for p in found] == [("a.toml", 9), ("b.toml", 3)]


def test_a_setting_says_where_it_is_written_and_what_for(tmp_path: Path) -> None:
    own = load().setting("quantities.labels")
    assert own is not None and own.file == "rules/quantities.toml" and own.line > 1
    assert own.id == "quantities.labels" and "12345" in own.note
    assert load().setting("quantities.nothing") is None and load().setting("nothing.labels") is None
    (tmp_path / "quantities.toml").write_text(
        'note = "mine"\n[settings]\n# said at night\nlabels = ["代号"]\n', "utf-8"
    )
    laid = load(tmp_path).setting("quantities.labels")
    assert laid is not None and (laid.file, laid.line) == (str(tmp_path / "quantities.toml"), 4)
    assert laid.note == "said at night"
