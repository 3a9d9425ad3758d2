"""The words of an article as a line of signs, one sign a word, so that patterns can be matched on it in one go."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from operator import itemgetter

import regex

from pipeline.core.model import View
from pipeline.core.slices import Record
from pipeline.mentions.gazetteer import Gazetteer, gazetteer
from pipeline.mentions.joined import Joined
from pipeline.mentions.sign_lines import SignLines
from pipeline.mentions.signs import CUT, PERSONS, Signs
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

PERSON = "nr"
"""What the segmenter takes for a person; so is what is left when a word before the name was cut off: 对|周宁."""
SPACE = regex.compile(r"\s+")

Edit = tuple[int, int, tuple[int, ...], tuple[str, ...]]
"""``(i, j, bounds, tags)``: the words ``i`` to ``j`` are replaced by those between ``bounds``, which have ``tags``."""
ORGANS = ("U", "H")
"""Signs of what names an organ behind its level: 市|住建局."""
AFTER_ORGANS = ("k", "F")
"""Signs of what may stand behind an organ and be cut together with its end."""
OWNERS = "LOAazrKRx"
"""Signs of what may own the head that was joined to a function word: 滨江|队以."""
DIVISION, FIRM, VERB = "DCv"
"""Signs of heads of divisions and firms, and of what the tagger takes a name of no dictionary for."""
UNLISTED = "nvrz"
"""Signs of words of no dictionary that may be of a place's name."""
EDGES = "_|~y:k(rQRuc"
"""Signs behind which a name may begin."""
NOUNS = "nzbIGJ"
"""Signs of what stands between a firm's own name and its legal form."""
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


def make_items(views: Sequence[View], folded: Joined, rules: Rulebook) -> list[Items]:
    """The items of articles; ``folded`` joins their texts."""
    lines = rules.once("sign lines", SignLines)
    by_tag, read = lines.by_tag, []
    for view in views:
        tokens = view.tokens
        read.append(Items(tokens.starts, tokens.ends, tokens.tags, tokens.words, lines.of(tokens)))
    edits = _edits(views, folded, read, gazetteer(rules), by_tag)
    return [
        _edited(view.folded, its, made, by_tag) if made else its
        for view, its, made in zip(views, read, edits, strict=True)
    ]


def _edits(
    views: Sequence[View], folded: Joined, read: Sequence[Items], names: Gazetteer, by_tag: Signs
) -> list[list[Edit]]:
    """Words that are cut in two, breaks and gaps as words of their own, names that rjieba cuts otherwise."""
    out: list[list[Edit]] = [list(_cuts(items, by_tag)) if CUT in items.signs else [] for items in read]
    for items, edits in zip(read, out, strict=True):
        edits += _firms(items, by_tag)
    for which, start, end in folded.matches(SPACE):
        i = bisect_left(read[which].starts, start)
        out[which].append((i, i, (start, end), ("w",)))
    for which, start, end in folded.matches(by_tag.latin):
        out[which] += _latin(start, end, read[which], by_tag)
    for which, start, end, _ in folded.begun(by_tag.recut, by_tag.recut_row):
        size = names.recut[views[which].folded[start:end]]
        out[which] += _recut(start, start + size, end, read[which])
    for which, start in folded.rows(by_tag.left_row):
        edit = _left(start, read[which])
        if edit:
            out[which].append(edit)
    find = names.automaton.find_matches_as_indexes
    for view, items, edits in zip(views, read, out, strict=True):
        starts, ends = items.starts, items.ends
        organs = set()
        for name, start, end in find(view.folded):
            if end - start > 2 and names.signs[names.names[name]] in ORGANS:
                organs.add(start)
            i = bisect_right(starts, start) - 1
            if i >= 0 and ends[i] < end <= ends[-1]:
                edit = _joined(view.folded, names.names[name], i, start, end, items, names)
                if edit:
                    edits.append(edit)
        edits += _divisions(items, organs, by_tag)
        edits += _owners(view.folded, items, organs, by_tag)
        if len(edits) > 1:
            edits.sort(key=BOUNDS)
    return out


