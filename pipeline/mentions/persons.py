"""Persons: Chinese names beside titles that the tagger did not see, names kept back, names cut into pieces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.core.matchers import Late, Match, matcher
from pipeline.mentions.entity_trace import note_noise
from pipeline.mentions.gazetteer import surname_kinds, written_by_sound
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

NEVER = "_kuytmTFLOUHA|()/~"
"""Signs of words that are no part of a Chinese name."""
PLACE, PLACES = "L", "LV"
"""The sign of a place, and those of places that are common words too: 刘|建平."""
COMMON = "nTkGf_vIg"
"""Signs of words that are of everyday speech as a whole."""
NAMES = ("nr", "nz")
"""Parts of speech of names."""
FULL = 3
"""Signs of most names."""
WHOLE = 4
"""The priority of names of which no function word is cut off."""
PERSONAL = ("office", "military", "learned", "form")
"""Kinds of titles of which no firm has one."""
LISTED = "y"
"""The sign of the mark between the members of a list."""
BEGINS = "|_~:y(/"
"""Signs behind which a clause begins."""


@dataclass(frozen=True, slots=True)
class Lore:
    """What the tables say of names."""

    surnames: Mapping[str, str]
    followers: frozenset[str]
    """Words that stand right after a name."""
    tail_words: frozenset[str]
    """Signs that are no end of a name."""
    things: str
    """What the names of things end with that look like persons: 黄花鱼."""
    village: Late
    """What looks like a person and is a village or a town: 侯家桥, 柳河镇."""
    village_ends: str
    """What the names of villages and towns end with."""
    makes_thing: tuple[str, ...]
    """What makes a thing of what looks like a person before it: 川岭|转债."""
    extents: str
    """Ends of words that tell what an amount behind them measures: 井深|30米."""
    amount: Late
    """Where such an amount begins."""
    closing: str
    """Those of them that may stand before a mark: 陶骥著。"""
    joined: Late
    loose: Late
    """A word at the end of a name that belongs to it (许宏才|表示), or begins what follows: 孟勇|为支持."""
    noise: frozenset[str]
    """Words that only look like a surname with a given name."""
    given: frozenset[str]
    """Characters of given names."""
    sure: frozenset[str]
    """Those of them that hardly stand elsewhere."""
    married: Late
    """Two surnames and a given name."""
    born: frozenset[str]
    """Surnames that are other words before all others: 戴."""
    beside_title: Late
    split: Late
    anonymous: Late
    heads: str
    """Signs that nouns for persons end with, which the segmenter may take to the surname behind: 驾驶|人张|某."""
    twice: Late
    listed: Late
    placed: Late
    """A word that ends as places do beside a title or persons: 副总裁|何梵溪."""
    addressed: Late
    regnal: Late
    foreign: Late
    """The beginning of a name that is written with the signs of foreign names."""
    before: str
    """Prepositions that the tagger joins to names."""
    elder: str
    """What stands behind the surname of one honoured in old age: 岑老."""
    after: frozenset[str]
    """Titles that follow a bare surname."""
    forms: frozenset[str]
    """Forms of address, behind which a word that is built like a name is one: 许惠佑先生."""
    offices: frozenset[str]
    """Titles that no firm's name stands before, as one by sound may before 总裁: 墨菲市长."""
    resume: Late
    """The name that a résumé begins with."""
    particles: str
    """Particles of speech, which end no name: 韩丽娟|啊."""
    pronouns: str
    verbs_too: str
    """Surnames that are verbs or other words before a place too: 贺|滨江通车, 任|滨江."""
    office_verb: str
    """A surname that is a verb before a title too, but where a clause begins, and what joins two offices: 任|兼."""


def lore(rules: Rulebook) -> Lore:
    """The tables of names of a rulebook, built at their first use."""
    return rules.once("persons", _build)


