"""Makes the words of an article a line of signs: names of the tables are joined to one word, others cut in two."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

import regex

from pipeline.core.model import View
from pipeline.mentions.gazetteer import ORGANS, Gazetteer, gazetteer
from pipeline.mentions.items import Edit, Items
from pipeline.mentions.joined import Joined
from pipeline.mentions.sign_lines import SignLines
from pipeline.mentions.signs import CUT, PERSONS, Signs
from pipeline.mentions.unlisted import unlisted_firms, unlisted_places
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

PERSON = "nr"
"""What the segmenter takes for a person; so is what is left when a word before the name was cut off: 对|周宁."""
SPACE = regex.compile(r"\s+")

AFTER_ORGANS = ("k", "F")
"""Signs of what may stand behind an organ and be cut together with its end."""
OWNERS = "LOAazrKRx"
"""Signs of what may own the head that was joined to a function word: 滨江|队以."""
BOUNDS: Callable[[Edit], tuple[int, int]] = itemgetter(0, 1)


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
        edits += unlisted_firms(items, by_tag)
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
            if name in names.organs:
                organs.add(start)
            i = bisect_right(starts, start) - 1
            if i >= 0 and ends[i] < end <= ends[-1]:
                edit = _joined(view.folded, names.names[name], i, start, end, items, names)
                if edit:
                    edits.append(edit)
        edits += unlisted_places(view.folded, items, organs, by_tag)
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
    if not _may_cut(name, before, tags[i], rest, tags[j], last, names):
        return None
    bounds = (*starts[i : i + bool(before)], start, end, *ends[j : j + bool(rest)])
    left = PERSON if names.signs[name] == "T" and len(rest) > 1 else "x"
    return i, j + 1, bounds, ("x",) * bool(before) + ("n",) + (left,) * bool(rest)


def _may_cut(name: str, before: str, first: str, rest: str, last: str, word: str, names: Gazetteer) -> bool:
    """Whether a name may begin behind ``before`` in its first word and leave ``rest`` of its last, ``word``."""
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
        if rest in names.surnames:
            return last[0] == "n"  # 法定代表|人王
        return rest[0] in names.surnames and len(rest) > 1 and not is_known(word)  # 首席技术|官梁军
    if last in ("m", "t"):
        return False
    if name in names.official:
        return len(name) > 3 or last[:2] in ("nr", "ns", "nz")
    # 发展和改革|局将, 美光|科技涨: a word of no dictionary, or what is left over stands after names; but 建设|部门.
    if len(name) > 4 and rest[0] not in names.no_rest:
        return True
    return len(name) > 3 and (len(word) > 2 or names.signs.get(rest) == "k")


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
