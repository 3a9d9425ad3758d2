"""Firms that carry no legal form, by what is told of firms alone: 远山博纳股价, 收购远山博纳51%股权."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.matchers import Late, matcher
from pipeline.mentions.firms import (
    AND,
    LED,
    LINES,
    LONGEST,
    MOVED,
    NEVER,
    SURE,
    USUAL,
    WEAK,
    Shapes,
    end_of,
    firm_shapes,
    fitting,
    is_firm,
    is_long_enough,
    is_other,
    settled_end,
    start_of,
)
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import CharSet, char_set
from pipeline.mentions.texts import Text, Texts
from pipeline.rulebook import Rulebook

DIGITS = "0123456789."
"""What an amount before a share is written with: 51%股权."""
NEVER_BEFORE = "_uyT|(~:)/"
"""Signs of words right behind which no such name ends."""


PLACED = re.compile("(?<![LO])[LO]I")
"""The signs of a place or a firm and a line of business."""
PROPER, ABBREVIATION = "z", "j"
"""The sign of words of two signs that may be a firm's short name, and the part of speech of abbreviations."""
PLACE, EDGES = "L", "_|~yckv:("
"""The sign of a place, and signs of what may stand before such a name."""
FIRM, COMMON = "O", "W"
"""The signs of a firm, and of one that is a common word too."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What tells firms."""

    told: Late
    """What stands right behind a firm; the group says how sure it is."""
    begins: Sequence[CharSet]
    """What it begins with."""
    leads: tuple[str, ...]
    """What stands right before one too."""
    common: Late
    """What firms that are called by a common word do, right behind it."""
    short: tuple[str, ...]
    """What stands right behind one of two signs too."""
    placed: frozenset[str]
    """What makes a firm of a place before it: 锦江|股份."""
    placed_size: int
    """Signs of a known firm's name that a line of business makes another of: 京东|物流."""
    placed_not: frozenset[str]
    """Signs of what must not stand behind."""
    topics: frozenset[str]
    """Lines of business that are topics too: 滨江旅游|发布."""
    agreed: Late
    """What several parties do: 签署, 合作."""
    joins: frozenset[str]
    """What stands between two names, of one character."""
    whole: Late
    """What stands behind the beginning of a longer name: 青岛中建|联合集团有限公司."""
    shapes: Shapes


def _cues(rules: Rulebook) -> Cues:
    settings = rules.settings("entities")
    return Cues(
        told=Late(settings["firm_told"], re.compile),
        begins=[char_set(chars) for chars in settings["begins"]["firm_told"]],
        leads=tuple(settings["firm_leads"].split("|")),
        common=Late(settings["firm_common"], matcher),
        short=tuple(settings["firm_short"].split("|")),
        placed=frozenset(settings["firm_placed"].split("|")),
        placed_size=settings["firm_placed_size"],
        placed_not=frozenset(settings["firm_placed_not"]),
        topics=frozenset(settings["firm_topics"].split("|")),
        agreed=Late(settings["firm_agreed"], re.compile),
        joins=frozenset(w for w in rules.word_set("entity_words", "class", AND) if len(w) == 1),
        whole=Late(settings["cued_goes_on"], re.compile),
        shapes=firm_shapes(rules),
    )


def find_cued(texts: Texts, rules: Rulebook) -> None:
    """Firms by what is told of firms alone, and those that agree or stand in a list with others."""
    cues = rules.once("cued", _cues)
    for text, start, end, group in texts.begun(cues.told, cues.begins):
        kind = group or MOVED
        if kind != LED:
            _add(text, _behind(text, start, kind, cues))
        if kind == LED or text.folded.endswith(cues.leads, start, end):
            _add(text, _ahead(text, end, cues))
    for text in texts.signed("firm_placed"):
        text.found += _placed(text.items, cues)
    for text in texts.all:
        if COMMON in text.signs:
            text.found += _common(text.folded, text.items, cues)
    for text in texts.holding("firm_agreed"):
        folded = text.folded
        for c in [c for c in text.found if c.label == "ORG"]:
            if folded[c.end : c.end + 1] in cues.joins or folded[c.start - 1 : c.start] in cues.joins:
                _add(text, _partner(text, c, cues))


def _add(text: Text, span: tuple[int, int] | None) -> None:
    if span:
        text.found.append(Candidate(*span, "ORG", "entity.org.cued", "0.85", 3))


def _common(folded: str, items: Items, cues: Cues) -> Iterator[Candidate]:
    """Firms that are called by a common word, where they do what firms do: 大众|开价, but not 大众媒体."""
    i = items.signs.find(COMMON)
    while i >= 0:
        if cues.common.match(folded, items.ends[i]):
            yield Candidate(items.starts[i], items.ends[i], "ORG", "entity.org.cued", "0.75", 1)
        i = items.signs.find(COMMON, i + 1)