def _build(rules: Rulebook) -> Lore:
    return Lore(
        surname_kinds(rules),
        rules.word_set("name_contexts"),
        rules.word_set("name_contexts", "id", "name-context.tail"),
        rules.settings("entities")["noun_not_name"],
        Late(rules.settings("entities")["person_village"]),
        rules.settings("entities")["person_village_ends"],
        tuple(rules.settings("entities")["makes_thing"]),
        rules.settings("entities")["person_extents"],
        Late(rules.settings("entities")["person_amount"], matcher),
        rules.settings("entities")["person_closing"],
        Late(rules.settings("entities")["person_end_joined"], matcher),
        Late(rules.settings("entities")["person_loose_end"], matcher),
        rules.word_set("not_entities", "kind", "person"),
        rules.word_set("given_names"),
        rules.word_set("given_names", "kind", "sure"),
        Late(rules.settings("entities")["person_married"]),
        frozenset(rules.settings("entities")["surnames_anyway"]),
        Late(rules.settings("entities")["person_beside_title"]),
        Late(rules.settings("entities")["person_split"]),
        Late(rules.settings("entities")["anonymous"]),
        rules.settings("entities")["anonymous_heads"],
        Late(rules.settings("entities")["person_twice"]),
        Late(rules.settings("entities")["person_listed"]),
        Late(rules.settings("entities")["person_placed"]),
        Late(rules.settings("entities")["addressed"]),
        Late(rules.settings("entities")["regnal"], matcher),
        Late(f"[{''.join(sorted(written_by_sound(rules)))}]{{3,}}+(?=\\p{{Han}})"),
        rules.settings("entities")["joined_before"],
        rules.settings("entities")["elder"],
        rules.word_set("person_titles", "after", True),
        rules.word_set("person_titles", "rank", "address"),
        frozenset(
            w for row in rules.rows("person_titles") if row["after"] and row["kind"] in PERSONAL for w in row["words"]
        ),
        Late(rules.settings("entities")["resume_name"]),
        rules.settings("entities")["person_particles"],
        rules.settings("entities")["person_pronouns"],
        rules.settings("entities")["surname_verbs"],
        rules.settings("entities")["office_verb"],
    )


def find_persons(texts: Texts, rules: Rulebook) -> None:
    """Candidates for persons that the patterns on signs cannot see."""
    known = lore(rules)
    for text in texts.signed("person_split"):
        text.found += _split(text.folded, text.items, known, rules)
    for text in texts.signed("person_twice"):
        text.found += _twice(text.folded, text.items, known)
    for text in texts.signed("person_listed"):
        text.found += _listed(text.items, known)
    for text in texts.signed("person_placed"):
        text.found += _placed(text.items, known)
    for text in texts.holding("anonymous"):
        text.found += _anonymous(text.folded, text.items, known)
    for text in texts.holding("resume_name"):
        text.found += [_introduced(m) for m in known.resume.finditer(text.folded) if is_chinese_name(m["name"], known)]
    for text in texts.signed("addressed"):
        text.found += _addressed(text.items, known)
    for text in texts.holding("elder"):
        text.found += _elders(text.items, known)


def _split(folded: str, items: Items, known: Lore, rules: Rulebook) -> Iterator[Candidate]:
    for m in known.split.finditer(items.signs):
        start, end = items.starts[m.start()], items.ends[m.end() - 1]
        if m[0][-1] == "c" and items.signs[m.start() - 1] in "TF" and items.signs[m.end() : m.end() + 1] in ("k", "t"):
            yield Candidate(start, end, "PER", "entity.per.title", "0.95", WHOLE)  # 秘书长宋金和|说
            continue
        if m[0][-1] == "c" and folded[end : end + 1].isalnum() and items.signs[m.end()] == "_":
            continue  # 宋金和他: no name but a list
        if known.surnames.get(folded[start]) == "everyday" and items.signs[m.start() - 1] not in "TF~":
            continue
        if m[0][-1] in PLACES and items.words[m.start()] in known.verbs_too:
            continue  # 任|监利: the office that follows is held
        if folded[start] in known.born and not known.given.issuperset(folded[start + 1 : end]):
            continue  # 戴|口罩
        if folded[start:end] in known.noise:
            note_noise(folded, start, end, "entity.per.split", rules)
        elif 2 <= end - start <= 3 and folded[start:end].isalpha():
            yield Candidate(start, end, "PER", "entity.per.split", "0.80", 1)


def _listed(items: Items, known: Lore) -> Iterator[Candidate]:
    for m in known.listed.finditer(items.signs):
        word = items.words[m.start()]
        if is_chinese_name(word, known) and known.surnames.get(word[0]) == "common":
            yield Candidate(items.starts[m.start()], items.ends[m.start()], "PER", "entity.per.split", "0.80", 1)


def _placed(items: Items, known: Lore) -> Iterator[Candidate]:
    for m in known.placed.finditer(items.signs):
        i = m.start()
        word = items.words[i]
        named = len(word) == FULL and items.tags[i] in NAMES and known.surnames.get(word[0]) == "common"
        # A person of the dictionary is one among persons too: 郝柏村.
        if named and word not in known.noise and (_is_listed(items, i) or not is_known(word)):
            yield Candidate(items.starts[i], items.ends[i], "PER", "entity.per.split", "0.80", WHOLE)


