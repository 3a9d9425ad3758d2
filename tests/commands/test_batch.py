"""What `batch` says of its work."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NoReturn

import pytest

from pipeline.batch.shards import Counts
from pipeline.commands.batch import Pace, Show
from tests.commands.running import Run


def test_a_run_that_has_nothing_to_do_tells_no_speed(run: Run) -> None:
    args = ("batch", "note.txt", "-o", "out", "--engine", "serial")
    assert [" characters a second" in line for line in run(*args).told] == [False, True]
    again = run(*args)
    assert (again.code, again.told[0]) == (0, "zhfacts: 1 of 1 document were done before")
    assert [" characters a second" in line for line in again.told] == [False, False]


def test_issues_are_counted_at_the_end(run: Run) -> None:
    rows = [f"{name}\t{number}\t5.6" for name, number in (("财政收入", 1234), ("财政支出", 4321))]
    Path("table.txt").write_text("\n".join(["昨天公布了指标，单位万元。", *rows, ""]), "utf-8")
    args = ("batch", "note.txt", "table.txt", "-o", "out", "--engine", "serial")
    told = "zhfacts: issues: layout.table in 1 document; each document's record in that table says what and where"
    assert told in run(*args).told and told in run(*args).told, "also when nothing was left to do"
    assert not run(*args, "-q").told


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


def test_a_list_needs_no_place_and_a_run_does(run: Run, tmp_path: Path) -> None:
    listed = run("batch", "note.txt", "--list")
    assert (listed.code, listed.out.split(b"\t")[:2]) == (0, [b"note.txt", b"1"])
    done = run("batch", "note.txt")
    assert (done.code, done.told) == (2, ["zhfacts: no place for the output was named; name a folder with -o"])


def test_what_is_left_is_reckoned_from_the_first_documents_on() -> None:
    pace = Pace(100.0)
    assert pace.seconds(900) == 0
    pace.seen(110.0, Counts(Counter(ok=100), characters=1000))  # ten seconds of which nine went to loading rules
    assert pace.seconds(900) == 90
    pace.seen(112.0, Counts(Counter(ok=300), characters=5000))
    assert (pace.characters, pace.seconds(700)) == (2000, 7)


def test_what_is_left_is_told_in_seconds_where_it_is_less_than_minutes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 1000, 20))
    monkeypatch.setattr("pipeline.commands.batch.time.monotonic", lambda: float(next(clock)))
    with Show("plain", quiet=False) as show:
        show.begins(100, 0)
        for done in (10, 10, 40):
            show.seen(Counts(Counter(ok=done)))
    told = [line.rpartition(", ")[2] for line in capsys.readouterr().err.splitlines()]
    assert told == ["about 3 min left", "about 3 min left", "about 32 s left"]
