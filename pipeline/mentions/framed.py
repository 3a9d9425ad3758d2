"""Places that were cut into words of other kinds, by their head and what stands before: 在|坪|桃|村, 家住|柳|下镇."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.matchers import Late
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import CharSet, char_set
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

NEVER = "_kuymtTFO|()/~:#@"
"""Signs of words that are no part of such a name."""
MOST = 3
"""Characters before the head."""
NAMES = ("ns", "nr", "nz", "x")
"""Tags of words that a name may end with."""
REACH = 90
"""Characters from the beginning of a sentence within which it must say where or what its place is."""
MARKS = "|~_:y(/"
"""Signs behind which a clause may begin."""


@dataclass(frozen=True, slots=True)
class Framed:
    """What frames a place."""

    heads: Sequence[CharSet]
    before: frozenset[str]
    """Words that stand before places."""
    after: tuple[str, ...]
    """What is told of places behind them, where a mark stands before."""
    no_after: tuple[str, ...]
    """What stands behind persons: 在|柳青山|家里."""
    no_name: frozenset[str]


def _framed(rules: Rulebook) -> Framed:
    settings = rules.settings("entities")
    before, after, no_after, no_name = (
        settings[key].split("|") for key in ("framed_before", "framed_after", "framed_not_after", "town_not")
    )
    heads = (char_set(settings["framed_heads"]),)
    return Framed(heads, frozenset(before), tuple(after), tuple(no_after), frozenset(no_name))


def find_framed(texts: Texts, rules: Rulebook) -> None:
    """Places of a head and two or three signs before it that are no word."""
    known = rules.once("framed places", _framed)
    for text, at in texts.rows(known.heads):
        end = at + 1
        if text.items.is_edge(end) and not text.folded.startswith(known.no_after, end):
            text.found += [
                c
                for c in _ended(text.folded, text.items, end, known)
                if not any(f.start <= c.start and f.label != "PER" for f in text.ending(end))
            ]


def find_told(texts: Texts, rules: Rulebook) -> None:
    """Places that a sentence begins with, by what it says of them: 柳晚寺位于山脚下."""
    told, row, marks = rules.once("told places", _told)
    for text, at in texts.rows(row):
        folded, least = text.folded, max(at - REACH, 0)
        start = max(folded.rfind(mark, least, at) for mark in marks) + 1
        m = told.match(folded, start) if start or at < REACH else None
        if m and not is_known(m["name"]):
            text.found.append(Candidate(*m.span("name"), "LOC", "entity.loc.told", "0.90", 3))


def _told(rules: Rulebook) -> tuple[Late, Sequence[CharSet], str]:
    """What a sentence says of a place, the two signs of the word by which it does so, what parts sentences."""
    settings = rules.settings("entities")
    row = [char_set(chars) for chars in settings["place_told_by"]]
    return Late(settings["place_told"]), row, settings["sentence_marks"]


def _ended(folded: str, items: Items, end: int, known: Framed) -> Iterator[Candidate]:
    """The place that ends at ``end``."""
    j = items.at(end)
    i = j - 1
    while i >= 0 and end - items.starts[i] <= MOST + 1 and items.ends[i] == (items.starts[i + 1] if i < j - 1 else end):
        if _is_word(items, i, known):
            return
        start = items.starts[i]
        if end - start > 2 and _is_framed(folded, items, i, end, known):
            if _is_new(folded[start : end - 1], items, i, j) and folded[start:end].isalpha():
                yield Candidate(start, end, "LOC", "entity.loc.town", "0.75", 1)
            return
        i -= 1


def _is_word(items: Items, i: int, known: Framed) -> bool:
    """Whether the word ``i`` is no part of such a name: 灾区|逐|村, 天桥."""
    word = items.words[i]
    if items.signs[i] in NEVER or word in known.no_name:
        return True
    return len(word) > 1 and items.tags[i] not in NAMES and is_known(word)


def _is_framed(folded: str, items: Items, i: int, end: int, known: Framed) -> bool:
    """Whether a place may begin with the word ``i`` and end at ``end``."""
    if i and items.words[i - 1] in known.before:
        return True
    return (not i or items.signs[i - 1] in MARKS and not items.words[i - 1].isalnum()) and folded.startswith(
        known.after, end
    )


def _is_new(own: str, items: Items, i: int, j: int) -> bool:
    """Whether what stands before the head is no word by itself: 度假|村."""
    return j - i > 1 and not is_known(own) or not is_known(items.words[i])
