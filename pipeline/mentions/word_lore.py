"""What the tables of a rulebook say of single words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import regex

from pipeline.mentions.gazetteer import mostly_by_sound, surname_kinds, written_by_sound
from pipeline.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Lore:
    """What single words are settled with."""

    foreign: frozenset[str]
    strong: frozenset[str]
    """Characters that write foreign names and hardly stand elsewhere."""
    surnames: Mapping[str, str]
    born: frozenset[str]
    """Surnames that the segmenter takes for other words: 张, a measure word to it."""
    noise: frozenset[str]
    forms: frozenset[str]
    """Titles that follow a bare surname: 吴先生, 毛主席."""
    verbs: frozenset[str]
    """Heads of organisations that are verbs too: 组织."""
    titles_too: frozenset[str]
    """Places that are titles too: 苏丹."""
    ordinal: regex.Pattern[str]
    given: frozenset[str]
    sure: frozenset[str]
    """Characters of given names, and those of them that hardly stand elsewhere."""
    road_sides: frozenset[str]
    """Roads with what is on them: 路上."""
    missions: frozenset[str]
    """Heads of organisations that a country is cut off from: 日本|大使馆."""
    no_surname: str
    """Words that the tagger joins to the name of a person behind them."""
    before: str
    """Prepositions that the tagger joins to names."""
    glued: frozenset[str]
    """Words that the segmenter joins to the end of a name."""
    after_name: frozenset[str]
    plain_places: frozenset[str]
    organ_end: str
    team: str
    """Ends of words that are an organisation behind its owner: 滨江|图片社, 滨江|红帆队."""
    plain_ends: frozenset[str]
    """Ends of words that the tagger takes for organisations and which are none: 基层党|组织."""
    place_tail: str
    """Ends of words that no table names which make them places: 军埠镇."""
    town_end: str
    station: str
    """What a place with a station ends with, which is an office elsewhere: 滨江站, 滨江气象站."""
    place_end: str
    noun_end: str


def word_lore(rules: Rulebook) -> Lore:
    """The lore of a rulebook."""
    settings = rules.settings("entities")
    return Lore(
        written_by_sound(rules),
        mostly_by_sound(rules),
        surname_kinds(rules),
        frozenset(settings["surnames_anyway"]),
        rules.word_set("not_entities", "kind", "person"),
        frozenset(w for w in rules.word_set("person_titles", "after", True) if len(w) > 1),
        frozenset(settings["verbs_too"]),
        frozenset(settings["titles_too"]),
        regex.compile(settings["ordinal"]),
        rules.word_set("given_names"),
        rules.word_set("given_names", "kind", "sure"),
        frozenset(settings["road_sides"]),
        frozenset(settings["missions"].split("|")),
        settings["no_surname"],
        settings["joined_before"],
        frozenset(settings["glued_to_names"]),
        frozenset(settings["after_name"]),
        frozenset(settings["plain_places"].split("|")),
        settings["organ_end"],
        settings["team"],
        frozenset(settings["organ_not_name"].split("|")),
        settings["place_tail"],
        settings["town_end"],
        settings["station"],
        settings["place_not_name"],
        settings["noun_not_name"],
    )
