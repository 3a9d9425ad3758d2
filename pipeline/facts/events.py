"""Event facts: what happened, who did what, where and when. Triggers and frames stand in rules/."""

from __future__ import annotations

from typing import Literal

import ahocorasick_rs
import regex

from pipeline.core.model import Argument, Fact, View
from pipeline.core.slices import Record
from pipeline.facts.events_frames import Frames, Hit, Site, frames_of
from pipeline.facts.events_phrases import arguments
from pipeline.facts.scene import Scene, argument, longest_words
from pipeline.rulebook import Pattern, Rulebook

Modality = Literal["asserted", "planned", "estimated", "reported"]


class _Lexicon(Record, frozen=True):
    """The triggers with their frames, built once."""

    scan: ahocorasick_rs.AhoCorasick
    rules: tuple[Pattern, ...]
    before: dict[str, regex.Pattern[str]]


def event_facts(view: View, rules: Rulebook) -> list[Fact]:
    """The event facts of ``view``, in order: one for each trigger that stands in its frame.

    Reads ``tokens``, ``sentences``, ``entities`` and ``times``; ``norm["type"]`` is the kind of event, ``norm["time"]``
    the ISO time that its clause or sentence states, or None.
    """
    return events_in(Scene.of(view), rules)


def events_in(scene: Scene, rules: Rulebook) -> list[Fact]:
    """The event facts of ``scene``, as `event_facts` gives them."""
    lexicon = rules.once("facts.events", _lexicon)
    frames = frames_of(rules)
    out = []
    for index, start, end in lexicon.scan.find_matches_as_indexes(scene.folded):
        rule = lexicon.rules[index]
        # 发布公告 is one word to the segmenter, so a trigger may end inside a token; its frame guards its end.
        whole = scene.is_border(start) and (end - start > 1 or scene.is_border(end))
        if not whole or not _in_frame(scene, lexicon, rule, start, end):
            why = "its frame does not fit what stands around it" if whole else "it is a part of another word"
            _turned_away(rules, start, end, why, rule)
        else:
            fact = _fact(scene, frames, Hit(start, end, rule))
            if fact.norm["type"] == "accident" and fact.polarity == "denied":
                _turned_away(rules, start, end, "an accident that is denied is none", rule)
                continue  # 无房屋倒塌
            if len(fact.args) > 1 or scene.folded[start:end] not in frames.sets["partnered"]:
                out.append(fact)
                if rules.trace is not None:
                    row = rules.words("event_triggers")[scene.folded[start:end]]
                    rules.trace.step("trigger", start, end, str(fact.norm["type"]), row.id)
                    rules.trace.keep("fact.event", start, end)
            else:
                _turned_away(rules, start, end, "nobody and nothing takes part in it", rule)
    return out


def _turned_away(rules: Rulebook, start: int, end: int, why: str, rule: Pattern) -> None:
    if rules.trace is not None:
        rules.trace.reject("fact.event", start, end, why, rule.id, rule.id)


def _lexicon(rules: Rulebook) -> _Lexicon:
    frames = {rule.id: rule for rule in rules.patterns("facts_events")}
    table = {w: frames[r["frame"]] for w, r in rules.words("event_triggers").items() if r["frame"] in frames}
    words = sorted(table)
    before = {r.id: regex.compile(r.get("before")) for r in frames.values() if r.get("before")}
    scan = longest_words(words)
    return _Lexicon(scan, tuple(table[w] for w in words), before)


def _in_frame(scene: Scene, lexicon: _Lexicon, rule: Pattern, start: int, end: int) -> bool:
    if rule.regex.match(scene.folded, end) is None:
        return False
    before = lexicon.before.get(rule.id)
    if before is not None and before.match(scene.folded, start) is None:
        return False
    if not rule.get("in_names"):
        return True
    name = scene.covering(start + 1) or scene.begins.get(start)
    return name is None or name.end < end or name.label == "LOC"


def _fact(scene: Scene, frames: Frames, hit: Hit) -> Fact:
    found = arguments(Site.of(scene, frames, hit))
    args: dict[str, Argument] = {"trigger": argument(hit.start, hit.end)}
    for name, span in (("agent", found.agent), ("object", found.object), ("place", found.place)):
        if span is not None:
            args[name] = argument(*span)
    modality: Modality = "planned" if found.planned else "estimated" if found.estimated else "asserted"
    norm = {"type": hit.rule.get("type"), "time": found.time}
    polarity: Literal["affirmed", "denied"] = "denied" if found.denied else "affirmed"
    sentence = scene.sentence(hit.start)
    return Fact("event", args, norm, sentence, hit.rule.id, "0.80", modality, polarity)
