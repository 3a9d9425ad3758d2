"""The articles of a batch while the rules look for names in them, and those of them that hold what a pattern needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from pipeline.core.model import View
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.itemized import make_items
from pipeline.mentions.items import Items
from pipeline.mentions.joined import CharSet, Firsts, Joined, Keywords, Pattern
from pipeline.rulebook import Rulebook


@dataclass(slots=True)
class Text:
    """An article in which the rules look for names."""

    folded: str
    signs: str
    items: Items
    view: View
    found: list[Candidate]
    """What they have seen, in the order in which they look: until all have looked, it only grows."""
    _ends: dict[int, list[Candidate]] = field(default_factory=dict)
    _read: int = 0
    """How many of ``found`` stand in ``_ends``."""
    _over: dict[int, list[Candidate]] = field(default_factory=dict)
    _laid: int = 0
    """How many of ``found`` stand in ``_over``."""

    def over(self, start: int, end: int) -> Iterator[Candidate]:
        """What of ``found`` lies over a sign of ``[start, end)``, some of it several times, found like that."""
        for c in self.found[self._laid :]:
            for at in range(c.start, c.end):
                self._over.setdefault(at, []).append(c)
        self._laid = len(self.found)
        return chain.from_iterable(self._over.get(at, ()) for at in range(start, end))

    def ending(self, end: int) -> Sequence[Candidate]:
        """What of ``found`` ends at ``end``, found without a look at all the rest of a long article."""
        for c in self.found[self._read :]:
            self._ends.setdefault(c.end, []).append(c)
        self._read = len(self.found)
        return self._ends.get(end, ())


class Texts:
    """The articles of a batch. Most patterns need a string that few articles hold: only these are tried."""

    def __init__(self, views: Sequence[View], rules: Rulebook) -> None:
        """The articles of ``views``; ``rules`` say what each pattern needs."""
        self._folded = Joined((view.folded for view in views), rules.once("firsts", lambda _: Firsts()))
        items = make_items(views, self._folded, rules)
        self.all = [Text(v.folded, its.signs, its, v, []) for v, its in zip(views, items, strict=True)]
        self.needs: Mapping[str, Sequence[str]] = rules.settings("entities")["needs"]
        self._signs = Joined(text.signs for text in self.all)
        self._held = self._folded.by_word(rules.once("needed words", _needed_words))

    def holding(self, pattern: str) -> list[Text]:
        """The articles whose text holds one of the strings that a pattern of the settings needs."""
        needs, held = self.needs[pattern], self._held
        found = self._folded.holders(need for need in needs if len(need) == 1)
        return [self.all[i] for i in sorted(found.union(*(held[need] for need in needs if need in held)))]

    def matching(self, pattern: Pattern) -> list[Text]:
        """The articles in which ``pattern`` is found."""
        return [self.all[i] for i in self._folded.matching(pattern)]

    def having(self, sets: Sequence[CharSet]) -> list[Text]:
        """The articles with a row of characters in them that are one of each of ``sets``."""
        return [self.all[i] for i in dict.fromkeys(which for which, _ in self._folded.rows(sets))]

    def rows(self, sets: Sequence[CharSet]) -> Iterator[tuple[Text, int]]:
        """The articles with each row of characters in them that are one of each of ``sets``: ``(article, start)``."""
        for i, start in self._folded.rows(sets):
            yield self.all[i], start

    def begun(self, pattern: Pattern, sets: Sequence[CharSet]) -> Iterator[tuple[Text, int, int, str | None]]:
        """The articles with each match of ``pattern``: ``(article, start, end, group)``, the last the name of its group
        that matched; all matches begin with a row of characters that are one of each of ``sets``."""
        for i, start, end, group in self._folded.begun(pattern, sets):
            yield self.all[i], start, end, group

    def signed(self, pattern: str) -> list[Text]:
        """The articles whose line of signs holds one of the strings that a pattern of the settings needs."""
        return [self.all[i] for i in sorted(self._signs.holders(self.needs[pattern]))]


def _needed_words(rules: Rulebook) -> Keywords:
    """What patterns need of two characters or more."""
    return Keywords(need for needs in rules.settings("entities")["needs"].values() for need in needs if len(need) > 1)
