"""Chinese names in a list beside names that were seen: 徐青屹、|廖|名晋|、林倩."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.persons import Lore, is_chinese_name, lore
from pipeline.mentions.texts import Text, Texts
from pipeline.rulebook import Rulebook

SURNAMES = ("common", "compound")
NEVER = "_kuymtTFLOUHWA|()/~"
"""Signs of words that are no part of a name."""
FULL, LONGEST = 3, 4
"""Signs of most names, and of the longest."""


def find_members(texts: Texts, rules: Rulebook) -> None:
    """Members of a list one of whose other members is a person."""
    known = lore(rules)
    marks = rules.settings("entities")["list_marks"]
    for text in texts.holding("list_mark"):
        folded = text.folded
        for c in text.found.copy():
            start, end, label, _, _, _ = c
            if label == "PER" and (folded[end : end + 1] == marks[0] or folded[start - 1 : start] == marks[0]):
                _beside(text, c, marks, known)


def _beside(text: Text, c: Candidate, marks: str, known: Lore) -> None:
    """Adds the members on both sides of ``c``, up to one in which something else was seen: that looks on for itself."""
    kin = text.folded[c.start]
    for walk in (_onward(text.folded, c.end, marks), _backward(text.folded, c.start, marks)):
        for start, end in walk:
            if end - start > FULL and text.folded[start] in known.before:
                start += 1  # 对|黄家骝、韦炎平
            named = _is_name(text.folded[start:end], text.items, start, end, kin, known)
            if not named or any(text.over(start, end)):
                break
            text.found.append(Candidate(start, end, "PER", "entity.per.split", "0.80", 1))


def _onward(folded: str, at: int, marks: str) -> Iterator[tuple[int, int]]:
    """The members behind the one that ends at ``at``, of which a long one is cut off."""
    while folded[at : at + 1] == marks[0]:
        start, at = at + 1, at + 1
        while at < len(folded) and at - start <= LONGEST and folded[at] not in marks:
            at += 1
        yield start, at


def _backward(folded: str, at: int, marks: str) -> Iterator[tuple[int, int]]:
    """Those before the one that begins at ``at``."""
    while at and folded[at - 1] == marks[0]:
        end, at = at - 1, at - 1
        while at and end - at <= LONGEST and folded[at - 1] not in marks:
            at -= 1
        yield at, end


def _is_name(name: str, items: Items, start: int, end: int, kin: str, known: Lore) -> bool:
    """Whether ``name``, several words that fill ``[start, end)``, is built like one. Surnames that are everyday words
    are taken where the member that was seen has the same (``kin``): 原告古洪明、古|生倩."""
    i, j = items.at(start), items.at(end)
    kind = known.surnames.get(name[:2] if name[:2] in known.surnames else name[:1])
    whole = j - i > 1 and items.starts[i] == start and items.ends[j - 1] == end
    return (
        whole
        and (kind in SURNAMES or kind is not None and name[0] == kin)
        and is_chinese_name(name, known)
        and not set(items.signs[i:j]) & set(NEVER)
    )
