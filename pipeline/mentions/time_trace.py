"""The steps in which a time got its value, written down as its atoms are read; nothing is reckoned here."""

from __future__ import annotations

from pipeline.core.model import TimeNorm
from pipeline.core.trace import Trace
from pipeline.lexis.timeatoms import Atom
from pipeline.lexis.timejoin import TimeHit
from pipeline.mentions.time_point import Point
from pipeline.mentions.time_story import Story


def note_atom(trace: Trace, atom: Atom, point: Point) -> None:
    """What ``point`` is after ``atom`` was read into it: 去年 -> 2023, 12月 -> 2023-12."""
    value = point.code or point.cycle if point.unit == "set" else point.value() if point.unit or point.timed else ""
    trace.step(atom.kind, atom.start, atom.end, value, atom.rule)


def note_time(trace: Trace, hit: TimeHit, norm: TimeNorm | None, story: Story) -> None:
    """Close the steps of ``hit``: the atoms that made no point, what was said before it, and its anchor."""
    if norm is None:
        trace.reject("time", hit.start, hit.end, "its numerals have no value", rule=hit.rule)
        return
    for atom in (*hit.parts, *hit.until):
        if not trace.has(atom.start, atom.end):
            trace.step(atom.kind, atom.start, atom.end, _said(atom), atom.rule)
    if hit.modifier:
        trace.step("approximator", hit.start, hit.parts[0].start, hit.modifier)
    if norm.anchor:
        told = norm.anchor != story.anchor or story.reference is None
        source = "stated by the article" if told else f"publication, told by {story.reference.source}"  # type: ignore[union-attr]
        trace.step("anchor", hit.start, hit.end, f"{norm.anchor} ({source})")
    low = f"{norm.low}..{norm.high}" if norm.low or norm.high else ""
    trace.step("value", hit.start, hit.end, norm.value or low)
    trace.keep("time", hit.start, hit.end)


def _said(atom: Atom) -> str:
    return atom.data.get("value") or atom.data.get("n") or atom.data.get("shift") or atom.kind
