"""Names carried through the article: short forms that it defines or that follow from a full name, and repetitions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs
import regex

from pipeline.core.matchers import Late
from pipeline.core.model import Label, View
from pipeline.core.slices import Record
from pipeline.mentions.gazetteer import Gazetteer, gazetteer
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import BETWEEN, Joined
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known
from pipeline.tokens.short import words_of

FEW = 24
"""Names up to this number are looked for one by one."""
REPEATED, TITLED = "entity.repeated", "entity.per.title"
Form = tuple[Label, str]
"""The label of a string that is looked for, and by which rule it is found."""
ShortForms = Callable[[str, Label], Sequence[str]]
"""What gives the short forms of a name."""
GUESSED, ENOUGH = "entity.tagger.", "0.80"
"""Names that only the tagger sees, and how sure (two decimals) it must be of one that is looked for again."""
REMEMBERED = 1 << 13
"""Names whose short forms are remembered."""
WITHIN = regex.compile("[A-Za-z0-9]{2}")
"""No border of a word in Latin letters."""
PARTED = "entity-word.outside"
"""The row of words that end a name to both sides, and may begin with its last sign: 外交部|门."""
GLOSS = "(e)"
"""The signs of a word in Latin letters in brackets."""
LONGEST_GLOSS = 10
"""Letters of the longest abbreviation."""
LONGEST = 40
"""Names beyond this are not looked for again."""
LONGEST_BRAND = 6
"""Characters of the longest short form that a firm's own words make."""
TRADE = "I"
"""The sign of lines of business."""
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
    """What definitions, legal forms and abbreviations look like, and the point inside a foreign name."""

    defined: Late
    legal_form: Late
    dots: Late
    glossed: str
    """What the names of bodies end with that have an abbreviation: 滨江市水务局（BWB）, but no code of shares."""
    spoken: Late
    """A verb of saying right behind a person, one word with the name to the segmenter: 龚正说."""
    technical: frozenset[str]
    """Abbreviations of things: 国家统计局（CPI）."""


def _shapes(rules: Rulebook) -> Shapes:
    settings = rules.settings("entities")
    dots = "".join(sorted(rules.word_set("entity_words", "class", "o")))
    return Shapes(
        Late(settings["defined"]),
        Late(settings["legal_form"]),
        Late(rf"[{regex.escape(dots)}\s]"),
        settings["glossed_ends"],
        Late(settings["spoken"]),
        frozenset(settings["latin_common"].split("|")),
    )


def carry(
    views: Sequence[View],
    items: Sequence[Items],
    named: Sequence[Sequence[Candidate]],
    texts: Sequence[Sequence[str]],
    rules: Rulebook,
) -> list[Carried]:
    """Of each article the further mentions of its names, which read ``texts``, and of their short forms."""
    shapes, short_forms = rules.once("alias shapes", _shapes), rules.once("short forms", _remembered)
    needs = rules.settings("entities")["needs"]["defined"]
    defining = frozenset(Joined(view.folded for view in views).holders(needs))
    parted = rules.word_set("entity_words", "id", PARTED)
    out = []
    for i, (view, its, kept, read) in enumerate(zip(views, items, named, texts, strict=True)):
        if not kept:
            out.append(NOTHING)
            continue
        forms, full = _forms(kept, read, short_forms)
        for short, name, label in _definitions(view.folded, kept, shapes) if i in defining else ():
            forms[short] = (label, "entity.org.defined")
            full[short] = name
        for short, name in _glosses(view.folded, its, kept, shapes) if GLOSS in its.signs else ():
            forms[short] = ("ORG", "entity.org.defined")
            full[short] = name
        forms = _again(view.folded, read, forms, full)
        found = list(_mentions(view.folded, its, kept, forms, full, parted, shapes)) if forms else ()
        out.append(Carried(found, full))
    return out


def _forms(
    kept: Sequence[Candidate], texts: Sequence[str], short_forms: ShortForms
) -> tuple[dict[str, Form], dict[str, str]]:
    """What is looked for of the names in ``kept``, and the full names of what is short."""
    forms: dict[str, Form] = {}
    full: dict[str, str] = {}
    for (_, _, label, rule, confidence, _), name in zip(kept, texts, strict=True):
        size = len(name)
        if label == "WORK" or size > LONGEST:
            continue
        # A short name is not looked for elsewhere, nor one that the tagger itself doubts.
        long = size > 2 or label == "ORG" or size > 1 and rule == TITLED
        if long and not (confidence < ENOUGH and rule.startswith(GUESSED)):
            forms.setdefault(name, (label, REPEATED))
        for short in short_forms(name, label):
            forms.setdefault(short, (label, REPEATED))
            full.setdefault(short, name)
    return forms, full


