"""Chinese names at the beginning of a clause, before a verb of saying, that were cut as other words: 谭|昂然|说."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.mentions.gazetteer import surname_kinds
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import BETWEEN, CharSet, char_set
from pipeline.mentions.texts import Text, Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

SIZES = (3, 2)
"""Signs of such a name, the longer first."""
NEVER = "_kuytmTFLOUHAC|()/~@#DZ"
"""Signs of words that are no part of such a name."""
ADVERBS = ("d", "ad")
"""The parts of speech of adverbs."""
NAMES = ("nr", "nz")
"""Parts of speech of names."""
NAMED = "RQMrzx"
"""Signs of words that look like names to the segmenter."""
PLACES = "LX"
"""Signs of those that end as places do: 何立江."""
FUNCTION = "_k"
"""Signs of function words, which the tagger makes of pieces of names too: 王向|荣收."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """What tells who speaks."""

    rows: Sequence[Sequence[CharSet]]
    """A mark, a surname, what stands between, and what is said of a name of two and of three signs."""
    surnames: Mapping[str, str]
    given: frozenset[str]
    noise: frozenset[str]
    says: frozenset[str]
    """Verbs of saying and what else only persons do."""
    adverbs: frozenset[str]
    heads: frozenset[str]
    """What the names of towns and villages end with."""
    befalls: frozenset[str]
    """What tells of one who is named by three signs, and may be cut together with the last: 罗家骏|因受贿."""


def _speaking(rules: Rulebook) -> Speaking:
    settings = rules.settings("entities")
    surnames = {word: kind for word, kind in surname_kinds(rules).items() if len(word) == 1}
    given = frozenset(w for w in rules.word_set("given_names") if len(w) == 1)
    noise = rules.word_set("not_entities", "kind", "person")
    says, adverbs = (frozenset(settings[key].split("|")) for key in ("person_says", "person_adverbs"))
    befalls = frozenset(settings["person_befalls"])
    follows = [char_set(word[0] for word in words) for words in (says | adverbs, says | adverbs | befalls)]
    name = (char_set(settings["clause_marks"] + BETWEEN), char_set(surnames))
    return Speaking(
        [(*name[:2], *[~name[0]] * (size - 1), follows[size == SIZES[0]]) for size in SIZES],
        surnames,
        given,
        noise,
        says,
        adverbs,
        frozenset(settings["place_tail"]),
        befalls,
    )


def find_speakers(texts: Texts, rules: Rulebook) -> None:
    """Names of two or three signs between a mark, or the beginning of an article, and a verb of saying."""
    known = rules.once("speakers", _speaking)
    for text, start in _begun(texts, known):
        end = _end(text.folded, text.items, start, known)
        if end:
            text.found.append(Candidate(start, end, "PER", "entity.per.speaker", "0.85", 2))


def _begun(texts: Texts, known: Speaking) -> Iterator[tuple[Text, int]]:
    """Where a clause begins with a surname."""
    for text in texts.all:
        if text.folded[:1] in known.surnames:
            yield text, 0
    for row in known.rows:
        for text, at in texts.rows(row):
            yield text, at + 1


def _end(folded: str, items: Items, start: int, known: Speaking) -> int:
    """Where the name ends that begins at ``start``; 0 where there is none."""
    i = items.at(start)
    if i >= len(items.starts) or items.starts[i] != start:
        return 0
    for size in SIZES:
        end = start + size
        told = _says(items, end, known) or size == SIZES[0] and _befalls(items, end, known)
        if told and folded[start:end] not in known.noise:
            return end if _is_name(folded[start:end], items, i, end, known) else 0
    return 0


def _says(items: Items, end: int, known: Speaking) -> bool:
    """Whether a verb of saying begins at ``end``, or an adverb and then one."""
    i = items.at(end)
    if i >= len(items.starts) or items.starts[i] != end:
        return False
    if items.words[i] in known.adverbs and i + 1 < len(items.words):
        i += 1
    return items.words[i] in known.says


def _befalls(items: Items, end: int, known: Speaking) -> bool:
    """Whether what befalls somebody stands at ``end``, or is the last sign of a word that no dictionary has."""
    i = items.at(end)
    if i < len(items.starts) and items.starts[i] == end:
        return items.words[i] in known.befalls
    word = items.words[i - 1]
    return items.ends[i - 1] == end + 1 and word[-1] in known.befalls and not is_known(word)


def _is_name(name: str, items: Items, i: int, end: int, known: Speaking) -> bool:
    """Whether the words from ``i`` to ``end`` are no others: 经理|说, 施工|方|说."""
    j = i
    while j < len(items.ends) and items.ends[j] <= end:
        other = items.signs[j] in NEVER and not (j == i + 1 and _is_adverb(items, j, end, known))
        if other and not (j == i and _is_unplaced(items, i, known)):
            return False
        j += 1
    named = items.signs[i] in (*NAMED, *PLACES)
    if j - i == 1 and named and items.ends[i] == end:
        return items.tags[i][:2] in NAMES
    if known.surnames[name[0]] != "common" or not known.given.issuperset(name[1:]):
        return False
    return not is_known(name) if j - i == 1 else len(items.words[i]) == 1 or named or not is_known(items.words[i])


def _is_unplaced(items: Items, i: int, known: Speaking) -> bool:
    """Whether the word ``i``, of no dictionary, ends as places do but is no village (何立江|被捕), or is for the tagger
    a preposition: 王向|荣收."""
    word = items.words[i]
    return (
        items.signs[i] in (*PLACES, *FUNCTION)
        and known.surnames.get(word[0]) == "common"
        and word[-1] not in known.heads
        and not is_known(word)
    )


def _is_adverb(items: Items, j: int, end: int, known: Speaking) -> bool:
    """Whether the word ``j`` is an adverb that is written like a given name, behind the surname alone: 何|立新|说."""
    word = items.words[j]
    return items.tags[j] in ADVERBS and len(word) == 2 and items.ends[j] == end and known.given.issuperset(word)
