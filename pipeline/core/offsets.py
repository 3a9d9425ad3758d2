"""Clean text to source: every character of an article's clean text leads back to where it stands in the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Span = tuple[int, int]


class OffsetMap:
    """A piecewise map of clean offsets to source offsets.

    Built from ``(clean_start, source_start, length)`` pieces in the order of the clean text; clean characters outside
    every piece (line breaks that the layout put in) have no place in the source.
    """

    __slots__ = ("_starts", "_ends", "_shifts", "_text", "straight")

    def __init__(self, pieces: Iterable[tuple[int, int, int]], source: str) -> None:
        """``source`` is the decoded source text; it decides whether what parts two pieces is only space."""
        kept = [piece for piece in pieces if piece[2] > 0]
        self._starts = [clean for clean, _, _ in kept]
        self._ends = [clean + length for clean, _, length in kept]
        self._shifts = [begin - clean for clean, begin, _ in kept]
        self._text = source
        self.straight = self._starts == [0] and self._shifts == [0]
        """Whether the clean text is the source from its beginning, as that of a short report is: a range of characters
        of one is that of the other."""

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The source spans of clean ``[start, end)`` in reading order.

        Neighbouring pieces are one span where only space (a hard line break, an indent) stands between them.
        """
        out: list[Span] = []
        i = max(bisect_right(self._starts, start) - 1, 0)
        while i < len(self._starts) and self._starts[i] < end:
            a = max(start, self._starts[i])
            b = min(end, self._ends[i])
            if a < b:
                self._append(out, a + self._shifts[i], b + self._shifts[i])
            i += 1
        return tuple(out)

    def pieces(self, parts: tuple[Span, ...]) -> tuple[Span, ...]:
        """The source spans of one or more clean ranges, in the order given."""
        if len(parts) == 1:
            start, end = parts[0]
            i = bisect_right(self._starts, start) - 1
            if i >= 0 and start < end <= self._ends[i]:  # nearly always: nothing parts it
                shift = self._shifts[i]
                return ((start + shift, end + shift),) if shift else parts
        out: list[Span] = []
        for a, b in parts:
            for x, y in self.spans(a, b):
                self._append(out, x, y)
        return tuple(out)

    def _append(self, out: list[Span], a: int, b: int) -> None:
        if out and out[-1][1] <= a and not self._text[out[-1][1] : a].strip():
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))


def slices(text: str, spans: Sequence[Span]) -> str:
    """The source slices of ``spans``, joined."""
    if len(spans) == 1:
        return text[spans[0][0] : spans[0][1]]
    return "".join([text[a:b] for a, b in spans])