def _again(folded: str, texts: Sequence[str], forms: dict[str, Form], full: Mapping[str, str]) -> dict[str, Form]:
    """Those of ``forms`` that may be mentioned elsewhere than in ``texts``, the names themselves."""
    if len(forms) > FEW:
        return forms
    there, inside = folded.count, BETWEEN.join(texts).count
    return {
        text: (label, rule)
        for text, (label, rule) in forms.items()
        if (times := there(text))
        and (times > inside(text) or text in texts and (rule != REPEATED or label == "ORG" and text in full))
    }


def _remembered(rules: Rulebook) -> ShortForms:
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
        short = names.short.get(name) or _stem(name, names, rules)
        if short and short not in names.never:
            yield short
    elif label == "PER":
        parts = shapes.dots.split(name)
        if len(parts) > 1 and len(parts[-1]) > 1:
            yield parts[-1]


def _stem(name: str, names: Gazetteer, rules: Rulebook) -> str:
    """What a division of no table is called without its head: 霞源 of 霞源县; 霞桐 is a word of the dictionary."""
    stem, head = name[:-1], name[-1]
    own = len(stem) == 2 and head in rules.settings("entities")["joined_heads"] and name not in names.signs
    return stem if own and not is_known(stem) else ""


def _brands(short: str, names: Gazetteer, rules: Rulebook) -> Iterator[str]:
    """What a firm may be called by: the words behind its place, the first of which is in no dictionary or a name there,
    up to each border of words (楚旭优联 of 海州楚旭优联科技发展); and the place with them: 中国九冶."""
    own = 0
    """Where the words begin that are the firm's own."""
    heads = rules.settings("entities")["joined_heads"]
    for at, end, tag in words_of(short, rules):
        start = max(at, own)
        word = short[start:end]
        if not start and short[end : end + 1] in heads and not is_known(word):
            own = end + 1
            continue  # 霞源|县昌泰: a place of no table
        if start == own and end < len(short) and (names.signs.get(word) == "L" or tag == "ns" and is_known(word)):
            own = end
            continue
        if start == own and own and names.signs.get(word) == TRADE and end < len(short):
            yield short[:end]  # 襄阳轴承 of 襄阳轴承集团股份
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


def _glosses(folded: str, items: Items, kept: Sequence[Candidate], shapes: Shapes) -> Iterator[tuple[str, str]]:
    """``(short, full)`` for each body with its abbreviation in brackets behind its name: 滨江市水务局（BWB）."""
    ends = {c.end: c for c in kept if c.label == "ORG" and folded[c.end - 1] in shapes.glossed}
    at = items.signs.find(GLOSS)
    while at >= 0:
        owner, short = ends.get(items.starts[at]), items.words[at + 1]
        if owner and _is_gloss(short) and short not in shapes.technical:
            yield short, folded[owner.start : owner.end]
        at = items.signs.find(GLOSS, at + 1)


def _is_gloss(short: str) -> bool:
    """Whether ``short`` may abbreviate a name; a code of shares has a point in it (DB.N), a make's a number."""
    return short[0].isupper() and short.isalpha() and len(short) <= LONGEST_GLOSS


def _mentions(
    folded: str,
    items: Items,
    kept: Sequence[Candidate],
    forms: Mapping[str, Form],
    full: Mapping[str, str],
    parted: frozenset[str],
    shapes: Shapes,
) -> Iterator[Candidate]:
    """The mentions of ``forms`` that lie in no name of ``kept``; ``full`` has those that are short, ``parted`` what
    may begin with the last sign of one: 部门."""
    starts = [c.start for c in kept]
    for text, start in _found(folded, forms):
        end = start + len(text)
        i = bisect_right(starts, start) - 1
        if i >= 0 and kept[i].end >= end and (kept[i].start, kept[i].end) != (start, end):
            continue
        if folded[end - 1 : end + 1] in parted:
            continue  # 外交部|门
        if text.isascii() and (WITHIN.match(folded, start - 1) or WITHIN.match(folded, end - 1)):
            continue  # Holm in Stockholm
        label, rule = forms[text]
        if i >= 0 and kept[i].end == end:
            # A firm's own name looks like a person's to the rules: 岑思.
            firm = label == "ORG" and text in full and kept[i].label == "PER"
            if kept[i].label == label or rule == REPEATED and not firm:
                continue
        spoken = label == "PER" and shapes.spoken.match(folded, end) is not None  # 龚正说，: one word to the segmenter
        if end - start > 2 or items.is_edge(start) and (items.is_edge(end) or spoken):
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
