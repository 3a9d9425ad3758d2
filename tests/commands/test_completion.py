"""Shell completion: commands, options, their values and the ids of rules, for bash, zsh and fish."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CLI = Path(__file__).resolve().parents[2] / "cli.py"


def zhfacts(*arguments: str, **environment: str) -> list[str]:
    """The lines that the program prints, called as a shell does."""
    code = "import sys; sys.argv[0] = 'zhfacts'; from pipeline.commands import main; main()"
    env = {**os.environ, "PYTHONPATH": str(CLI.parent), **environment}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout.splitlines()


def completed(line: str) -> list[str]:
    """What bash offers behind ``line``."""
    number = len(line.split(" ")) - 1
    return zhfacts(_ZHFACTS_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(number))


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("zhfacts ru", ["rules"]),
        ("zhfacts extract --segm", ["--segmenter"]),
        ("zhfacts extract --segmenter ", ["rjieba", "jieba"]),
        ("zhfacts extract --col", ["--color"]),
        ("zhfacts rules show unit.length.met", ["unit.length.metre"]),
        ("zhfacts rules test fact.rank.car", ["fact.rank.carried"]),
        ("zhfacts rules new per", ["per_units", "person_titles", "persons"]),
    ],
)
def test_what_bash_offers(line: str, offered: list[str]) -> None:
    assert completed(line) == offered


def test_a_settings_file_that_is_wrong_does_not_disturb_completion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "zhfacts.toml").write_text("rule = 3", "utf-8")
    assert completed("zhfacts extract --segm") == ["--segmenter"]


@pytest.mark.parametrize(
    ("shell", "sign"), [("bash", "complete -o default"), ("zsh", "#compdef"), ("fish", "complete ")]
)
def test_the_script_of_a_shell(shell: str, sign: str) -> None:
    script = zhfacts("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert any(line.startswith(sign) for line in script)
    assert any("_ZHFACTS_COMPLETE" in line for line in script)
