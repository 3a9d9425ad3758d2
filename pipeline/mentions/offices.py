"""Organs that their heads' office hides: 印尼农业部|长贾斯蒂卡, 市公安局|长."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.mentions.gazetteer import Gazetteer, gazetteer
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import CharSet, char_set
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook

OWNERS = "LAaOUD"
"""Signs of what an organ belongs to."""
BODY = "nzwbefcI"
"""Signs of the words between its owner and its head."""
FORE = "F"
"""The sign of what stands before a title."""
LONGEST = 4
"""Words between them."""
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
    """Organs before the sign of an office whose holder is named behind it: 印尼农业部|长|贾斯蒂卡."""
    known = rules.once("offices", _offices)
    for text, at in texts.rows(known.row):
        doubled = text.folded[at - 1 : at] == text.folded[at]  # 税务总局|局长
        if not doubled and any(c.start == at + 2 and c.label == "PER" for c in text.found):
            start = _start(text.items, at + 2, known.names)
            if start is not None:
                text.found.append(Candidate(start, at + 1, "ORG", "entity.org.headed", "0.85", 3))


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
