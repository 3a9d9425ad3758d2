"""The command line in one process: formats, exit codes, and one clear line for each bad input."""

from __future__ import annotations

import csv
import gc
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pyarrow.parquet as pq
import pytest

from pipeline.commands.groups.extract import Format
from pipeline.output import WRITERS
from pipeline.output.schema import schema
from tests.commands.running import TEXT, Run


def values(document: dict[str, Any], kind: str = "quantity") -> list[str]:
    return [m["norm"]["value"] for m in document["mentions"] if m["type"] == kind]


def test_jsonl_in_a_pipe(run: Run) -> None:
    done = run("extract", "note.txt", "--published", "2024-05-31")
    assert (done.code, done.err) == (0, "")
    (document,) = done.documents
    jsonschema.validate(document, schema())
    assert document["doc"]["source"] == "note.txt"
    assert document["doc"]["published"] == "2024-05-31"
    assert values(document) == ["12", "36000", "8"]
    assert values(document, "time") == ["2024-05-30", "2025"]


def test_a_table_where_it_is_asked_for(run: Run) -> None:
    done = run("extract", "note.txt", "--format", "table")
    assert done.code == 0
    assert done.out.decode("utf-8").startswith("note.txt · 1 article, ")


def test_with_text(run: Run) -> None:
    assert run("extract", "note.txt", "--with-text").documents[0]["doc"]["text"] == TEXT
    assert "text" not in run("extract", "note.txt").documents[0]["doc"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.json"])
def test_an_output_file(run: Run, tmp_path: Path, name: str) -> None:
    done = run("extract", "note.txt", "-o", name)
    assert (done.code, done.out, done.err) == (0, b"", "")
    data = json.loads((tmp_path / name).read_text("utf-8"))
    assert values(data[0] if name.endswith(".json") else data) == ["12", "36000", "8"]
    again = run("extract", "note.txt", "-o", name)
    assert (again.code, again.told) == (2, [f"zhfacts: {name} exists; write over it with --force"])
    assert run("extract", "note.txt", "-o", name, "--force").code == 0


def test_a_table_of_facts_as_csv_and_parquet(run: Run, tmp_path: Path) -> None:
    assert run("extract", "note.txt", "-o", "out.csv").code == 0
    assert run("extract", "note.txt", "-o", "out.parquet").code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    typed = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert {row["norm_value"] for row in rows if row["type"] == "quantity"} == {"12", "36000", "8"}
    assert [row["fact"] for row in typed] == [row["fact"] for row in rows]
    assert rows[0]["sentence"] == "全市新建公园12个，总面积3.6万平方米。"
    assert run("extract", "note.txt", "--format", "csv").out == (tmp_path / "out.csv").read_bytes()
    assert run("extract", "note.txt", "--format", "parquet").out == (tmp_path / "out.parquet").read_bytes()


def test_an_abandoned_parquet_file_leaves_one_line_and_no_file(run: Run, tmp_path: Path) -> None:
    done = run("extract", "nowhere.txt", "-o", "out.parquet")
    gc.collect()
    assert (done.code, done.told) == (3, ["zhfacts: nowhere.txt: no such file; check the path"])
    assert [p.name for p in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "parquet", "table"])
def test_a_selection_holds_for_every_format(run: Run, form: str) -> None:
    done = run("extract", "note.txt", "--format", form, "--select", "unit=m2", "--select", "type=role", "-v")
    assert done.code == 0
    assert done.told[-1] == "zhfacts: 1 document, 3 mentions, 2 facts"


def test_a_wrong_selection_is_told_before_anything_is_written(run: Run, tmp_path: Path) -> None:
    done = run("extract", "note.txt", "-o", "out.jsonl", "--select", "type=all")
    assert done.code == 2
    assert done.told == ["zhfacts: --select 'type=all': type is one of quantity, rank, role, quote, event"]
    assert [p.name for p in tmp_path.iterdir()] == ["note.txt"]


def test_inputs_from_a_list_and_from_globs_in_quotes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "gb.txt").write_bytes(TEXT.encode("gb18030"))
    (tmp_path / "list.tsv").write_text("note.txt\t\t2024-05-31\ndeep/er/gb.txt\tgbk\n", "utf-8")
    documents = run("extract", "--files-from", "list.tsv").documents
    assert [d["doc"]["id"] for d in documents] == ["note", "deep/er/gb"]
    assert [d["doc"]["published"] for d in documents] == ["2024-05-31", None]
    assert [d["doc"]["id"] for d in run("extract", "**/*.txt").documents] == ["deep/er/gb", "note"]
    both = run("extract", "note.txt", "--files-from", "list.tsv")
    assert (both.code, [d["doc"]["id"] for d in both.documents]) == (0, ["note", "deep/er/gb"])


