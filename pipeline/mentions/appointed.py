"""Persons that an appointment names, cut off what stands behind: 任命罗霁|为局长, 免去周敏|南岭市水务局局长职务."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from pipeline.core.matchers import Late, Match
from pipeline.mentions.gazetteer import gazetteer
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.persons import Lore, is_chinese_name, is_word, lore
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook

KEYS = ("appointed_name", "holder_name")
"""The settings of what names persons so."""
LEAST = 3
"""Signs of what is a name by itself behind a person's: 公司 is none."""


def find_appointed(texts: Texts, rules: Rulebook) -> None:
    """Adds who comes into office or leaves it, and takes them off what begins with them."""
    known, places = lore(rules), gazetteer(rules).codes
    patterns = rules.once("appointed", _patterns)
    for key, pattern in zip(KEYS, patterns, strict=True):
        for text in texts.holding(key):
            named = [m for m in pattern.finditer(text.folded) if _is_name(m, text.items, known, places)]
            if named:
                text.found = list(_apart(text.found, named))
                text.found += [Candidate(*m.span("name"), "PER", "entity.per.introduced", "0.95", 4) for m in named]


def _patterns(rules: Rulebook) -> list[Late]:
    """A name behind a verb of appointing or 股东, or in front of a clause that tells of its office: 方明辞去."""
    return [Late(rules.settings("entities")[key]) for key in KEYS]


def _is_name(m: Match, items: Items, known: Lore, places: Container[str]) -> bool:
    """Whether an appointment names somebody: no common word, and nothing that ends in a place of the tables."""
    start, end = m.span("name")
    if is_word(items, start, end) or not is_chinese_name(m["name"], known):
        return False
    last = items.at(end) - 1
    return items.ends[last] <= end or items.words[last] not in places  # 周敏|石家庄市


def _office_end(m: Match) -> int:
    """Where the verb ends that stands between who is named and the office; -1 where none does."""
    return m.end("office") if "office" in m.re.groupindex else -1


def _apart(found: Sequence[Candidate], named: Sequence[Match]) -> Iterator[Candidate]:
    """What was ``found``, without those who are ``named`` in front of it and the verb between: 姚巍|为|公司."""
    behind = {at: (m.end("name"), max(m.end("name"), _office_end(m))) for m in named for at in range(*m.span("name"))}
    for c in found:
        end, office = behind.get(c.start, (c.end, c.end))
        if end >= c.end:
            yield c
        elif c.label != "PER" and c.end - office >= LEAST:
            yield c._replace(start=office)
