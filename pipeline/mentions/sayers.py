"""Foreigners by what stands beside them: a verb of saying behind the first words of a clause, a hyphen in a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.core.matchers import Late, matcher
from pipeline.mentions.foreign import LONGEST_PART, SHORTEST, Foreign, foreign_lore
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import BETWEEN, CharSet, char_set
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
class Beside:
    """What stands beside such names."""

    says: Late
    """A verb of saying, and when somebody says it."""
    begun: Sequence[CharSet]
    """A mark and signs that write foreign names behind it."""
    hyphened: Sequence[CharSet]
    """A hyphen before some of them."""
    dots: frozenset[str]


def _beside(rules: Rulebook) -> Beside:
    settings = rules.settings("entities")
    signs = char_set(foreign_lore(rules).pointed)
    return Beside(
        Late(settings["foreign_says"], matcher),
        [char_set(settings["clause_marks"] + BETWEEN), *[signs] * SHORTEST],
        [char_set(settings["foreign_hyphens"]), *[signs] * PART],
        frozenset(rules.word_set("entity_words", "class", "o")),
    )


def find_sayers(texts: Texts, rules: Rulebook) -> None:
    """Adds foreigners who say something at the beginning of a clause (贝尔|热|昨天|强调), and names with a hyphen."""
    known, written = rules.once("foreigners who speak", _beside), foreign_lore(rules)
    begun = ((text, 0) for text in texts.all if text.folded[:1] in written.pointed)
    for text, start in chain(begun, ((text, at + 1) for text, at in texts.rows(known.begun))):
        end = _sayer_end(text.folded, text.items, start, known, written)
        if end:
            text.found.append(Candidate(start, end, "PER", "entity.per.foreign", "0.80", 3))
    for text, at in texts.rows(known.hyphened):
        span = _hyphened(text.folded, text.items, at, known, written)
        if span is not None:
            text.found.append(Candidate(*span, "PER", "entity.per.foreign", "0.90", 2))


def _sayer_end(folded: str, items: Items, start: int, known: Beside, written: Foreign) -> int:
    """Where the name ends that begins at ``start`` before a verb of saying; 0 where there is none."""
    end = start
    while folded[end : end + 1] in written.pointed and end - start < LONGEST_PART:
        end += 1
    if end - start < SHORTEST or not items.is_edge(start) or known.says.match(folded, end) is None:
        return 0
    strong = sum(map(written.strong.__contains__, folded[start:end]))
    return end if 2 * strong >= end - start and _is_unread(items, start, end) else 0


def _is_unread(items: Items, start: int, end: int) -> bool:
    """Whether no word of ``[start, end)`` is another: a place, a firm, a word of the dictionary that is no name."""
    words = range(items.at(start), items.at(end))
    return not any(
        items.signs[i] in NEVER or len(items.words[i]) > 1 and items.signs[i] not in READ and is_known(items.words[i])
        for i in words
    )


def _hyphened(folded: str, items: Items, hyphen: int, known: Beside, written: Foreign) -> tuple[int, int] | None:
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