def test_no_input_at_all_is_wrong_usage(run: Run) -> None:
    for args, word in ((["extract"], "name an input"), (["extract", "-", "--files-from", "-"], "is the list of")):
        done = run(*args)
        assert (done.code, len(done.told)) == (2, 1)
        assert word in done.told[0]
    assert run("extract", "--files-from", "nowhere").code == 3


def test_every_format_can_be_asked_for() -> None:
    assert set(get_args(Format)) == {"table", *WRITERS}


def test_both_segmenters_find_the_same(run: Run) -> None:
    first = run("extract", "note.txt", "--segmenter", "rjieba")
    second = run("extract", "note.txt", "--segmenter", "jieba")
    assert first.out == second.out


def test_a_gb18030_file_is_read_with_and_without_its_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gb.txt").write_bytes((TEXT * 3).encode("gb18030"))
    found, named = run("extract", "gb.txt"), run("extract", "gb.txt", "--encoding", "gb18030")
    assert values(found.documents[0]) == values(named.documents[0]) == ["12", "36000", "8"] * 3


def test_verbose_sums_up_and_quiet_does_not(run: Run) -> None:
    assert run("extract", "note.txt", "-v").told[-1].startswith("zhfacts: 1 document, ")
    assert run("extract", "note.txt", "-v", "-q").told == []


BAD: Sequence[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\r\n", "empty"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8, "is no text"),
    ("empty.jsonl", b"", "empty"),
]


@pytest.mark.parametrize(("name", "data", "word"), BAD, ids=[b[0] for b in BAD])
def test_a_bad_file_is_named_in_one_line_and_the_others_are_worked(
    run: Run, tmp_path: Path, name: str, data: bytes, word: str
) -> None:
    (tmp_path / name).write_bytes(data)
    alone, together = run("extract", name), run("extract", name, "note.txt")
    assert (alone.code, alone.out) == (3, b"")
    assert (together.code, len(together.documents)) == (1, 1)
    for done in (alone, together):
        (line,) = done.told
        assert line.startswith(f"zhfacts: {name}: ")
        assert word in line


def test_no_file_is_left_where_nothing_could_be_read(run: Run, tmp_path: Path) -> None:
    assert run("extract", "nowhere.txt", "-o", "out.json").code == 3
    assert [p.name for p in tmp_path.iterdir()] == ["note.txt"]


def test_a_missing_file(run: Run) -> None:
    done = run("extract", "nowhere.txt")
    assert (done.code, done.told) == (3, ["zhfacts: nowhere.txt: no such file; check the path"])
    assert run("extract", "nowhere.txt", "note.txt").code == 1


def test_a_feed_with_broken_lines(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT, "published": "2024-05-31", "section": "城建"}, ensure_ascii=False),
        '{"id": "b", "text": ',
        '["c"]',
        '{"id": "d"}',
        '{"id": "e", "text": "共12人", "published": "31.5.2024"}',
        '{"id": "f", "text": "共12人", "published": null}',
    ]
    (tmp_path / "feed.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    done = run("extract", "feed.jsonl")
    assert done.code == 1
    assert [d["doc"]["id"] for d in done.documents] == ["a", "f"]
    assert done.documents[0]["doc"]["meta"] == {"section": "城建"}
    assert done.documents[0]["doc"]["published_from"] == "field"
    assert [line.split(": ")[1] for line in done.told] == [f"feed.jsonl:{n}" for n in (2, 3, 4, 5)]


def test_bytes_that_cannot_be_decoded_are_counted_and_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "torn.txt").write_bytes(TEXT.encode("utf-8") * 3 + "公园".encode()[:4] + "。\n".encode())
    done = run("extract", "torn.txt", "--encoding", "utf-8")
    assert done.code == 0
    assert done.documents[0]["doc"]["replaced"] > 0
    (line,) = done.told
    assert line.startswith("zhfacts: torn.txt: ")
    assert run("extract", "torn.txt", "--encoding", "utf-8", "-q").told == []