def _latin(start: int, end: int, items: Items, by_tag: Signs) -> Iterator[Edit]:
    """Makes one word of a name in Latin letters: Jordan| |Fairley; an institution of the tables remains by itself."""
    i, j = bisect_left(items.starts, start), bisect_left(items.ends, end)
    if j < len(items.ends) and items.starts[i] == start and items.ends[j] == end:
        last = items.words[j if items.words[j].isalnum() else j - 1]
        if by_tag.names.signs.get(items.words[i]) != "O" or last in by_tag.latin_heads:
            yield i, j + 1, (start, end), ("eng",)


def _divisions(items: Items, organs: Container[int], by_tag: Signs) -> Iterator[Edit]:
    """Makes one word of a division of no table: 霞桐|市, 雾|山市, 从雾|山市.

    ``organs`` tells where those of the tables begin.
    """
    i = items.signs.find(DIVISION, 1)
    while i > 0:
        word, before, start, end = items.words[i], items.words[i - 1], items.starts[i - 1], items.ends[i]
        if word[-1] in by_tag.joined_heads and end - start == len(before) + len(word) < 5:
            edge = i == 1 or items.signs[i - 2] in EDGES
            cut = len(word) == 2 and items.tags[i] == "ns" and not is_known(word)
            if cut and len(before) == 2 and before[0] in by_tag.names.before and not is_known(before):
                yield i - 1, i + 1, (start, start + 1, end), ("p", "ns")
            elif edge and (cut and _is_sign(items, i - 1) or len(word) == 1 and _is_own(items, i, end in organs)):
                yield i - 1, i + 1, (start, end), ("ns",)
        i = items.signs.find(DIVISION, i + 1)


def _owners(folded: str, items: Items, organs: Iterable[int], by_tag: Signs) -> Iterator[Edit]:
    """Makes a place of a noun before an organ that has its head (霞源|县政府), or which the article has with its head:
    霞源|消防救援大队."""
    for start in organs:
        i = items.at(start)
        if not i or items.ends[i - 1] != start or items.signs[i - 1] not in UNLISTED or is_known(items.words[i - 1]):
            continue
        word, begin = items.words[i - 1], items.starts[i - 1]
        headed = folded[start] in by_tag.joined_heads
        if len(word) == 2 and (headed or any(word + head in folded for head in by_tag.joined_heads)):
            yield i - 1, i, (begin, start), ("ns",)
        elif headed and len(word) == 3 and word[0] in by_tag.names.before:
            yield i - 1, i, (begin, begin + 1, start), ("p", "ns")  # 据霞源|市政府


def _is_sign(items: Items, i: int) -> bool:
    """Whether the word ``i`` is one sign that may begin a place's name: 雾|山市."""
    return len(items.words[i]) == 1 and items.signs[i] in NOUNS


def _is_own(items: Items, i: int, before_organ: bool) -> bool:
    """Whether what stands before the head ``i`` is its name: no word of a dictionary, or a noun before an organ."""
    if len(items.words[i - 1]) != 2 or items.signs[i - 1] not in UNLISTED:
        return False
    return before_organ and items.signs[i - 1] == UNLISTED[0] or not is_known(items.words[i - 1])


def _firms(items: Items, by_tag: Signs) -> Iterator[Edit]:
    """Makes a name of what looks like a verb in front of a firm's, for no dictionary has it: 澄岸|科技|有限公司; and a
    place of what its head was cut from: 霞源|县昌泰|有限公司."""
    i = items.signs.find(FIRM, 1)
    while i > 0:
        j = i - 1
        while j > max(i - 5, 0) and items.signs[j] in NOUNS:
            if _begins_with_head(items, j, by_tag):
                start = items.starts[j]
                yield j - 1, j + 1, (items.starts[j - 1], start + 1, items.ends[j]), ("ns", "nz")
            j -= 1
        word = items.words[j]
        if items.signs[j] == VERB and len(word) == 2 and not is_known(word):
            if not j or items.signs[j - 1] in EDGES:
                yield j, j + 1, (items.starts[j], items.ends[j]), ("nz",)
        i = items.signs.find(FIRM, i + 1)


def _begins_with_head(items: Items, j: int, by_tag: Signs) -> bool:
    """Whether the word ``j`` begins with the head of the place before it, and no dictionary has either."""
    word, before = items.words[j], items.words[j - 1]
    if word[0] not in by_tag.joined_heads or len(before) != 2 or len(word) < 3 or items.signs[j - 1] not in UNLISTED:
        return False
    return not is_known(word) and not is_known(before) and (j == 1 or items.signs[j - 2] in EDGES)


