"""The log of decisions while it is served: read once, then what is appended to it, by this process or another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock

from pipeline.audit.reviews import Key, Review, Stacks, append, decoded, encoded
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
        self._stacks = Stacks()
        self._of_source: dict[str, list[Review]] = {}
        self._last: dict[str, str] = {}
        """When each reviewer decided last."""
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
            every = (review for key, held in self._stacks.holding() if key[0] != source for review in held.values())
            return sum(review.doc == doc for review in every)

    def take(self, reviews: Iterable[Review]) -> int:
        """Append the records that are not there yet; how many. They are on the disk when this returns.

        Raises `OutputError` where the log cannot be written.
        """
        with self._lock:
            self._refresh()
            fresh = {encoded(review): review for review in reviews if review not in self._stacks}
            if fresh:
                append(self.path, fresh.values())
                self._refresh()
            return len(fresh)

    def has(self, reviewer: str, key: Key) -> bool:
        """Whether a decision of the reviewer on an item holds."""
        with self._lock:
            self._refresh()
            return self._stacks.of(reviewer, key) is not None

    def judged(self, reviewer: str) -> Mapping[str, int]:
        """How many facts a reviewer has judged, by the id of the document."""
        with self._lock:
            self._refresh()
            return Counter(review.doc for review in self._by_reviewer()[reviewer] if _judges_a_fact(review))

    def reviewers(self) -> list[Reviewer]:
        """All reviewers and how far they have come, by name."""
        with self._lock:
            self._refresh()
            holding = self._by_reviewer()
            return [self._reviewer(name, holding[name]) for name in sorted(self._last)]

    def _by_reviewer(self) -> Mapping[str, list[Review]]:
        out: defaultdict[str, list[Review]] = defaultdict(list)
        for _, held in self._stacks.holding():
            for name, review in held.items():
                out[name].append(review)
        return out

    def _reviewer(self, name: str, holding: Sequence[Review]) -> Reviewer:
        facts = sum(map(_judges_a_fact, holding))
        counts = {told: sum(r.verdict == verdict for r in holding) for verdict, told in DONE.items()}
        return Reviewer(name, facts, **counts, documents=len({r.doc for r in holding}), last=self._last[name])

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
        if self._stacks.add(review):
            self._of_source.setdefault(review.source, []).append(review)
            self._last[review.reviewer] = max(review.at, self._last.get(review.reviewer, ""))


def _judges_a_fact(review: Review) -> bool:
    return review.item.layer == "fact" and review.verdict != "add"
