"""What the role, quote and event rules ask of an article: which name, word, line or sentence stands where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.core.model import Argument, Entity, Offsets, Time, View


@dataclass(slots=True)
class Scene:
    """One article with its names indexed by where they begin and end. Offsets are of the clean text."""

    view: View
    folded: str
    begins: dict[int, Entity] = field(default_factory=dict)
    """The longest name that begins at an offset."""
    ends: dict[int, Entity] = field(default_factory=dict)
    """The longest name that ends at an offset."""
    _words: list[str] = field(default_factory=list)
    holders: dict[int, Offsets] = field(default_factory=dict)
    """Persons with a title that no name was found for, by their end and by every offset inside."""
    _entity_starts: list[int] = field(default_factory=list)
    _lines: list[Offsets] = field(default_factory=list)
    _line_starts: list[int] = field(default_factory=list)
    _sentence_starts: list[int] = field(default_factory=list)
    _time_starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, view: View) -> Scene:
        """The scene of ``view``; a view without lines is read as one line for each stretch between line breaks."""
        scene = cls(view, view.folded)
        # Of names that begin or end together the longest is written last, so it stays.
        names = view.entities
        scene._entity_starts = [e.start for e in names]
        longer = sorted(names, key=_length)
        scene.begins = {e.start: e for e in longer}
        scene.ends = {e.end: e for e in longer}
        scene._lines = [(line.start, line.end) for line in view.lines] or _lines_of(view.text)
        scene._line_starts = [start for start, _ in scene._lines]
        scene._sentence_starts = [start for start, _ in view.sentences]
        scene._time_starts = [time.start for time in view.times]
        return scene

    @property
    def words(self) -> list[str]:
        """The folded characters of each token; put together when first asked for."""
        if not self._words:
            tokens, folded = self.view.tokens, self.folded
            self._words = [folded[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
        return self._words

    def hold(self, persons: Iterable[Offsets]) -> None:
        """Keep in ``holders`` which of ``persons`` (names beside titles) are no names of the view."""
        for start, end in persons:
            if start not in self.begins and end not in self.ends:
                self.holders.update((at, (start, end)) for at in range(start + 1, end + 1))

    def line(self, offset: int) -> Offsets:
        """The line that holds ``offset``."""
        return self._lines[max(bisect_right(self._line_starts, offset) - 1, 0)]

    def kind(self, offset: int) -> str:
        """The kind of the line that holds ``offset``; ``paragraph`` where the view has no lines."""
        lines = self.view.lines
        return lines[max(bisect_right(self._line_starts, offset) - 1, 0)].kind if lines else "paragraph"

    def next_line(self, end: int) -> Offsets | None:
        """The first line after ``end``, None where the article ends."""
        at = bisect_left(self._line_starts, end)
        return self._lines[at] if at < len(self._lines) else None

    def sentence(self, offset: int) -> Offsets:
        """The sentence that holds ``offset``; the line where it stands between sentences."""
        at = bisect_right(self._sentence_starts, offset) - 1
        if at >= 0 and offset < self.view.sentences[at][1]:
            return self.view.sentences[at]
        return self.line(offset)

    def sentence_after(self, end: int) -> Offsets | None:
        """The first sentence that begins at or after ``end``, None where there is none."""
        at = bisect_left(self._sentence_starts, end)
        return self.view.sentences[at] if at < len(self.view.sentences) else None

    def entities(self, start: int, end: int) -> list[Entity]:
        """The names that begin in ``[start, end)``, in order."""
        return self.view.entities[bisect_left(self._entity_starts, start) : bisect_left(self._entity_starts, end)]

    def times(self, start: int, end: int) -> list[Time]:
        """The times that begin in ``[start, end)``, in order."""
        return self.view.times[bisect_left(self._time_starts, start) : bisect_left(self._time_starts, end)]

    def covering(self, offset: int) -> Entity | None:
        """A name that begins before ``offset`` and ends behind it."""
        at = bisect_left(self._entity_starts, offset)
        for entity in reversed(self.view.entities[max(at - 3, 0) : at]):
            if entity.start < offset < entity.end:
                return entity
        return None

    def word(self, index: int) -> str:
        """The folded characters of a token."""
        tokens = self.view.tokens
        return self.folded[tokens.starts[index] : tokens.ends[index]]

    def is_border(self, offset: int) -> bool:
        """Whether no token reaches over ``offset``."""
        tokens = self.view.tokens
        at = tokens.at(offset)
        return at >= len(tokens) or tokens.starts[at] >= offset


FAR = 400
"""Characters that are looked back over for a clause's beginning or a name: more is no sentence, and costs time."""


def argument(start: int, end: int) -> Argument:
    """An argument of one piece."""
    return Argument(((start, end),))


def _length(name: Entity) -> int:
    return name.end - name.start


def _lines_of(text: str) -> list[Offsets]:
    out, start = [], 0
    for piece in text.split("\n"):
        out.append((start, start + len(piece)))
        start += len(piece) + 1
    return out
