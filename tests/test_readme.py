"""The README tells the truth: its commands run, its Python runs, and what it shows is what the program prints.

`pytest --update-golden` writes the shown output anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
BIN = Path(sys.executable).parent
UV = ".uv/bin/uv run "
FILE = re.compile(r"`(mine/[a-z]+\.[a-z]+)`[^`]*(?:`#`[^`]*)?\n\n```(?:tsv|toml)\n(.*?)^```$", re.M | re.S)
"""A file that the README shows, with its path."""
NOT_HERE = ("python3 -m venv", "pytest", "pre-commit", "bash .ci/run", "rules check")
"""What would install things, measure times or run these tests again; .ci/run does that."""


def blocks(kind: str) -> list[str]:
    return [body for k, body in BLOCK.findall(README.read_text("utf-8")) if k == kind]


def commands() -> list[str]:
    lines = [line for body in blocks("sh") for line in body.splitlines() if line and not line.startswith("#")]
    return [line.split("  #")[0].strip() for line in lines]


def shown() -> list[tuple[str, str]]:
    """Commands with the output that the README shows for them."""
    return [(b.split("\n", 1)[0].removeprefix("$ "), b.split("\n", 1)[1]) for b in blocks("console")]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the samples, where commands may write."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    (tmp_path / "mine").mkdir()
    for name, text in FILE.findall(README.read_text("utf-8")):
        (tmp_path / name).write_text(text, "utf-8")
    shutil.copy(ROOT / "cli.py", tmp_path)
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "118"}
    return subprocess.run(
        ["bash", "-ec", command.replace(UV, "")], cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8"
    )


def test_every_file_of_rules_that_is_shown_is_tried() -> None:
    assert len(FILE.findall(README.read_text("utf-8"))) == len(blocks("tsv") + blocks("toml")) == 2


@pytest.mark.parametrize("command", [c for c in commands() if not any(word in c for word in NOT_HERE)])
def test_a_command_of_the_readme_runs(command: str, checkout: Path) -> None:
    done = run(command, checkout)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_the_python_of_the_readme_runs(number: int, checkout: Path) -> None:
    done = run(f"python -c {shlex.quote(blocks('python')[number])}", checkout)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("command", "output"), shown())
def test_the_readme_shows_what_is_printed(
    command: str, output: str, checkout: Path, request: pytest.FixtureRequest
) -> None:
    done = run(f"{command} --format table" if "extract" in command else command, checkout)
    assert done.returncode == 0, done.stderr
    printed = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
    if request.config.getoption("--update-golden"):
        text = README.read_text("utf-8")
        README.write_text(text.replace(f"$ {command}\n{output}", f"$ {command}\n{printed}"), "utf-8")
    else:
        assert printed == output


def test_the_readme_tells_the_floors_of_the_gate() -> None:
    floors = tomllib.loads((ROOT / "tests" / "gate" / "floors.toml").read_text("utf-8"))
    rows = re.findall(r"^\| ([a-z ]+) \| .* \| ([0-9.]+) \|$", README.read_text("utf-8"), re.M)
    assert {name: float(floor) for name, floor in rows} == floors


def test_the_readme_names_what_ci_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    text = README.read_text("utf-8")
    assert "-m venv .uv && .uv/bin/pip install" in script
    assert f"{UV}pytest\n" in text
    assert f"{UV}--quiet pytest" in script
