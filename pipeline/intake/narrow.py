"""Narrow columns on a page that is not wrapped: where a picture stood beside the start of a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.intake.lines import HardLine
from pipeline.intake.signs import Signs
from pipeline.intake.words import across


def note_narrow(lines: Sequence[HardLine], done: Sequence[bool], gap: int, signs: Signs) -> None:
    """Note as full those lines of nearly one width in a row that go on into one far longer."""
    least, slack = signs.weight("narrowest_column"), signs.weight("slack")
    most = 2 * signs.longest_head
    at = 0
    while at < len(lines) - 2:
        first = lines[at]
        end = at + 1
        if not done[at] and least <= first.width <= most:
            while end < len(lines) and not done[end] and _are_alike(first, lines[end], gap, slack):
                end += 1
            if at + 1 < end < len(lines) and lines[end].gap <= gap and lines[end].width > first.width:
                _note(lines[at : end + 1], signs)
        at = end


def _are_alike(first: HardLine, line: HardLine, gap: int, slack: int) -> bool:
    return line.gap <= gap and abs(line.width - first.width) <= slack


def _note(run: Sequence[HardLine], signs: Signs) -> None:
    """Note those of the ``run`` that go on into its last line, which is the long one.

    A line goes on where a word or phrase goes over into the next, or where it has a comma; two titles of one width
    do not.
    """
    over = [signs.comma in a.text or _goes_over(a.text, b.text, signs) for a, b in pairwise(run)]
    k = len(over)
    if not over[-1] and over[-3:-1] == [True, True]:
        k -= 1  # behind lines that surely go on the last one may end with a word
    while k and over[k - 1]:
        k -= 1
    if len(over) - k > 1:
        column = max([line.width for line in run[k:-1]])
        for line in run[k:-1]:
            line.column, line.full, line.tight = column, True, True


def _goes_over(before: str, after: str, signs: Signs) -> bool:
    return signs.sum(signs.contact(before, after)) > 0 or across(before, after, signs) not in ("", "guess")
