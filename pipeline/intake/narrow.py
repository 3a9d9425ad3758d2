"""Narrow columns on a page that is not wrapped: where a picture stood beside the start of a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.intake.lines import HardLine
from pipeline.intake.signs import Signs
from pipeline.intake.words import across

ALIKE, SURE = 2, 2
"""Lines of one width differ by so many half-widths at the most; so many that surely go on make a column."""
NEWLINE = 2
"""So many characters may break a line."""


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
            if at + 1 < end < len(lines) and lines[end].gap <= gap and (lines[end].width > first.width or done[end]):
                _note(lines[at : end + 1], signs)
        at = end


def _are_alike(first: HardLine, line: HardLine, gap: int, slack: int) -> bool:
    return line.gap <= gap and abs(line.width - first.width) <= slack


def _note(run: Sequence[HardLine], signs: Signs) -> None:
    """Note those of the ``run`` that go on into its last line, which is the long one.

    A line goes on where a word or phrase goes over into the next, or where it has a comma; two titles of one width
    do not.
    """
    over = [_goes_over(a.text, b.text, signs) for a, b in pairwise(run)]
    k = len(over)
    if not over[-1] and over[-3:-1] == [True, True]:
        k -= 1  # behind lines that surely go on the last one may end with a word
    # Between lines of one width that surely go on a word may end with its line.
    while k and (over[k - 1] or sum(over[k:]) >= SURE and _is_one_more(run[k - 1], run[k])):
        k -= 1
    if sum(over[k:]) >= SURE:
        column = max([line.width for line in run[k:-1]])
        for line in run[k:-1]:
            line.column, line.full, line.tight = column, True, True


def _is_one_more(line: HardLine, behind: HardLine) -> bool:
    """Whether ``line`` is of the column that goes on with ``behind``, and no heading."""
    near = behind.start - line.end <= NEWLINE * (behind.gap + 2) + behind.indent  # with no caption between
    return near and abs(line.width - behind.width) <= ALIKE and not line.repeated


def _goes_over(before: str, after: str, signs: Signs) -> bool:
    if before[-1] in signs.pausing:
        return False  # 1、新桥通车； ends an item of a list
    over = signs.comma in before or signs.sum(signs.contact(before, after)) > 0
    return over or across(before, after, signs) not in ("", "guess")
