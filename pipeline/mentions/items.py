"""The words of an article as a line of signs, one sign a word, so that patterns can be matched on it in one go."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import getitem, itemgetter

import regex

from pipeline.core.model import Tokens, View
from pipeline.core.slices import Record
from pipeline.mentions.gazetteer import Gazetteer, gazetteer
from pipeline.mentions.signs import CUT, Signs
from pipeline.rulebook import Rulebook

SPACE = regex.compile(r"\s+")

Word = tuple[int, int, str]
Edit = tuple[int, int, list[Word]]
"""``(i, j, words)``: the words ``i`` to ``j`` are replaced by ``words``."""
ORGANS = ("U", "H")
"""Signs of what names an organ behind its level: 市|住建局."""
AFTER_ORGANS = ("k", "F")
"""Signs of what may stand behind an organ and be cut together with its end."""
BOUNDS: Callable[[Edit], tuple[int, int]] = itemgetter(0, 1)


class Items(Record, frozen=True):
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
    tokens, by_tag = view.tokens, rules.once("signs", Signs)
    signs = "".join(map(getitem, map(by_tag.__getitem__, tokens.tags), tokens.words))
    edits = _edits(view.folded, tokens, signs, gazetteer(rules), by_tag)
    if not edits:
        return Items(tokens.starts, tokens.ends, tokens.tags, tokens.words, signs)
    return _edited(view.folded, Items(tokens.starts, tokens.ends, tokens.tags, tokens.words, signs), edits, by_tag)


def _edits(folded: str, tokens: Tokens, signs: str, names: Gazetteer, by_tag: Signs) -> list[Edit]:
    """Breaks and gaps as words of their own, words that are cut in two, names that rjieba cut otherwise."""
    starts, ends, tags = tokens.starts, tokens.ends, tokens.tags
    out: list[Edit] = []
    i = signs.find(CUT)
    while i >= 0:
        a, b, size = starts[i], ends[i], by_tag.cut(tokens.words[i])
        out.append((i, i + 1, [(a, a + size, "n"), (a + size, b, "n")]))
        i = signs.find(CUT, i + 1)
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
    if _may_cut(name, folded[starts[i] : start], tags[i], folded[end : ends[j]], tags[j], ends[j] - starts[j], names):
        before, after = start - starts[i], ends[j] - end
        parts = [(starts[i], start, "x")] * bool(before) + [(start, end, "n")] + [(end, ends[j], "x")] * bool(after)
        yield i, j + 1, parts


def _may_cut(name: str, before: str, first: str, rest: str, last: str, size: int, names: Gazetteer) -> bool:
    """Whether a name may begin behind ``before`` in its first word and leave ``rest`` of its last, ``size`` long."""
    organ = len(name) > 2 and names.signs[name] in ORGANS
    if before and not (organ and names.signs.get(before) == "D"):  # 市住|建局 is 市|住建局
        if first in ("m", "t") or len(name) < 4 or name not in names.official and names.signs[name] != "O":
            return False
    if not rest:
        return True
    if organ and names.signs.get(rest) in AFTER_ORGANS:
        return True  # 能源|局原 is 能源局|原
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


def _edited(folded: str, read: Items, edits: Sequence[Edit], by_tag: Signs) -> Items:
    """The words of ``read`` with ``edits`` made in them."""
    starts: list[int] = []
    ends: list[int] = []
    tags: list[str] = []
    words: list[str] = []
    signs: list[str] = []
    at = 0
    for i, j, parts in edits:
        if i < at:
            continue
        starts += read.starts[at:i]
        ends += read.ends[at:i]
        tags += read.tags[at:i]
        words += read.words[at:i]
        signs.append(read.signs[at:i])
        for a, b, tag in parts:
            starts.append(a)
            ends.append(b)
            tags.append(tag)
            words.append(folded[a:b])
            signs.append(by_tag[tag].whole(folded[a:b]))
        at = j
    signs.append(read.signs[at:])
    starts += read.starts[at:]
    ends += read.ends[at:]
    tags += read.tags[at:]
    words += read.words[at:]
    return Items(starts, ends, tags, words, "".join(signs))
