"""What each word does in a clause, as one letter: the tables of the rulebook put together for looking up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.rulebook import Row, Rulebook

NUMBER = 12
"""The longest number behind 每, in characters."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words, parts of speech and signs with their letters; ``changes`` has the row of every verb of change."""

    words: Mapping[str, str]
    tags: Mapping[str, str]
    signs: Mapping[str, str]
    endings: Mapping[str, str]
    longest_ending: int
    hanging: frozenset[str]
    leading: frozenset[str]
    joined: Mapping[str, str]
    seconds: frozenset[str]
    per: frozenset[str]
    attributes: tuple[str, ...]
    changes: Mapping[str, Row]
    closes: str
    bases: Mapping[str, Row]
    units: frozenset[str]
    longest_unit: int

    def per_end(self, folded: str, start: int) -> int:
        """Where the 每-phrase that opens at ``start`` ends: behind its number and its unit (每10股, 每平方公里)."""
        at = start + 1
        while at < len(folded) and folded[at].isnumeric() and at < start + NUMBER:
            at += 1
        for size in range(self.longest_unit, 0, -1):
            if folded[at : at + size] in self.units:
                return at + size
        return at

    def letter(self, word: str, tag: str) -> str:
        """The letter of a word that is no mention."""
        return self.words.get(word) or self.guess(word, tag)

    def guess(self, word: str, tag: str) -> str:
        """The letter of a word that no table has: that of its ending (保有量), else that of its part of speech."""
        letter = self.tags.get(tag, "N")
        if letter in "NnVJ":
            for size in range(min(self.longest_ending, len(word) - 1), 0, -1):
                ending = self.endings.get(word[-size:])
                if ending:
                    return ending
        return letter


def lexicon(rules: Rulebook) -> Lexicon:
    """The lexicon of a rulebook, built once."""
    return rules.once("facts.lexicon", _lexicon)


def _lexicon(rules: Rulebook) -> Lexicon:
    settings = rules.settings("clauses")
    changes = dict(rules.words("change_verbs"))
    words = {w: "H" if r["compare"] else "g" if r["role"] == "to" else "G" for w, r in changes.items()}
    new_value = [w for w, r in rules.words("clause_words").items() if r["letter"] == "z"]
    for verb in [w for w, letter in words.items() if letter == "G"]:
        for particle in new_value:
            words[verb + particle] = "g"
            changes[verb + particle] = changes[verb]
    for word, row in rules.words("clause_words").items():
        words.setdefault(word, row["letter"])
    bases = rules.words("bases")
    for word, row in bases.items():
        words[word] = "B" if row["match"] == "word" else "T"
    endings: dict[str, str] = {}
    for match, letter in (("except", "N"), ("word", "P"), ("ending", "P")):
        for word in (w for r in rules.rows("properties") if r["match"] == match for w in r["words"]):
            words.setdefault(word, letter)
            if match != "word":
                endings.setdefault(word, letter)
    signs = {c: "," for c in settings["breaks"]} | {c: "K" for c in settings["lists"]}
    signs |= {c: ":" for c in settings["colons"]}
    signs |= (
        {c: "(" for c in settings["opens"]} | {c: ")" for c in settings["closes"]} | {c: "" for c in settings["silent"]}
    )
    units = (
        frozenset(rules.words("measure_words")) | frozenset(rules.words("units")) | frozenset(rules.words("per_units"))
    )
    return Lexicon(
        words=words,
        tags=settings["tags"],
        signs=signs,
        endings=endings,
        longest_ending=max(map(len, endings)),
        hanging=frozenset(settings["hanging"]),
        leading=frozenset(settings["leading"]),
        joined=settings["joined"],
        seconds=frozenset(w[cut:] for w in settings["joined"] for cut in range(1, len(w))),
        per=frozenset(w for w, r in rules.words("clause_words").items() if r["letter"] == "e"),
        attributes=tuple(settings["attribute_endings"]),
        changes=changes,
        closes=settings["closes"],
        bases=bases,
        units=units,
        longest_unit=max(map(len, units)),
    )
