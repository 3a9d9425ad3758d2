"""What is coloured: --color, NO_COLOR, FORCE_COLOR, TERM=dumb and pipes, for all commands alike."""

from __future__ import annotations

import io

import pytest

from pipeline.commands.console import choose_color, coloured, redrawable
from tests.commands.running import Run


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_what_is_coloured(
    choice: str, environment: dict[str, str], terminal: bool, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    choose_color(choice)
    try:
        assert coloured(Terminal() if terminal else io.StringIO()) is expected
    finally:
        choose_color("auto")


def test_a_dumb_terminal_is_not_redrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert redrawable(Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert not redrawable(Terminal())
    assert not redrawable(None)


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (("extract", "note.txt", "--format", "table"), {}, False),
        (("extract", "note.txt", "--format", "table", "--color", "always"), {}, True),
        (("--color", "always", "extract", "note.txt", "--format", "table"), {}, True),
        (("--color", "always", "extract", "note.txt", "--format", "table", "--color", "never"), {}, False),
        (("--color", "always", "extract", "note.txt", "--format", "table"), {"ZHFACTS_COLOR": "never"}, True),
        (("extract", "note.txt", "--format", "table"), {"ZHFACTS_COLOR": "always"}, True),
        (("extract", "note.txt", "--format", "table"), {"FORCE_COLOR": "1"}, True),
        (("extract", "note.txt", "--color", "always"), {}, False),
    ],
)
def test_a_table_is_coloured_where_it_is_wanted(
    run: Run, arguments: tuple[str, ...], environment: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (b"\x1b[" in run(*arguments).out) is expected
