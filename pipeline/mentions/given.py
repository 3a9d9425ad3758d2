"""Chinese names that were cut into pieces: a surname and characters of given names, weighed with what stands around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from pipeline.mentions.entity_trace import note_noise
from pipeline.mentions.gazetteer import surname_kinds
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import CharSet, char_set
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

SIZE = 3
"""Signs of such a name."""
NEAR = 50_000
"""Characters on both sides in which a name may come again: in a text of millions the search stays linear."""
ENOUGH = 4
"""The weight that makes a name."""
TITLES, SPEAKS = "TF", "kT"
KINDS = (("common",), ("common", "everyday"))
"""Surnames that may begin a name, and those after a title."""
BEFORE, AFTER = "|_~:y(/cu", "|_~)y(:/c"
"""Signs that end what stands before or after a name."""
FUNCTION = "k"
"""The sign of prepositions and the like."""
NEVER = "ytm|()/~TFLOUH:"
"""Signs of words that are no part of a given name."""


@dataclass(frozen=True, slots=True)
class Given:
    """The characters of given names, and where one may begin on the line of signs."""

    sure: frozenset[str]
    row: Sequence[CharSet]
    """A surname that a name may begin with, and characters of given names."""
    noise: frozenset[str]
    surnames: Mapping[str, str]
    starts: regex.Pattern[str]
    copulas: frozenset[str]
    """Words between a title and its holder."""
    glued: frozenset[str]
    """Words that the segmenter joins to the last sign of a name."""
    says: frozenset[str]
    """What persons do who are named, so joined."""
    prepositions: frozenset[str]
    """Surnames that are prepositions too: 董事长|于明升."""


def _given(rules: Rulebook) -> Given:
    sure, usual = (rules.word_set("given_names", "kind", kind) for kind in ("sure", "usual"))
    noise = rules.word_set("not_entities", "kind", "person")
    surnames = surname_kinds(rules)
    first = char_set(w for w, kind in surnames.items() if len(w) == 1 and kind in KINDS[True])
    follow = char_set(w for w in sure | usual if len(w) == 1)
    return Given(
        sure,
        (first, *[follow] * (SIZE - 1)),
        noise,
        surnames,
        regex.compile(rules.settings("entities")["given_start"]),
        frozenset(rules.settings("entities")["title_copulas"]),
        frozenset(
            [*rules.settings("entities")["glued_to_names"], *(w for w in rules.words("name_contexts") if len(w) == 1)]
        ),
        frozenset(rules.settings("entities")["glued_speech"]),
        frozenset(rules.settings("entities")["surname_prepositions"]),
    )


def find_given(texts: Texts, rules: Rulebook) -> None:
    """Names of three signs that begin with a surname or with what the tagger took for a name of two: 邓长|姣."""
    known = rules.once("given names", _given)
    for text, start in texts.rows(known.row):
        items = text.items
        i = items.at(start)
        if i < len(items.starts) and items.starts[i] == start and _may_begin(text.folded, items, i, known):
            name = _cut(text.folded, items, i, known, rules)
            if name:
                text.found.append(name)


def _may_begin(folded: str, items: Items, i: int, known: Given) -> bool:
    """Whether a name may begin with the word ``i``, which begins with a surname."""
    if items.signs[i] == FUNCTION and items.words[i] not in known.prepositions:
        return False
    titled = i > 0 and items.signs[i - 1] in TITLES
    return known.surnames[folded[items.starts[i]]] in KINDS[titled] and known.starts.match(items.signs, i) is not None


def _cut(folded: str, items: Items, i: int, known: Given, rules: Rulebook) -> Candidate | None:
    """The name that begins with the word ``i``, if enough speaks for it."""
    starts, signs = items.starts, items.signs
    start, end = starts[i], starts[i] + SIZE
    text = folded[start:end]
    if text in known.noise:
        note_noise(folded, start, end, "entity.per.split", rules)
        return None
    j = i + 1
    while j < len(starts) and starts[j] < end:
        if signs[j] in NEVER and not _is_short_place(i, j, items) and not _is_glued(items, j, end, known):
            break
        j += 1
    if items.ends[j - 1] != end and not _is_glued(items, j - 1, end, known):
        return None
    weight = _weight(folded, text, i, j, items, known)
    if weight >= ENOUGH:
        return Candidate(start, end, "PER", "entity.per.split", "0.80", 2)
    if rules.trace is not None:
        why = f"what speaks for a name weighs {weight}, less than {ENOUGH}"
        rules.trace.reject("entity", start, end, why, rule="entity.per.split")
    return None


def _is_short_place(i: int, j: int, items: Items) -> bool:
    """Whether the word ``j`` is a place of two signs right behind the surname ``i``: 宋|卫东, a district too."""
    return j == i + 1 and items.signs[i] == "S" and items.signs[j] == "L" and items.ends[j] - items.starts[j] == 2


def _is_glued(items: Items, j: int, end: int, known: Given) -> bool:
    """Whether the word ``j``, which no dictionary has, is the last sign of a name and a function word: 张少|农等.

    What a person does is cut off words of the dictionary too: 程芳|一说, 范建|晨报|道.
    """
    word = items.words[j]
    if items.ends[j] != end + 1:
        return False
    behind = word[1:] + items.words[j + 1][:1] if j + 1 < len(items.words) else word[1:]
    return word[1:] in known.glued and not is_known(word) or bool({word[1:], behind} & known.says)


def _is_left(i: int, j: int, items: Items) -> bool:
    """Whether the last sign was left over of a name of two signs that no dictionary has: 周立|存去."""
    glued = items.ends[j - 1] > items.starts[i] + SIZE
    return j == i + 2 and glued and not is_known(items.words[i])


def _is_named(i: int, items: Items, known: Given) -> bool:
    """Whether a title and a copula stand before the word ``i``: 董事长是宋卫东."""
    return i > 1 and items.signs[i - 2] in TITLES and items.words[i - 1] in known.copulas


def _weight(folded: str, text: str, i: int, j: int, items: Items, known: Given) -> int:
    """How much speaks for a name of the words ``i`` to ``j``: rare characters, titles, speech, that it comes again."""
    signs = items.signs
    before = signs[i - 1] if i else "|"
    after = signs[j] if j < len(signs) else "|"
    weight = sum(c in known.sure for c in text[1:])
    weight += 3 if before in TITLES or _is_named(i, items, known) else before in BEFORE
    speaks = items.ends[j - 1] > items.starts[i] + len(text) and items.words[j - 1][-1] in known.says
    weight += 2 if after in SPEAKS or speaks else after in AFTER
    weight += signs[i] == "Q"
    # A surname that is hardly another word and one word of two signs: 姚|振华.
    weight += 2 * (signs[i] == "S" and j == i + 2 and items.ends[i + 1] - items.starts[i + 1] == 2)
    # A preposition may be a surname before a word of two signs that no dictionary has: 董事长|于|明升.
    weight += items.words[i] in known.prepositions and j == i + 2 and not is_known(items.words[i + 1])
    weight += 3 * (signs[i] == "Q" and _is_left(i, j, items))
    weight += 2 * (j - i == 2 and signs[i + 1] in "rRQxz") + (j - i == 2 and _is_short_place(i, i + 1, items))
    own = j - (items.ends[j - 1] > items.starts[i] + len(text))  # what is glued to the last sign says nothing
    weight -= 2 * any(sign in "_ku" for sign in signs[i + 1 : own])
    near = max(items.starts[i] - NEAR, 0)
    return weight + (2 if weight > 1 and folded.count(text, near, near + 2 * NEAR) > 1 else 0)
