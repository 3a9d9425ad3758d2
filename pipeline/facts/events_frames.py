"""Who, what, where and when of an event: the noun phrases around its trigger."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline.core.model import Offsets
from pipeline.facts.scene import Scene
from pipeline.rulebook import Pattern, Rulebook


@dataclass(frozen=True, slots=True)
class Frames:
    """Word lists of rules/facts_events.toml, built once."""

    border: regex.Pattern[str]
    after_trigger: tuple[str, ...]
    sets: dict[str, frozenset[str]]
    stops: str
    longest_object: int
    longest_subject: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger with the rule of its frame."""

    start: int
    end: int
    rule: Pattern


@dataclass(frozen=True, slots=True)
class Found:
    """What stands around a trigger."""

    agent: Offsets | None
    object: Offsets | None
    place: Offsets | None
    time: str | None
    planned: bool
    denied: bool


SETS = ("adverb_tags", "adverbs", "places", "parting", "planned", "denied")


def frames_of(rules: Rulebook) -> Frames:
    """The word lists that the frames use."""
    return rules.once("facts.events.frames", _frames)


def _frames(rules: Rulebook) -> Frames:
    settings = rules.settings("facts_events")
    return Frames(
        border=regex.compile(rules.fragment("facts_events", "CLAUSE_BORDER")),
        after_trigger=tuple(settings["after_trigger"]),
        sets={k: frozenset(settings[k]) for k in SETS},
        stops=settings["stops"],
        longest_object=settings["longest_object"],
        longest_subject=settings["longest_subject"],
    )


def arguments(scene: Scene, frames: Frames, hit: Hit) -> Found:
    """The arguments of ``hit`` within its clause, and the time of its clause or sentence."""
    sentence = scene.sentence(hit.start)
    clause = _clause_start(scene, frames, max(sentence[0], scene.line(hit.start)[0]), hit.start)
    words = {scene.word(i) for i in scene.view.tokens.within(max(clause, hit.start - 12), hit.start)}
    place = _place(scene, frames, clause, hit.start)
    subject = _subject(scene, frames, clause, place[0] if place else hit.start)
    behind = _object(scene, frames, hit.end) if hit.rule.get("object") != "before" else None
    if behind and (where := _place_behind(scene, frames, *behind)):
        # 火灾发生于城东某街: what stands behind is the place
        place, behind = where, None
    takes_subject = hit.rule.get("object") == "before" or not behind and not _says(scene, frames, hit)
    agent, thing = (None, subject) if takes_subject else (subject, behind)
    return Found(
        agent, thing, place, _time(scene, sentence[0], clause, hit.start),
        bool(words & frames.sets["planned"]), bool(words & frames.sets["denied"]),
    )  # fmt: skip


def _says(scene: Scene, frames: Frames, hit: Hit) -> bool:
    """Whether what follows is said, not done: 某公司公布，…"""
    following = scene.folded[hit.end : hit.end + 1]
    return bool(hit.rule.get("says")) and frames.border.match(following) is not None and following not in frames.stops


def _place_behind(scene: Scene, frames: Frames, start: int, end: int) -> Offsets | None:
    at = scene.view.tokens.at(start)
    if at >= len(scene.view.tokens) or scene.word(at) not in frames.sets["places"]:
        return None
    first = scene.view.tokens.ends[at]
    name = scene.begins.get(first)
    return (name.start, name.end) if name else (first, end) if end > first else None


def _clause_start(scene: Scene, frames: Frames, first: int, end: int) -> int:
    start = first
    for m in frames.border.finditer(scene.folded, first, end):
        if scene.covering(m.start()) is None:
            start = m.end()
    return start


def _place(scene: Scene, frames: Frames, start: int, end: int) -> Offsets | None:
    """The place behind 在 or 于."""
    tokens = scene.view.tokens
    for name in scene.entities(start, end):
        at = tokens.at(name.start) - 1
        if name.label == "LOC" and at >= 0 and scene.word(at) in frames.sets["places"]:
            return name.start, name.end
    return None


def _subject(scene: Scene, frames: Frames, start: int, end: int) -> Offsets | None:
    """The noun phrase that the clause begins with, past times and adverbs."""
    tokens = scene.view.tokens
    span = list(tokens.within(start, end))
    while span and _light(scene, frames, span[0]):
        span.pop(0)
    while span and (_light(scene, frames, span[-1]) or scene.word(span[-1]) in frames.sets["places"]):
        span.pop()
    if not span:
        return None
    first = tokens.starts[span[0]]
    if scene.word(span[0]) in frames.sets["places"]:
        return None
    name = scene.begins.get(first)
    if name is not None and name.label in ("PER", "ORG") and name.end <= end:
        return name.start, name.end
    for i in span[1:]:
        if (
            scene.word(i) in frames.sets["parting"]
            or scene.word(i) in frames.sets["places"]
            or _light(scene, frames, i)
        ):
            return (first, tokens.ends[i - 1]) if tokens.ends[i - 1] - first <= frames.longest_subject else None
    last = tokens.ends[span[-1]]
    return (first, last) if last - first <= frames.longest_subject else None


def _light(scene: Scene, frames: Frames, index: int) -> bool:
    return scene.view.tokens.tags[index] in frames.sets["adverb_tags"] or scene.word(index) in frames.sets["adverbs"]


def _object(scene: Scene, frames: Frames, start: int) -> Offsets | None:
    """What stands behind the trigger up to the end of the clause."""
    while scene.folded.startswith(frames.after_trigger, start):
        start += next(len(w) for w in frames.after_trigger if scene.folded.startswith(w, start))
    limit = min(scene.line(start)[1], start + frames.longest_object)
    end = limit
    for m in frames.border.finditer(scene.folded, start, limit):
        if scene.covering(m.start()) is None:
            end = m.start()
            break
    return (start, end) if end - start >= 2 and not scene.folded[start].isspace() else None


def _time(scene: Scene, first: int, clause: int, end: int) -> str | None:
    """The time that stands nearest before the trigger in its clause, else the first of its sentence."""
    here = [t for t in scene.times(clause, end) if _dated(t.norm.value)]
    if here:
        return here[-1].norm.value
    before = [t for t in scene.times(first, clause) if _dated(t.norm.value)]
    return before[0].norm.value if before else None


def _dated(value: str) -> bool:
    """Whether a TIMEX3 value is a date and no duration, set or vague reference."""
    return bool(value) and value[0] not in "PFT" and "REF" not in value
