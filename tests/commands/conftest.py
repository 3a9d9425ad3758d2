"""The command line in one process."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.app import app
from tests.commands.running import TEXT, Done, Run


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)  # tests that run side by side are told of a width
    (tmp_path / "note.txt").write_text(TEXT, "utf-8")

    def runner(*args: str) -> Done:
        with pytest.raises(SystemExit) as exit:
            app(list(args), prog_name="zhfacts")
        out, err = capfdbinary.readouterr()
        code = exit.value.code
        return Done(code if isinstance(code, int) else 0, out, err.decode("utf-8"))

    return runner
