"""The one overlap policy: longest first, then priority, then what begins first in the text, then the order in which the
rules stand in their files."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
Span = tuple[int, int]


class Lost(NamedTuple, Generic[T]):
    """A candidate that lost, and the one it lost against."""

    candidate: T
    against: T


def resolve(
    candidates: Iterable[T], span: Callable[[T], Span], priority: Callable[[T], int] = lambda _: 0
) -> tuple[list[T], list[Lost[T]]]:
    """Return the candidates that are kept, in the order of the text, and those that lost.

    Longest wins; between equal lengths the higher ``priority``, then the one that begins first, then the one that was
    given first. O(n log n).
    """
    pool = sorted(candidates, key=span)
    spans = list(map(span, pool))
    kept: list[T] = []
    lost: list[Lost[T]] = []
    # Only candidates that touch each other's text are compared: most stand alone.
    first, reach = 0, spans[0][1] if spans else 0
    for i, (start, end) in enumerate(spans):
        if start >= reach:
            if i - first == 1:
                kept.append(pool[first])
            else:
                _settle(pool[first:i], spans[first:i], reach, priority, kept, lost)
            first = i
        if end > reach:
            reach = end
    _settle(pool[first:], spans[first:], reach, priority, kept, lost)
    return kept, lost


def _settle(
    pool: Sequence[T],
    spans: Sequence[Span],
    reach: int,
    priority: Callable[[T], int],
    kept: list[T],
    lost: list[Lost[T]],
) -> None:
    """Add the candidates of one stretch of text, which ends at ``reach``, to ``kept`` and ``lost``."""
    if len(pool) < 2:
        kept += pool
        return
    whole = spans[0][0], reach
    if len(pool) == 2:
        longer = spans[1][1] - spans[1][0] - spans[0][1] + spans[0][0]
        best = int(longer > 0 or longer == 0 and priority(pool[1]) > priority(pool[0]))
    elif whole not in spans:
        _compare(pool, spans, priority, kept, lost)
        return
    elif spans.count(whole) > 1:  # the longest fills the stretch: all others lose against it
        best = _weightiest(pool, spans, whole, priority)
    else:
        best = spans.index(whole)
    winner = pool[best]
    kept.append(winner)
    lost += [Lost(c, winner) for c in (*pool[:best], *pool[best + 1 :])]


def _weightiest(pool: Sequence[T], spans: Sequence[Span], whole: Span, priority: Callable[[T], int]) -> int:
    """The place of the first of those that fill ``whole`` that have the highest priority."""
    return max((i for i, one in enumerate(spans) if one == whole), key=lambda i: priority(pool[i]))


def _compare(
    pool: Sequence[T], spans: Sequence[Span], priority: Callable[[T], int], kept: list[T], lost: list[Lost[T]]
) -> None:
    """The general case: each candidate, the best first, against those that stand already."""
    sizes = [start - end for start, end in spans]
    order = sorted(range(len(pool)), key=lambda i: (sizes[i], -priority(pool[i]), i))
    stand: list[tuple[int, int, int]] = []
    for i in order:
        start, end = spans[i]
        at = bisect_left(stand, (start, start, -1))
        rival = next((k for k in stand[max(at - 1, 0) : at + 1] if k[0] < end and start < k[1]), None)
        if rival is None:
            insort(stand, (start, end, i))
        else:
            lost.append(Lost(pool[i], pool[rival[2]]))
    kept += [pool[i] for _, _, i in stand]


def reason(lost: Lost[T], span: Callable[[T], Span], priority: Callable[[T], int]) -> str:
    """Why a candidate lost: what it lost against is ``longer``, has ``priority`` or comes first (``file order``)."""
    (a, b), (c, d) = span(lost.against), span(lost.candidate)
    if b - a > d - c:
        return "longer"
    return "priority" if priority(lost.against) > priority(lost.candidate) else "file order"
