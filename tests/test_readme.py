"""The READMEs tell the truth: their commands run, their Python runs, and what they show is what the program prints.

`pytest --update-golden` writes the shown output anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.audit.dead import dead_rules
from pipeline.commands.app import app
from pipeline.rulebook import load
from pipeline.rulebook.check import check
from pipeline.rulebook.patterns import GENERAL, OWN

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
RULES = ROOT / "rules" / "README.md"
DOCS = (README, RULES)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
BIN = Path(sys.executable).parent
UV = ".uv/bin/uv run "
FILE = re.compile(r"`(mine/[a-z_]+\.[a-z]+)`[^`]*(?:`#`[^`]*)?\n\n```(?:tsv|toml)\n(.*?)^```$", re.M | re.S)
"""A file that the README shows, with its path."""
NOT_HERE = ("python3 -m venv", "pytest", "pre-commit", "bash .ci/run", "rules check")
"""What would install things, measure times or run these tests again; .ci/run does that."""

HERE = re.compile(r"zhfacts (?!batch)(?:(?!--rules)[^|<>&;#])*")
"""A command that is run in this process: a start of its own proves nothing that those with output do not prove. Without
rules of its own, for a process reads a folder of them once."""


def blocks(kind: str, doc: Path = README) -> list[str]:
    return [body for k, body in BLOCK.findall(doc.read_text("utf-8")) if k == kind]


def commands(doc: Path) -> list[list[str]]:
    """Those of each block that can be tried."""
    lines = [[line.split("  #")[0].strip() for line in body.splitlines()] for body in blocks("sh", doc)]
    tried = [[line for line in block if not any(word in line for word in NOT_HERE)] for block in lines]
    return [block for block in tried if block]


def shown() -> list[tuple[Path, str, str]]:
    """Commands with the output that is shown for them."""
    found = [(doc, body.split("\n", 1)) for doc in DOCS for body in blocks("console", doc)]
    return [(doc, command.removeprefix("$ "), output) for doc, (command, output) in found]


@pytest.fixture
def checkout(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A folder with the samples and the files of rules that the document shows, where commands may write."""
    doc = request.node.callspec.params.get("doc", README)
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    (tmp_path / "mine").mkdir()
    for name, text in FILE.findall(doc.read_text("utf-8")):
        (tmp_path / name).write_text(text, "utf-8")
    shutil.copy(ROOT / "cli.py", tmp_path)
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "118"}
    return subprocess.run(
        ["bash", "-ec", command.replace(UV, "")], cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.mark.parametrize(("doc", "files"), [(README, 2), (RULES, 3)])
def test_every_file_of_rules_that_is_shown_is_tried(doc: Path, files: int) -> None:
    assert len(FILE.findall(doc.read_text("utf-8"))) == len(blocks("tsv", doc) + blocks("toml", doc)) == files


@pytest.mark.parametrize(("doc", "block"), [(d, b) for d in DOCS for b in commands(d)])
def test_the_commands_of_the_readme_run_one_after_the_other(
    doc: Path, block: list[str], checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    for command in block:
        if HERE.fullmatch(command):
            with pytest.raises(SystemExit) as exit:
                app(shlex.split(command)[1:], prog_name="zhfacts")
            assert not exit.value.code, command
        else:
            done = run(command, checkout)
            assert done.returncode == 0, (command, done.stderr)


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_the_python_of_the_readme_runs(number: int, checkout: Path) -> None:
    done = run(f"python -c {shlex.quote(blocks('python')[number])}", checkout)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("doc", [README])
def test_the_queries_have_answers(doc: Path, checkout: Path) -> None:
    # The samples do not contradict each other; two notices of one bridge do.
    for name, flow in ("one", "4.6"), ("other", "5.3"):
        (checkout / "samples" / f"{name}.txt").write_text(f"2023年，江湾市平安大桥日均车流量{flow}万辆次。\n", "utf-8")
    done = run("zhfacts export samples -o facts.sqlite -q", checkout)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(checkout / "facts.sqlite")) as database:
        lines = [line.partition("--")[0] for line in "".join(blocks("sql", doc)).splitlines()]
        found = [database.execute(line).fetchall() for line in lines]
    assert all(found)


@pytest.mark.parametrize(("doc", "command", "output"), shown())
def test_the_readme_shows_what_is_printed(
    doc: Path, command: str, output: str, checkout: Path, request: pytest.FixtureRequest
) -> None:
    done = run(f"{command} --format table" if "extract" in command else command, checkout)
    assert done.returncode == 0, done.stderr
    printed = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
    if request.config.getoption("--update-golden"):
        text = doc.read_text("utf-8")
        doc.write_text(text.replace(f"$ {command}\n{output}", f"$ {command}\n{printed}"), "utf-8")
    else:
        assert printed == output


def test_the_files_of_rules_that_are_shown_pass_their_check(tmp_path: Path) -> None:
    for number, doc in enumerate(DOCS):
        folder = tmp_path / str(number) / "mine"
        folder.mkdir(parents=True)
        for name, text in FILE.findall(doc.read_text("utf-8")):
            (folder.parent / name).write_text(text, "utf-8")
        book = load(folder)
        assert [str(p) for p in (*check(book, speed=False), *dead_rules(book))] == []


@pytest.mark.parametrize("kind", ["tables", "files"])
def test_the_grammar_tells_of_every_file_column_and_key(kind: str) -> None:
    told = {
        name: row for row in RULES.read_text("utf-8").splitlines() for name in re.findall(r"^\| `([a-z_]+)` \|", row)
    }
    common = {*re.findall(r"`([a-z_]+)`", RULES.read_text("utf-8").split("## Tables")[1].split("\n| table")[0]), "id"}
    book = load()
    missing = []
    if kind == "tables":
        names = {t: [c.name for c in table.columns] for t, table in book.tables.items()}
    else:
        own = {*OWN, *GENERAL}
        drafts = {name: file.drafts for name, file in book.files.items() if file.drafts}
        names = {n: sorted({k for d in entries for k in d.data} - own) for n, entries in drafts.items()}
    for name, keys in names.items():
        row = told.get(name, "")
        missing += [f"{name}: {k}" for k in ("", *keys) if not row or k and k not in common and f"`{k}`" not in row]
    assert not missing


def test_the_readme_tells_the_floors_of_the_gate() -> None:
    floors = tomllib.loads((ROOT / "tests" / "gate" / "floors.toml").read_text("utf-8"))
    rows = re.findall(r"^\| ([a-z ]+) \| .* \| ([0-9.]+) \|$", README.read_text("utf-8"), re.M)
    assert {name: float(floor) for name, floor in rows} == floors


def test_the_readme_names_what_ci_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    text = README.read_text("utf-8")
    assert "-m venv .uv && .uv/bin/pip install" in script
    tests = "pytest -n 2 --dist loadfile\n"  # side by side: half the time on two cores
    assert f"{UV}{tests}" in text
    assert f"{UV}--quiet {tests}" in script
