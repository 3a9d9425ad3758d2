"""`rules …`: a rule shown, rules listed, one begun, filled in, tested and seen at work through a folder of rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.rulebook import load
from pipeline.rulebook.template import FILL, template
from tests.commands.running import Done, Run


def rows(done: Done) -> list[list[str]]:
    return [line.split("\t") for line in done.out.decode("utf-8").splitlines()]


def test_a_row_is_shown_with_its_place_words_and_si(run: Run) -> None:
    told = dict(rows(run("rules", "show", "unit.length.kilometre"))[:10])  # type: ignore[arg-type]
    assert told["place"].startswith("rules/units.tsv:")
    assert (told["stage"], told["code"], told["SI"]) == ("quantity", "km", "x km = x × 1000 m")
    assert told["words"].split()[:2] == ["公里", "千米"]


def test_a_pattern_is_shown_as_written_and_expanded(run: Run) -> None:
    shown = rows(run("rules", "show", "time.date.month"))
    told = dict(shown)  # type: ignore[arg-type]
    assert "{MONTH_NUMBER}" in told["pattern"] and "{" + "MONTH" not in told["expanded"]
    assert ["uses", "{MONTH_NUMBER} of times.toml"] in shown
    assert ["example", "[4月份]产销两旺 => 2024-04"] in shown
    assert told["place"].startswith("rules/times.toml:")


def test_a_rule_that_only_names_what_code_finds_says_so(run: Run) -> None:
    for ident in ("quantity.measure", "fact.quantity.respective"):
        told = dict(rows(run("rules", "show", ident)))  # type: ignore[arg-type]
        assert told["idle"] == "it finds nothing by a pattern, and only names what the program finds"


def test_what_a_rule_does_on_an_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "road.txt").write_text("新路全长68公里。\n", "utf-8")
    done = run("rules", "show", "unit.length.kilometre", "--on", "road.txt")
    hits = [row for row in rows(done) if row[0].startswith("road.txt:")]
    assert ["road.txt:6", "read unit km", "新路全长68»公里«。"] in hits
    assert done.told == [f"zhfacts: {len(hits)} hits of unit.length.kilometre in road.txt"]
    assert run("rules", "show", "unit.length.metre", "--on", "road.txt").told == [
        "zhfacts: 0 hits of unit.length.metre in road.txt"
    ]


def test_a_rule_that_is_not_there(run: Run) -> None:
    done = run("rules", "show", "unit.length.kilometer")
    assert done.code == 2
    assert done.told[0].startswith(
        "zhfacts: there is no rule 'unit.length.kilometer'; did you mean unit.length.kilometre"
    )


@pytest.mark.parametrize(
    ("types", "ids"),
    [
        (["quantity", "table"], {"unit.length.kilometre"}),
        (["pattern", "time"], {"time.date.month"}),
        (["layout"], set()),
    ],
)
def test_rules_of_a_type(run: Run, types: list[str], ids: set[str]) -> None:
    listed = {row[0] for row in rows(run("rules", "list", *(a for t in types for a in ("--type", t))))}
    assert listed & {"unit.length.kilometre", "time.date.month", "fact.rank.in-scope"} == ids
    assert listed


def test_rules_that_did_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "road.txt").write_text("新路全长68公里。\n", "utf-8")
    done = run("rules", "list", "unit.", "--unused", "road.txt")
    unused = {row[0] for row in rows(done)}
    assert "unit.length.kilometre" not in unused and "unit.length.metre" in unused
    assert done.told == [f"zhfacts: {len(unused)} of {len(unused) + 1} rules did nothing in road.txt"]
    missing = run("rules", "list", "unit.", "--unused", "none.txt")
    assert (missing.code, missing.out) == (3, b"")
    assert missing.told == ["zhfacts: none.txt: no such file; check the path"]


def test_a_table_is_shown_with_its_columns(run: Run) -> None:
    shown = rows(run("rules", "show", "units"))
    assert ["column", "factor:fraction?"] in shown
    assert ["rows", str(len(load().rows("units")))] in shown


def test_no_rule_of_a_type(run: Run) -> None:
    done = run("rules", "list", "unit.", "--type", "fact")
    assert (done.code, len(done.told)) == (2, 1)


# A folder of rules is read once in a process: what is filled in goes into one of another name.
def filled_unit(text: str) -> str:
    header, row = text.splitlines()[-2:]
    cells = dict.fromkeys((cell.split(":")[0] for cell in header.split("\t")), "")
    cells |= {"id": "unit.own.span", "words": "丈尺", "code": "[span]", "dimension": "length", "role": "measure"}
    cells |= {"factor": "10/3", "si": "m", "note": "桥长12丈尺", "examples": "桥长[12丈尺] => 12 [span] measure"}
    return text.replace(row, "\t".join(cells.values())).replace(f"{FILL}: what these rows are for", "old lengths")


def filled_pattern(text: str) -> str:
    for asked, written in (
        (f"{FILL}: what these patterns are for", "amounts of our own"),
        (f"{FILL}: the news phrase that it is for", "硬度7级"),
        (f"'{FILL}'\nexamples", '\'硬度[^，。]{0,4}#\'\nunit = "级"\nkind = "measure"\ncode = "[Mohs]"\nexamples'),
        (f"{FILL}: text before[the span]text after => expected values", "石板硬度[7级] => 7 [Mohs]"),
        (f"{FILL}: text before[what must not be found]text after", "发生[3级]地震"),
    ):
        assert asked in text
        text = text.replace(asked, written)
    return text


def test_rules_are_begun_filled_in_tested_and_seen_at_work(run: Run, tmp_path: Path) -> None:
    assert run("rules", "new", "units", "unit.own.span", "-o", "begun").code == 0
    assert run("rules", "new", "quantities", "quantity.own.hardness", "-o", "begun").code == 0
    unfilled = run("rules", "check", "--rules", "begun")
    assert (unfilled.code, len(unfilled.told)) == (2, 1)

    (tmp_path / "own").mkdir()
    unit, pattern = tmp_path / "own" / "units.tsv", tmp_path / "own" / "quantities.toml"
    unit.write_text(filled_unit((tmp_path / "begun" / "units.tsv").read_text("utf-8")), "utf-8")
    pattern.write_text(filled_pattern((tmp_path / "begun" / "quantities.toml").read_text("utf-8")), "utf-8")
    assert run("rules", "check", "--rules", "own").code == 0

    assert run("rules", "test", "unit.own", "--rules", "own").told == ["zhfacts: 0 failures in 1 example"]
    place = dict(rows(run("rules", "show", "unit.own.span", "--rules", "own"))[:1])["place"]  # type: ignore[arg-type]
    assert place == f"own/units.tsv:{len(unit.read_text('utf-8').splitlines())}"
    (mention,) = [json.loads(line) for line in run("quantities", "桥长12丈尺", "--rules", "own").out.splitlines()]
    assert (mention["norm"]["unit"], mention["norm"]["si"]["value"]) == ("[span]", "40")

    assert run("rules", "test", "quantity.own", "--rules", "own").told == ["zhfacts: 0 failures in 2 examples"]
    (mention,) = [json.loads(line) for line in run("quantities", "硬度约7级", "--rules", "own").out.splitlines()]
    assert mention["rule"] == "quantity.own.hardness"


def test_a_pattern_that_is_not_filled_in_is_told(run: Run) -> None:
    assert run("rules", "new", "quantities", "quantity.own.hardness", "-o", "started").code == 0
    unfilled = run("rules", "check", "--rules", "started")
    assert unfilled.code == 2
    assert f"started/quantities.toml:5: quantity.own.hardness still says {FILL};" in unfilled.out.decode("utf-8")


def test_a_file_that_is_there_is_kept(run: Run, tmp_path: Path) -> None:
    assert run("rules", "new", "units", "unit.own.one", "-o", "mine").code == 0
    before = (tmp_path / "mine" / "units.tsv").read_bytes()
    again = run("rules", "new", "units", "unit.own.two", "-o", "mine")
    assert again.code == 2
    assert again.told[0].startswith("zhfacts: mine/units.tsv exists; ")
    assert (tmp_path / "mine" / "units.tsv").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nothing", "a.b"), "there is no file 'nothing' to add a rule to; there are: "),
        (("units", "Km"), "the id 'Km' is not dotted lower case; write it as in time.date.month"),
        (("units", "unit.length.kilometre"), "the id unit.length.kilometre stands at rules/units.tsv:"),
        (("units", "unit.own", "-o", "mine/lengths.tsv"), "mine/lengths.tsv: is of a name that nothing reads; "),
    ],
)
def test_what_cannot_be_begun(run: Run, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    done = run("rules", "new", *arguments)
    assert (done.code, done.out) == (2, b"")
    assert done.told[0].startswith(f"zhfacts: {told}")
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("file", [*load().tables, *(name for name, file in load().files.items() if file.drafts)])
def test_every_file_of_rules_has_a_template(file: str) -> None:
    name, text = template(load(), file, "own.rule")
    assert name.split(".")[0] == file
    assert text.count(FILL) >= 3
    assert max(len(line) for line in text.splitlines() if "Parts" not in line) < 700