def _is_listed(items: Items, i: int) -> bool:
    """Whether the word ``i``, to the segmenter a person, stands in a list: 陈国邦、郝柏村."""
    return items.tags[i] == NAMES[0] and LISTED in items.signs[i - 1 : i + 2 : 2]


def _anonymous(folded: str, items: Items, known: Lore) -> Iterator[Candidate]:
    for m in known.anonymous.finditer(folded):
        if m.start() and _withheld(items, m.start() - 1, folded[m.start() - 1], known):
            yield Candidate(m.start() - 1, m.end(), "PER", "entity.per.anonymous", "0.97", 3)


def _introduced(m: Match) -> Candidate:
    return Candidate(*m.span("name"), "PER", "entity.per.introduced", "0.95", 4)


def _addressed(items: Items, known: Lore) -> Iterator[Candidate]:
    for m in known.addressed.finditer(items.signs):
        i = m.start()
        if items.signs[i] in "zrxK":
            named = items.signs[i] in "xK" or is_chinese_name(items.words[i], known)
            if named and items.words[i + 1] in (known.offices if items.signs[i] in "xK" else known.forms):
                yield Candidate(items.starts[i], items.ends[i], "PER", "entity.per.addressed", "0.80", 1)
            continue
        if items.words[i] in known.office_verb and (i and not _begins(items, i - 1) or _holds(items, m.end(), known)):
            continue
        title = items.words[m.end() - 1]
        if (title in known.after or title[1:] in known.after) and known.surnames.get(items.words[i]) == "common":
            yield Candidate(items.starts[i], items.ends[i], "PER", "entity.per.addressed", "0.80", 1)


def _begins(items: Items, i: int) -> bool:
    """Whether a clause begins behind the word ``i``: 并|任会长 tells of an office."""
    return items.signs[i] in BEGINS and not items.words[i].isalnum()


def _holds(items: Items, i: int, known: Lore) -> bool:
    """Whether nothing is told at word ``i`` of whom an office before it would name: 此后，任会长|，, 任会长|兼任社长;
    but 任会长|说."""
    following = items.words[i : i + 1]
    return not following or not following[0][0].isalnum() or following[0][0] in known.office_verb


def _elders(items: Items, known: Lore) -> Iterator[Candidate]:
    """Surnames before the sign for one honoured in old age: 岑|老, one word that no dictionary has."""
    for i, word in enumerate(items.words):
        if len(word) == 2 and word[1] == known.elder and known.surnames.get(word[0]) == "common" and not is_known(word):
            yield Candidate(items.starts[i], items.starts[i] + 1, "PER", "entity.per.addressed", "0.80")


def is_word(items: Items, start: int, end: int) -> bool:
    """Whether a common word stands from ``start`` to ``end``: 高管, which is built like a name."""
    i = items.at(start)
    return i < len(items.ends) and (items.starts[i], items.ends[i]) == (start, end) and items.signs[i] in COMMON


def _withheld(items: Items, start: int, surname: str, known: Lore) -> bool:
    """Whether 某 after the sign at ``start`` keeps a given name back: 李某, 驾驶|人张某, but not 依赖某个."""
    i = items.at(start)
    kind = known.surnames.get(surname)
    if i >= len(items.starts) or items.starts[i] != start:
        return kind is not None and items.words[i - 1] in (f"{head}{surname}" for head in known.heads)
    return kind == "common" or kind == "everyday" and i > 0 and items.signs[i - 1] in "TFy"


def _twice(folded: str, items: Items, known: Lore) -> Iterator[Candidate]:
    """A surname and two signs that are no word of a name, when the article has them more than once."""
    spans = [(items.starts[m.start()], items.ends[m.end() - 1]) for m in known.twice.finditer(items.signs)]
    texts = [folded[a:b] for a, b in spans]
    counts = Counter(texts)
    for (start, end), text in zip(spans, texts, strict=True):
        if end - start == 3 and counts[text] > 1 and known.surnames.get(text[0]) == "common":
            yield Candidate(start, end, "PER", "entity.per.split", "0.75")


def is_chinese_name(text: str, known: Lore) -> bool:
    """Whether ``text`` is built like a Chinese name: a surname and one or two signs, and no common word."""
    size = 2 if known.surnames.get(text[:2]) == "compound" else 1
    kind = known.surnames.get(text[:size])
    return (
        kind is not None
        and size < len(text) <= size + 2
        and len(text) > 1
        and text.isalpha()
        and text not in known.noise
    )
