"""Chinese names of which the segmenter has cut off the last sign, for the rest is a name too: 徐青|屹, 王晚|之."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook

SHORT = "Q"
"""The sign of a name of two signs."""
MARKS = "|_~:y()/TF"
"""Signs of what stands behind a whole name."""


@dataclass(frozen=True, slots=True)
class Longer:
    """Which single signs behind a name belong to it."""

    sure: Sequence[str]
    """Parts of speech of words that stand behind no person: 徐青|屹."""
    given: Mapping[str, frozenset[str]]
    """Of others the characters that do so as the end of a name."""
    never: frozenset[str]
    noise: frozenset[str]
    """Words that only look like a name."""
    closing: frozenset[str]
    """Words that are the end of a name before a mark only: 王晚|之."""


def _longer(rules: Rulebook) -> Longer:
    settings = rules.settings("entities")["last_sign"]
    sure, usual = (rules.word_set("given_names", "kind", kind) for kind in ("sure", "usual"))
    given = {tag: sure for tag in settings["rare"]} | {tag: sure | usual for tag in settings["any"]}
    noise = rules.word_set("not_entities", "kind", "person")
    return Longer(settings["tags"], given, frozenset(settings["never"]), noise, frozenset(settings["closing"]))


def find_longer(texts: Texts, rules: Rulebook) -> None:
    """Names of two signs with the sign that was cut off."""
    known = rules.once("longer names", _longer)
    for text in texts.signed("last_sign"):
        items = text.items
        i = items.signs.find(SHORT)
        while i >= 0:
            if i + 1 < len(items.words) and _belongs(items, i + 1, known):
                text.found.append(Candidate(items.starts[i], items.ends[i + 1], "PER", "entity.per.split", "0.80", 1))
            i = items.signs.find(SHORT, i + 1)


def _belongs(items: Items, i: int, known: Longer) -> bool:
    """Whether the word ``i`` is the last sign of the name before it."""
    word, tag = items.words[i], items.tags[i]
    if len(word) > 1 or word in known.never or items.starts[i] != items.ends[i - 1] or not word.isalpha():
        return False
    if items.words[i - 1] + word in known.noise:
        return False  # 董监|高
    if word in known.closing:
        return items.signs[i + 1 : i + 2] in MARKS
    return tag in known.sure or word in known.given.get(tag, ())
