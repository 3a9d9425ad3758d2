"""Names in Latin letters: persons behind their titles, firms by their last word, and in the company of other firms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.matchers import Late, matcher
from pipeline.core.model import Label
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.listed import LIST
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook

OPEN = "("
"""The sign of an opening bracket."""
GLOSSED: Mapping[Label, str] = {"PER": "entity.per.latin", "LOC": "entity.loc.latin"}
"""By what rule a name in brackets is found, for the label of the name before them."""


@dataclass(frozen=True, slots=True)
class Latin:
    """What words in Latin letters are told by."""

    words: Late
    """Them in a line of signs."""
    person: Late
    """The shape of a person's whole name."""
    surname: Late
    """That of a name of one word."""
    titled: Late
    """Persons in a line of signs: behind a title, and those who share it."""
    owner: Late
    """Who employs such a person, in a line of signs."""
    given: frozenset[str]
    heads: frozenset[str]
    """Last words of organisations."""
    not_person: frozenset[str]
    firm: Late
    common: frozenset[str]
    gloss: Late
    """A name in brackets behind the same name in Chinese."""
    moves: tuple[str, ...]
    """What shares do, behind a firm."""

    def is_person(self, word: str) -> bool:
        """Whether ``word`` has the shape of a person's whole name and is no organisation's."""
        return self.person.fullmatch(word) is not None and not self.is_headed(word) and word not in self.not_person

    def is_headed(self, word: str) -> bool:
        """Whether ``word`` ends as names of organisations do: Northvale Capital."""
        return " " in word and word.rsplit(" ", 1)[1].rstrip(".") in self.heads

    def is_firm(self, word: str) -> bool:
        """Whether ``word`` may be a firm's name where a firm is named."""
        return word not in self.common and self.firm.fullmatch(word) is not None


def find_latin(texts: Texts, rules: Rulebook) -> None:
    """Persons and organisations whose names are written in Latin letters."""
    known = rules.once("latin", _latin)
    for text in texts.signed("latin_sign"):
        items = text.items
        latin = [m.start() for m in known.words.finditer(items.signs)]
        text.found += _persons(items, latin, known)
        text.found += _headed(items, latin, known)
        text.found += _beside(text.found, items, latin, known)
        if OPEN in items.signs:
            text.found += _glosses(text.folded, text.found, known)


def _persons(items: Items, latin: Sequence[int], known: Latin) -> Iterator[Candidate]:
    """策略师Jordan Fairley和Mina Holm; those with a given name that is known stand anywhere."""
    starts, ends, words = items.starts, items.ends, items.words
    seen: set[int] = set()
    for m in known.titled.finditer(items.signs):
        named = [i for i in range(*m.span()) if known.words.fullmatch(items.signs[i])]
        for n, i in enumerate(named):
            if not (known.is_person(words[i]) or n == 0 and m["says"] and known.surname.fullmatch(words[i])):
                break
            seen.add(i)
            yield Candidate(starts[i], ends[i], "PER", "entity.per.latin", "0.95", 3)
    for i in latin:
        if i not in seen and words[i].split(" ", 1)[0] in known.given and known.is_person(words[i]):
            yield Candidate(starts[i], ends[i], "PER", "entity.per.latin", "0.90", 2)
    for m in known.owner.finditer(items.signs) if seen else ():
        if known.is_firm(words[m.start()]) or " " in words[m.start()]:
            yield Candidate(starts[m.start()], ends[m.start()], "ORG", "entity.org.latin-owner", "0.85", 1)


def _headed(items: Items, latin: Sequence[int], known: Latin) -> Iterator[Candidate]:
    """Northvale Capital Partners."""
    for i in latin:
        if known.is_headed(items.words[i]):
            yield Candidate(items.starts[i], items.ends[i], "ORG", "entity.org.latin-head", "0.90", 3)


def _beside(found: Sequence[Candidate], items: Items, latin: Sequence[int], known: Latin) -> Iterator[Candidate]:
    """Firms beside firms that were found in a list, or whose shares rise or fall: 英伟达、QRVO."""
    signs, words = items.signs, items.words
    latin = [i for i in latin if known.is_firm(words[i])]
    if not latin:
        return
    edges = {edge for c in found if c.label == "ORG" for edge in (c.start, c.end)}
    for i in (*latin, *reversed(latin)):
        start, end = items.starts[i], items.ends[i]
        after = i + 2 < len(words) and signs[i + 1] in LIST and items.starts[i + 2] in edges
        before = i > 1 and signs[i - 1] in LIST and items.ends[i - 2] in edges
        moved = i + 1 < len(words) and words[i + 1].startswith(known.moves)
        if (after or before or moved) and start not in edges:
            edges |= {start, end}
            yield Candidate(start, end, "ORG", "entity.org.latin", "0.75")


def _glosses(folded: str, found: Sequence[Candidate], known: Latin) -> list[Candidate]:
    """Names again in brackets, as they are written where they come from: 凯兰·霍姆(Kellan Holm)."""
    glosses = {m.start(): m.span("name") for m in known.gloss.finditer(folded)}
    named = {c.end: c.label for c in found if c.end in glosses and c.label in GLOSSED}
    return [Candidate(*glosses[at], label, GLOSSED[label], "0.85", 1) for at, label in named.items()]


def _latin(rules: Rulebook) -> Latin:
    settings = rules.settings("entities")

    def words(name: str) -> frozenset[str]:
        return frozenset(settings[name].split("|"))

    return Latin(
        words=Late(settings["latin_sign"]),
        person=Late(settings["latin_person"]),
        surname=Late(settings["latin_surname"]),
        titled=Late(settings["latin_titled"]),
        owner=Late(settings["latin_owner"]),
        given=words("latin_given"),
        heads=words("latin_heads"),
        not_person=words("latin_not_person"),
        firm=Late(settings["latin_name"], matcher),
        common=words("latin_common"),
        gloss=Late(settings["latin_gloss"]),
        moves=tuple(settings["share_moves"].split("|")),
    )
