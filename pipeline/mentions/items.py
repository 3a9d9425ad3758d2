"""The words of an article as a line of signs, one sign a word, so that patterns can be matched on it in one go."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

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
        return (i < len(self.starts) and self.starts[i] == offset) or (i > 0 and self.ends[i - 1] <= offset)


def make_items(view: View, rules: Rulebook) -> Items:
    """The items of an article."""
    names = gazetteer(rules)
    folded, tokens = view.folded, view.tokens
    starts, ends, tags = tokens.starts, tokens.ends, tokens.tags
    edits = _edits(folded, starts, ends, tags, names, rules.once("cuts", _cuts))
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


def _cuts(rules: Rulebook) -> Callable[[str], int]:
    """What says where a word of the tagger is to be cut in two, 0 where it is one: 德国|总理, 吴|先生, 县委|书记."""
    names, lore = gazetteer(rules), _lore(rules)
    signs, countries = names.signs, frozenset(w for row in rules.rows("countries") for w in row["words"])

    def cut(word: str) -> int:
        if word in signs:
            return names.offices.get(word, 0)
        rest = word[1:]
        if rest in lore.forms and lore.surnames.get(word[0]) == "common" and word not in lore.noise:
            return 1
        sizes = range(len(word) - 1, 1, -1)
        size = next((n for n in sizes if signs.get(word[n:], "_") in "nTL" and signs.get(word[:n], "_") in "LORUHG"), 0)
        if size or word[-3:] in names.tails or word[-2:] in names.tails or word[-1] in names.tails:
            return size
        return next((n for n in sizes[1:] if word[:n] in countries), 0)

    return lru_cache(maxsize=REMEMBERED)(cut)


def _edits(
    folded: str, starts: list[int], ends: list[int], tags: list[str], names: Gazetteer, cut: Callable[[str], int]
) -> list[Edit]:
    """Breaks and gaps as words of their own, and names of the tables that rjieba cut otherwise."""
    out: list[Edit] = []
    for i, (a, b, tag) in enumerate(zip(starts, ends, tags, strict=True)):
        if b - a > 2 and tag[0] == "n" and (size := cut(folded[a:b])):
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
    if tag in "vf" and sign in "GgIA" and (len(word) == 1 or word in lore.verbs):
        return tag
    if tag == "ns" and word in lore.titles_too:
        return "L"
    if names.signs.get(word[1:]) == "T" and names.signs.get(word[0]) == "F":
        return "T"  # 副厅长, one word to the tagger
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
    forms: frozenset[str]
    """Titles that follow a bare surname: 吴先生, 毛主席."""
    verbs: frozenset[str]
    """Heads of organisations that are verbs too: 组织."""
    titles_too: frozenset[str]
    """Places that are titles too: 苏丹."""
    ordinal: regex.Pattern[str]
    place_end: str
    noun_end: str


def _lore(rules: Rulebook) -> Lore:
    return Lore(
        frozenset(c for row in rules.rows("transliteration") for c in row["words"]),
        {w: row["kind"] for row in rules.rows("surnames") for w in row["words"]},
        frozenset(w for row in rules.rows("not_entities") if row["kind"] == "person" for w in row["words"]),
        frozenset(w for row in rules.rows("person_titles") if row["after"] for w in row["words"] if len(w) > 1),
        frozenset(rules.settings("entities")["verbs_too"]),
        frozenset(rules.settings("entities")["titles_too"]),
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
