"""Who, what, where and when of an event: what a frame takes from the clause around its trigger."""

from __future__ import annotations

from pipeline.core.model import Offsets, Time
from pipeline.core.slices import Record
from pipeline.facts.scene import FAR, Scene
from pipeline.rulebook import Pattern, Rulebook

LONGEST_CLAUSE = 160
"""Characters of a clause before its trigger: no noun phrase of more is an argument."""

LATIN_ENDS = "\u2e7f"
"""Characters behind this one are Chinese."""


class Frames(Record, frozen=True):
    """Word lists of rules/facts_events.toml, built once."""

    borders: frozenset[str]
    after_trigger: tuple[str, ...]
    admin_ends: tuple[str, ...]
    sites: tuple[str, ...]
    clocks: tuple[str, ...]
    sets: dict[str, frozenset[str]]
    stops: str
    open: str
    close: str
    brackets: str
    quotes: str
    longest_object: int
    longest_subject: int


class Hit(Record, frozen=True):
    """A trigger with the rule of its frame."""

    start: int
    end: int
    rule: Pattern

    @property
    def takes(self) -> str:
        """Where the frame's object stands: ``after`` the trigger, ``before`` it, ``either``."""
        return str(self.rule.get("object"))


SETS = (
    "adverb_tags", "adverbs", "places", "parting", "movers", "planned", "denied", "attributes", "object_ends",
    "object_starts_not", "noun_tags", "mutual", "datives", "clocks", "causes", "datelines", "says", "motions",
    "partnered", "heads_off", "passives", "estimated", "moved_tags",
)  # fmt: skip


def frames_of(rules: Rulebook) -> Frames:
    """The word lists that the frames use."""
    return rules.once("facts.events.frames", _frames)


def _frames(rules: Rulebook) -> Frames:
    settings = rules.settings("facts_events")
    return Frames(
        borders=frozenset(settings["borders"]),
        after_trigger=tuple(settings["after_trigger"]),
        admin_ends=tuple(settings["admin_ends"]),
        sites=tuple(settings["sites"]),
        clocks=tuple(settings["clocks"]),
        sets={k: frozenset(settings[k]) for k in SETS}
        | {"openings": frozenset(settings["borders"]) | frozenset(settings["datelines"])},
        stops=settings["stops"],
        open=settings["open"],
        close=settings["close"],
        brackets=settings["brackets"],
        quotes=settings["quotes"],
        longest_object=settings["longest_object"],
        longest_subject=settings["longest_subject"],
    )


class Site(Record, frozen=True):
    """A trigger in its sentence and clause."""

    scene: Scene
    frames: Frames
    hit: Hit
    sentence: int
    clause: int
    words: list[str]
    tags: list[str]

    @classmethod
    def of(cls, scene: Scene, frames: Frames, hit: Hit) -> Site:
        """The site of ``hit``; signs inside names, quotation marks and brackets are no clause borders."""
        first = max(scene.sentence(hit.start)[0], scene.line(hit.start)[0], hit.start - FAR)
        clause = clause_start(scene, frames, first, hit.start)
        return cls(scene, frames, hit, first, clause, scene.words, scene.view.tokens.tags)

    def word(self, index: int) -> str:
        """The folded characters of a token."""
        return self.words[index]

    def tag(self, index: int) -> str:
        """The part of speech of a token."""
        return self.tags[index]

    def light(self, index: int) -> bool:
        """Whether a token is an adverb or a time, which stand between subject and trigger."""
        sets = self.frames.sets
        word = self.words[index]
        return self.tags[index] in sets["adverb_tags"] or word in sets["adverbs"] or word in sets["clocks"]

    def among(self, index: int, name: str) -> bool:
        """Whether a token is one of the words ``name``."""
        return self.words[index] in self.frames.sets[name]


def clause_start(scene: Scene, frames: Frames, first: int, end: int) -> int:
    """Where the clause that ends at ``end`` begins, at ``first`` or later and no further than a clause may be long."""
    first = max(first, end - LONGEST_CLAUSE)
    depth, start = 0, first
    at = end - 1
    while at >= first:
        char = scene.folded[at]
        if char in frames.close:
            depth += 1
        elif char in frames.open:
            depth = max(depth - 1, 0)
        elif not depth and (char in frames.borders or spaced(scene.folded, at)) and scene.covering(at) is None:
            start = at + 1
            break
        at -= 1
    return start


def spaced(folded: str, at: int) -> bool:
    """Whether a blank stands at ``at`` that parts Chinese words, as headlines write: 火灾致两人受伤 原因待查."""
    before, after = folded[at - 1 : at], folded[at + 1 : at + 2]
    return folded[at] == " " and (" " in (before, after) or before > LATIN_ENDS and after > LATIN_ENDS)


def time_of(site: Site) -> str | None:
    """The time that stands nearest before the trigger in its clause, else the one its sentence begins with."""
    scene = site.scene
    behind = time_behind(site)
    if behind is not None:
        return behind.norm.value
    here = [t for t in scene.times(site.clause, site.hit.start) if dated(t.norm.value)]
    if here:
        return here[-1].norm.value
    # Only a time that the sentence begins with, or that fills a clause, goes for all the clauses behind it:
    # 昨天中午，北环路上，…; 据台网测定，7日22时24分，…
    for time in reversed(scene.times(site.sentence, site.clause)):
        alone = scene.folded[time.end : time.end + 1] in site.frames.borders and (
            scene.folded[time.start - 1 : time.start] in site.frames.sets["openings"]
            or scene.folded.endswith(site.frames.clocks, site.sentence, time.start)
        )
        if (alone or time.start == site.sentence) and dated(time.norm.value):
            return time.norm.value
    return None


def time_behind(site: Site) -> Time | None:
    """The time behind the trigger: 成立于2007年, 发生于北京时间12日14时."""
    tokens = site.scene.view.tokens
    at = tokens.at(site.hit.end)
    if at >= len(tokens) or not site.among(at, "places"):
        return None
    start = tokens.ends[at]
    while at + 1 < len(tokens) and site.scene.folded[start : tokens.ends[at + 1]] in site.frames.sets["clocks"]:
        at += 1
        start = tokens.ends[at]
    found = site.scene.times(start, start + 5)
    return found[0] if found and dated(found[0].norm.value) else None


def dated(value: str) -> bool:
    """Whether a TIMEX3 value is a date and no duration, set or vague reference."""
    return bool(value) and value[0] not in "PFT" and "REF" not in value


def place_of(site: Site) -> Offsets | None:
    """The place behind 在 or 于 before the trigger, else one that fills a clause of its own before it."""
    scene, tokens = site.scene, site.scene.view.tokens
    for name in scene.entities(site.clause, site.hit.start):
        at = tokens.at(name.start) - 1
        if name.label == "LOC" and at >= 0 and site.among(at, "places"):
            return name.start, name.end
    for name in scene.entities(site.sentence, site.clause):
        # 昨天中午，北环路三公里处，两车相撞
        following = scene.folded[name.end : name.end + 1]
        if name.label == "LOC" and following in site.frames.borders:
            return name.start, name.end
    return None
