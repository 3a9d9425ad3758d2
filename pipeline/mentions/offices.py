"""Organs that their heads' office hides: 印尼农业部|长苏纳迪, 市公安局|长."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.mentions.gazetteer import Gazetteer, gazetteer
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import CharSet, char_set
from pipeline.mentions.texts import Text, Texts
from pipeline.rulebook import Rulebook

OWNERS = "LAaOUD"
"""Signs of what an organ belongs to."""
BODY = "nzwbefcI"
"""Signs of the words between its owner and its head."""
FORE = "F"
"""The sign of what stands before a title."""
LONGEST = 4
"""Words between them."""
NAMED = ("nr", "nrt")
"""The segmenter's tags of names of persons."""
SHORTEST = 2
"""Characters of the shortest name behind such a sign."""
ORGANS = "HUOG"
"""Signs of names of organs."""


@dataclass(frozen=True, slots=True)
class Offices:
    """The heads of organs before the sign of an office."""

    row: tuple[CharSet, CharSet]
    names: Gazetteer


def _offices(rules: Rulebook) -> Offices:
    settings = rules.settings("entities")
    return Offices((char_set(settings["headed_organ"]), char_set(settings["headed_by"])), gazetteer(rules))


def find_offices(texts: Texts, rules: Rulebook) -> None:
    """Organs before the sign of an office whose holder is named behind it: 印尼农业部|长|苏纳迪."""
    known = rules.once("offices", _offices)
    met: Text | None = None
    for text, at in texts.rows(known.row):
        if text.folded[at - 1 : at] == text.folded[at]:
            continue  # 税务总局|局长
        if text is not met:
            met, persons = text, {c.start for c in text.found if c.label == "PER"}
        if at + 2 in persons:
            start = _start(text.items, at + 2, known.names)
            if start is not None:
                text.found.append(Candidate(start, at + 1, "ORG", "entity.org.headed", "0.85", 3))
        elif (end := _named(text.items, at + 1)) is not None:
            text.found.append(Candidate(at + 2, end, "PER", "entity.per.title", "0.90", 2))


def _named(items: Items, start: int) -> int | None:
    """Where a name ends that was cut together with the sign of its office at ``start``: 商务部|长乌里曼; else None."""
    i = items.at(start)
    if i == len(items.starts) or items.starts[i] != start or items.tags[i] not in NAMED:
        return None
    return items.ends[i] if items.ends[i] - start > SHORTEST and i and items.signs[i - 1] in ORGANS else None


def _start(items: Items, end: int, names: Gazetteer) -> int | None:
    """Where the organ begins whose head's office ends at ``end``; None where there is none."""
    i = items.at(end) - 1
    if i < 0 or items.ends[i] != end:
        return None
    organ = items.words[i][:-1]
    if FORE in (names.signs.get(organ[:1]), names.signs.get(organ[:-1])):
        return None  # 副|局长, 首席|部长
    j = i
    if names.signs.get(organ, "_") not in ORGANS or len(organ) < 2:
        while j and i - j < LONGEST and items.signs[j - 1] in BODY:
            j -= 1
        if not j or items.signs[j - 1] not in OWNERS or j == i and len(organ) < 2:
            return None
    while j and items.signs[j - 1] in OWNERS:
        j -= 1
    return items.starts[j]
