"""The command line as a process: pipes that close, interrupts, terminals, and a start that loads nothing heavy."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLI = [sys.executable, str(ROOT / "cli.py")]
LINE = json.dumps({"text": "全市新建公园12个，总面积3.6万平方米。" * 20}, ensure_ascii=False)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed long enough to fill a pipe."""
    path = tmp_path / "feed.jsonl"
    path.write_text(f"{LINE}\n" * 40, "utf-8")
    return path


def all_of(terminal: int) -> bytes:
    """What is written to a terminal until its other end closes."""
    shown = b""
    with suppress(OSError):  # Linux tells the end of a terminal by an error
        while chunk := os.read(terminal, 4096):
            shown += chunk
    os.close(terminal)
    return shown


@pytest.mark.parametrize("args", ["schema", "rules list", "extract samples/economy.txt", "extract samples -q"])
def test_a_reader_that_reads_nothing(args: str) -> None:
    command = f"{sys.executable} cli.py {args} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_head_ends_it_quietly(feed: Path) -> None:
    command = f"{sys.executable} {ROOT / 'cli.py'} extract {feed} | head -c 100; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, encoding="utf-8")
    assert done.stderr == ""
    assert done.stdout.startswith('{"schema":"zhfacts/1"')
    assert done.stdout.endswith("0\n")


def test_standard_input(feed: Path) -> None:
    done = subprocess.run([*CLI, "extract", "-"], input="新建公园12个。\n".encode(), capture_output=True)
    assert done.returncode == 0
    assert json.loads(done.stdout)["doc"]["id"] == "-"


@pytest.mark.parametrize("args", ["--version", "schema", "rules list", "extract samples/economy.txt"])
@pytest.mark.parametrize(
    ("end", "told"),
    [
        (">/dev/full", "zhfacts: standard output: No space left on device; check the place and its rights\n"),
        (">&-", "zhfacts: standard output is closed; open it, or name a file with -o\n"),
    ],
)
def test_a_standard_output_that_takes_nothing(args: str, end: str, told: str) -> None:
    command = f"{sys.executable} cli.py {args} {end}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    assert (done.returncode, done.stderr) == (2, told)


def test_a_standard_error_that_is_closed(tmp_path: Path) -> None:
    command = f"{sys.executable} {ROOT / 'cli.py'} extract nowhere.txt 2>&-"
    assert subprocess.run(["bash", "-c", command], cwd=tmp_path).returncode == 3


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [(signal.SIGINT, 130, "zhfacts: interrupted\n"), (signal.SIGTERM, 143, ""), (signal.SIGHUP, 129, "")],
)
def test_a_signal_ends_it_and_leaves_nothing_behind(tmp_path: Path, number: int, code: int, told: str) -> None:
    out = tmp_path / "out.jsonl"
    process = subprocess.Popen(
        [*CLI, "extract", "-", "-o", str(out)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Under nohup, or in a script's background, the tests themselves run with signals ignored.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    assert process.stdin and process.stderr
    for _ in range(600):  # the part file stands when the command waits for its input
        if list(tmp_path.iterdir()):
            break
        time.sleep(0.02)
    time.sleep(0.2)
    process.send_signal(number)
    assert process.wait(60) == code
    assert process.stderr.read().decode() == told
    assert list(tmp_path.iterdir()) == []
    process.stdin.close()
    process.stderr.close()


def test_on_a_terminal_it_is_a_table_as_wide_as_that(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("全市新建公园12个，总面积3.6万平方米。\n", "utf-8")
    mine, theirs = pty.openpty()
    env = {**os.environ, "COLUMNS": "100", "TERM": "xterm-256color"}
    process = subprocess.Popen([*CLI, "extract", str(note)], stdout=theirs, stderr=subprocess.PIPE, env=env)
    os.close(theirs)
    shown = all_of(mine)
    assert process.stderr and process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0
    assert "note.txt · 1 article" in shown.decode("utf-8")


def test_a_bar_on_stderr_where_it_is_a_terminal(feed: Path, tmp_path: Path) -> None:
    mine, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color"}
    out = tmp_path / "out.jsonl"
    process = subprocess.Popen([*CLI, "extract", str(feed), "-o", str(out)], stderr=theirs, env=env)
    os.close(theirs)
    shown = all_of(mine)
    assert process.wait() == 0
    assert b" documents, " in shown
    assert b"100%" in shown
    assert b"zhfacts: 40 documents, " in shown.splitlines()[-1]
    assert len(out.read_text("utf-8").splitlines()) == 40


def test_help_loads_neither_spacy_nor_rich() -> None:
    code = (
        "import sys\ntry:\n from pipeline.commands import main\n sys.argv = ['zhfacts', '--help']\n main()\n"
        "except SystemExit:\n print(sorted({'spacy', 'rich', 'rjieba', 'jieba', 'regex', 'msgspec'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_the_locale_changes_nothing(locale: str, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("全市新建公园12个。\n", "utf-8")
    env = {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([*CLI, "extract", str(note)], env=env, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "公园" in done.stdout.decode("utf-8")
