"""Foreigners whose names have a hyphen: 珍妮特-耶伦, 亚历山德拉·奥卡西奥-科尔特斯."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.mentions.foreign import LONGEST_PART, Foreign, foreign_lore
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import CharSet, char_set
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

NEVER = "LOWAaTHUGJCIDEPX"
"""Signs of words that are no part of such a name."""
READ = "xKrzRQM"
"""Signs of words that look like names to the segmenter."""
FIRM = ("G", "J", "I", "C")
"""Signs of what makes a firm of a name before it."""
PART = 2
"""Signs on each side of a hyphen at the least."""


@dataclass(frozen=True, slots=True)
class Hyphened:
    """What such names are made of."""

    row: Sequence[CharSet]
    """A hyphen before signs that write foreign names."""
    dots: frozenset[str]


def _names(rules: Rulebook) -> Hyphened:
    signs = char_set(foreign_lore(rules).pointed)
    hyphens = char_set(rules.settings("entities")["foreign_hyphens"])
    return Hyphened([hyphens, *[signs] * PART], frozenset(rules.word_set("entity_words", "class", "o")))


def find_hyphened(texts: Texts, rules: Rulebook) -> None:
    """Adds foreigners whose names have a hyphen."""
    known, written = rules.once("hyphened names", _names), foreign_lore(rules)
    for text, at in texts.rows(known.row):
        span = _hyphened(text.folded, text.items, at, known, written)
        if span is not None:
            text.found.append(Candidate(*span, "PER", "entity.per.foreign", "0.90", 2))


def _is_unread(items: Items, start: int, end: int) -> bool:
    """Whether no word of ``[start, end)`` is another: a place, a firm, a word of the dictionary that is no name."""
    words = range(items.at(start), items.at(end))
    return not any(
        items.signs[i] in NEVER or len(items.words[i]) > 1 and items.signs[i] not in READ and is_known(items.words[i])
        for i in words
    )


def _hyphened(folded: str, items: Items, hyphen: int, known: Hyphened, written: Foreign) -> tuple[int, int] | None:
    """The name about ``hyphen``, of parts that are written by sound and are no places: 珍妮特-耶伦."""
    start, end = _begin(folded, hyphen, written), hyphen + 1
    if folded[start - 1 : start] in known.dots and start:
        start = _begin(folded, start - 1, written)  # 亚历山德拉·奥卡西奥-科尔特斯
    while folded[end : end + 1] in written.pointed and end - hyphen <= LONGEST_PART:
        end += 1
    while start < hyphen and not items.is_edge(start):
        start += 1
    while end > hyphen and not items.is_edge(end):
        end -= 1
    if min(hyphen - start, end - hyphen - 1) < PART or not _is_unread(items, start, end):
        return None
    if items.signs[items.at(end) : items.at(end) + 1] in FIRM:
        return None  # 诺德巴克-杜尔|公司
    parts = (start, hyphen), (hyphen + 1, end)
    return (start, end) if all(_is_part(folded, items, *part, written) for part in parts) else None


def _is_part(folded: str, items: Items, start: int, end: int, written: Foreign) -> bool:
    """Whether ``[start, end)`` is mostly written by sound, or a word that looks like a name: 约翰-格伦."""
    i = items.at(start)
    read = items.starts[i] == start and items.ends[i] == end and items.signs[i] in READ
    return read or 2 * sum(map(written.strong.__contains__, folded[start:end])) >= end - start


def _begin(folded: str, end: int, written: Foreign) -> int:
    """Where the signs that write foreign names begin that end at ``end``."""
    start = end
    while start and folded[start - 1] in written.pointed and end - start < LONGEST_PART:
        start -= 1
    return start
