"""Japanese names in Han signs, which the segmenter cuts as other words: 柚原|光一, 鲭|江恭子."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import CharSet, char_set
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

KINDS = ("surname", "given", "end")
SURNAMES = (3, 2)
"""Signs of a surname, longest first: 御手洗, 柚原."""
GIVEN = (3, 2)
"""Signs of a given name, longest first: 龙太郎, 光一."""
TITLES = "TF"
"""Signs of titles."""
MARKS, SPEAKS = "|_~:y(", "k"
"""Signs behind which a clause begins, and of what a person does."""
NAMED = "MRQrK"
"""Signs of words that the segmenter takes for names of persons."""
VERB, PLACE = "v", "L"
PERSON = "nr"
"""What the segmenter takes for a person."""
NEVER = "_Ocyt|()/~CHU:"
"""Signs of words that are no part of a name."""
TIME = "t"
"""The sign of a time."""
WHOLE = "zr"
"""Signs of words that may be a name as a whole."""


@dataclass(frozen=True, slots=True)
class Japanese:
    """What Japanese names are made of."""

    surnames: frozenset[str]
    given: frozenset[str]
    """Characters of given names, and those that end one."""
    ends: frozenset[str]
    joins: str
    """A particle that begins no given name: 大山|之|子."""
    row: Sequence[CharSet]
    """The first signs of a name, to be looked for in many texts at once."""


def _japanese(rules: Rulebook) -> Japanese:
    words = {kind: rules.word_set("japanese_names", "kind", kind) for kind in KINDS}
    foreign = rules.word_set("surnames", "kind", "foreign")
    surnames = words["surname"] | frozenset(w for w in foreign if len(w) in SURNAMES)
    given = words["end"] | words["given"] | frozenset(w for w in rules.word_set("given_names") if len(w) == 1)
    third = given | frozenset(w[2] for w in surnames if len(w) > 2)
    row = (char_set(w[0] for w in surnames), char_set(w[1] for w in surnames), char_set(third))
    return Japanese(surnames, given, words["end"], rules.settings("entities")["japanese_particle"], row)


def find_japanese(texts: Texts, rules: Rulebook) -> None:
    """A Japanese surname and a given name of two or three signs behind it."""
    known = rules.once("japanese names", _japanese)
    for text, start in texts.rows(known.row):
        for size in SURNAMES:
            if text.folded[start : start + size] in known.surnames:
                end = _end(text.folded, text.items, start, size, known)
                if end:
                    text.found.append(Candidate(start, end, "PER", "entity.per.japanese", "0.85", 2))
                break


def _end(folded: str, items: Items, start: int, size: int, known: Japanese) -> int:
    """Where the name ends that begins at ``start`` with a surname of ``size`` signs; 0 where there is none."""
    i = items.at(start)
    if i >= len(items.starts) or items.starts[i] != start:
        return 0
    for n in GIVEN:
        end = start + size + n
        given = folded[start + size : end]
        if len(given) == n and _is_given(given, known) and items.is_edge(end) and _is_name(given, items, i, end):
            return end
    whole = items.ends[i] == start + size + 1 and items.signs[i] in WHOLE and not is_known(items.words[i])
    return items.ends[i] if whole else 0  # 羽田孜, one word to the segmenter


def _is_given(text: str, known: Japanese) -> bool:
    return text[-1] in known.ends and text[0] not in known.joins and known.given.issuperset(text)


def _is_name(given: str, items: Items, i: int, end: int) -> bool:
    """Whether the words from ``i`` to ``end`` are no others: 石川|建成 may be a place where something was built."""
    j = i
    while j < len(items.ends) and items.ends[j] < end:
        j += 1
    if any(sign in NEVER for sign in items.signs[i + 1 : j + 1]) or items.signs[i] == TIME and i == j:
        return False  # a time as a whole may begin like a surname
    before, after = items.signs[i - 1] if i else MARKS[0], items.signs[j + 1 : j + 2]
    first, last = items.signs[i], items.signs[j]
    if last == PLACE and items.words[j] == given:
        return False  # 南部|嘉义
    if last in TITLES or first == PLACE and before not in TITLES and before != MARKS[0] and is_known(given):
        return False
    seen = first in NAMED and last != VERB or last in NAMED or items.tags[j][:2] == PERSON
    return seen or before in TITLES or before in MARKS and after == SPEAKS or not is_known(given)