def test_a_lone_surrogate_and_a_nul_are_survived(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.jsonl").write_text('{"id": "x", "text": "新建\\ud800公园12个\\u0000，共8人"}\n', "utf-8")
    done = run("extract", "odd.jsonl", "--with-text")
    assert done.code == 0
    (document,) = done.documents
    assert document["doc"]["text"][2] == "\ufffd"
    assert document["doc"]["replaced"] == 1
    assert "12" in values(document)


def test_a_numeral_of_a_million_digits_is_bounded_and_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("共有" + "7" * 1_000_000 + "人，另有12个公园。\n", "utf-8")
    done = run("extract", "long.txt")
    assert done.code == 0
    (document,) = done.documents
    assert "12" in values(document)
    assert max(len(v or "") for v in values(document)) <= 400
    assert len(done.out) < 100_000


def test_an_unwritable_output(run: Run) -> None:
    done = run("extract", "note.txt", "-o", "no/such/folder/out.jsonl")
    assert done.code == 2
    assert done.told == [
        "zhfacts: no/such/folder/out.jsonl cannot be written: No such file or directory; make its folder first"
    ]


def test_a_folder_as_output(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    done = run("extract", "note.txt", "-o", "out", "--force")
    assert (done.code, done.told) == (2, ["zhfacts: out cannot be written: Is a directory; name a file in it"])


def test_a_full_disk(run: Run) -> None:
    done = run("extract", "note.txt", "-o", "/dev/full")
    assert done.code == 2
    assert done.told[0].startswith("zhfacts: /dev/full cannot be written: No space left on device; ")


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_an_input_is_never_written_over(run: Run, tmp_path: Path, force: tuple[str, ...]) -> None:
    (tmp_path / "feed.jsonl").write_text(json.dumps({"text": TEXT}), "utf-8")
    done = run("extract", "note.txt", "feed.jsonl", "-o", "./feed.jsonl", *force)
    assert done.code == 2
    assert done.told == ["zhfacts: feed.jsonl is an input too; choose another name for the output"]
    assert "text" in json.loads((tmp_path / "feed.jsonl").read_text("utf-8"))


def test_an_output_in_the_folder_that_is_read(run: Run) -> None:
    first = run("extract", ".", "-o", "all.jsonl")
    again = run("extract", ".", "-o", "all.jsonl", "--force")
    assert (first.code, again.code, again.err) == (0, 0, "")


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("extract",), "zhfacts: name an input"),
        (("extract", "note.txt", "--format", "xml"), "'xml' is not one of"),
        (("extract", "note.txt", "--segmenter", "hanlp"), "'hanlp' is not one of"),
        (("extract", "note.txt", "--colour"), "No such option"),
        (("extract", "note.txt", "--published", "soon"), "zhfacts: 'soon' is no date"),
        (("extract", "note.txt", "--published", ""), "zhfacts: '' is no date"),
        (("extract", "note.txt", "--published", "2024-05"), "zhfacts: '2024-05' is no date"),
        (("extract", "note.txt", "--encoding", "klingon"), "zhfacts: 'klingon' is no encoding"),
        (("extract", "note.txt", "--encoding", "base64"), "zhfacts: 'base64' is no encoding"),
        (("rules", "list", "nosuch"), "zhfacts: no rule's id begins with 'nosuch'"),
        (("rules", "test", "nosuch"), "zhfacts: no rule's id begins with 'nosuch'"),
        (("extract", "note.txt", "-o", "out.doc"), "zhfacts: out.doc: .doc stands for no format"),
        (("extract", "note.txt", "--rules", "nowhere"), "zhfacts: nowhere: cannot be read: No such file"),
        (("publish",), "No such command"),
    ],
)
def test_wrong_usage_is_2(run: Run, args: tuple[str, ...], word: str) -> None:
    done = run(*args)
    assert (done.code, done.out) == (2, b"")
    assert word in done.err
    assert "Traceback" not in done.err


def test_a_traceback_only_where_it_is_asked_for(run: Run) -> None:
    assert "Traceback" in run("extract", "note.txt", "--published", "soon", "-vv").err


