"""Titles of other articles behind an article, under words that lead to them: 相关阅读. They belong to the page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.intake.roles import BODY, Block
from pipeline.intake.signs import Signs

FURNITURE, NAVIGATION = "furniture", "navigation"
MOST = 12
"""So many titles are a list at the most."""


def take_further(blocks: Sequence[Block], signs: Signs) -> None:
    """Make them furniture. What has sentences behind such words is of the article; an article may follow the list, and
    its title is told from the last of these by the empty line before it."""
    for i, block in enumerate(blocks):
        if block.lines[0].leads and block.role in (BODY, FURNITURE):
            for one in blocks[i : _end(blocks, i + 1, signs)]:
                one.role, one.kind = FURNITURE, NAVIGATION


def _end(blocks: Sequence[Block], first: int, signs: Signs) -> int:
    """Where the list ends of which ``first`` is the first title; before the words that lead to it, where it is none."""
    end = first
    while end < len(blocks) and end - first <= MOST and _is_title(blocks[end], signs):
        end += 1
    if end == len(blocks) or blocks[end].role == FURNITURE or blocks[end].lines[0].leads:
        return end if first < end <= first + MOST else first - 1
    # The next article has begun.
    gaps = [block.lines[0].gap for block in blocks[first:end]]
    return max((first + n for n, gap in enumerate(gaps) if n and gap > gaps[0]), default=first - 1)


def _is_title(block: Block, signs: Signs) -> bool:
    line = block.lines[0]
    if block.role != BODY or line.opens or line.prose or line.leads:
        return False
    return len(line.text) <= signs.longest_head and signs.full_stop not in line.text
