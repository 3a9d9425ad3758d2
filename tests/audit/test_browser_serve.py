"""A served archive in a real browser: two reviewers at once, samples, search, and what is left when it is killed."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit.reviews import read
from tests.audit.archives import ROOT

pytest.importorskip("uvicorn", reason="the extra web is not installed")


class Served:
    """The command at work on an archive; `start` begins it anew."""

    def __init__(self, out: Path, log: Path | None = None) -> None:
        self.out, self.log = out, log or out / "reviews.jsonl"
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> str:
        options = ["audit", "serve", self.out, "--reviewer", "孙", "--reviews", self.log]
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "cli.py", *options], stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self.process.stderr
        for line in self.process.stderr:
            if found := re.search(r"http://\S+/", line):
                return found[0]
        raise AssertionError("the server did not start")

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        assert self.process and self.process.stderr
        self.process.send_signal(how)
        code = self.process.wait(20)
        self.process.stderr.close()
        self.process = None
        return code


@pytest.fixture
def own(archived: Path, tmp_path: Path) -> Iterator[Served]:
    """A server of the test's own, with a log of its own; it does not outlive the test."""
    server = Served(archived, tmp_path / "own.jsonl")
    yield server
    if server.process:
        server.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def served(archived: Path) -> Iterator[tuple[str, Path]]:
    """The address of a server, and its log; each test is a reviewer of its own."""
    server = Served(archived)
    yield server.start(), server.log
    assert server.stop() == 0


def saved(window: Any) -> None:
    window.evaluate("page.store.idle()")


def verdicts(log: Path, reviewer: str) -> list[str]:
    return [review.verdict for review in read(log) if review.reviewer == reviewer]


def test_two_reviewers_at_once_and_neither_leans_on_the_other(chromium: Any, served: tuple[str, Path]) -> None:
    address, log = served
    windows = [chromium.new_context().new_page() for _ in range(2)]
    for name, window in zip(("赵", "钱"), windows, strict=True):
        window.goto(f"{address}doc/0?reviewer={name}")
    for verdict, window in zip("ax", windows, strict=True):
        window.keyboard.press(verdict)
        window.keyboard.press("a")
    for window in windows:
        saved(window)
        window.reload()
    assert (verdicts(log, "赵"), verdicts(log, "钱")) == (["accept", "accept"], ["reject", "accept"])
    first, second = windows
    assert "钱" in first.locator("#detail").inner_text()
    first.keyboard.press("u")
    assert first.evaluate("page.current === page.view[1]")
    assert "钱" not in first.locator("#detail").inner_text()
    saved(first)
    second.goto(address)
    row = second.locator("#reviewers tr", has=second.get_by_role("rowheader", name="钱"))
    row.wait_for()
    assert row.locator("td").first.text_content() == "2"
    for window in windows:
        window.context.close()


def test_decisions_outlive_a_killed_server(window: Any, own: Served) -> None:
    window.goto(f"{own.start()}doc/0")
    window.keyboard.press("a")
    saved(window)
    own.stop(signal.SIGKILL)
    with own.log.open("ab") as log:
        log.write(b'{"schema": "zhfacts-rev')
    window.goto(f"{own.start()}doc/0")
    window.keyboard.press("x")
    saved(window)
    own.stop()
    assert verdicts(own.log, "孙") == ["accept", "reject"]


def test_a_server_that_is_away_is_told_and_what_waits_is_sent(chromium: Any, served: tuple[str, Path]) -> None:
    context = chromium.new_context()
    window = context.new_page()
    window.goto(f"{served[0]}doc/0?reviewer=李")
    context.set_offline(True)
    window.keyboard.press("a")
    window.locator("#say", has_text="Not saved yet").wait_for()
    assert window.evaluate("page.store.unsaved")
    context.set_offline(False)
    saved(window)
    assert verdicts(served[1], "李") == ["accept"]
    context.close()


def test_the_index_searches_texts_and_leads_to_documents(window: Any, served: tuple[str, Path]) -> None:
    window.goto(served[0])
    window.locator("#rows tr").nth(3).wait_for()
    window.fill("#search", "设车站")
    window.locator("#shown", has_text="1 document").wait_for()
    window.click("#rows a")
    window.wait_for_url("**/doc/2?*")
    assert "临江铁路" in window.locator("#text").inner_text()
    window.click("#doc-index")
    window.select_option("#only", "failed")
    window.locator("#shown", has_text="1 document").wait_for()


def test_a_sample_is_judged_from_fact_to_fact(window: Any, served: tuple[str, Path]) -> None:
    window.goto(f"{served[0]}?reviewer=周")
    window.fill("#sample [name=size]", "3")
    window.select_option("#sample [name=by]", "rule")
    window.click("#sample .primary")
    for number in (1, 2, 3):
        window.locator("#sampled", has_text=f"Sample: {number} of 3").wait_for()
        assert window.evaluate("page.current.about.id === page.data.server.sample.item")
        window.keyboard.press("a")
    saved(window)
    assert verdicts(served[1], "周") == ["accept"] * 3


def test_another_name_is_taken_along(window: Any, served: tuple[str, Path]) -> None:
    window.goto(f"{served[0]}doc/0")
    assert window.input_value("#reviewer") == "孙"
    window.fill("#reviewer", "吴")
    window.locator("#list").focus()
    window.wait_for_url("**/doc/0?reviewer=*")
    window.keyboard.press("a")
    saved(window)
    window.keyboard.press("]")
    window.wait_for_url("**/doc/2?reviewer=*")
    assert window.input_value("#reviewer") == "吴"
    assert verdicts(served[1], "吴") == ["accept"]
