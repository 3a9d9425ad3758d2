"""`check`: JSON Lines with the facts of each check, a table whose failures stand out, here and in `extract`."""

from __future__ import annotations

from pathlib import Path

from tests.commands.running import Run


def page_of(folder: Path, text: str) -> Path:
    page = folder / "a.txt"
    page.write_text(text, encoding="utf-8")
    return page


def test_check_writes_each_check_with_its_facts(run: Run, tmp_path: Path) -> None:
    page = page_of(tmp_path, "全市林地共400公顷，其中竹林100公顷，占35%。")
    done = run("check", str(page))
    (line,) = done.documents
    assert done.code == 0
    assert [line[k] for k in ("doc", "rule", "expected", "actual", "ok")] == [
        "a",
        "check.part-whole",
        "25",
        "35",
        False,
    ]
    assert [f["args"]["quantity"]["text"] for f in line["facts"]] == ["400公顷", "100公顷", "35%"]


def test_failures_stand_out_in_both_tables(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(
        "全市林地共400公顷，其中竹林100公顷，占35%。会议定于2024年5月30日（星期五）召开。", encoding="utf-8"
    )
    for command in "check", "extract":
        done = run(command, str(page), "--format", "table")
        shown = done.out.decode()
        assert "FAILED  part-whole" in shown and "»35%«" in shown and "FAILED  weekday" in shown
    assert "! quantity" in shown and "2 checks failed" in shown


def test_check_has_no_other_formats(run: Run, tmp_path: Path) -> None:
    page = page_of(tmp_path, "全市林地共400公顷。")
    done = run("check", str(page), "-o", str(tmp_path / "a.csv"))
    assert done.code == 2 and "csv is no format of this command" in done.err
