"""Event facts: what happened, who did what, where and when. Triggers and frames stand in rules/."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from pipeline.core.model import Argument, Fact, View
from pipeline.core.slices import Record
from pipeline.facts.events_frames import Frame, Site, frame_of, frames_of, site_of
from pipeline.facts.events_phrases import arguments
from pipeline.facts.literals import literals_of
from pipeline.facts.scene import Scene, argument, scene_of
from pipeline.rulebook import Row, Rulebook

Modality = Literal["asserted", "planned", "estimated", "reported"]


class _Lexicon(Record, frozen=True):
    """The triggers' rows and frames by their places among the literals."""

    rows: tuple[Row, ...]
    frames: tuple[Frame, ...]


def event_facts(view: View, rules: Rulebook) -> list[Fact]:
    """The event facts of ``view``, in order: one for each trigger that stands in its frame.

    Reads ``tokens``, ``sentences``, ``entities`` and ``times``; ``norm["type"]`` is the kind of event, ``norm["time"]``
    the ISO time that its clause or sentence states, or None.
    """
    return events_in(scene_of(view, rules), rules)


def events_in(scene: Scene, rules: Rulebook) -> list[Fact]:
    """The event facts of ``scene``, as `event_facts` gives them."""
    lexicon, frames = rules.once("facts.events", _lexicon), frames_of(rules)
    trace = rules.trace
    out = []
    for index, start, end in scene.hits.triggers:
        frame = lexicon.frames[index]
        # 发布公告 is one word to the segmenter, so a trigger may end inside a token; its frame guards its end.
        at = bisect_right(scene.word_ends, start)
        cut = at < len(scene.words) and scene.word_starts[at] < start
        if cut or (end - start == 1 and not scene.is_border(end)):
            why = "it is a part of another word"
        elif not _in_frame(scene, frame, start, end):
            why = "its frame does not fit what stands around it"
        else:
            fact = _fact(site_of(scene, frames, frame, start, end, at))
            if frame.type == "accident" and fact.polarity == "denied":
                why = "an accident that is denied is none"  # 无房屋倒塌
            elif len(fact.args) < 2 and scene.folded[start:end] in frames.partnered:
                why = "nobody and nothing takes part in it"
            else:
                out.append(fact)
                if trace is not None:
                    trace.step("trigger", start, end, frame.type, lexicon.rows[index].id)
                    trace.keep("fact.event", start, end)
                continue
        if trace is not None:
            trace.reject("fact.event", start, end, why, frame.rule.id, frame.rule.id)
    return out


def _lexicon(rules: Rulebook) -> _Lexicon:
    frames = {rule.id: frame_of(rule) for rule in rules.patterns("facts_events")}
    rows = tuple(rules.words("event_triggers")[word] for word in literals_of(rules).triggers)
    return _Lexicon(rows, tuple(frames[row["frame"]] for row in rows))


def _in_frame(scene: Scene, frame: Frame, start: int, end: int) -> bool:
    if frame.behind.match(scene.folded, end) is None:
        return False
    if frame.before is not None and frame.before.match(scene.folded, start) is None:
        return False
    if not frame.in_names:
        return True
    name = scene.covering(start + 1) or scene.begins.get(start)
    return name is None or name.end < end or name.label == "LOC"


def _fact(site: Site) -> Fact:
    found = arguments(site)
    args: dict[str, Argument] = {"trigger": argument(site.start, site.end)}
    for name, span in (("agent", found.agent), ("object", found.object), ("place", found.place)):
        if span is not None:
            args[name] = argument(*span)
    modality: Modality = "planned" if found.planned else "estimated" if found.estimated else "asserted"
    norm = {"type": site.frame.type, "time": found.time}
    polarity: Literal["affirmed", "denied"] = "denied" if found.denied else "affirmed"
    sentence = site.scene.sentence(site.start)
    return Fact("event", args, norm, sentence, site.frame.rule.id, "0.80", modality, polarity)
