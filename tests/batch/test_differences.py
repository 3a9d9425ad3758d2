"""Two archives against each other: every difference once, by its rule, whatever order the documents are in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.batch.differences import CHANGED, GONE, NEW, compared
from pipeline.chain import extract
from pipeline.core.options import Options
from pipeline.core.records import Document
from pipeline.intake.source import Failure
from tests.batch.test_export import command
from tests.batch.test_run import work


def document(name: str, text: str) -> Document:
    return extract(text, "2024-05-31", id=name, with_text=True)


def test_the_same_is_no_difference() -> None:
    ours = [document("a", "全市新增岗位3万个。"), Failure("b", "is empty")]
    report = compared(ours, reversed(ours), 3)
    assert report.compared == 2 and not report.counts and report.only == [0, 0]


def test_what_is_gone_new_and_changed_is_told_by_rule() -> None:
    one = document("a", "全市新增岗位3万个，长12公里。")
    other = document("a", "全市新增岗位5万个，长12英里。")
    report = compared([one], [other], 1)
    assert {what for _, what in report.counts} == {CHANGED}
    changed = [d for kept in report.examples.values() for d in kept]
    assert any("30000" in d.before.value and "50000" in d.after.value for d in changed if d.before and d.after)
    less = compared([one], [document("a", "全市新增岗位3万个，长乐公里。")], 9)
    assert {what for _, what in less.counts} >= {GONE}
    more = compared([document("a", "全市新增岗位3万个，长乐公里。")], [one], 9)
    assert sum(n for (_, w), n in more.counts.items() if w == NEW) == sum(
        n for (_, w), n in less.counts.items() if w == GONE
    )


def test_documents_of_one_archive_only_are_counted() -> None:
    a, b, c = (document(n, "全市新增岗位3万个。") for n in "abc")
    report = compared([a, b], [c, b, Failure("a", "is empty")], 3)
    assert report.only == [0, 1] and report.compared == 2
    assert report.counts == {("status", GONE): 1}


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("diff")
    source = folder / "news.jsonl"
    rows = ({"id": f"n{i}", "text": f"去年全市新修公路{i + 2}公里，新建学校{i + 3}所。"} for i in range(10))
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    (folder / "rules").mkdir()
    (folder / "rules" / "units.tsv").write_text('#: note = "mine"\nid\tenabled\nunit.length.kilometre\tno\n', "utf-8")
    work(source, folder / "one")
    work(source, folder / "two", options=Options(rules=folder / "rules"))
    return folder / "one", folder / "two"


def test_the_command_shows_rows(archives: tuple[Path, Path]) -> None:
    same = command("diff", archives[0], archives[0])
    assert (same.returncode, same.stdout) == (0, b"") and b"10 documents compared, 0 differences" in same.stderr
    done = command("diff", *archives, "--examples", "2")
    names, *rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert names[:3] == ["rule", "what", "count"]
    assert b"the jobs differ in rules" in done.stderr and rows
    assert {len(row) for row in rows} == {9}
    assert max(sum(r[:2] == rule for r in rows) for rule in [r[:2] for r in rows]) <= 2
    gone = [row for row in rows if row[1] == GONE and row[5] == "quantity" and row[6] == "2公里"]
    assert gone and gone[0][3] == "n0" and gone[0][4] == "8-11" and "value=2" in gone[0][7] and gone[0][8] == ""
    assert not [row for row in rows if row[6].endswith("所")]


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    done = command("diff", tmp_path, tmp_path)
    assert done.returncode == 3 and b"is no archive of this program" in done.stderr
