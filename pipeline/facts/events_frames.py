"""Who, what, where and when of an event: what a frame takes from the clause around its trigger."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

import regex

from pipeline.core.model import Offsets
from pipeline.core.slices import Record
from pipeline.facts.matching import Matcher, matcher
from pipeline.facts.scene import FAR, Scene
from pipeline.rulebook import Pattern, Rulebook

LONGEST_CLAUSE = 160
"""Characters of a clause before its trigger: no noun phrase of more is an argument."""

SHORTEST_QUOTED = 9
"""From so many characters on a quotation may be a clause of its own; shorter ones are words: “零元收购”."""

DASH = "—"
"""Two of it begin what explains the words before."""

LATIN_ENDS = "\u2e7f"
"""Characters behind this one are Chinese."""


class Frame(Record, frozen=True):
    """A rule of rules/facts_events.toml, its fields read once."""

    rule: Pattern
    behind: Matcher
    """Its pattern, which matches at the trigger's end."""
    type: str
    before: regex.Pattern[str] | None
    """Matches at the trigger's start, if it asks for anything there."""
    takes: str
    """Where the object stands: ``after`` the trigger, ``before`` it, ``either``."""
    place: str
    in_names: bool
    head: bool
    mutual: bool
    sites: bool
    nouns: bool
    says: bool
    sum: bool
    """Whether its object is the sum alone: 投资|5亿元|建厂."""


def frame_of(rule: Pattern) -> Frame:
    """The frame that ``rule`` describes."""
    before = rule.get("before")
    return Frame(
        rule,
        matcher(rule.source),
        rule.get("type"),
        regex.compile(before) if before else None,
        rule.get("object", ""),
        rule.get("place", ""),
        *(bool(rule.get(name)) for name in ("in_names", "head", "mutual", "sites", "nouns", "says", "sum")),
    )


class Frames(Record, frozen=True):
    """Word lists of rules/facts_events.toml, built once."""

    after_trigger: tuple[str, ...]
    admin_ends: tuple[str, ...]
    sites: tuple[str, ...]
    companies: tuple[str, ...]
    """Behind a person they tell who acts: 何苗团队."""
    stakes: tuple[str, ...]
    """Ends of what is bought, sold and pledged."""
    told: tuple[str, ...]
    """Verbs of saying that the segmenter takes into the word before: 研|报称."""
    clocks: tuple[str, ...]
    work_kinds: tuple[str, ...]
    adverb_tags: frozenset[str]
    noun_tags: frozenset[str]
    moved_tags: frozenset[str]
    lights: frozenset[str]
    """Adverbs and clocks, which stand between subject and trigger."""
    places: frozenset[str]
    cites: frozenset[str]
    lists: frozenset[str]
    """Signs between the members of a list."""
    leads: frozenset[str]
    """Behind these stands somebody who does not act alone, or whom something else is told of."""
    targets: frozenset[str]
    """Before the one that money is put in: 对子公司增资."""
    pledges: frozenset[str]
    """Verbs by which an institution tells what it does itself."""
    without: frozenset[str]
    """Adverbs that tell whose leave was not asked: 未经."""
    leading: frozenset[str]
    """Verbs that introduce a clause as prepositions do: 结合新规出台，……"""
    qualifying: frozenset[str]
    """Verbs that qualify the noun behind: 相关部门."""
    organises: frozenset[str]
    """What an organiser does: 由甲局主办的推介会."""
    there_is: frozenset[str]
    parting: frozenset[str]
    pivots: frozenset[str]
    """Behind these somebody else than the clause's subject acts."""
    movers: frozenset[str]
    planned: frozenset[str]
    estimated: frozenset[str]
    denied: frozenset[str]
    asserting: frozenset[str]
    """The words of the three lists before."""
    attributes: frozenset[str]
    object_ends: frozenset[str]
    object_tails: frozenset[str]
    object_starts_not: frozenset[str]
    mutual: frozenset[str]
    datives: frozenset[str]
    causes: frozenset[str]
    openings: frozenset[str]
    says: frozenset[str]
    motions: frozenset[str]
    partnered: frozenset[str]
    turning: frozenset[str]
    """What puts a noun before the trigger that else follows it, or who does it: movers and passives."""
    heads_off: frozenset[str]
    passives: frozenset[str]
    borders: frozenset[str]
    stops: frozenset[str]
    open: frozenset[str]
    close: frozenset[str]
    brackets: frozenset[str]
    quotes: frozenset[str]
    pairs: Mapping[str, str]
    """What closes each mark."""
    marks: frozenset[str]
    """Those that open and those that close."""
    stretch_ends: frozenset[str]
    """Signs and words that may end the noun phrase behind a trigger."""
    agent_ends: frozenset[str]
    """Words that may end an agent before its trigger."""
    turns: frozenset[str]
    """Attributes and marks, that tell where a noun phrase begins."""
    sign_before: regex.Pattern[str]
    """Finds backwards the nearest sign at which a clause may begin."""
    dateline: Matcher
    """What a report opens with."""
    longest_object: int
    longest_subject: int


