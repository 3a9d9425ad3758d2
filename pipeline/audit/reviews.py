"""What reviewers decided: the record of a decision, ``zhfacts-reviews/1``, and the log that holds one a line.

The log is only ever appended to. A line counts once its line break is on the disk; what a killed writer left behind
the last one is no decision.
"""

from __future__ import annotations

import fcntl
import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal

import msgspec
from msgspec import UNSET, UnsetType

from pipeline.core.errors import InputError, OutputError
from pipeline.core.files import sync_folder
from pipeline.core.items import Item
from pipeline.core.records import Record, Spans

SCHEMA = "zhfacts-reviews/1"
Verdict = Literal["accept", "reject", "correct", "add", "undo"]
"""``add``: the item is one that is missing. ``undo``: the reviewer's decision before on the item is taken back."""
BLOCK = 1 << 16


class Correction(Record, frozen=True, omit_defaults=True):
    """What an item should have been: only what is other than it is."""

    spans: Spans | UnsetType = UNSET
    type: str | UnsetType = UNSET
    label: str | UnsetType = UNSET
    args: Mapping[str, Spans | None] | UnsetType = UNSET
    """By role: other spans, or None for an argument that should not be."""
    norm: Mapping[str, Any] | UnsetType = UNSET

    @property
    def kinds(self) -> tuple[str, ...]:
        """What was wrong, sorted: ``span``, ``type``, ``label``, ``argument:ROLE``, and fields of the norm by name."""
        named = [name for name, field in (("span", self.spans), ("type", self.type), ("label", self.label)) if field]
        roles = [f"argument:{role}" for role in self.args] if isinstance(self.args, Mapping) else []
        return tuple(sorted([*named, *roles, *(self.norm or ())]))


class Review(Record, frozen=True):
    """One decision of one reviewer on one item."""

    schema: Literal["zhfacts-reviews/1"]
    source: str
    """SHA-256 of the source text that the spans count in."""
    doc: str
    rules: str
    """The digest of the rules that found the item."""
    item: Item
    verdict: Verdict
    correction: Correction | None
    reviewer: str
    at: str
    """When: ISO 8601."""
    note: str

    def __post_init__(self) -> None:
        """Raises ValueError for a record that says nothing or contradicts itself."""
        if (self.verdict == "correct") != (self.correction is not None):
            raise ValueError("a correction stands with the verdict correct, and with no other")
        if self.correction is not None and not self.correction.kinds:
            raise ValueError("the correction changes nothing")
        if not self.reviewer.strip():
            raise ValueError("the reviewer has no name")
        if len(self.source) != 64:
            raise ValueError("source is the SHA-256 of the source text, 64 hexadecimal digits")
        datetime.fromisoformat(self.at)


Key = tuple[str, tuple[Any, ...]]
"""An item of a source: the source's digest and the item's identity."""
Decisions = Mapping[Key, Mapping[str, Review]]
"""What holds: by item, each reviewer's decision."""


def key_of(review: Review) -> Key:
    """The item that a review is of."""
    return review.source, review.item.identity


class Stacks:
    """Reviews as they come. The last one of a reviewer on an item holds; an ``undo`` takes it back, and the one before
    it holds again. A record that stands twice (a file that was loaded twice) counts once."""

    def __init__(self) -> None:
        """There are none yet."""
        self._seen: set[bytes] = set()
        self._stacks: dict[Key, dict[str, list[Review]]] = {}

    def __contains__(self, review: Review) -> bool:
        """Whether the record has come."""
        return encoded(review) in self._seen

    def add(self, review: Review) -> bool:
        """Take a record; returns whether it is a new one."""
        line = encoded(review)
        if line in self._seen:
            return False
        self._seen.add(line)
        stack = self._stacks.setdefault(key_of(review), {}).setdefault(review.reviewer, [])
        if review.verdict != "undo":
            stack.append(review)
        elif stack:
            stack.pop()
        return True

    def of(self, reviewer: str, key: Key) -> Review | None:
        """What holds of one reviewer on one item."""
        stack = self._stacks.get(key, {}).get(reviewer)
        return stack[-1] if stack else None

    def holding(self) -> Iterator[tuple[Key, dict[str, Review]]]:
        """The items of which something holds, with each reviewer's decision, in the order of their coming."""
        for key, of_item in self._stacks.items():
            if held := {name: stack[-1] for name, stack in of_item.items() if stack}:
                yield key, held


def decisions(reviews: Iterable[Review]) -> Decisions:
    """What holds of ``reviews``, which come in the order of the log; see `Stacks`."""
    stacks = Stacks()
    for review in reviews:
        stacks.add(review)
    return dict(stacks.holding())


def encoded(review: Review) -> bytes:
    """The record as a line of the log, with its line break; the same record is the same bytes."""
    return _ENCODER.encode(review) + b"\n"


def decoded(line: bytes | str) -> Review:
    """The record of a line, which an editor may have put a mark before; raises ValueError that says what is wrong."""
    return _DECODER.decode(line.removeprefix(BOM_UTF8) if isinstance(line, bytes) else line)


_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Review)


def append(path: Path, reviews: Iterable[Review]) -> None:
    """Write ``reviews`` at the end of the log, which is made where there is none; on the disk when this returns.

    Any number of processes may append at once. A last line that a killed writer left torn is cut off first.
    Raises `OutputError` where the log cannot be written.
    """
    lines = b"".join(map(encoded, reviews))
    try:
        new = not path.exists()
        with path.open("a+b") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            log.truncate(_whole(log))
            log.write(lines)
            log.flush()
            os.fsync(log.fileno())
        if new:
            sync_folder(path.parent)
    except OSError as e:
        raise OutputError(f"{path} cannot be written: {e.strerror}; check the place and its rights") from e


def _whole(log: BinaryIO) -> int:
    """How many bytes of the log are whole lines."""
    at = log.seek(0, os.SEEK_END)
    while at > 0:
        start = max(at - BLOCK, 0)
        log.seek(start)
        found = log.read(at - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        at = start
    return 0


def read(path: Path) -> Iterator[Review]:
    """The records of a log in order; a torn last line is none.

    Raises `InputError`, which names the line, where the file cannot be read or is no log of reviews.
    """
    try:
        with path.open("rb") as log:
            for number, line in enumerate(log, 1):
                if not line.endswith(b"\n"):
                    return
                if line.strip():
                    yield _decoded_at(path, number, line)
    except OSError as e:
        raise InputError(f"{path} cannot be read: {e.strerror}; name a log of reviews") from e


def _decoded_at(path: Path, number: int, line: bytes) -> Review:
    try:
        return decoded(line)
    except ValueError as e:
        raise InputError(f"{path}:{number}: no record of {SCHEMA}: {e}; mend or remove the line") from e
