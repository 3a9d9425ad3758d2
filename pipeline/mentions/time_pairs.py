"""Two times in one word: 今明两年, 昨今两天, 今冬明春."""

from __future__ import annotations

from pipeline.core.model import TimeNorm
from pipeline.lexis.calendar import interval
from pipeline.lexis.timeatoms import Atom
from pipeline.mentions.time_partial import iso, moved
from pipeline.mentions.time_story import Story


def pair_norm(atom: Atom, story: Story) -> TimeNorm:
    """The period from the first of the two years, days or seasons to the last, counted from publication."""
    first, last = int(atom.data["shift"]), atom.data["value"]
    year = story.published[0]
    if atom.kind == "season_pair":
        year = None if year is None else year + first - (story.in_winter and not first)
        value = "/".join(f"{'XXXX' if year is None else year + n:04}-{c}" for n, c in enumerate(last.split(":")))
    elif atom.kind == "year_pair":
        value = "XXXX" if year is None else f"{year + first:04d}/{year + int(last):04d}"
    else:
        value = "/".join(iso(moved(story.published, n)) for n in (first, int(last)))
    start, end = interval(value)
    return TimeNorm("period", value, start=start, end=end, anchor=story.anchor)
