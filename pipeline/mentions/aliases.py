"""Names carried through the article: short forms that it defines or that follow from a full name, and repetitions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs
import regex

from pipeline.core.model import Label
from pipeline.core.slices import Record
from pipeline.mentions.gazetteer import Gazetteer, gazetteer
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known
from pipeline.tokens.short import words_of

FEW = 24
"""Names up to this number are looked for one by one."""
GUESSED, ENOUGH = "entity.tagger.", "0.80"
"""Names that only the tagger sees, and how sure (two decimals) it must be of one that is looked for again."""
REMEMBERED = 1 << 13
"""Names whose short forms are remembered."""
LONGEST = 40
"""Names beyond this are not looked for again."""
LONGEST_BRAND = 6
"""Characters of the longest short form that a firm's own words make."""
PROPER = ("nz", "nr")
"""Tags of words of the dictionary that may be a firm's own: 恒通."""


class Carried(Record, frozen=True):
    """Names looked for again; ``full`` gives the full name of each short one."""

    candidates: Sequence[Candidate]
    full: Mapping[str, str]


NOTHING = Carried((), {})
"""What an article without names carries."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Patterns of definitions and legal forms, and the point inside a foreign name."""

    defined: regex.Pattern[str]
    legal_form: regex.Pattern[str]
    dots: regex.Pattern[str]


def _shapes(rules: Rulebook) -> Shapes:
    settings = rules.settings("entities")
    dots = "".join(w for row in rules.rows("entity_words") if row["class"] == "o" for w in row["words"])
    return Shapes(
        regex.compile(settings["defined"]),
        regex.compile(settings["legal_form"]),
        regex.compile(f"[{regex.escape(dots)}]"),
    )


def carry(folded: str, items: Items, kept: Sequence[Candidate], rules: Rulebook) -> Carried:
    """The further mentions of the names in ``kept`` and of their short forms, as candidates."""
    if not kept:
        return NOTHING
    shapes, short_forms = rules.once("alias shapes", _shapes), rules.once("short forms", _remembered)
    forms: dict[str, tuple[Label, str]] = {}
    full: dict[str, str] = {}
    for c in kept:
        name = folded[c.start : c.end]
        if c.label == "WORK" or len(name) > LONGEST:
            continue
        if _is_sure(c, name):
            forms.setdefault(name, (c.label, "entity.repeated"))
        for short in short_forms(name, c.label):
            forms.setdefault(short, (c.label, "entity.repeated"))
            full.setdefault(short, name)
    for short, name, label in _definitions(folded, kept, shapes):
        forms[short] = (label, "entity.org.defined")
        full[short] = name
    return Carried(list(_again(folded, items, kept, forms, full)), full)


def _is_sure(c: Candidate, name: str) -> bool:
    """Whether a name is looked for elsewhere: not a short one, nor one that the tagger itself doubts."""
    if c.rule.startswith(GUESSED) and c.confidence < ENOUGH:
        return False
    return len(name) > 2 or c.rule == "entity.per.title" and len(name) > 1 or c.label == "ORG"


def _remembered(rules: Rulebook) -> Callable[[str, Label], Sequence[str]]:
    """What gives the short forms of a name; those of names that come again and again are remembered."""
    shapes = rules.once("alias shapes", _shapes)
    return lru_cache(maxsize=REMEMBERED)(lambda name, label: tuple(_short_forms(name, label, shapes, rules)))


def _short_forms(name: str, label: Label, shapes: Shapes, rules: Rulebook) -> Iterator[str]:
    names = gazetteer(rules)
    if label == "ORG":
        short = shapes.legal_form.sub("", name)
        if short != name and len(short) > 2 and short not in names.never:
            yield short
            yield from _brands(short, names, rules)
        for size in (3, 4, 5):
            if len(name) > size and names.signs.get(name[-size:]) == "H":
                yield name[-size:]
    elif label == "LOC":
        if name in names.short and names.short[name] not in names.never:
            yield names.short[name]
    elif label == "PER":
        parts = shapes.dots.split(name)
        if len(parts) > 1 and len(parts[-1]) > 1:
            yield parts[-1]


def _brands(short: str, names: Gazetteer, rules: Rulebook) -> Iterator[str]:
    """What a firm may be called by: the words behind its place, the first of which is in no dictionary or a name there,
    up to each border of words (楚旭优联 of 海州楚旭优联科技发展); and the place with them: 中国九冶."""
    own = 0
    """Where the words begin that are the firm's own."""
    for start, end, tag in words_of(short, rules):
        word = short[start:end]
        if start == own and end < len(short) and (names.signs.get(word) == "L" or tag == "ns" and is_known(word)):
            own = end
            continue
        if start == own and tag[:2] not in PROPER and is_known(word) or end - own > LONGEST_BRAND:
            return  # 投资, 新区: a word of the language
        if end - own > 1:
            yield short[own:end]
            if own and end < len(short):
                yield short[:end]


def _definitions(folded: str, kept: Sequence[Candidate], shapes: Shapes) -> Iterator[tuple[str, str, Label]]:
    """``(short, full, label)`` for each definition in brackets: the name that ends right before the bracket."""
    ends = {c.end: c for c in kept}
    for m in shapes.defined.finditer(folded):
        owner = ends.get(m.start())
        if owner and owner.label in ("ORG", "LOC"):
            yield m[1], folded[owner.start : owner.end], owner.label
        elif not owner and m.start() and folded[m.start() - 1].isalpha():
            continue


def _again(
    folded: str,
    items: Items,
    kept: Sequence[Candidate],
    forms: Mapping[str, tuple[Label, str]],
    full: Mapping[str, str],
) -> Iterator[Candidate]:
    """The mentions of ``forms`` that lie in no name of ``kept``; ``full`` has those that are short."""
    starts = [c.start for c in kept]
    for text, start in _found(folded, forms):
        end = start + len(text)
        i = bisect_right(starts, start) - 1
        if i >= 0 and kept[i].end >= end and (kept[i].start, kept[i].end) != (start, end):
            continue
        label, rule = forms[text]
        if i >= 0 and kept[i].end == end:
            # A firm's own name looks like a person's to the rules: 岑思.
            firm = label == "ORG" and text in full and kept[i].label == "PER"
            if kept[i].label == label or rule == "entity.repeated" and not firm:
                continue
        if end - start > 2 or items.is_edge(start) and items.is_edge(end):
            yield Candidate(start, end, label, rule, "0.90", 4)


def _found(folded: str, forms: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each form and where it stands: one by one where they are few, else with an automaton."""
    texts = list(forms)
    if len(texts) > FEW:
        kind, implementation = ahocorasick_rs.MatchKind.LeftmostLongest, ahocorasick_rs.Implementation.NoncontiguousNFA
        automaton = ahocorasick_rs.AhoCorasick(texts, kind, False, implementation)
        for which, start, _ in automaton.find_matches_as_indexes(folded):
            yield texts[which], start
        return
    for text in texts:
        at = folded.find(text)
        while at >= 0:
            yield text, at
            at = folded.find(text, at + len(text))
