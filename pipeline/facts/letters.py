"""What each word does in a clause, as one letter: the tables of the rulebook put together for looking up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.core.matchers import Matcher, matcher
from pipeline.core.slices import Record
from pipeline.core.trace import Trace
from pipeline.rulebook import Row, Rulebook

WORD, COMPOUND, EACH, OF, CUE, SILENT = "+", "&", "%", "'", "!", "-"
"""What `Lexicon.known` tells of a word that takes more than its letter to add, of one that compounds begin with, of 每
and of 的, of a word of ``rules/modality.tsv``, and of a sign that changes nothing: none of them is a letter."""
KNOWN = 1 << 15
"""How many words are kept with what is known of them."""
IDIOM = "l"
"""The part of speech of set phrases."""
BEYOND = "c"
"""The letter of a word that compares where a thing stands between it and the amount (高出|全省平均水平|3200元), and
else tells the difference (比全省平均水平|高出|3200元) or links (超过|每股|3元)."""
ASPECT = "L"
JOINED = {"z": "g", ASPECT: "G"}
"""The letters of particles behind a verb of change, with those of both together; an aspect goes with verbs of one
character: 涨到, 上涨到, 涨了."""
NUMBER = 12
"""The longest number behind 每, in characters."""


class Lexicon(Record, frozen=True):
    """Words, parts of speech and signs with their letters; ``changes`` has the row of every verb of change."""

    words: Mapping[str, str]
    tags: Mapping[str, str]
    signs: Mapping[str, str]
    endings: Mapping[str, str]
    longest_ending: int
    hanging: frozenset[str]
    sums: frozenset[str]
    """Those of ``hanging`` that part from any noun."""
    leading: frozenset[str]
    joined: Mapping[str, str]
    seconds: frozenset[str]
    instruments: frozenset[str]
    """Those of ``seconds`` that make a noun of a verb before them: 除颤|仪."""
    doers: frozenset[str]
    """Those of ``seconds`` that make of a verb those who do it: 购买|者."""
    sizes: frozenset[str]
    """Adjectives of one character that tell a size: 桥|宽."""
    compounds: Mapping[str, tuple[tuple[str, str], ...]]
    openings: Mapping[str, tuple[str, ...]]
    """The compounds alone by first character."""
    cues: Mapping[str, Row]
    onward: frozenset[str]
    """Those of ``cues`` that say the same of the clauses behind: 届时."""
    aims: frozenset[str]
    """Those of ``cues`` that tell a plan, also behind a colon."""
    stuffs: frozenset[str]
    """Those of ``cues`` that are nouns behind an attribute."""
    per: frozenset[str]
    attributes: tuple[str, ...]
    heads: frozenset[str]
    changes: Mapping[str, Row]
    closes: Matcher
    terms: tuple[str, ...]
    """What `term` begins with."""
    term: Matcher
    """What behind a duration makes an attribute of it: 28天|期."""
    beside: frozenset[str]
    """Those that are verbs of change only right before an amount."""
    differing: frozenset[str]
    sessions: frozenset[str]
    """Those that tell a difference behind a comparison: 比全省|高出|3200元."""
    bases: Mapping[str, Row]
    units: frozenset[str]
    longest_unit: int
    trace: Trace | None = None

    def per_end(self, folded: str, start: int) -> int:
        """Where the 每-phrase that opens at ``start`` ends: behind its number and its unit (每10股, 每平方公里)."""
        at = start + 1
        while at < len(folded) and folded[at].isnumeric() and at < start + NUMBER:
            at += 1
        for size in range(self.longest_unit, 0, -1):
            if folded[at : at + size] in self.units:
                return at + size
        return at

    def known(self, word: str, tag: str) -> str:
        """The letter of a word that is added as it is, else what it takes: `WORD`, `COMPOUND`, `EACH`, `OF`, `CUE`,
        `SILENT`, a sign."""
        sign = self.signs.get(word)
        if sign is not None:
            return sign or SILENT
        if word[0] in self.per:
            return EACH
        if any(compound.startswith(word) for compound, _ in self.compounds.get(word[0], ())):
            return COMPOUND
        if word in self.seconds or word in self.heads:
            return WORD
        letter = self.words.get(word)
        if letter is None:
            letter = self.guess(word, tag)
            if len(word) > 1 and self._parts(word, tag):
                return WORD
        if letter == "d":
            return OF if len(word) == 1 else WORD
        if letter == "P" and len(word) == 1:
            return WORD
        return CUE if word in self.cues else letter

    def _parts(self, word: str, tag: str) -> bool:
        """Whether a word that no table has may be one that the segmenter took together."""
        if len(word) == 4 and (word[2:] in self.changes or self.words.get(word[2:]) == "P"):
            return True
        if len(word) == 4 and (tag == IDIOM or self.words.get(word[:2]) == "A"):
            return True
        return word[0] in self.leading or word[-1] in self.hanging or self.leads_change(word)

    def leads_change(self, word: str) -> bool:
        """Whether a word is an adverb or a link with a verb of change, each of one character: 已|降, 会|涨."""
        return len(word) == 2 and self.words.get(word[1]) == "G" and self.words.get(word[0], " ") in "AE"

    def object_in(self, word: str) -> str:
        """The letter of the object that an unknown word of four characters has behind its verb (侦破|案件); empty where
        it is no verb with an object."""
        if self.words.get(word[:2]) != "V" or word in self.words or word in self.openings.get(word[0], ()):
            return ""
        letter = self.letter(word[2:], "n")
        return letter if letter in "NPn" else ""

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


EITHER = "either"
"""The direction of verbs that have none of their own (调整为)."""


class KnownLetters:
    """What `Lexicon.known` tells of the words seen."""

    def __init__(self, rules: Rulebook) -> None:
        """Nothing seen yet."""
        self.lexicon = lexicon(rules)
        # Of the language's own kind: a look into a dict of a class of ours costs three times as much.
        self.by_tag: dict[str, dict[str, str]] = {}
        """The words with what is known of them, by part of speech."""

    def word(self, word: str, tag: str) -> str:
        """What is known of ``word``, kept unless there are too many."""
        try:
            return self.by_tag[tag][word]
        except KeyError:
            seen = self.by_tag.setdefault(tag, {})
            if len(seen) >= KNOWN:
                seen.clear()
            letter = seen[word] = self.lexicon.known(word, tag)
            return letter


def lexicon(rules: Rulebook) -> Lexicon:
    """The lexicon of a rulebook, built once."""
    return rules.once("facts.lexicon", _lexicon)


def _lexicon(rules: Rulebook) -> Lexicon:
    settings = rules.settings("clauses")
    verbs, changes = _verbs(rules)
    words, endings = _words(verbs, rules)
    units = frozenset().union(*(rules.words(table) for table in ("measure_words", "units", "per_units", "currencies")))
    instruments, doers = frozenset(settings["instruments"]), frozenset(settings["doers"])
    compounds = _compounds(settings["compounds"] | {w: "g" for w, r in changes.items() if r["direction"] == EITHER})
    return Lexicon(
        words=words,
        tags=settings["tags"],
        signs=_signs(settings),
        endings=endings,
        longest_ending=max(map(len, endings)),
        hanging=frozenset(settings["hanging"]) | frozenset(settings["sums"]),
        sums=frozenset(settings["sums"]),
        leading=frozenset(settings["leading"]),
        joined=settings["joined"],
        seconds=frozenset(w[cut:] for w in settings["joined"] for cut in range(1, len(w))) | instruments | doers,
        instruments=instruments,
        doers=doers,
        sizes=frozenset(w for w in rules.word_set("clause_words", "letter", "H") if len(w) == 1),
        compounds=compounds,
        openings={head: tuple(c for c, _ in found) for head, found in compounds.items()},
        cues=rules.words("modality"),
        onward=frozenset(w for w, row in rules.words("modality").items() if row["onward"]),
        aims=frozenset(
            w for w, row in rules.words("modality").items() if row["sense"] == "planned" and not row["onward"]
        ),
        stuffs=frozenset(settings["stuffs"]),
        per=rules.word_set("clause_words", "letter", "e"),
        attributes=tuple(settings["attribute_endings"]),
        heads=frozenset(settings["compound_heads"]),
        changes=changes,
        beside=frozenset(w for w, row in changes.items() if row["beside"]),
        sessions=frozenset(settings["sessions"]),
        differing=frozenset(w for w, row in changes.items() if row["compare"]),
        terms=tuple(settings["terms"]),
        term=matcher(settings["term"]),
        closes=matcher(f"[{re.escape(settings['closes'])}]"),
        bases=rules.words("bases"),
        units=units,
        longest_unit=max(map(len, units)),
        trace=rules.trace,
    )


def _verbs(rules: Rulebook) -> tuple[Mapping[str, str], Mapping[str, Row]]:
    """The verbs of change with their letters, and with their rows; also what particles make of them: 涨到, 涨了."""
    rows = dict(rules.words("change_verbs"))
    letters = {w: _letter(row) for w, row in rows.items()}
    particles = [(w, r["letter"]) for w, r in rules.words("clause_words").items() if r["letter"] in JOINED]
    for verb in [w for w, letter in letters.items() if letter == "G"]:
        for particle, kind in particles:
            if kind != ASPECT or len(verb) == 1:
                letters[verb + particle] = JOINED[kind]
                rows[verb + particle] = rows[verb]
    return letters, rows


def _letter(row: Row) -> str:
    """The letter of a verb of change; one that is such only right `beside` an amount is any verb elsewhere, one that
    stands before what it is compared with is a comparison always (高于) or where that is all before the amount
    (高出|全省|3200元)."""
    if row["beside"]:
        return "V"
    if row["than"]:
        return BEYOND if row["than"] == "between" else "C"
    return "H" if row["compare"] else "g" if row["role"] == "to" else "G"


def _words(verbs: Mapping[str, str], rules: Rulebook) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """All words with their letters, and the endings that give theirs to words of no table: 保有量."""
    words, endings = dict(verbs), dict[str, str]()
    for word, row in rules.words("clause_words").items():
        words.setdefault(word, row["letter"])
    for word, row in rules.words("bases").items():
        if word not in verbs:  # 年增 is a verb of change too
            words[word] = "B" if row["match"] == "word" else "T"
    for match, letter in (("except", "N"), ("word", "P"), ("ending", "P")):
        for word in rules.word_set("properties", "match", match):
            words.setdefault(word, letter)
            if match != "word":
                endings.setdefault(word, letter)
    return words, endings


def _signs(settings: Mapping[str, Any]) -> Mapping[str, str]:
    """Marks with their letters, empty for those that change nothing."""
    kinds = {"breaks": ",", "lists": "K", "colons": ":", "opens": "(", "closes": ")", "silent": ""}
    return {mark: letter for kind, letter in kinds.items() for mark in settings[kind]}


def _compounds(letters: Mapping[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Compounds with their letters by first character, the longest first."""
    ordered = sorted(letters.items(), key=lambda x: -len(x[0]))
    return {head: tuple(c for c in ordered if c[0][0] == head) for head in {w[0] for w, _ in ordered}}
