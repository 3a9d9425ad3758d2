"""An archive in other formats: what `extract` writes of the same sources, no more and no less."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.test_run import PANDAS, ROOT, an_archive, work


def command(*words: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, str(ROOT / "cli.py"), *map(str, words)], capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    source = an_archive(folder, 40)
    source.write_text(source.read_text("utf-8") + '{"id": "none"}\n', "utf-8")
    work(source, folder / "out")
    return folder / "out"


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_archive_gives_what_its_sources_give(out: Path, form: str, tmp_path: Path) -> None:
    source = out.parent / "news.jsonl"
    archived = command("export", out, "--to", form)
    assert archived.returncode == 0, archived.stderr
    assert b"1 document that could not be worked left out" in archived.stderr
    assert archived.stdout == command("export", source, "--to", form).stdout
    assert archived.stdout == command("extract", source, "--format", form).stdout


def test_an_archive_as_sqlite_with_its_text(out: Path, tmp_path: Path) -> None:
    file = tmp_path / "facts.sqlite"
    assert command("export", out, "-o", file).returncode == 0
    db = sqlite3.connect(file)
    assert db.execute("SELECT count(*), sum(length(text)) > 0 FROM documents").fetchone() == (40, 1)
    found = "SELECT count(*) FROM documents_fts WHERE documents_fts MATCH ?"
    assert db.execute(found, ("市长",)).fetchone() == (40,)
    db.close()
    again = command("export", out, "-o", file)
    assert again.returncode == 2 and b"exists" in again.stderr


def test_what_cannot_be_meant_is_refused(out: Path) -> None:
    assert b"alone" in command("export", out, "more.txt", "--to", "jsonl").stderr
    assert b"--published" in command("export", out, "--to", "jsonl", "--published", "2024-01-01").stderr


def test_settings_of_how_sources_are_read_are_none_of_an_archives(out: Path, tmp_path: Path) -> None:
    settings = tmp_path / "zhfacts.toml"
    settings.write_text('entities = "rules"\npublished = "2024-05-31"\n', "utf-8")
    assert command("export", out, "--to", "csv", "--config", settings).returncode == 0
    told = command("export", out, "--to", "csv", "--config", settings, "--text-field", "body")
    assert told.returncode == 2 and b"--text-field says how sources are read" in told.stderr


def test_an_unfinished_archive_is_written_as_far_as_it_is_done_and_that_is_told(out: Path, tmp_path: Path) -> None:
    part = tmp_path / "part"
    shutil.copytree(out, part)
    first = min(part.glob("manifests/*"))
    gone = json.loads(first.read_text("utf-8"))["documents"]
    first.unlink()
    told = f"zhfacts: {part} is unfinished: {41 - gone} of 41 documents are done; the command that wrote it, run again"
    for words in (("export", part), ("audit", "sample", part), ("diff", part, out), ("audit", "html", part)):
        place = ("-o", tmp_path / "pages") if words[1] == "html" else ()
        done = command(*words, *place)
        assert (done.returncode, told.encode() in done.stderr) == (1, True), done.stderr
    assert len(command("export", part, "-q").stdout.splitlines()) == 40 - gone


def test_an_archive_whose_reprints_were_not_looked_for_is_unfinished(out: Path, tmp_path: Path) -> None:
    part = tmp_path / "part"
    shutil.copytree(out, part)
    (part / "run.json").unlink()
    done = command("export", part, "-q")
    assert (done.returncode, b"41 of 41 documents are done, reprints were not looked for yet" in done.stderr) == (
        1,
        True,
    )


def test_an_archive_of_another_schema_is_refused(out: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    job = json.loads((out / "job.json").read_text("utf-8"))
    (old / "job.json").write_text(json.dumps({**job, "schema": "zhfacts/0"}), "utf-8")
    (old / "plan.jsonl").write_text("", "utf-8")
    done = command("export", old, "--to", "jsonl")
    assert (done.returncode, b"another version (zhfacts/0" in done.stderr) == (3, True)


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_that_a_library_swallows_leaves_no_file(out: Path, name: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "pandas.py").write_text(PANDAS.format(name=name), "utf-8")
    (tmp_path / "to").mkdir()
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "export", str(out), "-o", str(tmp_path / "to" / "facts.parquet")],
        capture_output=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert done.returncode == code, done.stderr
    assert not list((tmp_path / "to").iterdir())
