"""Whether a line break stands inside a word, or behind a word that binds what follows."""

from __future__ import annotations

from typing import Literal

from pipeline.intake.signs import Signs
from pipeline.tokens.segment import is_known, part_of_speech
from pipeline.tokens.short import are_parted, words_of, words_over

REACH = 8


def bound(before: str, after: str, signs: Signs) -> bool:
    """Whether ``after`` goes on with the phrase at the end of ``before``.

    So it is where the break cuts a word (垂/直), where the last word before it ends no phrase (位于/), or where the
    first behind it begins none (/的品牌).
    """
    return bool(across(before, after, signs))


def across(before: str, after: str, signs: Signs) -> Literal["measure", "word", "guess", "phrase", ""]:
    """What goes over the break: a measure word that it cuts behind its numeral (35公/里), another word, what only may
    be a word (a name, a numeral), a phrase that is not at its end, or nothing that words tell.
    """
    left, right = before[-REACH:], after[:REACH]
    if right[0] not in signs.binding and are_parted(left, right, signs.rules):
        return ""
    for start, end, word in words_over(left, right, signs.rules):
        if start < 0 < end:
            if not is_known(word):
                return "guess"
            counted = left[:start][-1:] in signs.numeral
            return "measure" if counted and part_of_speech(word, left + right) in signs.measure_tags else "word"
        if end == 0:
            if word in signs.never_last:
                return "" if signs.complete.search(before) else "phrase"
            if part_of_speech(word, left + right) in signs.unfinished_tags:
                return "phrase"
        if start == 0:
            return "phrase" if word in signs.never_first else ""
    return ""


def begins_with_verb(text: str, signs: Signs) -> bool:
    """Whether the first word of ``text`` is a verb: 推动两岸融合。"""
    first = next(words_of(text[:REACH], signs.rules), None)
    return first is not None and first[2] in signs.verb_tags
