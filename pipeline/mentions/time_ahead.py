"""What the words beside a time say of it: that it is yet to come, that it is but planned."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.mentions.time_signs import Signs

LONGEST = 9
"""Characters of a month or quarter with what follows it at the most: 第三季度末以来."""
CLAUSE = 16
"""Characters beside a time that are looked at for words of what is yet to come."""
CUE = 5
"""Characters of the longest words before a time that say it is yet to come, with the one before them."""


def ahead(text: str, at: int, signs: Signs) -> bool:
    """Whether the time at ``at`` is yet to come: 将于3月, not 原定于3月; 12月底前完成."""
    if _due(text, at, signs):
        return True
    before = text[max(at - CUE, 0) : at]
    cue = next((c for c in signs.ahead if before.endswith(c)), "")
    return bool(cue) and before[: -len(cue)][-1:] not in tuple(signs.once)


def planned(text: str, at: int, signs: Signs) -> bool:
    """Whether the year at ``at`` is but planned: 计划2029年通车, 2029年底前通车, 到2029年将建成."""
    if _due(text, at, signs):
        return True
    if text[at - 1 : at] == signs.by and _holds(text[at : at + CLAUSE], (*signs.plans, signs.will)):
        return True
    return text.endswith(signs.plans, 0, at - (text[at - 1 : at] in signs.until))


def coming(text: str, at: int, later: bool, signs: Signs) -> bool:
    """Whether nothing behind the day at ``at`` is of its month: 投票日定于明年1月11日。8日……

    ``later``: whether its month lies behind the publication; it may have passed for all that, if that is a wrong one.
    """
    return later and ahead(text, at, signs) or text.startswith(signs.coming, at)


def _due(text: str, at: int, signs: Signs) -> bool:
    behind = text[at : at + LONGEST]
    return _holds(behind, signs.due)


def _holds(text: str, words: Sequence[str]) -> bool:
    """Whether one of ``words`` stands in ``text``; a loop of its own takes no call a word."""
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False
