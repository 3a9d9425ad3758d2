"""Pull quotes of several lines: a sentence of the body, in quotation marks, printed large between two of its lines, or
with who said it below, behind a dash."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.intake.repeats import bare
from pipeline.intake.roles import BODY, PULLED_LINES, Block
from pipeline.intake.signs import Signs

PULL_QUOTE = "pull_quote"


def take_pull_quotes(blocks: Sequence[Block], whole: str, signs: Signs) -> list[Block]:
    """``blocks``, the lines made one of a sentence in quotation marks that stands elsewhere in the body, ``whole``,
    too: where they break into a paragraph, or are attributed: “我们盼了十年。”/——滨江居民 高远."""
    quotes = {mark for mark in signs.settings["quotes"] if mark in signs.opening}
    begun = [i for i, b in enumerate(blocks) if b.role == BODY and b.lines[0].text[0] in quotes]
    if not begun:
        return list(blocks)
    attributed = any([b.role == BODY and b.lines[0].text[0] in signs.continuing for b in blocks])
    if not attributed:
        begun = [i for i in begun if i and _is_open(blocks[i - 1])]
    out: list[Block] = []
    at = 0
    for i in begun[: signs.weight("most_looked_at") // max(len(whole), 1)]:
        if i < at:
            continue
        breaks_in = i > 0 and _is_open(blocks[i - 1])
        end = i + _lines(blocks[i : i + PULLED_LINES], signs)
        said = end > i and _is_attribution(blocks[end : end + 1], signs)
        if end > i and (breaks_in or said) and _stands_elsewhere(blocks[i:end], whole, signs):
            end += said
            out += [*blocks[at:i], Block(PULL_QUOTE, [line for b in blocks[i:end] for line in b.lines])]
            at = end
    return out + [*blocks[at:]]


def _is_attribution(blocks: Sequence[Block], signs: Signs) -> bool:
    """Whether the block, if there is one, is a line that says behind a dash who it was."""
    return any([b.role == BODY and not b.lines[0].done and signs.dashed.match(b.text) is not None for b in blocks])


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
