"""Where a trigger stands: its sentence, its clause and the words around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter

from pipeline.core.model import Offsets
from pipeline.core.slices import Record
from pipeline.facts.events_frames import DASH, Frame, Frames
from pipeline.facts.scene import FAR, Scene

APPOINT = "appoint"
"""The kind of event of who comes into office or leaves it."""
FOUND = "found"
"""The kind of event of what is brought into being."""
ACQUIRE = "acquire"
"""The kind of event of what changes hands."""

LONGEST_CLAUSE = 160
"""Characters of a clause before its trigger: no noun phrase of more is an argument."""

SHORTEST_QUOTED = 9
"""From so many characters on a quotation may be a clause of its own; shorter ones are words: “零元收购”."""

LATIN_ENDS = "\u2e7f"
"""Characters behind this one are Chinese."""


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


def joins(scene: Scene, frames: Frames, at: int) -> bool:
    """Whether the sign at offset ``at`` joins another whole report to one before: 收购青山制药|、江南药业增持茶厂.

    In 收购青山制药、江南药业 and 收购青山制药、江南药业增持的股份 it stands in a list.
    """
    name = scene.begins.get(at + 1) if scene.folded[at] in frames.lists else None
    if name is None or name.label not in ("ORG", "PER"):
        return False
    triggers = scene.hits.triggers
    following = bisect_left(triggers, name.end, key=itemgetter(1))
    acts = following < len(triggers) and triggers[following][1] == name.end
    return acts and scene.folded[triggers[following][2] : triggers[following][2] + 1] not in frames.attributes


def trigger_in(site: Site, stretch: range) -> int:
    """The first token of ``stretch`` with which a trigger begins, else where ``stretch`` ends."""
    if not stretch:
        return stretch.stop
    triggers = site.scene.hits.triggers
    at = bisect_left(triggers, site.starts[stretch[0]], key=itemgetter(1))
    if at == len(triggers):
        return stretch.stop
    return bisect_left(site.starts, triggers[at][1], stretch.start, stretch.stop)


def _report_start(scene: Scene, frames: Frames, clause: int, start: int) -> int:
    """Where the report of the trigger at ``start`` begins in its clause: behind a sign that joins it to another one."""
    triggers = scene.hits.triggers
    before = bisect_left(triggers, start, key=itemgetter(1)) - 1
    if before < 0 or triggers[before][1] < clause:
        return clause
    end = triggers[before][2]
    sign = next((at for at in range(start - 1, end, -1) if scene.folded[at] in frames.lists), end)
    return sign + 1 if sign > end and joins(scene, frames, sign) else clause


def site_of(scene: Scene, frames: Frames, frame: Frame, start: int, end: int, at: int) -> Site:
    """The site of the trigger ``[start, end)``, which begins with the token ``at``.

    Signs inside names, quotation marks and brackets are no borders of its clause.
    """
    told = scene.sentence(start)
    opening = frames.dateline.match(scene.folded, told[0], start)
    first = max(told[0] if opening is None else opening.end(), start - FAR)
    clause = clause_start(scene, frames, first, start)
    if frame.type == ACQUIRE:
        clause = _report_start(scene, frames, clause, start)
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
        elif not depth and (char in frames.borders or spaced(frames, folded, end)) and scene.covering(end) is None:
            if not (folded[end - 1 : end].isdigit() and folded[end + 1 : end + 2].isdigit()):  # 以2:0战胜
                return end + 1
    return first


def _holds_clause(folded: str, opening: int, at: int, closing: str) -> bool:
    """Whether the quotation that opens at ``opening`` and holds ``at`` is long enough to be a clause of its own."""
    close = folded.find(closing, at, opening + LONGEST_CLAUSE)
    return close - opening > SHORTEST_QUOTED


def spaced(frames: Frames, folded: str, at: int) -> bool:
    """Whether a blank stands at ``at`` that parts Chinese words, as headlines write: 火灾致两人受伤 原因待查.

    Before a remark in brackets it parts nothing: 云岭证券 （06886）公布.
    """
    if folded[at] != " ":
        return False
    before, after = folded[at - 1 : at], folded[at + 1 : at + 2]
    if after in frames.brackets:
        return False
    return " " in (before, after) or (before > LATIN_ENDS or before in frames.close) and after > LATIN_ENDS


def is_saying(site: Site) -> bool:
    """Whether what follows is said, not done: 某公司公布，…"""
    following = site.folded[site.end : site.end + 1]
    return site.frame.says and following in site.frames.borders and following not in site.frames.stops
