"""What the first and last signs of lines show, and notes in one line with a text that goes on elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.intake.lines import HardLine
from pipeline.intake.signs import Signs

REACH = 24
"""So many characters at the start or the end of a line a note has, up to its place: （上接A1版."""


def note_edges(lines: Sequence[HardLine], signs: Signs) -> Sequence[HardLine]:
    """Note on each of ``lines`` whether it ends as a sentence and begins as an item of a list does.

    A line with a note is parted, the note a line of its own: 两岸通车。（下转A5版）, （上接A1版）会议强调.
    """
    either, numbering, noted = signs.final | signs.ending, signs.numbering, False
    for line in lines:
        text = line.text
        if text[-1] in either:
            line.done, line.shut = signs.ends_sentence(text), text[-1] in signs.ending
            noted = noted or text[-1] in signs.brackets and signs.noted.search(text, len(text) - REACH) is not None
        if text[0] in numbering:
            line.item = not signs.behind_number.isdisjoint(text[1:4]) and signs.is_item(text)
            noted = noted or text[0] in signs.opening and signs.noted.search(text, 0, REACH) is not None
    parted = [part for line in lines for part in _parted(line, signs)] if noted else lines
    return note_edges(parted, signs) if len(parted) > len(lines) else lines


def _parted(line: HardLine, signs: Signs) -> Sequence[HardLine]:
    """The note before ``line``, its text, the note behind it. The text keeps the line's width: it filled its column."""
    text = line.text
    before, behind = signs.note_before.match(text), signs.note_behind.search(text)
    begin, end = before.end() if before else 0, behind.start() if behind else len(text)
    if not text[begin:end].strip() or not (before or behind):
        return (line,)
    begin += len(text[begin:end]) - len(text[begin:end].lstrip())
    end -= len(text[begin:end]) - len(text[begin:end].rstrip())
    parts = [
        replace(line, text=text[begin:end], start=line.start + begin, end=line.start + end, done=False, shut=False)
    ]
    if before:
        parts.insert(0, replace(line, text=before[0].strip(), end=line.start + len(before[0].rstrip())))
        parts[1].gap = 0
    if behind:
        parts.append(replace(line, text=behind[0], start=line.start + behind.start(), gap=0, indent=0))
    return parts
