"""`zhfacts articles`: the structure of pages, and why lines were joined or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from pipeline.commands.articles_tree import GUIDES, _line
from tests.commands.running import Run

PAGE = (
    "新桥昨日通车\n本报记者 何晴\n"
    "　　滨江新桥昨天上午通车，全长一千二百米，\n桥面有双向六车道。市民步行过桥只要十\n"
    "工人在吊装桥面 本报记者 高远 摄\n"
    "分钟，比过去快了一半。\n"
    "责编：周一帆\n"
)


def test_a_page_in_a_pipe_is_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    done = run("articles", str(tmp_path / "page.txt"))
    (page,) = done.documents
    (article,) = page["articles"]
    assert article["title"]["text"] == "新桥昨日通车"
    assert [b["persons"][0]["text"] for b in article["bylines"]] == ["何晴"]
    assert article["captions"][0]["text"].startswith("工人")
    assert ["".join(p["text"].split()) for p in article["paragraphs"]] == [
        "滨江新桥昨天上午通车，全长一千二百米，桥面有双向六车道。市民步行过桥只要十分钟，比过去快了一半。"
    ]
    assert [f["kind"] for f in page["furniture"]] == ["staff"]
    assert done.code == 0 and "why" not in page


def test_why_names_the_evidence_of_each_join(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    (page,) = run("articles", "--why", str(tmp_path / "page.txt")).documents
    for decision in page["why"]:
        assert decision["score"] == sum(e["weight"] for e in decision["evidence"])
    joins = [d for d in page["why"] if d["what"] == "join" and d["holds"]]
    assert [d["text"] for d in joins][-1] == ["有双向六车道。市民步行过桥只要十", "分钟，比过去快了一半。"]
    assert all(d["score"] > d["threshold"] for d in joins)


def test_the_tree_shows_parts_and_marks_places(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    shown = run("articles", "--why", "--format", "table", str(tmp_path / "page.txt")).out.decode()
    assert run("articles", "--why", "--format", "tree", str(tmp_path / "page.txt")).out.decode() == shown
    for part in ("title 新桥昨日通车", "何晴 (记者)", "caption 工人", "staff 责编", "只要十»«分钟"):
        assert part in shown


@pytest.mark.parametrize("cells", [60, 80, 100])
def test_a_part_is_one_line_of_a_terminal(cells: int) -> None:
    parts = [("title", "滨江新桥通车首日迎客三万人"), ("paragraph", "滨江新桥昨天上午通车，" * 30), ("caption", "桥")]
    for label, text in parts:
        line = _line(label, text, ((12, 34), (56, 78)), cells).plain
        assert text in line or line.count("\u2026") == 1 and cells - GUIDES - 2 <= cell_len(line) <= cells - GUIDES


def test_an_open_end_is_told(run: Run, tmp_path: Path) -> None:
    whole = "滨江新桥昨天上午通车，全长一千二百米。\n"
    (tmp_path / "page.txt").write_text(whole * 3 + "桥面有双向六车道，市民步行过\n", "utf-8")
    done = run("articles", str(tmp_path / "page.txt"))
    assert [i["code"] for i in done.documents[0]["issues"]] == ["layout.open-end"]
    assert done.told == [
        "zhfacts: page.txt: a sentence breaks off here, and what goes on with it is not on the page (at character 60)"
    ]


def test_a_missing_file_is_one_line(run: Run) -> None:
    done = run("articles", "nowhere.txt")
    assert done.code == 3 and done.told == ["zhfacts: nowhere.txt: no such file; check the path"]
