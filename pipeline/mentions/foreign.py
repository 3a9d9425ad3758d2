"""Foreign names: runs of the signs that write them, with a point or without, and words after a country's office."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Set
from dataclasses import dataclass

import regex

from pipeline.core.matchers import Late, matcher
from pipeline.mentions.gazetteer import mostly_by_sound, written_by_sound
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import CharSet, char_set
from pipeline.mentions.persons import NEVER, lore
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

SHORTEST = 3
"""Signs of a foreign name without a point."""
TITLED = "WxKrz"
"""Signs of a word of two signs that is a foreigner's name behind an office: 部长雷诺."""
MARKED = ("m", "t")
"""Tags of amounts and times, which are words of their own: 约翰·柯比|当地时间5日."""
TITLE, COMMON, POINT = "T", "_", "o"
"""Signs of titles, of words of no name and of the point in one."""
SAID = "kt"
"""Signs of what stands right behind who does something."""
LONGEST_PART = 10
"""Signs of one part of a foreign name."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """The signs that write foreign names and where such names may stand."""

    signs: frozenset[str]
    written: CharSet
    """The same, to be looked for in many texts at once."""
    pointed: frozenset[str]
    """Those too that write such names with a point only."""
    strong: frozenset[str]
    """Signs that stand in foreign names much more than elsewhere."""
    written_strong: CharSet
    """The same, to be looked for in many texts at once."""
    titled: Late
    words: Late
    anchor: Late
    point: Late
    reign: Late
    """The number of a reign at the end of a part."""
    regnal: Late
    """That number anywhere."""
    dotted: Late
    says: frozenset[str]
    """What persons do, which the segmenter joins to the last sign of a name."""
    edge: str
    plain: str
    alone: str
    """Those that are words of their own behind a name: 派, 及."""


def _foreign(rules: Rulebook) -> Foreign:
    settings = rules.settings("entities")
    signs = "".join(sorted(written_by_sound(rules)))
    pointed = "".join(sorted(rules.word_set("transliteration")))
    dots = "".join(sorted(rules.word_set("entity_words", "class", POINT)))
    part = rf"(?:[{pointed}]{{1,10}}|[\p{{Latin}}.]{{1,12}})"
    first = f"[{pointed}]{{1,10}}(?:{settings['regnal']})?"
    strong = mostly_by_sound(rules)
    return Foreign(
        frozenset(signs),
        char_set(signs),
        frozenset(pointed),
        strong,
        char_set(strong),
        Late(settings["foreign_titled"]),
        Late(settings["foreign_run"]),
        Late(settings["foreign_anchor"], matcher),
        Late(rf"[{re.escape(dots)}](?<=[{pointed}].)", re.compile),
        Late(rf"(?r){settings['regnal']}\Z"),
        Late(settings["regnal"], re.compile),
        Late(rf"(?<first>{first})(?:[{regex.escape(dots)}](?:{part}|(?<sign>\p{{Han}}))){{1,4}}"),
        frozenset(settings["glued_speech"]),
        settings["foreign_edge"],
        settings["foreign_plain"],
        settings["foreign_alone"],
    )


def foreign_lore(rules: Rulebook) -> Foreign:
    """What the tables say of foreign names, built at its first use."""
    return rules.once("foreign names", _foreign)


def find_foreign(texts: Texts, rules: Rulebook) -> None:
    """Candidates for foreign persons."""
    known, offices = foreign_lore(rules), lore(rules).offices
    for text in texts.signed("foreign_titled"):
        text.found += _titled(text.items, known)
    written = texts.having([known.written] * SHORTEST)
    for text in written:
        text.found += _words(text.folded, text.items, known)
    for text in written:
        text.found += _runs(text.items, known)
    for text in written:
        text.found += _behind_titles(text.folded, text.items, offices, known)
        text.found += _before_titles(text.folded, text.items, offices, known)
    for text in texts.matching(known.point):
        text.found += _dotted(text.folded, text.items, known)


def _titled(items: Items, known: Foreign) -> Iterator[Candidate]:
    for m in known.titled.finditer(items.signs):
        yield Candidate(items.starts[m.start()], items.ends[m.end() - 1], "PER", "entity.per.foreign", "0.85", 1)


def _words(folded: str, items: Items, known: Foreign) -> Iterator[Candidate]:
    for m in known.words.finditer(items.signs):
        start, end = items.starts[m.start()], items.ends[m.end() - 1]
        if end - start >= SHORTEST and known.signs.issuperset(folded[start:end]):
            yield Candidate(start, end, "PER", "entity.per.foreign", "0.75")


def _runs(items: Items, known: Foreign) -> Iterator[Candidate]:
    """Names that were cut into words of other kinds: 穆|西亚|拉 is one name and no place."""
    words, written = items.words, known.signs.issuperset
    done = 0
    for m in known.anchor.finditer(items.signs):
        i = m.start()
        j = i + 1
        if i < done or not written(words[i]):
            continue
        while i > done and written(words[i - 1]):
            i -= 1
        while j < len(words) and written(words[j]):
            j += 1
        done = j
        while i < j and _is_edge(i, items, known):
            i += 1
        while i < j and _is_edge(j - 1, items, known):
            j -= 1
        while j - i > 1 and items.signs[i] == "L":
            i += 1
        if j - i > 1 and _is_name("".join(words[i:j]), items.signs[i:j], known):
            yield Candidate(items.starts[i], items.ends[j - 1], "PER", "entity.per.foreign", "0.70")


def _behind_titles(folded: str, items: Items, offices: Set[str], known: Foreign) -> Iterator[Candidate]:
    """Names right behind a title, whatever the segmenter has made of them: 外长哈|莱宁, 行长特|里马特."""
    i = items.signs.find("T")
    while i >= 0:
        start = items.ends[i]
        end = start
        while folded[end : end + 1] in known.signs and end - start < LONGEST_PART:
            end += 1
        whole = end
        while end - start >= SHORTEST and not _may_end(folded, items, end, known):
            end -= 1
        if end - start < SHORTEST <= whole - start and items.is_edge(whole):
            behind = items.at(whole)
            if behind < len(items.signs) and items.signs[behind] in SAID:
                end = whole  # 副主席克拉|里|达|将提前离任
        shortest = SHORTEST - (items.words[i] in offices)
        if end - start >= shortest and _is_titled(folded[start:end], items, i + 1, end, known):
            yield Candidate(start, end, "PER", "entity.per.foreign", "0.90", 2)
        i = items.signs.find("T", i + 1)


def _before_titles(folded: str, items: Items, offices: Set[str], known: Foreign) -> Iterator[Candidate]:
    """Names right before an office or a learned title: 贝利|诺副总理, 芬莱博士."""
    i = items.signs.find("T")
    while i >= 0:
        j = i - (i > 0 and items.signs[i - 1] == "F")
        end = start = items.starts[j]
        if items.words[i] in offices and j:
            while start and folded[start - 1] in known.signs and end - start < LONGEST_PART:
                start -= 1
            while start < end and not items.is_edge(start):
                start += 1
            k = items.at(start)
            named = k < j and items.signs[k] not in known.edge + "L"
            named = named and (items.signs[k:j] in TITLED or not is_known(folded[start:end]))
            strong = sum(map(known.strong.__contains__, folded[start:end]))
            if named and 1 < end - start <= 2 * strong:
                yield Candidate(start, end, "PER", "entity.per.addressed", "0.80", 1)
        i = items.signs.find("T", i + 1)


def _may_end(folded: str, items: Items, end: int, known: Foreign) -> bool:
    """Whether a name may end at ``end``: with a word that is no verb (尤里科夫|派), or within one that no dictionary
    has (卡兰|杰都) with a sign that foreign names are written with."""
    i = bisect_right(items.starts, end - 1) - 1
    if items.ends[i] == end:
        return len(items.words[i]) > 1 or items.words[i] not in known.alone
    if items.words[i][end - items.starts[i] :] in known.says:
        return not is_known(items.words[i])  # 塔勒|比说
    return folded[end - 1] in known.strong and not is_known(items.words[i])


def _is_titled(name: str, items: Items, i: int, end: int, known: Foreign) -> bool:
    """Whether ``name``, the words from ``i`` to ``end``, may be one: most of it is written so, and it is no place."""
    if items.starts[i] + len(name) != end:
        return False
    strong = sum(map(known.strong.__contains__, name))
    j = items.at(end)
    signs = items.signs[i:j]
    if len(name) < SHORTEST:
        return strong == len(name) and j == i + 1 and (signs in TITLED or signs == "n" and not is_known(name))
    seen = "x" in signs or "K" in signs or "r" in signs
    whole = j == i + 1 and signs in known.edge + "L" or all(len(w) > 1 and is_known(w) for w in items.words[i:j])
    return strong * 2 >= len(name) and (seen or not whole)


def _is_edge(i: int, items: Items, known: Foreign) -> bool:
    sign, word = items.signs[i], items.words[i]
    return sign in known.edge or sign in known.plain and not (len(word) == 1 and word in known.strong)


def _is_name(name: str, signs: str, known: Foreign) -> bool:
    """Whether most of ``name`` is written with signs of foreign names, and some word of it was seen as one."""
    strong = sum(map(known.strong.__contains__, name))
    seen = "x" in signs or "K" in signs or "r" in signs
    return SHORTEST <= len(name) < 11 and (
        strong * 2 > len(name) if seen else strong == len(name) and "L" not in signs[:1]
    )


def _dotted(folded: str, items: Items, known: Foreign) -> Iterator[Candidate]:
    """Foreign names with a point; where the last part is one sign of no foreign name, the word that it begins."""
    done = 0
    for point in known.point.finditer(folded):
        reign = known.reign.search(folded, done, point.start())  # 路德十六世·莫里斯
        at = reign.start() if reign else point.start()
        while at > done and point.start() - at < LONGEST_PART and folded[at - 1] in known.pointed:
            at -= 1
        m = known.dotted.match(folded, at)
        if point.start() < done or not m:
            continue
        done = m.end()
        start = _dotted_start(m.start(), m.end("first"), items)
        end = m.end()
        if not items.is_edge(end) and m["sign"]:
            end = items.ends[items.at(end) - 1]
        behind = range(items.at(point.end()) + 1, items.at(end))
        end = next((items.starts[k] for k in behind if _is_behind(items, k)), end)
        end = _end_of_part(start, end, folded, items)
        named = end - start > 2 and folded[start].isalpha() and not folded[start:end].isalpha()
        if named and items.signs[items.at(start)] != "O":  # 比亚迪·汉
            yield Candidate(start, end, "PER", "entity.per.foreign", "0.95", 2)


def _is_behind(items: Items, i: int) -> bool:
    """Whether the word ``i`` is none of the name that it stands behind: 希拉·威曼|女士, 约翰·柯比|当地时间."""
    sign = items.signs[i]
    return sign == TITLE or sign == COMMON and len(items.words[i]) > 1 and items.signs[i - 1] != POINT


def _end_of_part(start: int, end: int, folded: str, items: Items) -> int:
    """The end of a name whose last part may end at ``end``: there within a word that no dictionary has (蒂姆·肖|将, cut
    as 肖将), else with the word before.
    """
    if folded[end - 1].isalpha() and not items.is_edge(end):
        word = items.at(end) - 1
        if items.tags[word] not in MARKED and not is_known(items.words[word]):
            return end
    while end > start and not (items.is_edge(end) and folded[end - 1].isalnum()):
        end -= 1
    return end


def _dotted_start(start: int, point: int, items: Items) -> int:
    """The first word of the name: after a title or a country, though their signs write foreign names too."""
    while start < point and not items.is_edge(start):
        start += 1
    i = items.at(start)
    while i < len(items.starts) and items.signs[i] in NEVER and items.ends[i] < point:
        i += 1
        start = items.starts[i]
    return start
