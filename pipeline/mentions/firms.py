"""What the names of firms that carry no legal form look like: 远山博纳, 襄阳轴承, 拓尔森."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.mentions.gazetteer import gazetteer, written_by_sound
from pipeline.mentions.items import Items
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

ASCII = re.compile("[\0-\x7f]")
NEVER = "_ukyctmT|(~:)F/oZ#@HUDgC"
"""Signs of words that are no part of such a name."""
SIZES, LONG = range(3, 7), range(3, 9)
"""Characters of such a name, and of one that ends as names of firms do."""
LONGEST = 9
"""Characters that are looked at."""
USUAL = (4, 3)
"""Its usual lengths."""
PROPER = "zrRQMKx"
"""Signs of names, of words of no dictionary."""
FIRMS = "GJI"
"""Signs of what a firm's longer name goes on with."""
LINES = "IJ"
"""Signs of lines of business and of groups."""
HEADS = "hXYEPp"
"""Signs of heads of bodies and places."""
PLACES = "LAaVO"
"""Signs of places and of known firms, of which a firm's name may be the first part: 襄阳|轴承, 国网|信通."""
PERSONS = "RQM"
"""Signs of Chinese names."""
PLAIN = "nvwbf"
"""Signs of common words."""
AND = "c"
"""The sign of what stands between two names."""
SHARE, SURE, LISTED, MOVED, LED, WEAK = "share", "sure", "listed", "moved", "led", "weak"
"""What is told of firms with shares, of other firms, by the neighbours in a list, of goods too; what stands before
firms; what is told of others too, but not by a name that ends in a line of business: 浙江玻璃宣布."""
TOLD = (SHARE, SURE, LISTED)
"""What is told of firms alone."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """What the tables say of such names."""

    common: frozenset[str]
    """Words that are no part of one."""
    apart: frozenset[str]
    """Those of them that are not cut together with the end of one."""
    never: frozenset[str]
    """What is none as a whole."""
    first: str
    """Signs that none begins with: 由|卫信康."""
    loose: re.Pattern[str]
    """What is cut together with the end of one: 福达|拟."""
    loose_last: frozenset[str]
    """Its last signs."""
    closing: str
    """A word that ends a name: 盛蓝|股份."""
    ends: tuple[str, ...]
    """What the names of things end with that are for sale too: 铜矿."""
    surnames: frozenset[str]
    by_sound: frozenset[str]
    """Signs that write foreign names: 艾维斯 may be a firm, 王大亮 is a person."""
    signs: Mapping[str, str]
    """Those of words."""


def firm_shapes(rules: Rulebook) -> Shapes:
    """What a rulebook says of the names of firms that carry no legal form."""
    return rules.once("firm shapes", _shapes)


def _shapes(rules: Rulebook) -> Shapes:
    settings, names = rules.settings("entities"), gazetteer(rules)
    keys = ("firm_not", "list_not", "cued_not", "share_verbs")
    common = frozenset(chain.from_iterable(settings[key].split("|") for key in keys))
    loose = re.compile(f"(?:{settings['cued_loose_end']})+$")
    return Shapes(
        common=common,
        apart=frozenset(word for word in common if not loose.search(word)),
        never=names.never | rules.word_set("currencies"),
        first=settings["cued_not_start"],
        loose=loose,
        loose_last=frozenset(word[-1] for word in settings["cued_loose_end"].split("|")),
        closing=settings["cued_closing"],
        ends=tuple(settings["cued_not_end"].split("|")),
        surnames=rules.word_set("surnames") - rules.word_set("surnames", "kind", "foreign"),
        by_sound=written_by_sound(rules),
        signs=names.signs,
    )


def settled_end(folded: str, start: int, end: int, shapes: Shapes) -> int:
    """Where ``[start, end)`` ends without what is cut together with the end of a name: 福达|拟."""
    return start + len(shapes.loose.sub("", folded[start:end])) if folded[end - 1] in shapes.loose_last else end


def start_of(folded: str, items: Items, end: int, shapes: Shapes) -> int:
    """Where the words begin before ``end`` that may all be of a firm's name."""
    i = items.at(end)
    start = end
    if i and items.ends[i - 1] > end:
        i -= 1
        start = items.starts[i]
    while i and end - start < LONGEST and items.signs[i - 1] not in NEVER and items.words[i - 1] not in shapes.common:
        if start < end and items.words[i - 1] == shapes.closing:
            break  # 减持股份|远山博纳
        i -= 1
        start = items.starts[i]
    if i and end - start < USUAL[0] and items.signs[i - 1] in "kc" and items.ends[i - 1] - items.starts[i - 1] == 1:
        first = items.starts[i - 1]
        if end - first in USUAL and not folded[first - 1 : first].isalnum():
            return first  # 道|明|光学: the word is one by itself only where others stand before it
    return start