WORDS = (
    "adverb_tags", "noun_tags", "moved_tags", "places", "cites", "lists", "targets", "pledges", "without", "leading",
    "qualifying", "organises", "there_is", "parting", "pivots", "movers", "planned", "estimated", "denied",
    "attributes", "object_ends", "object_tails", "object_starts_not", "mutual", "datives", "causes", "says",
    "motions", "partnered", "heads_off", "passives", "borders", "stops", "open", "close", "brackets", "quotes",
)  # fmt: skip


def frames_of(rules: Rulebook) -> Frames:
    """The word lists that the frames use."""
    return rules.once("facts.events.frames", _frames)


def _frames(rules: Rulebook) -> Frames:
    settings = rules.settings("facts_events")
    words = {name: frozenset(settings[name]) for name in WORDS}
    lights = frozenset(settings["adverbs"]) | frozenset(settings["clocks"])
    marks = words["open"] | words["close"]
    signs = "".join(sorted(words["borders"] | marks | {" ", DASH}))
    return Frames(
        after_trigger=tuple(settings["after_trigger"]),
        admin_ends=tuple(settings["admin_ends"]),
        sites=tuple(settings["sites"]),
        companies=tuple(settings["companies"]),
        stakes=tuple(settings["stakes"]),
        told=tuple(settings["told"]),
        clocks=tuple(settings["clocks"]),
        work_kinds=tuple(settings["work_kinds"]),
        lights=lights,
        asserting=words["planned"] | words["estimated"] | words["denied"],
        openings=words["borders"] | frozenset(settings["datelines"]),
        stretch_ends=marks | words["borders"] | words["object_ends"],
        agent_ends=words["parting"] | words["places"] | words["denied"] | words["motions"] | lights,
        leads=words["parting"] | words["attributes"] | words["lists"],
        marks=marks,
        pairs=dict(zip(settings["open"], settings["close"], strict=True)),
        turning=words["movers"] | words["passives"],
        turns=marks | words["attributes"],
        sign_before=regex.compile(f"(?r)[{regex.escape(signs)}]"),
        dateline=matcher(rules.fragment("facts_events", "DATELINE")),
        longest_object=settings["longest_object"],
        longest_subject=settings["longest_subject"],
        **words,
    )


class Site(Record, frozen=True):
    """A trigger with its frame, in its sentence and clause."""

    scene: Scene
    frames: Frames
    frame: Frame
    start: int
    end: int
    at: int
    """The token that the trigger begins with."""
    after: int
    """The token behind the trigger, or the one that it ends within."""
    told: Offsets
    """Its sentence."""
    sentence: int
    """Where what may tell of it begins in the sentence."""
    clause: int
    folded: str
    words: list[str]
    tags: list[str]
    starts: list[int]
    ends: list[int]

    def light(self, index: int) -> bool:
        """Whether a token is an adverb or a time, which stand between subject and trigger."""
        return self.tags[index] in self.frames.adverb_tags or self.words[index] in self.frames.lights


def site_of(scene: Scene, frames: Frames, frame: Frame, start: int, end: int, at: int) -> Site:
    """The site of the trigger ``[start, end)``, which begins with the token ``at``.

    Signs inside names, quotation marks and brackets are no borders of its clause.
    """
    told = scene.sentence(start)
    opening = frames.dateline.match(scene.folded, told[0], start)
    first = max(told[0] if opening is None else opening.end(), start - FAR)
    clause = clause_start(scene, frames, first, start)
    return Site(
        scene, frames, frame, start, end, at, bisect_right(scene.word_ends, end, at), told, first, clause,
        scene.folded, scene.words, scene.tags, scene.word_starts, scene.word_ends,
    )  # fmt: skip


def clause_start(scene: Scene, frames: Frames, first: int, end: int) -> int:
    """Where the clause that ends at ``end`` begins, at ``first`` or later and no further than a clause may be long."""
    first = max(first, end - LONGEST_CLAUSE)
    folded, depth, last = scene.folded, 0, end
    while (sign := frames.sign_before.search(folded, first, end)) is not None:
        end = sign.start()
        char = sign[0]
        if char == DASH:
            if not depth and folded[end - 1] == DASH:
                return end + 1  # 旗下两公司——甲公司、乙公司
        elif char in frames.close:
            depth += 1
        elif char in frames.open:
            if not depth and char in frames.quotes and _holds_clause(folded, end, last, frames.pairs[char]):
                return end + 1  # 就“低价收购药厂全部股权”下发问询函
            depth = max(depth - 1, 0)
        elif not depth and (char in frames.borders or spaced(folded, end)) and scene.covering(end) is None:
            if not (folded[end - 1 : end].isdigit() and folded[end + 1 : end + 2].isdigit()):  # 以2:0战胜
                return end + 1
    return first


def _holds_clause(folded: str, opening: int, at: int, closing: str) -> bool:
    """Whether the quotation that opens at ``opening`` and holds ``at`` is long enough to be a clause of its own."""
    close = folded.find(closing, at, opening + LONGEST_CLAUSE)
    return close - opening > SHORTEST_QUOTED


def spaced(folded: str, at: int) -> bool:
    """Whether a blank stands at ``at`` that parts Chinese words, as headlines write: 火灾致两人受伤 原因待查."""
    if folded[at] != " ":
        return False
    before, after = folded[at - 1 : at], folded[at + 1 : at + 2]
    return " " in (before, after) or before > LATIN_ENDS and after > LATIN_ENDS
