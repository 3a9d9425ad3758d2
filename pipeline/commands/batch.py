"""The work of `batch`: run it, and show how it goes."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.batch.reading import Archive
from pipeline.batch.run import Request, Watcher, files_of, run
from pipeline.batch.shards import Counts
from pipeline.batch.summary import Summary
from pipeline.batch.work import FAILED, QUARANTINED
from pipeline.commands.console import progress_bar, redrawable
from pipeline.commands.errors import FAILED as SOME_FAILED
from pipeline.commands.errors import NOTHING, heed
from pipeline.commands.extract import refuse_reading
from pipeline.commands.streams import counted, printable, stdout_bytes, tell
from pipeline.intake.entry import Reading
from pipeline.intake.sources import documents

EVERY = 10.0
"""Seconds between two lines of a log."""
SETTLED = 1.0
"""Seconds behind the first documents after which they tell a pace: several workers end their first at once."""
MINUTES = 90
"""From so many seconds on, what is left is told in minutes."""
NAMED = 20
"""How many documents that failed are named on stderr; all of them stand in the table of documents."""


def run_batch(request: Request, log_format: str, quiet: bool) -> int:
    """Run the batch and tell how it went; returns the exit code."""
    refuse_reading(request.options.published, request.reading.encoding)
    with Show(log_format, quiet) as show:
        try:
            summary = run(request, show)
        except (KeyboardInterrupt, SystemExit):  # of Ctrl-C, of another signal
            show.broken_off(request.out)
            raise
    show.end(summary)
    if summary.failed or summary.quarantined or summary.unread:
        return SOME_FAILED if summary.ok else NOTHING
    return 0


def list_sources(inputs: Sequence[str], how: Reading) -> int:
    """Print each file that would be read: its name, how many documents it holds, and their bytes."""
    files, unread = files_of(inputs)
    for file in files:
        sizes = [entry.size for entry in documents(file, how)]
        stdout_bytes().write(f"{printable(file.shown)}\t{len(sizes)}\t{sum(sizes)}\n".encode("utf-8", "replace"))
    for failure in unread:
        tell(str(failure))
    return 0 if not unread else SOME_FAILED if files else NOTHING


class Pace:
    """How fast a run goes, from the first documents that are done: before them the workers only load their rules."""

    def __init__(self, began: float) -> None:
        """``began``: when the run did, in seconds."""
        self.began = began
        self._first: tuple[float, int, int] | None = None
        self._documents = 0.0
        self.characters = 0.0
        """Characters a second."""

    def seen(self, now: float, counts: Counts) -> None:
        """Take in that ``counts`` stand at ``now``."""
        self._first = self._first or (now, counts.documents, counts.characters)
        settled = now - self._first[0] >= SETTLED
        since, documents, characters = self._first if settled else (self.began, 0, 0)
        took = max(now - since, 0.001)
        self._documents = (counts.documents - documents) / took
        self.characters = (counts.characters - characters) / took

    def seconds(self, documents: int) -> float:
        """How long ``documents`` more will take."""
        return documents / self._documents if self._documents else 0.0


class Show(Watcher):
    """Progress on stderr: a bar on a terminal, a line now and then in a log."""

    def __init__(self, log_format: str, quiet: bool) -> None:
        """``log_format``: ``plain`` or ``json``; ``quiet``: only troubles are told."""
        self._json, self._quiet = log_format == "json", quiet
        self._counts = Counts()
        self._total = self._done = self._named = 0
        self._told = time.monotonic()
        self._pace = Pace(self._told)
        self._bar: Any = None

    def __enter__(self) -> Show:
        """Nothing is drawn before there is something to tell."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the bar."""
        if self._bar is not None:
            self._bar.stop()

    def begins(self, documents: int, done: int) -> None:
        """Say what is ahead."""
        self._total, self._done = documents, done
        self._told = time.monotonic()
        self._pace = Pace(self._told)
        if done and not self._quiet:
            self._say(f"{done} of {counted(documents, 'document')} were done before")
        if not self._quiet and not self._json and redrawable(sys.stderr):
            self._bar = progress_bar(known=True)
            self._bar.start()
            self._bar.add_task("workers start", total=documents, completed=done)

    def seen(self, counts: Counts) -> None:
        """Count, name what failed, and tell how far the work is."""
        heed()
        self._counts.add(counts)
        for trouble in counts.troubles:
            self._named += 1
            if self._named <= NAMED:
                self._say(trouble)
            elif self._named == NAMED + 1:
                self._say("more documents failed")
        now = time.monotonic()
        self._pace.seen(now, self._counts)
        if self._bar is not None:
            self._bar.update(
                self._bar.task_ids[0], completed=self._done + self._counts.documents, description=self._how()
            )
        elif not self._quiet and now - self._told >= EVERY:
            self._told = now
            self._line(now)

    def between(self) -> None:
        """End it here if a signal asked for that."""
        heed()

    def told(self, line: str) -> None:
        """Pass a line on."""
        self._say(line)

    def broken_off(self, out: Path) -> None:
        """Say what is kept, and how to go on. What of a shard is done counts when the shard is."""
        kept = f"what is done is kept in {out}"
        if self._total:
            left = Archive(out).missing
            done = f"{self._total - left} of {counted(self._total, 'document')}"
            kept = f"{done} are done and kept in {out}, {left} are left"
        self._say(f"{kept}; the same command goes on from there")

    def end(self, summary: Summary) -> None:
        """Sum up."""
        if self._quiet:
            return
        if self._json:
            _put(json.dumps({"event": "end", **_plain(summary)}, ensure_ascii=False))
            return
        bad = {FAILED: summary.failed, QUARANTINED: summary.quarantined}
        told = [f"{counted(summary.documents, 'document')} in {counted(summary.shards, 'shard')}"]
        told += [f"{number} {what}" for what, number in bad.items() if number]
        told += [counted(summary.reprints, "reprint")] if summary.reprints else []
        facts = ", ".join(f"{number} {kind}" for kind, number in summary.facts.items())
        tell(f"{', '.join(told)}; facts: {facts or 'none'}")
        if any(bad.values()):
            tell("why they failed stands in the table of documents (status, reason)")
        if summary.issues:
            told = [f"{code} in {counted(number, 'document')}" for code, number in summary.issues.items()]
            tell(f"issues: {', '.join(told)}; each document's record in that table says what and where")
        if not summary.new_documents:
            return
        tell(
            f"{counted(summary.new_documents, 'document')} in {summary.seconds:.1f} s, "
            f"{summary.characters_per_second} characters a second, at most {summary.peak_bytes >> 20} MiB a process"
        )

    def _how(self) -> str:
        bad = self._counts.documents - self._counts.status["ok"]
        done = f"{self._done + self._counts.documents}/{self._total}"
        return f"{done}, {self._pace.characters:,.0f} characters/s, {bad} failed"

    def _line(self, now: float) -> None:
        ahead = self._pace.seconds(self._total - self._done - self._counts.documents)
        if self._json:
            event = {
                "event": "progress", "documents": self._done + self._counts.documents, "of": self._total,
                "status": dict(self._counts.status), "characters": self._counts.characters,
                "seconds": round(now - self._pace.began, 1), "seconds_left": round(ahead),
            }  # fmt: skip
            _put(json.dumps(event, ensure_ascii=False))
        else:
            left = f"{ahead / 60:.0f} min" if ahead >= MINUTES else f"{ahead:.0f} s"
            tell(f"{self._how()}, about {left} left")

    def _say(self, line: str) -> None:
        if self._json:
            _put(json.dumps({"event": "told", "message": printable(line)}, ensure_ascii=False))
        else:
            tell(line)


def _put(line: str) -> None:
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(line + "\n")
            sys.stderr.flush()


def _plain(summary: Summary) -> dict[str, Any]:
    return {name: getattr(summary, name) for name in summary.__struct_fields__}
