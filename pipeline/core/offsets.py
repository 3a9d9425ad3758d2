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

    __slots__ = ("_clean", "_source", "_length", "_text")

    def __init__(self, pieces: Iterable[tuple[int, int, int]], source: str) -> None:
        """``source`` is the decoded source text; it decides whether what parts two pieces is only space."""
        rows = [p for p in pieces if p[2] > 0]
        self._clean = [p[0] for p in rows]
        self._source = [p[1] for p in rows]
        self._length = [p[2] for p in rows]
        self._text = source

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The source spans of clean ``[start, end)`` in reading order.

        Neighbouring pieces are one span where only space (a hard line break, an indent) stands between them.
        """
        i = max(bisect_right(self._clean, start) - 1, 0)
        if i < len(self._clean) and self._clean[i] <= start < end <= self._clean[i] + self._length[i]:
            shift = self._source[i] - self._clean[i]
            return ((start + shift, end + shift),)  # nearly always: nothing parts it
        out: list[Span] = []
        while i < len(self._clean) and self._clean[i] < end:
            a = max(start, self._clean[i])
            b = min(end, self._clean[i] + self._length[i])
            if a < b:
                shift = self._source[i] - self._clean[i]
                self._append(out, a + shift, b + shift)
            i += 1
        return tuple(out)

    def pieces(self, parts: Sequence[Span]) -> tuple[Span, ...]:
        """The source spans of several clean ranges, in the order given."""
        if len(parts) == 1:
            return self.spans(*parts[0])
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
