"""The one overlap policy: longest first, then priority, then the order in which the rules stand in their files."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lost(Generic[T]):
    """A candidate that lost, and the one it lost against."""

    candidate: T
    against: T
    reason: str


def resolve(
    candidates: Iterable[T],
    span: Callable[[T], tuple[int, int]],
    priority: Callable[[T], int] = lambda _: 0,
) -> tuple[list[T], list[Lost[T]]]:
    """Return the candidates that are kept, in the order of the text, and those that lost, with the reason.

    Longest wins; between equal lengths the higher ``priority``, then the one that came first. O(n log n).
    """
    pool = sorted(candidates, key=lambda c: span(c)[0])
    if all(span(a)[1] <= span(b)[0] for a, b in pairwise(pool)):
        return pool, []
    order = sorted(range(len(pool)), key=lambda i: (span(pool[i])[0] - span(pool[i])[1], -priority(pool[i]), i))
    kept: list[tuple[int, int, int]] = []
    lost: list[Lost[T]] = []
    for i in order:
        start, end = span(pool[i])
        at = bisect_left(kept, (start, start, -1))
        rival = next((k for k in kept[max(at - 1, 0) : at + 1] if k[0] < end and start < k[1]), None)
        if rival is None:
            insort(kept, (start, end, i))
        else:
            lost.append(Lost(pool[i], pool[rival[2]], _reason(pool[rival[2]], pool[i], span, priority)))
    return [pool[i] for _, _, i in kept], lost


def _reason(winner: T, loser: T, span: Callable[[T], tuple[int, int]], priority: Callable[[T], int]) -> str:
    (a, b), (c, d) = span(winner), span(loser)
    if b - a > d - c:
        return "longer"
    return "priority" if priority(winner) > priority(loser) else "file order"
