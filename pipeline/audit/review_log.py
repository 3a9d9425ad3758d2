"""The log of decisions while it is served: read once, then what is appended to it, by this process or another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock

from pipeline.audit.reviews import Key, Review, append, decoded, encoded, key_of
from pipeline.core.errors import InputError
from pipeline.core.records import Record

DONE = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "add": "added"}


class Reviewer(Record, frozen=True):
    """How far a reviewer has come: items that are judged, by verdict; ``last``: the time of the last decision."""

    reviewer: str
    judged: int
    accepted: int
    rejected: int
    corrected: int
    added: int
    documents: int
    last: str


class ReviewLog:
    """The decisions of all reviewers; may be used by several threads."""

    def __init__(self, path: Path) -> None:
        """``path`` is made by the first decision. Raises `InputError` where it is no log of reviews."""
        self.path = path
        self._lock = Lock()
        self._read = 0
        self._lines: set[bytes] = set()
        self._of_source: dict[str, list[Review]] = {}
        self._stacks: dict[str, dict[Key, list[Review]]] = {}
        self._last: dict[str, str] = {}
        with self._lock:
            self._refresh()

    def of(self, source: str) -> Sequence[Review]:
        """All records on a text, by its SHA-256, in the order of the log."""
        with self._lock:
            self._refresh()
            return tuple(self._of_source.get(source, ()))

    def elsewhere(self, doc: str, source: str) -> int:
        """How many decisions hold on a document of this id whose text was another one than ``source``."""
        with self._lock:
            self._refresh()
            holding = (stack[-1] for of_reviewer in self._stacks.values() for stack in of_reviewer.values() if stack)
            return sum(review.doc == doc and review.source != source for review in holding)

    def take(self, reviews: Iterable[Review]) -> int:
        """Append the records that are not there yet; how many. They are on the disk when this returns.

        Raises `OutputError` where the log cannot be written.
        """
        with self._lock:
            self._refresh()
            fresh = {encoded(review): review for review in reviews}
            fresh = {line: review for line, review in fresh.items() if line not in self._lines}
            if fresh:
                append(self.path, fresh.values())
                self._refresh()
            return len(fresh)

    def has(self, reviewer: str, key: Key) -> bool:
        """Whether a decision of the reviewer on an item holds."""
        with self._lock:
            self._refresh()
            return bool(self._stacks.get(reviewer, {}).get(key))

    def judged(self, reviewer: str) -> Mapping[str, int]:
        """How many facts a reviewer has judged, by the id of the document."""
        counts: dict[str, int] = {}
        with self._lock:
            self._refresh()
            for stack in self._stacks.get(reviewer, {}).values():
                if stack and stack[-1].item.layer == "fact" and stack[-1].verdict != "add":
                    counts[stack[-1].doc] = counts.get(stack[-1].doc, 0) + 1
        return counts

    def reviewers(self) -> list[Reviewer]:
        """All reviewers and how far they have come, by name."""
        with self._lock:
            self._refresh()
            return [self._reviewer(name) for name in sorted(self._stacks)]

    def _reviewer(self, name: str) -> Reviewer:
        holding = [stack[-1] for stack in self._stacks[name].values() if stack]
        facts = [r for r in holding if r.item.layer == "fact" and r.verdict != "add"]
        counts = {told: sum(r.verdict == verdict for r in holding) for verdict, told in DONE.items()}
        documents = len({r.doc for r in holding})
        return Reviewer(name, len(facts), **counts, documents=documents, last=self._last[name])

    def _refresh(self) -> None:
        """Take what was appended since; a line that is not whole yet is left for the next time."""
        try:
            with self.path.open("rb") as log:
                log.seek(self._read)
                lines = log.read()
        except FileNotFoundError:
            return
        except OSError as e:
            raise InputError(f"{self.path} cannot be read: {e.strerror}; name a log of reviews") from e
        whole = lines[: lines.rfind(b"\n") + 1]
        for line in whole.splitlines(keepends=True):
            if line.strip():
                self._count(self._decoded(line))
        self._read += len(whole)

    def _decoded(self, line: bytes) -> Review:
        try:
            return decoded(line)
        except ValueError as e:
            raise InputError(f"{self.path}: a line is no record of a review: {e}; mend or remove the line") from e

    def _count(self, review: Review) -> None:
        line = encoded(review)
        if line in self._lines:
            return
        self._lines.add(line)
        self._of_source.setdefault(review.source, []).append(review)
        self._last[review.reviewer] = max(review.at, self._last.get(review.reviewer, ""))
        stack = self._stacks.setdefault(review.reviewer, {}).setdefault(key_of(review), [])
        if review.verdict != "undo":
            stack.append(review)
        elif stack:
            stack.pop()
