"""The words of an article as a line of signs, one sign a word, so that patterns can be matched on it in one go."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

import regex

from pipeline.core.model import Tokens, View
from pipeline.mentions.gazetteer import Gazetteer, gazetteer
from pipeline.mentions.signs import REMEMBERED, Signs, word_lore
from pipeline.rulebook import Rulebook

SPACE = regex.compile(r"\s+")

Word = tuple[int, int, str]
Edit = tuple[int, int, list[Word]]
"""``(i, j, words)``: the words ``i`` to ``j`` are replaced by ``words``."""
BOUNDS: Callable[[Edit], tuple[int, int]] = itemgetter(0, 1)


@dataclass(frozen=True, slots=True)
class Items:
    """The words, names of the tables joined to one; parallel lists, and ``signs`` with one character a word."""

    starts: list[int]
    ends: list[int]
    tags: list[str]
    words: list[str]
    signs: str

    def at(self, offset: int) -> int:
        """The index of the word that begins at ``offset``, or of the first after it."""
        return bisect_left(self.starts, offset)

    def is_edge(self, offset: int) -> bool:
        """Whether a word begins or ends at ``offset``."""
        i = bisect_left(self.starts, offset)
        return (i < len(self.starts) and self.starts[i] == offset) or (
            i > 0 and self.ends[i - 1] <= offset <= self.ends[-1]
        )


def make_items(view: View, rules: Rulebook) -> Items:
    """The items of an article."""
    names = gazetteer(rules)
    folded, tokens = view.folded, view.tokens
    starts, ends, tags, words = tokens.starts, tokens.ends, tokens.tags, tokens.words
    edits = _edits(folded, starts, ends, tags, words, names, rules.once("cuts", _cuts))
    if edits:
        starts, ends, tags, words = _edited(folded, tokens, edits)
    by_tag = rules.once("signs", Signs)
    return Items(starts, ends, tags, words, "".join([by_tag[tag][word] for word, tag in zip(words, tags, strict=True)]))


def _cuts(rules: Rulebook) -> Callable[[str], int]:
    """What says where a word of the tagger is to be cut in two, 0 where it is one: 德国|总理, 吴|先生, 县委|书记."""
    names, lore = gazetteer(rules), word_lore(rules)
    signs, countries = names.signs, frozenset(w for row in rules.rows("countries") for w in row["words"])

    def cut(word: str) -> int:
        if word in signs:
            return names.offices.get(word, 0)
        rest = word[1:]
        if rest in lore.forms and lore.surnames.get(word[0]) == "common" and word not in lore.noise:
            return 1
        if word[0] in lore.before and signs.get(rest, "?") in "DLOU":
            return 1  # 据|省
        sizes = range(len(word) - 1, 1, -1)
        size = next(
            (n for n in sizes if signs.get(word[n:], "?") in "nTL_" and signs.get(word[:n], "_") in "LORUHG"), 0
        )
        if size or word[-3:] in names.tails or word[-2:] in names.tails or word[-1] in names.tails:
            return size
        return next((n for n in sizes[1:] if word[:n] in countries), 0)

    return lru_cache(maxsize=REMEMBERED)(cut)


def _edits(
    folded: str,
    starts: list[int],
    ends: list[int],
    tags: list[str],
    words: list[str],
    names: Gazetteer,
    cut: Callable[[str], int],
) -> list[Edit]:
    """Breaks and gaps as words of their own, and names of the tables that rjieba cut otherwise."""
    out: list[Edit] = []
    nouns = [i for i, word in enumerate(words) if len(word) > 2 and tags[i][0] in "nj"]
    for i in nouns:
        size = cut(words[i])
        if size:
            a, b = starts[i], ends[i]
            out.append((i, i + 1, [(a, a + size, "n"), (a + size, b, "n")]))
    for m in SPACE.finditer(folded):
        i = bisect_left(starts, m.start())
        out.append((i, i, [(m.start(), m.end(), "w")]))
    for text, size in names.recut.items():
        at = folded.find(text)
        while at >= 0:
            i, j = bisect_right(starts, at) - 1, bisect_left(ends, at + len(text))
            if starts[i] == at and ends[j] == at + len(text) and starts[j] != at + size:
                out.append((i, j + 1, [(at, at + size, "n"), (at + size, ends[j], "nr")]))
            at = folded.find(text, at + 1)
    for which, start, end in names.automaton.find_matches_as_indexes(folded):
        i = bisect_right(starts, start) - 1
        if i >= 0 and ends[i] < end <= ends[-1]:
            out += _joined(folded, names.names[which], i, start, end, starts, ends, tags, names)
    out.sort(key=BOUNDS)
    return out


def _joined(
    folded: str,
    name: str,
    i: int,
    start: int,
    end: int,
    starts: list[int],
    ends: list[int],
    tags: list[str],
    names: Gazetteer,
) -> Iterator[Edit]:
    """The edit that makes one word of the word ``i`` and those after it; none where it would cut a word that stands."""
    j = bisect_left(ends, end)
    if starts[i] == start and ends[j] == end:
        yield i, j + 1, [(start, end, "n")]
        return
    last = folded[starts[j] : ends[j]]
    if ends[j] > end and last in names.signs:
        # 黑龙江|省委书记: the last word stands, and where it is an organ with its title it is parted.
        size = names.offices.get(last, 0)
        if size:
            yield j, j + 1, [(starts[j], starts[j] + size, "n"), (starts[j] + size, ends[j], "n")]
        return
    if _may_cut(name, start - starts[i], tags[i], folded[end : ends[j]], tags[j], ends[j] - starts[j], names):
        before, after = start - starts[i], ends[j] - end
        parts = [(starts[i], start, "x")] * bool(before) + [(start, end, "n")] + [(end, ends[j], "x")] * bool(after)
        yield i, j + 1, parts


def _may_cut(name: str, before: int, first: str, rest: str, last: str, size: int, names: Gazetteer) -> bool:
    """Whether a name may begin ``before`` signs into its first word and leave ``rest`` of its last, ``size`` long."""
    if before and (first in ("m", "t") or len(name) < 4):
        return False
    if before and name not in names.official and names.signs[name] != "O":
        return False
    if not rest:
        return True
    if names.signs[name] == "T":
        return last[0] == "n" and rest in names.surnames  # 法定代表|人王
    if last in ("m", "t"):
        return False
    if name in names.official:
        return len(name) > 3 or last[:2] in ("nr", "ns", "nz")
    # 发展和改革|局将, 美光|科技涨: a word of no dictionary, or what is left over stands after names; but 建设|部门.
    if len(name) > 4 and rest[0] not in names.no_rest:
        return True
    return len(name) > 3 and (size > 2 or names.signs.get(rest) == "k")


def _edited(folded: str, tokens: Tokens, edits: list[Edit]) -> tuple[list[int], list[int], list[str], list[str]]:
    starts: list[int] = []
    ends: list[int] = []
    tags: list[str] = []
    words: list[str] = []
    at = 0
    for i, j, parts in edits:
        if i < at:
            continue
        starts += tokens.starts[at:i]
        ends += tokens.ends[at:i]
        tags += tokens.tags[at:i]
        words += tokens.words[at:i]
        for a, b, tag in parts:
            starts.append(a)
            ends.append(b)
            tags.append(tag)
            words.append(folded[a:b])
        at = j
    return starts + tokens.starts[at:], ends + tokens.ends[at:], tags + tokens.tags[at:], words + tokens.words[at:]
