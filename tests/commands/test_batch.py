"""What `batch` says of its work."""

from __future__ import annotations

from typing import NoReturn

import pytest

from tests.commands.running import Run


def test_a_run_that_has_nothing_to_do_tells_no_speed(run: Run) -> None:
    args = ("batch", "note.txt", "-o", "out", "--engine", "serial")
    assert [" characters a second" in line for line in run(*args).told] == [False, True]
    again = run(*args)
    assert (again.code, again.told[0]) == (0, "zhfacts: 1 of 1 document were done before")
    assert [" characters a second" in line for line in again.told] == [False, False]


def test_an_interrupt_tells_how_to_go_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.commands.batch.run", interrupted)
    done = run("batch", "note.txt", "-o", "out")
    assert done.code == 130
    assert done.told == [
        "zhfacts: what is done is kept in out; the same command goes on from there",
        "zhfacts: interrupted",
    ]
