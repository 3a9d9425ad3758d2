"""Firms that carry no legal form: the short name before a stock code or a price in brackets, or before an office."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import regex

from pipeline.core.matchers import Matcher, matcher
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

ASCII = re.compile("[\0-\x7f]")
SIZES = (4, 3, 2, 5, 6)
"""Lengths of short names, the usual ones first."""
NEVER = "_ukytmT|(~:c"
"""Signs of words that are no part of a firm's short name."""


BOARD = re.compile(r"\s?(?:S[HZ])?\s?\d{6}")
"""The code of a Chinese board, before which a name has four signs at the most."""
NOT_FIRST = "vk_ucyt"
"""Signs of words that no short name between two marks begins with: 增持|万科(000002)."""
NUMBER = "m"
"""The sign of numbers, as 众成 is to the tagger."""
KIND, MOST_WORDS = "nzwbemqIGvW", 6
"""Signs of the words behind a list up to what its members are, and how many they may be."""
OTHER = "_"
"""The sign of words that no name contains."""
GROUP = "J"
"""The sign of 集团, which ends longer names."""
SAID = "k"
"""The sign of what stands right behind a name."""
USUAL = SIZES[:2]
"""Those before the code of a Chinese board."""
SHORTEST = 2
LONGEST = 10
"""Characters of such a name at the most."""
LATIN, HAN = 20, 12
"""Signs before the code of which a name may be one, and how many where the last is no Latin letter: fewer starts are
tried."""
MOST = 200
"""Characters before its end in which the members of a list are looked for."""
FIRMS = 2
"""Members of such a list that must end as firms do: lines of business rise together too (消费电子、半导体走强)."""
LISTED = "y"
"""The sign of the mark between the names of a list."""
LIST = "yc"
"""Signs of what stands between the names of a list."""


def find_listed(texts: Texts, rules: Rulebook) -> None:
    """Firms that carry a code or a price: 厦门象屿(6.440,0.21,3.37%)."""
    patterns = rules.once("listed", _patterns)
    for text in texts.holding("listed"):
        text.found += _coded(text.folded, text.items, *patterns)


def _coded(
    folded: str,
    items: Items,
    code: Matcher,
    name: Matcher,
    special: regex.Pattern[str],
    verbs: frozenset[str],
    units: str,
    before_names: str,
) -> Iterator[Candidate]:
    for m in code.finditer(folded):
        end = m.start()
        while end and folded[end - 1] == " ":
            end -= 1
        text = folded[max(end - (LATIN if folded[end - 1 : end].isascii() else HAN), 0) : end]
        before, marked = name.search(text), special.search(text)
        if marked:
            yield Candidate(end - len(marked[0]), end, "ORG", "entity.org.listed", "0.97", 6)
        elif before:
            first, last = end - len(before[0]), end - len(before["share"] or "")
            if folded[first] in units and folded[first - 1 : first].isdigit():
                first += 1  # 1.6亿|酒鬼酒
            board = BOARD.match(folded, m.start() + 1)
            start = _start(folded, items, _from(items, first, last), last, verbs, USUAL if board else SIZES)
            if start is None and board:
                start = _cut(items, first, last, verbs)
            if start is not None:
                if folded[start] in before_names and end - start > SHORTEST:
                    start += 1  # 与岚步, one word
                yield Candidate(start, end, "ORG", "entity.org.listed", "0.95", 6)


def find_enumerated(texts: Texts, rules: Rulebook) -> None:
    """Firms of a list that ends by saying that they are firms: 东陵动力、西川巨力等公司."""
    known = rules.once("enumerated", _enumerated)
    for text in texts.signed("list_end"):
        text.found += _enumerated_in(text.items, *known)


def _enumerated_in(items: Items, names: Names, ends: Set[str], kinds: frozenset[str]) -> Iterator[Candidate]:
    words, signs = items.words, items.signs
    j = signs.find("k")
    while j >= 0:
        if words[j] in ends and j and signs[j - 1] in names.signs and _says(items, j, kinds):
            yield from _members(items, j, names)
        j = signs.find("k", j + 1)


def _says(items: Items, j: int, kinds: frozenset[str]) -> bool:
    """Whether what follows the word ``j`` says what the members are: 等|公司, 等|49|家|P2P|平台."""
    i = j + 1
    while i < len(items.words) and i < j + MOST_WORDS and items.words[i] not in kinds and items.signs[i] in KIND:
        i += 1
    return i < len(items.words) and items.words[i] in kinds


def find_moved(texts: Texts, rules: Rulebook) -> None:
    """Firms of a list whose shares move together: 东陵动力、西川巨力、云岭新材涨停."""
    moved = rules.once("moved", _moved)
    for text in texts.holding("moved_ends"):
        if LISTED in text.signs:
            text.found += _moved_in(text.folded, text.items, moved)


def _moved_in(folded: str, items: Items, moved: Moved) -> Iterator[Candidate]:
    for m in moved.ends.finditer(folded, folded.find(moved.comma)):
        pieces = moved.marks.split(folded[max(m.start() - MOST, 0) : m.start()])[-1].split(moved.comma)
        places, at = [], m.start()
        for piece in reversed(pieces):
            start = at - len(piece)
            if len(piece) not in SIZES[:2]:
                first = _nominal_from(items, start, at)
                start = next((at - n for n in SIZES[:2] if at - n >= first and items.is_edge(at - n)), at)
            if start == at:
                break
            places.append((start, at))
            at = start - 1
        firms = sum(items.signs[items.at(end) - 1] in moved.lines for _, end in places)
        if len(places) > 1 and (m["sure"] or firms >= FIRMS):
            yield from (Candidate(*place, "ORG", "entity.org.enumerated", "0.85", 3) for place in places)