def test_a_fault_of_the_program_is_one_line_too(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("shift")

    monkeypatch.setattr("pipeline.commands.extract.read_found", broken)
    done = run("extract", "note.txt", "-o", "out.jsonl")
    assert done.code == 1
    assert done.told == ["zhfacts: a fault of the program: KeyError: 'shift'; please report it with what -vv shows"]
    assert not (tmp_path / "out.jsonl").exists()
    assert "Traceback" in run("extract", "note.txt", "-vv").err


def test_a_broken_rule_is_2_with_file_and_line(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "sentences.toml").write_text(
        'note = "mine"\n[[rule]]\nid = "own.rule"\nnote = "x"\npattern = "("\n', "utf-8"
    )
    done = run("extract", "note.txt", "--rules", "mine")
    assert (done.code, len(done.told)) == (2, 1)
    assert done.told[0].startswith("zhfacts: mine/sentences.toml:3: own.rule has no examples; ")


def test_the_schema(run: Run) -> None:
    done = run("schema")
    assert done.code == 0
    assert json.loads(done.out) == json.loads(json.dumps(schema()))


def test_rules_list_and_its_prefix(run: Run) -> None:
    done = run("rules", "list", "numeral.formal")
    rows = [line.split("\t") for line in done.out.decode("utf-8").splitlines()]
    assert done.code == 0
    assert {len(row) for row in rows} == {3}
    assert all(row[0].startswith("numeral.formal") and row[1].startswith("rules/numerals.tsv:") for row in rows)
    assert all(cell for row in rows for cell in row)


def test_rules_check_names_what_is_wrong(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.commands import rules
    from pipeline.core.errors import RuleError

    monkeypatch.setattr("pipeline.rulebook.check.check", lambda book: [RuleError("a.toml", 3, "is slow", "mend it")])
    done = run("rules", "check")
    assert rules.WRONG == done.code == 2
    assert done.out.decode() == "a.toml:3: is slow; mend it\n"
    assert done.told[0].startswith("zhfacts: 1 problem in ")


def test_rules_test_tells_which_example_does_not_hold(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "sentences.toml").write_text(
        'note = "mine"\n[[rule]]\nid = "own.parks"\nnote = "x"\npattern = "公园"\n'
        'examples = ["新建公园[12个] => 12 个", "新建公园[12个] => 13", "[新建]公园"]\n'
        'counterexamples = ["新建公园12个"]\n',
        "utf-8",
    )
    done = run("rules", "test", "own.", "--rules", "mine")
    assert done.code == 2
    first, second = done.out.decode("utf-8").splitlines()
    assert first.startswith("mine/sentences.toml:3: own.parks: 新建公园[12个]: 13 is not among ")
    assert second.startswith("mine/sentences.toml:3: own.parks: [新建]公园: the span is not found; found: ")
    assert done.told == ["zhfacts: 2 failures in 4 examples"]


def test_the_version(run: Run) -> None:
    done = run("--version")
    assert (done.code, done.out) == (0, b"zhfacts 0.1.0\n")


@pytest.mark.parametrize("args", [("-h",), ("extract", "-h"), ("rules", "--help"), ("rules", "test", "-h")])
def test_help(run: Run, args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.code == 0
    assert done.out.decode().startswith("Usage: zhfacts")


def test_every_command_is_told_in_a_line_and_used_as_others_are(run: Run) -> None:
    def look(*command: str) -> Iterator[str]:
        told = run(*command, "-h").out.decode("utf-8")
        yield told
        _, _, commands = told.partition("\nCommands:\n")
        for line in commands.splitlines():
            assert not line.endswith("..."), line
            yield from look(*command, line.split()[0])

    told = list(look())
    assert len(told) > 20
    assert not [one.splitlines()[0] for one in told if "{" in one.splitlines()[0] or " range>" in one]
    usage = next(one for one in told if "zhfacts batch" in one.splitlines()[0])
    assert usage.startswith("Usage: zhfacts batch [OPTIONS] SOURCE...\n")


def test_the_fields_of_a_table_can_be_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "feed.csv").write_text("编号,正文,日期\n七,去年新建公园12个。,2024-05-31\n", "utf-8")
    wrong = run("extract", "feed.csv")
    assert (wrong.code, len(wrong.told)) == (3, 1)
    assert wrong.told[0].endswith("(its columns: 编号, 正文, 日期); name the one that holds the text with --text-field")
    done = run("extract", "feed.csv", "--text-field", "正文", "--id-field", "编号", "--date-field", "日期")
    assert [(d["doc"]["id"], d["doc"]["published"]) for d in done.documents] == [("七", "2024-05-31")]


def test_years_that_stay_open_are_told_to_who_asks(run: Run) -> None:
    hint = "zhfacts: nothing tells when 1 document came out: times without a year stay open (XXXX); "
    assert [line for line in run("extract", "note.txt", "-v").told if line.startswith(hint)]
    assert not run("extract", "note.txt").told
    assert hint not in run("extract", "note.txt", "-v", "--published", "2024-05-31").err
