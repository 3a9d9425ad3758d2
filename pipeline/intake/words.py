"""Whether a line break stands inside a word, or behind a word that binds what follows."""

from __future__ import annotations

from pipeline.intake.signs import Signs
from pipeline.tokens.segment import segment

REACH = 8


def bound(before: str, after: str, signs: Signs) -> bool:
    """Whether ``after`` goes on with the phrase at the end of ``before``.

    So it is where the break cuts a word (垂/直), where the last word before it ends no phrase (位于/), or where the
    first behind it begins none (/的品牌).
    """
    left, right = before[-REACH:], after[:REACH]
    tokens = segment(left + right, (), signs.rules)
    at = len(left)
    for start, end, tag in zip(tokens.starts, tokens.ends, tokens.tags, strict=True):
        if start < at < end:
            return True
        word = (left + right)[start:end]
        if end == at and (tag in signs.unfinished_tags or word in signs.never_last):
            return True
        if start == at:
            return word in signs.never_first
    return False
