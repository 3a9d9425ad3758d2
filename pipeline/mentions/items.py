"""The words of an article as a line of signs, one sign a word, so that patterns can be matched on it in one go."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import regex

from pipeline.core.model import View
from pipeline.mentions.gazetteer import Gazetteer, gazetteer
from pipeline.rulebook import Rulebook

BREAK = "|"
"""The sign of a line break."""
GAP = "~"
"""The sign of white space within a line."""
REMEMBERED = 1 << 14
"""Words whose signs are remembered."""
SPACE = regex.compile(r"\s+")

Word = tuple[int, int, str]
Edit = tuple[int, int, list[Word]]
"""``(i, j, words)``: the words ``i`` to ``j`` are replaced by ``words``."""


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
        return (i < len(self.starts) and self.starts[i] == offset) or (i > 0 and self.ends[i - 1] <= offset)


def make_items(view: View, rules: Rulebook) -> Items:
    """The items of an article."""
    names = gazetteer(rules)
    folded, tokens = view.folded, view.tokens
    starts, ends, tags = tokens.starts, tokens.ends, tokens.tags
    edits = _edits(folded, starts, ends, tags, names)
    if edits:
        starts, ends, tags = _edited(starts, ends, tags, edits)
    words = [folded[a:b] for a, b in zip(starts, ends, strict=True)]
    return Items(starts, ends, tags, words, "".join(map(rules.once("signs", _signs), words, tags)))


def _signs(rules: Rulebook) -> Callable[[str, str], str]:
    """What gives the sign of a word with its part of speech; it remembers the words that come again and again."""
    names, lore, settings = gazetteer(rules), _lore(rules), rules.settings("entities")
    tags: dict[str, str] = settings["tags"]
    other: str = settings["other"]

    def sign(word: str, tag: str) -> str:
        return _refined(word, tag, names.signs.get(word) or tags.get(tag, other), names, lore)

    return lru_cache(maxsize=REMEMBERED)(sign)


def _edits(folded: str, starts: list[int], ends: list[int], tags: list[str], names: Gazetteer) -> list[Edit]:
    """Line breaks and gaps as words of their own, and names of the tables that rjieba cut into several words."""
    out: list[Edit] = []
    for m in SPACE.finditer(folded):
        i = bisect_left(starts, m.start())
        out.append((i, i, [(m.start(), m.end(), "w")]))
    for text, cut in names.recut.items():
        at = folded.find(text)
        while at >= 0:
            i, j = bisect_right(starts, at) - 1, bisect_left(ends, at + len(text))
            if starts[i] == at and ends[j] == at + len(text) and starts[j] != at + cut:
                out.append((i, j + 1, [(at, at + cut, "n"), (at + cut, ends[j], "nr")]))
            at = folded.find(text, at + 1)
    for which, start, end in names.automaton.find_matches_as_indexes(folded):
        i = bisect_right(starts, start) - 1
        if i < 0:
            continue
        if ends[i] >= end:
            # 阿根廷政府 is one word to the tagger, but the government is none of it; 县委书记 is an organ and a title.
            if starts[i] == start and ends[i] > end and names.signs.get(folded[end : ends[i]], "") in ("n", "T"):
                out.append((i, i + 1, [(start, end, "n"), (end, ends[i], "n")]))
            continue
        j = bisect_left(ends, end)
        if j >= len(ends):
            continue
        last = folded[starts[j] : ends[j]]
        if ends[j] > end and last in names.signs:
            # 黑龙江|省委书记: the last word stands, and where it is an organ with its title it is parted.
            cut = starts[j] + names.offices.get(last, 0)
            if cut > starts[j]:
                out.append((j, j + 1, [(starts[j], cut, "n"), (cut, ends[j], "n")]))
            continue
        edit = _joined(folded, names.names[which], i, j, start, end, starts, ends, tags, names)
        if edit:
            out.append(edit)
    out.sort(key=lambda e: (e[0], e[1]))
    return out


def _joined(
    folded: str,
    name: str,
    i: int,
    j: int,
    start: int,
    end: int,
    starts: list[int],
    ends: list[int],
    tags: list[str],
    names: Gazetteer,
) -> Edit | None:
    """The edit that makes one word of the words ``i`` to ``j``; None where the name would cut a word that stands."""
    if starts[i] == start and ends[j] == end:
        return i, j + 1, [(start, end, "n")]
    if not _may_cut(name, start - starts[i], tags[i], folded[end : ends[j]], tags[j], ends[j] - starts[j], names):
        return None
    before, after = start - starts[i], ends[j] - end
    parts = [(starts[i], start, "x")] * bool(before) + [(start, end, "n")] + [(end, ends[j], "x")] * bool(after)
    return i, j + 1, parts


def _may_cut(name: str, before: int, first: str, rest: str, last: str, size: int, names: Gazetteer) -> bool:
    """Whether a name may begin ``before`` signs into its first word and leave ``rest`` of its last, ``size`` long."""
    if before and (first in ("m", "t") or len(name) < 4):
        return False
    if before and name not in names.official and names.signs[name] != "O":
        return False
    if not rest:
        return True
    if last in ("m", "t"):
        return False
    if name in names.official:
        return len(name) > 3 or last[:2] in ("nr", "ns", "nz")
    # 发展和改革|局将, 美光|科技涨: a word of no dictionary, or what is left over stands after names; but 建设|部门.
    if len(name) > 4 and rest[0] not in names.no_rest:
        return True
    return len(name) > 3 and (size > 2 or names.signs.get(rest) == "k")


def _edited(
    starts: list[int], ends: list[int], tags: list[str], edits: list[Edit]
) -> tuple[list[int], list[int], list[str]]:
    s: list[int] = []
    e: list[int] = []
    t: list[str] = []
    at = 0
    for i, j, words in edits:
        if i < at:
            continue
        s += starts[at:i]
        e += ends[at:i]
        t += tags[at:i]
        for a, b, tag in words:
            s.append(a)
            e.append(b)
            t.append(tag)
        at = j
    return s + starts[at:], e + ends[at:], t + tags[at:]


def _refined(word: str, tag: str, sign: str, names: Gazetteer, lore: Lore) -> str:
    """The sign of a word where part of speech alone does not settle it: persons, foreign names, words with a head."""
    if sign == "_":
        if word.isspace():
            return BREAK if "\n" in word else GAP
        return "S" if len(word) == 1 and lore.surnames.get(word) == "common" else sign
    if sign in "GgIA" and tag in "vf" and len(word) < 3:
        return tag
    if sign == "m":
        return "1" if lore.ordinal.fullmatch(word) else sign
    if sign == "V":
        return "L" if tag == "ns" else sign
    return _settled(word, tag, sign, names, lore) if sign in "rKLOznv" and word not in names.signs else sign


@dataclass(frozen=True, slots=True)
class Lore:
    """What single words are settled with."""

    foreign: frozenset[str]
    surnames: Mapping[str, str]
    noise: frozenset[str]
    ordinal: regex.Pattern[str]
    place_end: str
    noun_end: str


def _lore(rules: Rulebook) -> Lore:
    return Lore(
        frozenset(c for row in rules.rows("transliteration") for c in row["words"]),
        {w: row["kind"] for row in rules.rows("surnames") for w in row["words"]},
        frozenset(w for row in rules.rows("not_entities") if row["kind"] == "person" for w in row["words"]),
        regex.compile(rules.settings("entities")["ordinal"]),
        rules.settings("entities")["place_not_name"],
        rules.settings("entities")["noun_not_name"],
    )


def _settled(word: str, tag: str, sign: str, names: Gazetteer, lore: Lore) -> str:
    if word in names.never:
        return "n"
    if sign in "rK":
        return _name_sign(word, sign, lore)
    if len(word) < 3:
        if lore.surnames.get(word) == "foreign":
            return "M"
        if len(word) == 1:
            return "S" if word in lore.surnames and sign != "v" else "z" if sign == "L" else sign
        if sign == "L" and word[-1] in lore.place_end:
            return "D"  # 龙头|山镇
        return "z" if sign in "LO" and word not in names.codes else sign
    if lore.surnames.get(word) == "foreign":
        return "M"
    if names.tails.get(word[-1]) == "g" and names.signs.get(word[:-1]) == "L":
        return "O"
    if sign == "v":
        return sign
    tail = names.tails.get(word[-3:]) or names.tails.get(word[-2:]) or names.tails.get(word[-1])
    if sign == "L" and not (tail == "h" and _proper(word, tail, names)):
        return tail if tail in ("L", "X", "Y") else "K" if lore.foreign.issuperset(word) else "z"
    if sign in "LO" or sign == "z" and tail in ("h", "g"):
        return "O" if _proper(word, tail, names) else "h" if tail == "h" and sign == "z" else "n"
    if sign == "z" and tail and (tag == "nz" or tail != "L"):
        return tail
    return "h" if tail == "h" else sign


def _proper(word: str, tail: str | None, names: Gazetteer) -> bool:
    """Whether a word that the tagger takes for a name of its own kind is an organisation: 印尼队, 汇丰银行."""
    owner = names.signs.get(word[:-1], "") or names.signs.get(word[:2], "")
    return tail in ("h", "g") and (owner in ("L", "A", "a") or tail == "h" and len(word) > 3)


def _name_sign(word: str, sign: str, lore: Lore) -> str:
    if len(word) == 1:
        return "S" if word in lore.surnames else "z"
    if word in lore.noise:
        return "n"
    if sign == "r" and word[0] in lore.surnames and len(word) < 4 or lore.surnames.get(word[:2]) == "compound":
        if word[-1] in lore.place_end:
            return "L"
        if word[-1] in lore.noun_end:
            return "n"
        return "M" if lore.surnames.get(word[0]) == "everyday" else "R" if len(word) > 2 else "Q"
    if 2 < len(word) < 6 and lore.surnames.get(word[:2]) == "foreign":
        return "R"
    if lore.foreign.issuperset(word):
        return "K" if len(word) > 2 else "x"
    return "r" if len(word) < 4 else "n"
