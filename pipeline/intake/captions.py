"""Captions of several lines: a picture's credit shows one or two of them, those above look like the paragraph that the
picture interrupts."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.intake.roles import BODY, SCENE, Block
from pipeline.intake.signs import Signs
from pipeline.intake.words import across

CAPTION = "caption"
PROBED = 4
"""So many characters on both sides of a break that stand together in the body too go over it."""
MOST = 3
"""Lines above those that the credit shows."""
JOINS = ("word", "measure")
"""What goes over a break that parts two lines of one sentence for sure."""


def widen_captions(blocks: Sequence[Block], signs: Signs) -> list[Block]:
    """``blocks``, the lines of the body above a caption taken into it where a word goes over from them to it, or what
    stands in the body too: 市民在新桥的人行道上散/步，桥头的灯光秀同日开/放。本报记者 高远 摄."""
    captions = [i for i, b in enumerate(blocks) if i and b.role == CAPTION and b.kind != SCENE]
    whole, looked_at, most = "", 0, signs.weight("most_looked_at")
    out: list[Block] = []
    at = 0
    for i in captions:
        block = blocks[i]
        if blocks[i - 1].role != BODY or block.text[0] in signs.settings["marks"]:
            continue
        if blocks[i - 1].lines[-1].done:
            continue
        if not whole:
            whole = "".join([x.text for b in blocks if b.role == BODY for x in b.lines]).replace(" ", "") or " "
        looked_at += len(whole)
        behind = next((b for b in blocks[i + 1 :] if b.role != CAPTION), None)
        count = _above(blocks[max(at, i - MOST - 1) : i], block, behind, whole if looked_at <= most else "", signs)
        if count:
            lines = [line for b in blocks[i - count : i + 1] for line in b.lines]
            out += [*blocks[at : i - count], Block(CAPTION, lines, block.kind)]
            at = i + 1
    return out + [*blocks[at:]]


def _above(before: Sequence[Block], caption: Block, behind: Block | None, whole: str, signs: Signs) -> int:
    """How many lines before a caption are its first; none where nothing tells."""
    if not before or not (_joins(before[-1], caption, signs) or _is_taken(before[-1], caption, whole, signs)):
        return 0
    for count in range(1, min(MOST, len(before)) + 1):
        first = before[-count]
        if first.role != BODY or len(first.lines) > 1 or first.lines[0].done:
            return 0
        above = before[-count - 1] if count < len(before) else None
        if above is None or above.role != BODY or above.lines[0].done:
            return count
        if behind is not None and _joins(above, behind, signs) and not _joins(above, first, signs):
            return count
    return 1


def _is_taken(left: Block, right: Block, whole: str, signs: Signs) -> bool:
    """Whether a line of the body goes over to a caption as it does elsewhere in the body, ``whole``, without a sign."""
    if left.role != BODY or left.lines[-1].done or signs.runs_on(left.text):
        return False
    if left.lines[-1].width + signs.weight("slack") < right.lines[0].width:
        return False  # no column ends there
    over = left.text.replace(" ", "")[-PROBED:] + right.text.split(" ")[0][:PROBED]
    return len(over) == 2 * PROBED and over in whole


def _joins(left: Block, right: Block, signs: Signs) -> bool:
    """Whether a word goes over from a line of the body to what stands behind it."""
    return left.role == BODY and not left.lines[-1].done and across(left.text, right.text, signs) in JOINS
