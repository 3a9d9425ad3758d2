"""Rules that can find nothing: words that never win, words and patterns that never match."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.audit.dead import dead_rules
from pipeline.lexis.fold import fold
from pipeline.mentions.gazetteer import gazetteer
from pipeline.rulebook import Rulebook, load
from pipeline.rulebook.patterns import read_patterns
from pipeline.rulebook.tables import read_table

HEADER = "id\twords:words\tside:choice(before|after)?\n"
NUMERALS = read_table("numerals", "numerals.tsv", '#: note = "digits"\nid\twords:words\nnumeral.two\t二|两\n')


def told(front: str, rows: str, other: str = "") -> list[str]:
    """The findings in a table ``x`` of these ``rows``, beside a table ``y`` of ``other`` rows."""
    tables = {
        "x": read_table("x", "x.tsv", f'#: note = "lengths"\n{front}{HEADER}{rows}'),
        "y": read_table("y", "y.tsv", f'#: note = "areas"\n{HEADER}{other}'),
        "numerals": NUMERALS,
    }
    return [str(p) for p in dead_rules(Rulebook(tables, {}, "sha256:0"))]


def test_the_projects_own_rules_all_can_find_something() -> None:
    assert [str(p) for p in dead_rules(load())] == []


def test_a_word_in_two_rows() -> None:
    (found,) = told("", "unit.km\t公里|千米\nunit.own\t里程|千米\n")
    assert found == "x.tsv:4: 千米 of unit.own never wins: unit.km (x.tsv:3) has it; leave it in one of them"


def test_rows_that_differ_in_a_column_do_not_compete() -> None:
    rows = "approx.under\t不足\tbefore\napprox.after\t不足\tafter\n"
    assert told('#: apart = ["side"]\n', rows) == []
    assert told('#: apart = ["id"]\n', rows) == []
    assert len(told("", rows)) == 1
    (found,) = told('#: apart = ["sides"]\n', rows)
    assert found == "x.tsv: apart names 'sides', which is no column; name a column"


def test_a_word_twice_in_a_row() -> None:
    assert told("", "unit.km\t公里|公里\n") == ["x.tsv:3: 公里 stands twice in unit.km; remove one of them"]


def test_a_word_of_a_table_that_wins() -> None:
    (found,) = told('#: behind = ["y"]\n', "unit.km\t公里\n", "area.km\t公里\n")
    assert found == "x.tsv:4: 公里 of unit.km never wins: area.km (y.tsv:3) has it; leave it in one of them"
    assert told("", "unit.km\t公里\n", "area.km\t公里\n") == []
    (found,) = told('#: behind = ["z"]\n', "unit.km\t公里\n")
    assert found == "x.tsv: behind names 'z', which is no table; correct the name"


@pytest.mark.parametrize(("word", "folded"), [("釐米", "厘米"), ("％", "%"), ("ｋｍ", "km")])
def test_a_word_that_no_folded_text_holds(word: str, folded: str) -> None:
    (found,) = told("", f"unit.own\t{word}\n")
    assert found == (
        f"x.tsv:3: {word} of unit.own matches nothing: texts are matched in half-width and simplified form; "
        f"write {folded}, or remove it"
    )
    assert told("#: folded = true\n", f"unit.own\t{word}\n") == []


@pytest.mark.parametrize(
    ("pattern", "examples", "settings", "found"),
    [
        ("硬度#", '"硬度[7级]"', "", 0),
        ("[0-9]+级", '"硬度[７级]"', "", 0),
        ("#级", '"硬度[二级]"', "", 0),
        ("强度#", '"硬度[7级]"', "", 1),
        ("强度#", '"硬度[7级]"', '[settings]\nover = "signs"\n', 0),
    ],
)
def test_a_pattern_that_matches_none_of_its_examples(pattern: str, examples: str, settings: str, found: int) -> None:
    text = f'note = "x"\n{settings}[[rule]]\nid = "a.b"\nnote = "x"\npattern = \'{pattern}\'\nexamples = [{examples}]\n'
    book = Rulebook({"numerals": NUMERALS}, {"x": read_patterns("x", "x.toml", text)}, "sha256:0")
    assert len(dead_rules(book)) == found


def test_a_file_of_the_project_says_what_it_serves() -> None:
    table = read_table("x", "rules/x.tsv", f'#: note = "x"\n#: stage = "sports"\n{HEADER}a.b\tx\n')
    (found,) = dead_rules(Rulebook({"x": table, "numerals": NUMERALS}, {}, "sha256:0"))
    assert str(found).startswith("rules/x.tsv: names the stage 'sports'; say what it serves: stage = one of text, ")
    (found,) = dead_rules(Rulebook({"x": replace(table, front={}), "numerals": NUMERALS}, {}, "sha256:0"))
    assert str(found).startswith("rules/x.tsv: names no stage; ")


def test_a_name_with_a_sign_that_is_traditional_too_is_found() -> None:
    # 乾 is a traditional form of 干, and a character of its own in 乾县.
    names = gazetteer(load())
    assert {fold(name) for name in ("乾县", "乾縣")} == {"乾县"}
    assert (names.codes["乾县"], names.full["610424"]) == (("610424",), "乾县")
