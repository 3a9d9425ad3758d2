"""Where names of persons end: without a function word that was joined to them, with the number of a reign."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.mentions.gazetteer import gazetteer
from pipeline.mentions.grammar import LABEL, Candidate
from pipeline.mentions.persons import WHOLE, Lore, is_chinese_name, lore
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

LOOKS = ("entity.per.name", "entity.per.split", "entity.tagger.per")
"""Rules of names that look like ones and have nothing beside them that says so."""
SIGHTED = (*LOOKS, "entity.per.title")
"""Those that a title may say so of, too."""
VILLAGE = "entity.loc.town"
"""The rule of villages that look like persons: 侯家桥."""
LONGER = 4
"""Signs of a Chinese name of three signs and one more."""


def trim_persons(texts: Texts, rules: Rulebook) -> None:
    """Leaves out things that look like persons (黄花鱼) and a function word at the end of one (孙俊|以).

    The number of a reign is taken in: 伊丽莎白二世.
    """
    known, signs = lore(rules), gazetteer(rules).signs
    for text in texts.all:
        folded, found = text.folded, text.found
        if "PER" not in map(LABEL, found):
            continue
        persons = [(i, c) for i, c in enumerate(found) if c[2] == "PER"]
        things = set()
        for i, c in persons:
            if (
                c[3] in LOOKS
                and c[5] < WHOLE
                and folded[c[1] - 1] in known.village_ends
                and known.village.fullmatch(folded, c[0], c[1])
            ):
                found[i] = c._replace(label="LOC", rule=VILLAGE)
            elif (
                c[3] in LOOKS and _is_thing(c, folded, known, signs) or c[3] in SIGHTED and _is_spoken(c, folded, known)
            ):
                things.add(i)
            elif (end := _trimmed(c, folded, known, signs)) != c[1]:
                found[i] = c._replace(end=end)
        if things:
            text.found = [c for i, c in enumerate(found) if i not in things]


def _is_village(candidate: Candidate, folded: str, known: Lore) -> bool:
    """Whether what looks like a person, and stands among none, is a village: 侯家桥."""
    return candidate[5] < WHOLE and known.village.fullmatch(folded, candidate[0], candidate[1]) is not None


def _is_spoken(candidate: Candidate, folded: str, known: Lore) -> bool:
    """Whether a surname is a word before a pronoun or a particle: 年轻|时|我, 祝|您."""
    start, end = candidate[0], candidate[1]
    given = folded[start + 1 : end]
    return given != "" and (given[0] in known.pronouns or given in known.particles)


def is_thing(candidate: Candidate, folded: str, rules: Rulebook) -> bool:
    """Whether what looks like a person is the name of a thing: 黄花|鱼."""
    return candidate.rule in LOOKS and _is_thing(candidate, folded, lore(rules), gazetteer(rules).signs)


def _is_thing(candidate: Candidate, folded: str, known: Lore, signs: Mapping[str, str]) -> bool:
    start, end = candidate[0], candidate[1]
    measured = end - start == 2 and folded[end - 1] in known.extents and known.amount.match(folded, end)
    if measured or folded.startswith(known.makes_thing, end):
        return True
    if folded[end - 1] not in known.things or not 1 < end - start < LONGER:
        return False
    return folded[start] in known.surnames and folded[start:end] not in signs


def person_end(candidate: Candidate, folded: str, rules: Rulebook) -> int:
    """Where a person's name ends without a function word or a verb behind it: 陶松若|译."""
    known = lore(rules)
    start, end = candidate.start, candidate.end
    if (
        end - start == LONGER
        and folded[end - 1] in known.tail_words
        and is_chinese_name(folded[start : end - 1], known)
    ):
        return end - 1
    return _trimmed(candidate, folded, known, gazetteer(rules).signs)


def _trimmed(candidate: Candidate, folded: str, known: Lore, signs: Mapping[str, str]) -> int:
    """Where ``candidate`` ends."""
    start, end, _, rule, _, priority = candidate
    if end - start == 3 and rule in SIGHTED and folded[end - 1] in known.particles:
        return end - 1
    if end - start == 3 and (folded[end - 1] in known.tail_words or known.loose.match(folded, end - 1)):
        if known.joined.match(folded, end - 1):
            return end  # 许宏才|表示
        joins = signs.get(folded[end - 1]) == "c"
        goes_on = folded[end : end + 1].isalnum()
        # What joins nothing to it is a part of the name, as is an adverb before a mark: 宋金和。 陶骥才、 But 陶骥著、
        # 宋金和|说 was looked at where it was found, and a name of the dictionary is whole: 唐季良主持.
        if is_known(folded[start:end]):
            return end
        if goes_on and priority < WHOLE if joins else goes_on or folded[end - 1] in known.closing:
            return end - 1
    if rule == "entity.per.foreign" and end - start > 3:
        written = known.foreign.match(folded, start, end)
        if written and end - written.end() > 1:
            return written.end()  # 姆巴|迪都进
    regnal = known.regnal.match(folded, end)
    return regnal.end() if regnal else end