def fitting(items: Items, start: int, end: int, kind: str, shapes: Shapes) -> tuple[int, int] | None:
    """The part of ``[start, end)`` that is a firm's name, if one is."""
    i = items.at(start)
    while end - start > USUAL[0]:
        no_name = items.words[i][0] in shapes.first
        rest = items.ends[i]
        if not no_name and not (items.signs[i] in PLAIN and is_known(items.words[i])) or end - rest < USUAL[0]:
            break
        if not no_name and end - start in SIZES and not is_firm(items, rest, end, LED, shapes):
            break
        start, i = rest, i + 1  # 计划|卓异装备
    if end - start in SIZES and not (items.signs[i] == "v" and end - start > USUAL[0] and is_known(items.words[i])):
        return (start, end) if is_firm(items, start, end, kind, shapes) else None
    ends = (end - size for size in USUAL if end - size > start and items.is_edge(end - size))
    return next(((at, end) for at in ends if is_firm(items, at, end, LED, shapes)), None)


def is_firm(items: Items, start: int, end: int, kind: str, shapes: Shapes) -> bool:
    """Whether the words of ``[start, end)`` may be a firm's name."""
    i, j = items.at(start), items.at(end)
    words, signs = items.words[i:j], items.signs[i:j]
    if words and items.ends[j - 1] > end:  # 微电涨
        words[-1] = words[-1][: end - items.ends[j - 1]]
        signs = signs[:-1] + shapes.signs.get(words[-1], "n")
    name = "".join(words)
    if is_other(name, kind, shapes) or all(sign in PLACES for sign in signs):
        return False
    if is_known(name) and signs[0] not in PROPER:
        return False
    return _is_firms_word(name, signs, kind, shapes) if j - i == 1 else _are_firms_words(words, signs, name, kind)


def is_other(name: str, kind: str, shapes: Shapes) -> bool:
    """Whether ``name`` is no firm's by what it is written with."""
    if not name[:1].isalpha() or name[0] in shapes.first or name.endswith(shapes.ends):
        return True
    if name in shapes.common or name in shapes.never:
        return True
    return kind not in TOLD and (ASCII.search(name) is not None or _is_personal(name, shapes))


def _is_firms_word(name: str, sign: str, kind: str, shapes: Shapes) -> bool:
    """Whether ``name``, one word, may be a firm's."""
    if len(name) == 2 or kind == WEAK:
        return False
    unknown = kind in TOLD and sign not in PERSONS  # 比音勒芬
    return unknown or sign in "zxrK" or kind == SHARE or kind != LED and shapes.by_sound.issuperset(name)


def _are_firms_words(words: Sequence[str], signs: str, name: str, kind: str) -> bool:
    """Whether ``name``, several words, may be a firm's."""
    line, usual = signs[-1] in LINES, len(name) == USUAL[0]
    if kind == WEAK and not line:
        return False
    if signs[-1] in "vb" and len(words[-1]) > 1 and is_known(words[-1]):
        return False
    if signs[0] in PERSONS and not line and not usual or kind == MOVED and signs[-1] in PERSONS:
        return False  # 远山|周启明董事长
    told = PLAIN if kind in TOLD else "n"
    proper = any(
        sign in PROPER or len(word) > 1 and sign in told and not is_known(word)
        for word, sign in zip(words, signs, strict=True)
    )
    if proper or signs[0] in PLACES and (line or usual and kind in TOLD):
        return kind in TOLD or signs[0] not in "vb"
    if kind in (SHARE, LISTED):
        return len(name) in USUAL and signs[-1] not in HEADS
    return kind == SURE and line and signs[0] not in LINES


def is_long_enough(items: Items, start: int, end: int) -> bool:
    """Whether the words of ``[start, end)`` are as long as such names are."""
    return end - start in (LONG if items.signs[items.at(end) - 1] in FIRMS else SIZES)


def _is_personal(name: str, shapes: Shapes) -> bool:
    """Whether a name is built as those of persons are: 梁若溪, but not 艾维斯."""
    return len(name) == USUAL[1] and name[0] in shapes.surnames and not shapes.by_sound.issuperset(name)


def end_of(folded: str, items: Items, i: int, shapes: Shapes) -> int:
    """Where the words from ``i`` on end that may all be of a firm's name."""
    start = end = items.starts[i]
    while i < len(items.starts) and end - start < LONGEST and items.signs[i] not in NEVER:
        if items.words[i] in shapes.common or items.signs[i] == "v" and end > start and is_known(items.words[i]):
            if end > start and items.signs[i] in FIRMS:
                return items.ends[i]  # 远山博纳|集团
            break
        end = items.ends[i]
        i += 1
        if items.words[i - 1] == shapes.closing:
            break
    return settled_end(folded, start, end, shapes)