def _members(items: Items, j: int, names: Names) -> Iterator[Candidate]:
    """The members of the list whose last word stands before ``j``, back to what is no name."""
    words, signs, listed = items.words, items.signs, False
    while j > 0:
        i = j
        while i and signs[i - 1] in names.signs and words[i - 1] not in names.common:
            i -= 1
        listed = listed or i > 0 and signs[i - 1] == LISTED
        if i == j or not listed:
            return
        start, end = items.starts[i], items.ends[j - 1]
        if (not i or signs[i - 1] in names.edge or words[i - 1] in names.common) and 2 < end - start < LONGEST:
            yield Candidate(start, end, "ORG", "entity.org.enumerated", "0.85", 3)
        j = i - 1 if i and signs[i - 1] == LISTED else 0


@dataclass(frozen=True, slots=True)
class Moved:
    """What says that shares move together, what parts their list from what stands before it."""

    ends: Matcher
    marks: regex.Pattern[str]
    comma: str
    lines: str
    """Signs of words that end the names of firms."""


def _moved(rules: Rulebook) -> Moved:
    settings = rules.settings("entities")
    ends, marks, comma, lines = (settings[key] for key in ("moved_ends", "moved_marks", "moved_comma", "moved_lines"))
    return Moved(matcher(ends), regex.compile(marks), comma, lines)


def _enumerated(rules: Rulebook) -> tuple[Names, frozenset[str], frozenset[str]]:
    settings = rules.settings("entities")
    common, ends, kinds = (frozenset(settings[key].split("|")) for key in ("list_not", "list_end", "list_kind"))
    return Names(common, settings["list_signs"], settings["list_edge"]), ends, kinds


@dataclass(frozen=True, slots=True)
class Names:
    """The signs of a firm's name and of what stands before it, and common nouns that are none."""

    common: frozenset[str]
    signs: str
    edge: str


def _start(folded: str, items: Items, start: int, end: int, verbs: frozenset[str], sizes: Sequence[int]) -> int | None:
    """Where the short name begins that ends at ``end``, at ``start`` or after it; None where no length fits."""
    latin = ASCII.search(folded, start, max(end - 1, start))
    if latin:
        return latin.start()
    first, last = items.at(start), items.at(end)
    if first + 1 < last and items.words[first] in verbs:
        start, first = items.ends[first], first + 1
    if end - start in sizes and (end - start in SIZES[:2] or _is_group(items, start, end)):
        return start
    if end - start in sizes and "v" not in items.signs[first:last]:
        return start
    starts = (end - n for n in sizes if end - n >= start and items.is_edge(end - n))
    return next((at for at in starts if items.words[items.at(at)] not in verbs), None)


def _cut(items: Items, first: int, end: int, verbs: frozenset[str]) -> int | None:
    """Where a name before the code of a Chinese board begins whose words were cut otherwise: 公司|三|力士."""
    if end - first <= USUAL[0]:
        return None if items.words[items.at(first)] in verbs else first
    for at in (end - size for size in USUAL):
        if items.is_edge(at) and items.words[items.at(at)] not in verbs:
            return at
    return end - SHORTEST if items.words[items.at(end - SHORTEST) - 1] in verbs else end - USUAL[0]


def _patterns(
    rules: Rulebook,
) -> tuple[Matcher, Matcher, regex.Pattern[str], frozenset[str], str, str]:
    settings = rules.settings("entities")
    code, name, special = settings["listed"], settings["listed_name"], settings["listed_special"]
    verbs = frozenset(settings["share_verbs"].split("|"))
    units, before_names = settings["listed_units"], settings["listed_before"]
    return matcher(code), matcher(name), regex.compile(special), verbs, units, before_names


def _from(items: Items, first: int, last: int) -> int:
    """Where the name may begin: at ``first``, behind a mark, where the rest is short enough (云能电气, 云元股份), else
    behind the last word that is of no name."""
    if (last - first in SIZES[:2] or _is_group(items, first, last)) and items.is_edge(first):
        i = items.at(first)
        alone = items.signs[i] == SAID and items.ends[i] == first + 1  # 道|明光学
        if alone or items.signs[i] not in NOT_FIRST or _is_group(items, first, last):
            return first
    i = items.at(last) - 1
    odd = items.signs[i] == NUMBER and items.words[i].isalpha()  # 浙江|众成
    return max(first, _nominal_from(items, first, items.starts[i] if odd else last))


def _is_group(items: Items, start: int, end: int) -> bool:
    """Whether ``[start, end)`` is a name of four signs and 集团, whose first word no dictionary has: 合生|创展|集团."""
    long = end - start == SIZES[0] + SHORTEST and items.signs[items.at(end) - 1] == GROUP
    return long and not is_known(items.words[items.at(start)])


def _nominal_from(items: Items, start: int, end: int) -> int:
    """Where the last run of words before ``end`` begins that may all be of a name; 明星 is a title in longer ones."""
    i = items.at(end) - 1
    ends = NEVER if end - start > SIZES[0] else NEVER.replace("T", "")
    while i >= 0 and items.ends[i] > start and (items.signs[i] not in ends or _is_unread(items, i)):
        i -= 1
    return items.starts[i + 1] if i + 1 < len(items.starts) else start


def _is_unread(items: Items, i: int) -> bool:
    """Whether the word ``i`` is one of no dictionary, whose part of speech says nothing: 岚步|体育."""
    word = items.words[i]
    return len(word) > 1 and word.isalpha() and items.signs[i] == OTHER and not is_known(word)