def _placed(items: Items, cues: Cues) -> Iterator[Candidate]:
    """Firms named after a place or another firm: 锦江|股份, 京东|物流."""
    for m in PLACED.finditer(items.signs):
        i = m.start()
        owned = m[0][0] == FIRM
        if (items.words[i + 1] in cues.placed) is owned or items.signs[i + 2 : i + 3] in cues.placed_not:
            continue
        if not owned or items.ends[i] - items.starts[i] <= cues.placed_size:
            yield Candidate(items.starts[i], items.ends[i + 1], "ORG", "entity.org.cued", "0.80", 3)


def _behind(text: Text, at: int, kind: str, cues: Cues) -> tuple[int, int] | None:
    """The firm of which is told what begins at ``at``."""
    folded, items = text.folded, text.items
    if not folded[at].isalnum():  # 51|%股权
        while at and folded[at - 1] in DIGITS:
            at -= 1
    i = items.at(at)
    if (
        i
        and items.ends[i - 1] == at
        and (items.signs[i - 1] in NEVER_BEFORE or items.words[i - 1] in cues.shapes.apart)
    ):
        return None
    if (
        kind == WEAK
        and (items.signs[i - 1] not in LINES or _is_topic(items, i - 1, cues))
        or any(c.label == "ORG" for c in text.ending(at))
    ):
        return None
    end = settled_end(folded, max(at - LONGEST, 0), at, cues.shapes)
    start = start_of(folded, items, end, cues.shapes)
    named = fitting(items, start, end, kind, cues.shapes) if start < end else None
    if named is None and folded.startswith(cues.short, at):
        named = _short(items, i - 1, end, cues.shapes)
    return None if named is None or _is_named(text, *named) else named


def _is_topic(items: Items, i: int, cues: Cues) -> bool:
    """Whether the word ``i`` is a topic of the place before it: 滨江|旅游|发布."""
    return i > 0 and items.signs[i - 1] == PLACE and items.words[i] in cues.topics


def _short(items: Items, i: int, end: int, shapes: Shapes) -> tuple[int, int] | None:
    """The word ``i`` of two signs that ends at ``end``, a name or an abbreviation with its place: (滨江)|远泰|股价."""
    word, sign = items.words[i], items.signs[i]
    proper = sign == PROPER or items.tags[i] == ABBREVIATION
    if not proper or end - items.starts[i] != len(word) or len(word) != 2 or is_other(word, SURE, shapes):
        return None
    first = i - (i > 0 and items.signs[i - 1] == PLACE)
    edge = first == 0 or items.signs[first - 1] in EDGES or items.ends[first - 1] < items.starts[first]
    return (items.starts[first], end) if edge else None


def _is_named(text: Text, start: int, end: int) -> bool:
    """Whether another organisation stands there: of two signs it may be part of the name (世茂|服务)."""
    return any(c.label == "ORG" and (c.end == end or c.end - c.start > USUAL[1]) for c in text.over(start, end))


def _ahead(text: Text, at: int, cues: Cues) -> tuple[int, int] | None:
    """The firm that begins at ``at``, behind what stands before firms: 全资子公司远山博纳."""
    items = text.items
    i = items.at(at)
    if i == len(items.starts) or items.starts[i] != at or items.signs[i] in NEVER:
        return None
    end = end_of(text.folded, items, i, cues.shapes)
    if not is_long_enough(items, at, end) or not is_firm(items, at, end, LED, cues.shapes):
        return None
    return None if _is_named(text, at, end) or cues.whole.match(text.folded, end) else (at, end)


def _partner(text: Text, c: Candidate, cues: Cues) -> tuple[int, int] | None:
    """Who agrees with the organisation ``c``: 远山博纳与金川集团签署协议."""
    folded, items = text.folded, text.items
    i = items.at(c.end)
    if i + 1 < len(items.starts) and items.starts[i] == c.end and items.signs[i] == AND:
        at = items.starts[i + 1]
        end = end_of(folded, items, i + 1, cues.shapes)
        if (
            is_long_enough(items, at, end)
            and cues.agreed.match(folded, end)
            and is_firm(items, at, end, SURE, cues.shapes)
        ):
            return at, end
    i = items.at(c.start)
    if i > 1 and items.ends[i - 1] == c.start and items.signs[i - 1] == AND and cues.agreed.match(folded, c.end):
        end = items.starts[i - 1]
        start = start_of(folded, items, end, cues.shapes)
        named = fitting(items, start, end, SURE, cues.shapes) if start < end else None
        if named and not _is_named(text, *named):
            return named
    return None
