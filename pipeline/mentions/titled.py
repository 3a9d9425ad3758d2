"""Chinese names beside titles that the tagger did not see, and those of a husband's and a wife's own surname."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.persons import NEVER, PLACE, PLACES, Lore, lore
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

SHORT = 2
"""Signs of the shortest names."""
PERSON = "nr"
"""What the segmenter takes for a person."""
TIME = "t"
"""The sign of times."""
FUNCTION = "kc_"
"""Signs of prepositions and conjunctions."""


def find_titled(texts: Texts, rules: Rulebook) -> None:
    """Names behind titles, and of two surnames where the article has a title."""
    known, says = lore(rules), rules.once("what persons say", _says)
    for text in texts.signed("person_beside_title"):
        text.found += _beside_title(text.folded, text.items, known, says)
        text.found += _married(text.items, known)


def _says(rules: Rulebook) -> frozenset[str]:
    """Verbs of saying and what else only persons do."""
    return frozenset(rules.settings("entities")["person_says"].split("|"))


def _beside_title(folded: str, items: Items, known: Lore, says: frozenset[str]) -> Iterator[Candidate]:
    for m in known.beside_title.finditer(items.signs):
        end = _name_end(folded, items, m.start(), known, says)
        if end:
            yield Candidate(items.starts[m.start()], end, "PER", "entity.per.title", "0.95", 2)


def _married(items: Items, known: Lore) -> Iterator[Candidate]:
    """Names of a husband's and a wife's own surname and a given name: 陈许|安生."""
    for m in known.married.finditer(items.signs):
        i = m.start()
        surnames, given = items.words[i : i + 2]
        apart = len(surnames) == len(given) == 2 and {known.surnames.get(c) for c in surnames} == {"common"}
        rare = items.signs[i + 1] != "n" or not known.sure.isdisjoint(given)
        beside = m.end() < len(items.signs) and items.signs[m.end()] in "Tk" or i > 0 and items.signs[i - 1] == "T"
        if apart and (rare or beside) and known.given.issuperset(given) and not is_known(surnames):
            yield Candidate(items.starts[i], items.ends[i + 1], "PER", "entity.per.split", "0.85", 2)


def _name_end(folded: str, items: Items, i: int, known: Lore, says: frozenset[str]) -> int | None:
    """Where the Chinese name ends that begins with the word ``i`` after a title; None where there is none."""
    start = items.starts[i]
    first = known.surnames.get(folded[start : start + 2])
    if first == "foreign":
        ends = (e for e in (start + 4, start + 5, start + 3) if items.is_edge(e) and not _cuts_known(items, start, e))
        return next(ends, None)
    size = 2 if first == "compound" else 1
    if size == 1 and known.surnames.get(folded[start]) not in ("common", "everyday"):
        return None
    if items.words[i] in known.noise and _acts(items, i, says):
        return items.ends[i]
    if len(items.words[i]) == 1 and known.surnames[folded[start]] == "everyday" and _is_word_too(items, i, known):
        return items.ends[i + 1]
    if items.words[i] in known.followers:
        return None
    if size == 1 and known.surnames.get(folded[start]) == "everyday" and not _is_read(items, i, known):
        return None
    best = None
    for end in (start + size + 1, start + size + 2):
        given = folded[start + size : end]
        if "\n" in given or not given.isalpha() or given[-1] in known.followers and end - start > size + 1:
            break
        if folded[start:end] in known.noise:
            continue
        if items.is_edge(end) and not _cuts_known(items, start, end):
            best = end
        elif _follower_at(folded, end, known):
            return end
    return best


def _is_word_too(items: Items, i: int, known: Lore) -> bool:
    """Whether the word ``i``, a preposition or a verb too, is the surname of a given name behind it: 被告人|于|若溪.

    A place is a given name behind verbs alone: 控制人|管|永安, but 董事长|于|宁波.
    """
    if i + 1 == len(items.words) or items.ends[i] != items.starts[i + 1]:
        return False
    given, sign = items.words[i + 1], items.signs[i + 1]
    if len(given) != 2 or not known.given.issuperset(given) or given in known.noise:
        return False
    function = items.signs[i] in FUNCTION
    return sign in "xzr" and not (function and is_known(given)) or sign in PLACES and not function


def _acts(items: Items, i: int, says: frozenset[str]) -> bool:
    """Whether the word ``i``, which only looks like a name elsewhere, is one: who is told to say something, or when:
    发言人高峰|今日表示."""
    if len(items.words[i]) != SHORT or items.tags[i] != PERSON or i + 1 >= len(items.words):
        return False
    return items.signs[i + 1] == TIME or items.words[i + 1] in says


def _follower_at(folded: str, at: int, known: Lore) -> bool:
    return folded[at : at + 2] in known.followers or folded[at : at + 1] in known.followers


def _cuts_known(items: Items, start: int, end: int) -> bool:
    """Whether the name would swallow a word that is none of a given name; a place may be one: 张|近东."""
    i = items.at(start) + 1
    while i < len(items.starts) and items.starts[i] < end:
        place = items.signs[i] == PLACE and items.ends[i] == end and items.starts[i] == start + 1
        if items.signs[i] in NEVER and not place:
            return True
        i += 1
    return False


def _is_read(items: Items, i: int, known: Lore) -> bool:
    """Whether the word ``i`` looks like a name to the segmenter, or is of no dictionary and written like one: 于|滨."""
    word = items.words[i]
    return items.signs[i] in "zrSx" or known.given.issuperset(word[1:]) and not is_known(word)
