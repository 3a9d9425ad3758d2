"""`audit html`: pages of files and of archives, and what cannot be meant."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from tests.commands.running import TEXT, Run


def test_pages_of_files(run: Run, tmp_path: Path) -> None:
    done = run("audit", "html", "note.txt", "-o", "review", "--published", "2024-10-24")
    assert (done.code, done.out) == (0, b"")
    assert done.told == ["zhfacts: 1 document in review/index.html"]
    assert (tmp_path / "review" / "documents" / "00001-note.html").exists()
    assert run("audit", "html", "note.txt", "-o", "review").code == 2
    assert run("audit", "html", "note.txt", "-o", "review", "--force").code == 0


def test_pages_of_an_archive_are_those_of_its_sources(run: Run, tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text(
        f'{{"id": "a", "text": "{TEXT.strip()}", "published": "2024-10-24"}}\n', "utf-8"
    )
    assert run("batch", "feed.jsonl", "-o", "out", "--engine", "serial").code == 0
    assert run("audit", "html", "out", "-o", "one", "-q").code == 0
    assert run("audit", "html", "feed.jsonl", "-o", "two", "-q").code == 0
    one, two = (tmp_path / name / "documents" / "00001-a.html" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_inputs_that_fail_are_told_and_the_rest_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = run("audit", "html", "note.txt", "empty.txt", "-o", "review")
    assert done.code == 1 and done.told[0].startswith("zhfacts: empty.txt: ")
    assert len(list((tmp_path / "review" / "documents").iterdir())) == 1
    none = run("audit", "html", "empty.txt", "-o", "none")
    assert none.code == 3 and not (tmp_path / "none").exists()


def test_what_cannot_be_meant_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    assert "something else" in run("audit", "html", "note.txt", "-o", "mine", "--force").err
    assert run("audit", "html", "note.txt", "-o", "nowhere/review").code == 2
    assert run("audit", "html", "note.txt", "-o", "review", "--published", "yesterday").code == 2


def test_what_cannot_be_served_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = run("audit", "serve", "nowhere")
    assert nothing.code == 3 and "no archive" in nothing.err
    assert run("batch", "note.txt", "-o", "out", "--engine", "serial").code == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("audit", "serve", "out", "--port", str(taken.getsockname()[1]))
    assert done.code == 2 and "--port" in done.told[-1]
    (tmp_path / "out" / "reviews.jsonl").write_text("letters\n", "utf-8")
    assert "no record of a review" in run("audit", "serve", "out").err
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert "zhfacts[web]" in run("audit", "serve", "out").err