def _cuts(items: Items, by_tag: Signs) -> Iterator[Edit]:
    """The words that are to be cut in two."""
    i = items.signs.find(CUT)
    while i >= 0:
        a, b = items.starts[i], items.ends[i]
        tag = items.tags[i]
        size = by_tag.cut(items.words[i], tag)
        named = tag in PERSONS and size == b - a - 1 > 2  # 段旺泽|说: the name stands first
        yield i, i + 1, (a, a + size, b), (PERSON, "v") if named else ("n", tag if tag == PERSON else "n")
        i = items.signs.find(CUT, i + 1)


def _recut(start: int, cut: int, end: int, items: Items) -> Iterator[Edit]:
    """Words from ``start`` to ``end`` that are to be cut at ``cut`` alone, where they are not: 主|任何 -> 主任|何."""
    i, j = bisect_right(items.starts, start) - 1, bisect_left(items.ends, end)
    if items.starts[i] == start and items.ends[j] == end and items.starts[j] != cut:
        yield i, j + 1, (start, cut, end), ("n", "nr")


def _left(start: int, items: Items) -> Edit | None:
    """The edit that cuts a word of no dictionary into a head of the name before it and a function word: 滨江|队|以."""
    i = bisect_left(items.starts, start)
    if (
        0 < i < len(items.starts)
        and (items.starts[i], items.ends[i]) == (start, start + 2)
        and items.ends[i - 1] == start
        and items.signs[i - 1] in OWNERS
        and not is_known(items.words[i])
    ):
        return i, i + 1, (start, start + 1, start + 2), ("n", "p")
    return None


def _joined(folded: str, name: str, i: int, start: int, end: int, items: Items, names: Gazetteer) -> Edit | None:
    """The edit that makes one word of the word ``i`` and those after it; None where it would cut a word that stands."""
    starts, ends, tags = items.starts, items.ends, items.tags
    j = bisect_left(ends, end)
    if starts[i] == start and ends[j] == end:
        return i, j + 1, (start, end), ("n",)
    last = folded[starts[j] : ends[j]]
    if ends[j] > end and last in names.signs:
        # 黑龙江|省委书记: the last word stands, and where it is an organ with its title it is parted.
        size = names.offices.get(last, 0)
        return (j, j + 1, (starts[j], starts[j] + size, ends[j]), ("n", "n")) if size else None
    before, rest = folded[starts[i] : start], folded[end : ends[j]]
    if not _may_cut(name, before, tags[i], rest, tags[j], ends[j] - starts[j], names):
        return None
    bounds = (*starts[i : i + bool(before)], start, end, *ends[j : j + bool(rest)])
    return i, j + 1, bounds, ("x",) * bool(before) + ("n",) + ("x",) * bool(rest)


def _may_cut(name: str, before: str, first: str, rest: str, last: str, size: int, names: Gazetteer) -> bool:
    """Whether a name may begin behind ``before`` in its first word and leave ``rest`` of its last, ``size`` long."""
    organ = len(name) > 2 and names.signs[name] in ORGANS
    if before and not (organ and names.signs.get(before) == "D"):  # 市住|建局 is 市|住建局
        joined = before in names.before and names.signs[name] == "O"  # 从北|交所
        if (
            first in ("m", "t")
            or not joined
            and len(name) < 4
            or name not in names.official
            and names.signs[name] != "O"
        ):
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
    starts, ends, tags, words, signs = read.starts[:0], read.ends[:0], read.tags[:0], read.words[:0], [""]
    whole, at = by_tag.whole, 0
    for i, j, bounds, tagged in (*edits, (len(read.starts), len(read.starts), (), ())):
        if i < at:
            continue
        if i > at:
            starts += read.starts[at:i]
            ends += read.ends[at:i]
            tags += read.tags[at:i]
            words += read.words[at:i]
            signs.append(read.signs[at:i])
        for start, end, tag in zip(bounds, bounds[1:], tagged):  # noqa: B905 - the last bound is only an end
            word = folded[start:end]
            starts.append(start)
            ends.append(end)
            tags.append(tag)
            words.append(word)
            signs.append(whole(tag, word))
        at = j
    return Items(starts, ends, tags, words, "".join(signs))
