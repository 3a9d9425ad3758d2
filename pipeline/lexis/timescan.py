"""Where times stand in a text, decided on the text alone; what they mean is worked out against the article's date."""

from __future__ import annotations

from pipeline.core.model import Reference
from pipeline.lexis.numerals import numerals
from pipeline.lexis.timeatoms import Atom, grammar
from pipeline.lexis.timejoin import TimeHit, joiner
from pipeline.rulebook import Rulebook

__all__ = ["Atom", "TimeHit", "header_date", "scan_times"]


def scan_times(folded: str, rules: Rulebook) -> list[TimeHit]:
    """The time expressions of folded text in order, none overlapping: the longest that adjoining atoms make."""
    return list(joiner(rules).join(folded, grammar(rules).atoms(folded)))


def header_date(folded: str, rules: Rulebook) -> Reference | None:
    """The date that a folded header line or dateline states: ``2011-10-8 10:18:03``, 2009年07月26日, 本报香港5月22日电.

    The first that names a month and a day; the year is None where the line has none, the clock as ``HH:MM:SS`` where
    one adjoins. None where the line states no such date.
    """
    read = numerals(rules)

    def number(text: str | None) -> int | None:
        value = read.value(text) if text else None
        return None if value is None else int(value)

    for hit in scan_times(folded, rules):
        found: dict[str, str] = {}
        for atom in hit.parts:
            found |= {k: v for k, v in atom.data.items() if k in ("y", "short", "m", "d", "h", "mi", "s")}
        month, day, year = number(found.get("m")), number(found.get("d")), number(found.get("y"))
        if month is None or day is None:
            continue
        clock = None
        if "h" in found:
            clock = ":".join(f"{number(found.get(k)) or 0:02d}" for k in ("h", "mi", "s"))
        return Reference(year, month, day, clock, "dateline")
    return None
