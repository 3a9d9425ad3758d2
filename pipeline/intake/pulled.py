"""Pull quotes of several lines: a sentence of the body, in quotation marks, printed large between two of its lines."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.intake.repeats import bare
from pipeline.intake.roles import BODY, PULLED_LINES, Block
from pipeline.intake.signs import Signs

PULL_QUOTE = "pull_quote"


def take_pull_quotes(blocks: Sequence[Block], whole: str, signs: Signs) -> list[Block]:
    """``blocks``, the lines made one that break into a paragraph with a sentence in quotation marks that stands
    elsewhere in the body, ``whole``, too."""
    quotes = {mark for mark in signs.settings["quotes"] if mark in signs.opening}
    begun = [i for i, b in enumerate(blocks) if i and b.lines[0].text[0] in quotes and _is_open(blocks[i - 1])]
    if not begun:
        return list(blocks)
    out: list[Block] = []
    at = 0
    for i in begun[: signs.weight("most_looked_at") // max(len(whole), 1)]:
        count = _lines(blocks[i : i + PULLED_LINES], signs) if i >= at else 0
        if count and _stands_elsewhere(blocks[i : i + count], whole, signs):
            out += [*blocks[at:i], Block(PULL_QUOTE, [line for b in blocks[i : i + count] for line in b.lines])]
            at = i + count
    return out + [*blocks[at:]]


def _is_open(block: Block) -> bool:
    """Whether a block is a line of the body that ends no sentence."""
    return block.role == BODY and not block.lines[-1].done


def _lines(blocks: Sequence[Block], signs: Signs) -> int:
    """How many lines from the first on stand in its quotation marks, a sentence long; 0 where they do not end."""
    opened = size = 0
    for count, block in enumerate(blocks, 1):
        if block.role != BODY or len(block.lines) > 1:
            return 0
        opened += signs.opens(block.text)
        size += len(block.text)
        if opened <= 0:
            ends = opened == 0 and block.text[-1] in signs.settings["quotes"]
            return count if ends and size > signs.weight("shortest_borrowed") else 0
    return 0


def _stands_elsewhere(blocks: Sequence[Block], whole: str, signs: Signs) -> bool:
    """Whether what the quotation marks hold is in ``whole`` without these lines, where it may be what they part."""
    text = "".join([block.text for block in blocks]).replace(" ", "")
    return bare(text, signs).rstrip(signs.full_stop) in whole.replace(text, "", 1)
