"""Event facts: what happened, who did what, where and when. Triggers and frames stand in rules/."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.core.fact_records import Modality, Polarity
from pipeline.core.model import Argument, Fact, Offsets
from pipeline.core.slices import Record
from pipeline.core.trace import Trace
from pipeline.facts.events_frames import Frame, Frames, frame_of, frames_of
from pipeline.facts.events_phrases import Found, arguments
from pipeline.facts.events_sites import Site, site_of
from pipeline.facts.literals import literals_of
from pipeline.facts.scene import Scene
from pipeline.rulebook import Row, Rulebook

OPENS = ("w", "c", "p")
"""Parts of speech of what a clause begins behind."""
LONGEST_SOURCE = 6
"""Characters of a source's name before the trigger that it ends in."""


class _Lexicon:
    """The triggers' rows and frames by their places among the literals."""

    def __init__(self, rules: Rulebook) -> None:
        triggers = rules.words("event_triggers")
        self.rows: tuple[Row, ...] = tuple(triggers[word] for word in literals_of(rules).triggers)
        self._rules = {rule.id: rule for rule in rules.patterns("facts_events")}
        self._frames: dict[str, Frame] = {}
        """Of the triggers that were met: the others need not be compiled."""

    def frame(self, place: int) -> Frame:
        """The frame of the trigger at ``place``."""
        ident = self.rows[place]["frame"]
        frame = self._frames.get(ident)
        if frame is None:
            frame = self._frames[ident] = frame_of(self._rules[ident])
        return frame


class _Trigger(Record, frozen=True):
    """A trigger of the scene with the number ``of``, by its place among the literals, its offsets and its token."""

    of: int
    scene: Scene
    place: int
    start: int
    end: int
    at: int


def events_in(scenes: Sequence[Scene], rules: Rulebook) -> list[list[Fact]]:
    """The event facts of each of ``scenes``, in order: one for each trigger that stands in its frame.

    Reads ``tokens``, ``sentences``, ``entities`` and ``times``; ``norm["type"]`` is the kind of event, ``norm["time"]``
    the ISO time that its clause or sentence states, or None.
    Step by step over all the triggers, not trigger by trigger: one step's code and tables stay in the cache.
    """
    lexicon, frames = rules.once("facts.events", _Lexicon), frames_of(rules)
    triggers = _framed(scenes, lexicon, frames, rules.trace)
    sites = [site_of(t.scene, frames, lexicon.frame(t.place), t.start, t.end, t.at) for t in triggers]
    facts = [_facts(site, found) for site, found in zip(sites, arguments(sites), strict=True)]
    out: list[list[Fact]] = [[] for _ in scenes]
    for trigger, (fact, *others) in zip(triggers, facts, strict=True):
        if fact.norm["type"] == "accident" and fact.polarity == "denied":
            _reject(rules.trace, lexicon, trigger, "an accident that is denied is none")  # 无房屋倒塌
        elif len(fact.args) < 2 and trigger.scene.folded[trigger.start : trigger.end] in frames.partnered:
            _reject(rules.trace, lexicon, trigger, "nobody and nothing takes part in it")
        else:
            out[trigger.of] += [fact, *others]
            if rules.trace is not None:
                row = lexicon.rows[trigger.place].id
                rules.trace.step("trigger", trigger.start, trigger.end, str(fact.norm["type"]), row)
                rules.trace.keep("fact.event", trigger.start, trigger.end)
    return out


def _framed(scenes: Sequence[Scene], lexicon: _Lexicon, frames: Frames, trace: Trace | None) -> list[_Trigger]:
    """The triggers that stand as words of their own, in their frames."""
    out = []
    for of, scene in enumerate(scenes):
        for place, start, end in scene.hits.triggers:
            # 发布公告 is one word to the segmenter, so a trigger may end inside a token; its frame guards its end.
            at = bisect_right(scene.word_ends, start)
            why = _unfit(scene, frames, lexicon.frame(place), start, end, at)
            if why is None:
                out.append(_Trigger(of, scene, place, start, end, at))
            elif trace is not None:
                _reject(trace, lexicon, _Trigger(of, scene, place, start, end, at), why)
    return out


def _unfit(scene: Scene, frames: Frames, frame: Frame, start: int, end: int, at: int) -> str | None:
    """Why the word ``[start, end)``, which begins in the token ``at``, is no trigger; None where it is one."""
    folded, starts = scene.folded, scene.word_starts
    if (at < len(starts) and starts[at] < start and folded[starts[at] : start] not in frames.built) or (
        end - start == 1 and not scene.is_border(end)
    ):
        return "it is a part of another word"
    if folded[end : end + 1] in frames.close:
        if not frames.brackets.isdisjoint(folded[max(start - LONGEST_SOURCE, 0) : start]):
            return "it is a part of the name of a source in brackets"  # （滨江发布）
    fits = frame.behind.match(folded, end) is not None
    if fits and frame.before is not None:
        fits = frame.before.match(folded, start) is not None
    if fits and frame.place == "always" and frame.takes == "before" and _qualifies(scene, at, end):
        return "it qualifies the noun behind it"
    if fits and frame.in_names:
        name = scene.covering(start + 1) or scene.begins.get(start)
        fits = name is None or name.end < end or name.label == "LOC"
    return None if fits else "its frame does not fit what stands around it"


def _qualifies(scene: Scene, at: int, end: int) -> bool:
    """Whether nothing that it befalls stands before the trigger at token ``at``, and a noun behind: 因为|失火|桥洞…"""
    alone = at == 0 or scene.tags[at - 1] in OPENS
    following = bisect_right(scene.word_ends, end)
    return (
        alone and following < len(scene.tags) and scene.word_starts[following] == end and scene.tags[following] == "n"
    )


def _reject(trace: Trace | None, lexicon: _Lexicon, trigger: _Trigger, why: str) -> None:
    if trace is not None:
        rule = lexicon.frame(trigger.place).rule.id
        trace.reject("fact.event", trigger.start, trigger.end, why, rule, rule)


def _facts(site: Site, found: Found) -> list[Fact]:
    """The fact of a trigger; where several pairs sign, that of each pair."""
    modality: Modality = "planned" if found.planned else "estimated" if found.estimated else "asserted"
    if found.rumoured and modality == "asserted":
        modality = "reported"
    polarity: Polarity = "denied" if found.denied else "affirmed"
    agents: Sequence[Offsets | None] = found.pairs or (found.agent,)
    out: list[Fact] = []
    for agent in agents:
        args: dict[str, Argument] = {"trigger": Argument(((site.start, site.end),))}
        if agent is not None:
            args["agent"] = Argument((agent,))
        if found.object is not None:
            args["object"] = Argument((found.object,))
        if found.place is not None:
            args["place"] = Argument((found.place,))
        norm = {"type": site.frame.type, "time": found.time}
        out.append(Fact("event", args, norm, site.told, site.frame.rule.id, "0.80", modality, polarity))
    return out
