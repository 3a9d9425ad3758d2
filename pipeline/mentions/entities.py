"""Names: persons, organisations, places and works, every occurrence, the longest name.

The rules read an article (`read_names`), a tier decides what of that stands and what is added, and the names that stand
are carried through the article and linked (`settle_names`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from pipeline.core.matchers import Late
from pipeline.core.model import Entity, View
from pipeline.core.overlap import resolve
from pipeline.core.slices import Record
from pipeline.core.trace import Trace
from pipeline.mentions.aliases import carry
from pipeline.mentions.announced import find_announced
from pipeline.mentions.appointed import find_appointed
from pipeline.mentions.beside import find_beside
from pipeline.mentions.branches import find_branches
from pipeline.mentions.called import find_called
from pipeline.mentions.compound import find_compound
from pipeline.mentions.credits import find_credits
from pipeline.mentions.cued import find_cued
from pipeline.mentions.elements import find_made
from pipeline.mentions.entity_trace import note_lost, note_names, note_never
from pipeline.mentions.foreign import find_foreign
from pipeline.mentions.framed import find_framed, find_told
from pipeline.mentions.gazetteer import gazetteer
from pipeline.mentions.given import find_given
from pipeline.mentions.grammar import PRIORITY, SPAN, Candidate
from pipeline.mentions.guesses import trim_guesses
from pipeline.mentions.hyphened import find_hyphened
from pipeline.mentions.identity import identify
from pipeline.mentions.items import Items
from pipeline.mentions.japanese import find_japanese
from pipeline.mentions.latin import find_latin
from pipeline.mentions.led import find_led
from pipeline.mentions.listed import find_enumerated, find_listed, find_moved
from pipeline.mentions.longer import find_longer
from pipeline.mentions.members import find_members
from pipeline.mentions.offices import find_offices
from pipeline.mentions.org_heads import settle_heads
from pipeline.mentions.person_ends import trim_persons
from pipeline.mentions.persons import find_persons
from pipeline.mentions.places import country_signs, find_towns, settle_places
from pipeline.mentions.readings import one_reading
from pipeline.mentions.sign_patterns import match_patterns
from pipeline.mentions.sound_runs import find_sound_runs
from pipeline.mentions.sounded import settle_sounded
from pipeline.mentions.speakers import find_speakers
from pipeline.mentions.substances import without_substances
from pipeline.mentions.terms import find_terms
from pipeline.mentions.texts import Texts
from pipeline.mentions.titled import find_titled
from pipeline.rulebook import Rulebook


class Reading(Record, frozen=True):
    """An article as the rules read it."""

    items: Items
    kept: list[Candidate]
    """The names that the rules see, apart from each other, in the order of the text."""


class Tier(Protocol):
    """What decides on the names of articles once the rules have read them."""

    def names(self, views: Sequence[View], readings: Sequence[Reading]) -> Sequence[Sequence[Candidate]]:
        """The names of each article, apart from each other, in the order of the text."""


class RulesTier:
    """What the rules see stands."""

    def names(self, views: Sequence[View], readings: Sequence[Reading]) -> Sequence[Sequence[Candidate]]:
        """See `Tier`."""
        return [r.kept for r in readings]


def find_entities(views: Sequence[View], rules: Rulebook, tier: Tier) -> list[list[Entity]]:
    """The names of each article in the order of its text, apart from each other; offsets are of the clean text."""
    readings = read_names(views, rules)
    named = tier.names(views, readings)
    return settle_names(views, readings, named, rules)


PAPER, PLACE = "O", "L"
"""The signs of organisations and places: 波兰《生活之路报》 is one name."""
Find = Callable[[Texts, Rulebook], None]
"""What looks for names in articles, in one of the ways in which rules see them, and adds them to what was found."""


def read_names(views: Sequence[View], rules: Rulebook) -> list[Reading]:
    """Articles as the rules read them."""
    texts = Texts(views, rules)
    # All articles in one way, then in the next: a way's tables and patterns stay in the processor's cache.
    for find in FINDERS:
        find(texts, rules)
    settle_sounded(texts, rules)
    trim_persons(texts, rules)
    settle_heads(texts, rules)
    settle_places(texts, rules)
    never = gazetteer(rules).never
    if rules.trace is not None:
        for text in texts.all:
            note_never(rules.trace, text.found, text.folded, rules)
    found = ([c for c in text.found if text.folded[c[0] : c[1]] not in never] for text in texts.all)
    return [Reading(text.items, _resolved(those, rules.trace)) for text, those in zip(texts.all, found, strict=True)]


def settle_names(
    views: Sequence[View], readings: Sequence[Reading], named: Sequence[Sequence[Candidate]], rules: Rulebook
) -> list[list[Entity]]:
    """The entities of articles with these names: each found again wherever it stands, linked and coded."""
    named = trim_guesses(views, without_substances(views, named, rules), rules)
    texts = [_texts(view.folded, kept) for view, kept in zip(views, named, strict=True)]
    named = [one_reading(kept, read) for kept, read in zip(named, texts, strict=True)]
    carried = carry(views, [reading.items for reading in readings], named, texts, rules)
    for i, more in enumerate(carried):
        if more.candidates:
            named[i] = _resolved([*named[i], *more.candidates], rules.trace)
            texts[i] = _texts(views[i].folded, named[i])
    known = gazetteer(rules)
    out = [
        identify(view.text, kept, read, more.full, known)
        for view, kept, read, more in zip(views, named, texts, carried, strict=True)
    ]
    if rules.trace is not None:
        for reading, names in zip(readings, out, strict=True):
            note_names(rules.trace, names, reading.items)
    return out


def _texts(folded: str, kept: Sequence[Candidate]) -> list[str]:
    return [folded[c[0] : c[1]] for c in kept]


def _resolved(candidates: Iterable[Candidate], trace: Trace | None) -> list[Candidate]:
    kept, lost = resolve(candidates, SPAN, PRIORITY)
    if trace is not None:
        note_lost(trace, lost)
    return kept


def _find_works(texts: Texts, rules: Rulebook) -> None:
    """Titles in their marks; a newspaper or a magazine is an organisation."""
    marks = rules.once("works", _work_marks)
    signs = gazetteer(rules).signs
    for text in texts.holding("work"):
        text.found += _works(text.folded, text.items, marks, signs)


def _works(folded: str, items: Items, marks: WorkMarks, signs: Mapping[str, str]) -> Iterator[Candidate]:
    for m in marks.work.finditer(folded):
        start, end = m.span()
        kind = marks.periodical.match(folded, end)
        if kind or marks.media.search(m[0]) or signs.get(m[0][1:-1]) == PAPER:
            i = items.at(start)
            placed = 0 < i < len(items.starts) and items.signs[i - 1] == PLACE and items.ends[i - 1] == start
            start, end = items.starts[i - 1] if placed else start, kind.end() if kind else end
            yield Candidate(start, end, "ORG", "entity.org.paper", "0.80", 9)
        else:
            yield Candidate(start, end, "WORK", "entity.work.title", "0.99", 9)


class WorkMarks(Record, frozen=True):
    """Titles in their marks, those of the media, and what stands behind the title of a magazine: 《滨江》杂志."""

    work: Late
    media: Late
    periodical: Late


def _work_marks(rules: Rulebook) -> WorkMarks:
    settings = rules.settings("entities")
    return WorkMarks(*(Late(settings[key]) for key in ("work", "media", "periodical")))


FINDERS: Sequence[Find] = (
    *(match_patterns, find_appointed),
    *(find_titled, find_persons, find_called, _find_works, find_given, find_foreign, find_japanese),
    *(find_speakers, find_hyphened, find_made, find_led, find_enumerated, find_moved, find_towns, find_framed),
    *(find_credits, find_announced, find_listed, country_signs, find_latin, find_offices, find_longer, find_members),
    *(find_cued, find_beside, find_compound, find_sound_runs, find_told, find_terms, find_branches),
)
"""The ways in which rules see names."""
