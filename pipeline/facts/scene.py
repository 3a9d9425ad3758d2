"""What the role, quote and event rules ask of an article: which name, word, line or sentence stands where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from operator import attrgetter, itemgetter

import msgspec

from pipeline.core.model import Argument, Entity, Line, Offsets, Time, View
from pipeline.facts.literals import NONE, Hits, literals_of
from pipeline.rulebook import Rulebook

_SPAN: Callable[[Line], Offsets] = attrgetter("start", "end")
_FIRST: Callable[[Offsets], int] = itemgetter(0)


class Scene(msgspec.Struct, gc=False):
    """One article with its names indexed by where they begin and end. Offsets are of the clean text."""

    view: View
    hits: Hits
    folded: str
    words: list[str]
    """The folded characters of each token, its tag and its offsets."""
    tags: list[str]
    word_starts: list[int]
    word_ends: list[int]
    begins: dict[int, Entity]
    """The longest name that begins at an offset."""
    ends: dict[int, Entity]
    """The longest name that ends at an offset."""
    holders: dict[int, Offsets]
    """Persons with a title that no name was found for, by their end and by every offset inside."""
    _lines: list[Offsets]
    _line_starts: list[int]
    _sentence_starts: list[int]
    _time_starts: list[int]
    _entity_starts: list[int]
    _entity_reach: list[int]
    """The last offset to which the names up to each reach."""

    @classmethod
    def of(cls, view: View, hits: Hits) -> Scene:
        """The scene of ``view``; a view without lines is read as one line for each stretch between line breaks."""
        lines, names, tokens = list(map(_SPAN, view.lines)), view.entities, view.tokens
        starts, over = [e.start for e in names], [e.end for e in names]
        begins, ends = {e.start: e for e in names}, {e.end: e for e in names}
        if not len(begins) == len(ends) == len(names):
            # Of names that begin or end together the longest is written last, so it stays.
            longer = sorted(names, key=_length)
            begins, ends = {e.start: e for e in longer}, {e.end: e for e in longer}
        lines = lines or _lines_of(view.text)
        return cls(
            view, hits, view.folded, tokens.words, tokens.tags, tokens.starts, tokens.ends, begins, ends,
            holders={},
            _lines=lines,
            _line_starts=list(map(_FIRST, lines)),
            _sentence_starts=list(map(_FIRST, view.sentences)),
            _time_starts=[t.start for t in view.times],
            _entity_starts=starts,
            _entity_reach=over if over == sorted(over) else list(accumulate(over, max)),
        )  # fmt: skip

    def hold(self, persons: Iterable[Offsets]) -> None:
        """Keep in ``holders`` which of ``persons`` (names beside titles) are no names of the view."""
        for start, end in persons:
            if start not in self.begins and end not in self.ends:
                self.holders.update((at, (start, end)) for at in range(start + 1, end + 1))

    def tokens(self, start: int, end: int) -> range:
        """The tokens that overlap ``[start, end)``."""
        return self.view.tokens.within(start, end)

    def line(self, offset: int) -> Offsets:
        """The line that holds ``offset``."""
        at = bisect_right(self._line_starts, offset)
        return self._lines[at - 1 if at else 0]

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
        if not at or offset >= self._entity_reach[at - 1]:
            return None
        entities = self.view.entities
        for i in range(at - 1, max(at - 4, -1), -1):
            if offset < entities[i].end:
                return entities[i]
        return None

    def is_border(self, offset: int) -> bool:
        """Whether no token reaches over ``offset``."""
        at = bisect_right(self.word_ends, offset)
        return at == len(self.word_starts) or self.word_starts[at] >= offset


FAR = 400
"""Characters that are looked back over for a clause's beginning or a name: more is no sentence, and costs time."""


def scenes_of(views: Sequence[View], rules: Rulebook) -> list[Scene | None]:
    """The scenes of the articles, whose words are looked for in all of them at once; None where there are none."""
    hits = literals_of(rules).find([view.folded for view in views])
    return [Scene.of(view, found) if found is not NONE else None for view, found in zip(views, hits, strict=True)]


def scene_of(view: View, rules: Rulebook) -> Scene:
    """The scene of one article."""
    (hits,) = literals_of(rules).find([view.folded])
    return Scene.of(view, hits)


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
