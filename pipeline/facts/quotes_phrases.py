"""The noun phrases and names before a verb of saying, found walking leftward from it."""

from __future__ import annotations

from bisect import bisect_right

from msgspec.structs import replace

from pipeline.core.model import Entity, Offsets
from pipeline.core.slices import Record
from pipeline.facts.quotes_cues import Cue, QuoteWords
from pipeline.facts.scene import Scene

CITED = 3
"""How many words stand between a verb of citing and whom it cites, at most."""
ISSUED = 6
"""How many words stand between a verb of issuing and what is issued, at most: 发布|第三季度|业绩|公告."""
PARTICLES = ("uj", "p", "c")
"""Tags of words that no name of a document holds."""
VERB, NOUN = "v", "n"
"""The parts of speech of verbs and of nouns, whose tags begin so."""


class Speaker(Record, frozen=True):
    """The speaker's span; ``clause``: where its clause begins; ``pronoun``: what stood for the name."""

    start: int
    end: int
    clause: int
    pronoun: Offsets | None = None
    sourced: bool = False
    name: Entity | None = None
    carried: bool = False
    meant: Offsets | None = None
    """Whom the phrase points to: of 该负责人 the one in charge who spoke before."""


class Walk(Record, frozen=True):
    """A walk leftward from the cue: the article, the words, where the clause begins."""

    scene: Scene
    words: QuoteWords
    end: int
    """Where the cue begins."""
    floor: int
    first: int
    """The first token of the clause."""
    word: list[str]
    tag: list[str]


class Phrase(Record, frozen=True):
    """A noun phrase of the walk, with the name that it is."""

    start: int
    end: int
    name: Entity | None = None


def are_writers(scene: Scene, speaker: Speaker | None, words: QuoteWords) -> bool:
    """Whether those who write a report tell what they think themselves: 我们预计，……"""
    return speaker is not None and scene.folded[speaker.start : speaker.end] in words.sets["writers"]


def writers(scene: Scene, cue: Cue, found: Speaker | None, last: Speaker | None, words: QuoteWords) -> Speaker | None:
    """我们 who write the report, unless they spoke before in the paragraph: 云岭证券指出，……。我们认为，……"""
    if not are_writers(scene, found, words):
        return None
    if last is None or scene.line(last.clause) != scene.line(cue.start):
        return found
    return found if scene.folded[last.start : last.end] in words.sets["writers"] else None


def phrase_before(walk: Walk, index: int) -> Phrase:
    """The noun phrase that ends with the token ``index``; a person's name in it stands for the whole."""
    scene, sets = walk.scene, walk.words.sets
    end = scene.word_ends[index]
    if walk.word[index] in sets["pronouns"]:
        return Phrase(scene.word_starts[index], end)
    start: int = end
    while index >= walk.first and (start == end or scene.word_ends[index] == start or _in_latin(walk, index, start)):
        held = scene.holders.get(scene.word_ends[index])
        if held is not None and held[0] >= walk.floor:
            return Phrase(*held)
        name = scene.ends.get(scene.word_ends[index])
        if name is not None and name.start >= walk.floor:
            if name.label == "PER" and name.end - name.start > 1:  # of 市民李女士 the surname alone is no speaker
                return Phrase(name.start, name.end, name)
            start = name.start
            index = bisect_right(scene.word_ends, start) - 1
            continue
        broken = walk.word[index] in sets["breaks"]
        if broken and scene.folded.startswith(walk.words.starts["compounds"], scene.word_starts[index]):
            broken = False  # 分析|人士
        if broken or walk.tag[index] not in sets["speaker_tags"]:
            break
        start = scene.word_starts[index]
        index -= 1
    return Phrase(start, end, scene.begins.get(start) if scene.ends.get(end) is scene.begins.get(start) else None)


def _in_latin(walk: Walk, index: int, start: int) -> bool:
    """Whether a name in Latin letters goes on over the space before ``start``: Vision Research."""
    tag, scene = walk.tag, walk.scene
    return tag[index] == "eng" == tag[index + 1] and scene.folded[scene.word_ends[index] : start] == " "


def first_name(walk: Walk, end: int) -> Speaker | None:
    """The first person, else the first institution, of the clause: 周启明接受采访时."""
    names = walk.scene.entities(walk.floor, end)
    orgs = [e for e in names if e.label == "ORG"]
    name = next((e for e in names if e.label == "PER"), None) or (_who(walk, orgs) if orgs else None)
    return Speaker(name.start, name.end, walk.floor, None, False, name) if name else None


def _who(walk: Walk, orgs: list[Entity]) -> Entity:
    """Of the institutions of a clause the first that tells: not the medium whose report begins (云岭网讯 云岭药业公告),
    nor one that is told of the next: 北交所上市公司|云岭药业."""
    scene, opens = walk.scene, walk.words.opens_report
    at = 0
    while at + 1 < len(orgs):
        between = scene.tokens(orgs[at].end, orgs[at + 1].start)
        told = len(between) > 0 and all(scene.tags[i][0] == NOUN for i in between)
        if not told and opens.match(scene.folded, orgs[at].end) is None:
            break
        at += 1
    return orgs[at]


