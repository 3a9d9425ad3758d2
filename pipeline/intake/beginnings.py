"""How lines begin: a report, a sentence of one, a field of a notice, what closes it, what leads to other articles."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.intake.closing import CLOSING, note_closing
from pipeline.intake.lines import BEGINNING, HardLine
from pipeline.intake.lookout import Lookout, Sightings
from pipeline.intake.signs import Signs

OPENING, PROSE, FIELD, FURTHER = "opening", "prose", "field", "further"
BEGINNINGS = (OPENING, PROSE, FIELD, CLOSING, FURTHER)


def note_beginnings(lines: Sequence[HardLine], seen: Sightings, lookout: Lookout, signs: Signs) -> None:
    """Note on each of ``lines`` which of these begins there, as far as its form was ``seen``."""
    beginnings = lookout.bits(BEGINNINGS)
    closing: dict[int, str] = {}
    for i, bits in seen.items():
        for form in lookout.chosen(bits & beginnings) if bits & beginnings else ():
            line = lines[i]
            if form.search(line.text[:BEGINNING]) is None:
                continue
            line.opens, line.prose = line.opens or form.role == OPENING, line.prose or form.role == PROSE
            line.field, line.leads = line.field or form.role == FIELD, line.leads or form.role == FURTHER
            line.item = line.item or line.field
            if form.role == CLOSING and len(line.text) <= BEGINNING:
                closing[i] = form.kind
    if closing:
        note_closing(lines, closing, signs)
