"""Whether a line break stands inside a word."""

from __future__ import annotations

from pipeline.intake.signs import Signs
from pipeline.tokens.segment import segment

REACH = 8


def cuts_word(before: str, after: str, signs: Signs) -> bool:
    """Whether the last characters of ``before`` and the first of ``after`` make one word: 垂/直."""
    left, right = before[-REACH:], after[:REACH]
    tokens = segment(left + right, (), signs.rules)
    at = len(left)
    return any(a < at < b for a, b in zip(tokens.starts, tokens.ends, strict=True))