def lead_of(walk: Walk, index: int) -> int | None:
    """The token that begins the phrase of place or time that ends at ``index``: 在…会上, 接受采访时."""
    while index >= walk.first:
        name = walk.scene.ends.get(walk.scene.word_ends[index])
        if name is not None and name.label == "ORG":  # 工业|和|信息化部: no word of a name leads
            index = bisect_right(walk.scene.word_ends, name.start) - 1
            continue
        if walk.word[index] in walk.words.sets["leads"]:
            before = index - 1
            # 在接受采访时: the first of several such words
            if not (before >= walk.first and walk.word[before] in walk.words.sets["leads"]):
                earlier = _earlier_lead(walk, before)
                return earlier if earlier is not None else index
        index -= 1
    return None


def _earlier_lead(walk: Walk, index: int) -> int | None:
    """在市政府举行的发布会上: the 在 before 举行, if no name of a person stands between, but for one with whom
    somebody does it: 在和外长周启明举行的会谈中."""
    while index >= walk.first:
        name = walk.scene.ends.get(walk.scene.word_ends[index])
        if name is not None and name.label == "PER":
            index = bisect_right(walk.scene.word_ends, name.start) - 1
            while index > walk.first and walk.tag[index][:1] == "n":
                index -= 1
            if index <= walk.first or walk.word[index] not in walk.words.sets["beside"]:
                return None
            if walk.word[index - 1] not in walk.words.sets["leads"]:
                return None
        if walk.word[index] in walk.words.sets["leads"]:
            return index
        index -= 1
    return None


def cites(walk: Walk, index: int) -> int | None:
    """The verb of citing up to four words before: 再次|援引|一项|最新研究, so that who cites is the speaker."""
    for at in range(index, max(index - CITED - 1, -1), -1):
        if at < walk.first:
            return None
        if walk.word[at] in walk.words.sets["cites"]:
            return at
    return None


def issuer(walk: Walk, index: int) -> int | None:
    """The token before the verb that a work ending at ``index`` is issued with: 市政府|印发《…规划》提出."""
    work = walk.scene.ends.get(walk.scene.word_ends[index])
    if work is None or work.label != "WORK":
        return None
    verb = bisect_right(walk.scene.word_ends, work.start) - 1
    return verb - 1 if verb > walk.first and walk.word[verb] in walk.words.sets["issues"] else None


def issuing(walk: Walk, index: int) -> int | None:
    """The verb with which the document is issued that the token ``index`` names: 云岭药业|发布三季度业绩公告称."""
    for at in range(index - 1, max(index - ISSUED - 1, walk.first - 1), -1):
        if walk.word[at] in walk.words.sets["issues"]:
            return at
        if walk.tag[at] in PARTICLES or walk.scene.ends.get(walk.scene.word_ends[at]) is not None:
            return None
    return None


def is_named(walk: Walk, index: int) -> bool:
    """Whether the token ``index`` ends the name of a person, of more than a surname."""
    name = walk.scene.ends.get(walk.scene.word_ends[index]) if index >= walk.first else None
    return name is not None and name.label == "PER" and name.end - name.start > 1


def subject_of(walk: Walk, index: int) -> Phrase | None:
    """Who does what is told before the token ``index``, and says something too: 青岚警方已介入调查|并表示.

    None where the clause does not begin with a noun phrase, or tells nothing else of it.
    """
    scene, sets = walk.scene, walk.words.sets
    first = walk.first
    while first < index and (walk.tag[first] in sets["between_tags"] or walk.word[first] in sets["between"]):
        first += 1
    at = first
    while at < index:
        name = scene.begins.get(scene.word_starts[at])
        if name is not None:
            at = bisect_right(scene.word_ends, name.end - 1) + 1
        elif at > first and walk.tag[at] == VERB:
            break
        elif walk.tag[at] in sets["speaker_tags"] and walk.word[at] not in sets["breaks"]:
            at += 1
        else:
            break
    return phrase_before(walk, at - 1) if first < at < index else None


def time_before(walk: Walk, index: int, word: str) -> int | None:
    """The token before the day or the clock that ends at the token ``index`` behind those who speak: 政府|当天表示."""
    if word in walk.words.sets["days"]:
        return (
            index - 1 if index > walk.first and walk.words.speakers.search(walk.word[index - 1]) is not None else None
        )
    end = walk.scene.word_ends[index]
    clock = next((c for c in walk.words.starts["clocks"] if walk.scene.folded.endswith(c, 0, end)), None)
    return bisect_right(walk.scene.word_ends, end - len(clock)) - 1 if clock is not None else None


def is_document(walk: Walk, at: int) -> bool:
    """Whether the cue stands at ``at`` and begins with what is issued: 公告称."""
    return at == walk.end and walk.scene.folded.startswith(walk.words.starts["documents"], at)


def medium(scene: Scene, found: Speaker) -> Speaker:
    """The medium before the place that it reports from: 据青岚社|滨江5月3日报道."""
    place = scene.ends.get(found.end)
    name = scene.ends.get(place.start) if place is not None and place.label == "LOC" else None
    if name is None or name.label != "ORG" or name.start < found.start:
        return found
    return replace(found, end=name.end, name=name if name.start == found.start else None)
