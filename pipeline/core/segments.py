"""Spans that overlap as flat segments: what HTML and spans of other tools, which may not cross, can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Interval(NamedTuple):
    """A piece ``[start, end)`` of a text and the number of what it belongs to."""

    start: int
    end: int
    owner: int


class Segment(NamedTuple):
    """A piece of a text in which nothing begins or ends; ``owners`` cover it, the longest first."""

    start: int
    end: int
    owners: tuple[int, ...]


def segments(length: int, intervals: Iterable[Interval]) -> Iterator[Segment]:
    """The segments of a text of ``length`` characters, in order; joined they are the whole text.

    What lies beyond ``length`` is left out. Of owners with pieces of one length the smaller number stands first.
    """
    whole = sorted(i for i in intervals if i.start < min(i.end, length))
    bounds = sorted({0, length, *(i.start for i in whole), *(min(i.end, length) for i in whole)})
    open_: list[Interval] = []
    after = 0
    for start, end in zip(bounds, bounds[1:], strict=False):
        open_ = [i for i in open_ if i.end > start]
        while after < len(whole) and whole[after].start <= start:
            open_.append(whole[after])
            after += 1
        by_length = sorted(open_, key=lambda i: (i.start - i.end, i.owner))
        yield Segment(start, end, tuple(i.owner for i in by_length))
