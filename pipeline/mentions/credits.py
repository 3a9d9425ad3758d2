"""The writers of an article: names in its bylines and in brackets at the end of its last lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from pipeline.core.matchers import Late, matcher
from pipeline.mentions.gazetteer import gazetteer
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.persons import Lore, is_chinese_name, lore
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook

LONGEST = 44
"""Characters of the longest bracket with writers, and of the spaces behind it."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Where writers stand, and what lies between their names."""

    credit: Late
    ends: str
    """The signs that it ends with, but for spaces."""
    parts: Late
    titles: Late
    press: Late
    """The words of writers, those of one sign where a word begins."""
    run: Late
    """Names behind the word of a writer with nothing between them."""
    joints: str
    no_surname: str
    """Prepositions that are surnames too."""


def _patterns(rules: Rulebook) -> Patterns:
    settings = rules.settings("entities")
    press = sorted(rules.word_set("person_titles", "kind", "press"))
    titles = "|".join(sorted(map(regex.escape, press), key=len, reverse=True))
    # 文 is a writer's word where a word begins, and none in 文明办主任何静
    begun = "|".join(w if len(w) > 1 else rf"{w}(?<!\p{{Han}}{w})" for w in titles.split("|"))
    return Patterns(
        Late(settings["credit"]),
        settings["credit_ends"],
        Late(settings["credit_parts"]),
        Late(f".*(?:{begun})", matcher),
        Late(begun, matcher),
        Late(f"(?:{begun}){settings['credit_run']}(?=(?:{titles})|{settings['credit_run_end']})"),
        settings["credit_joints"],
        settings["no_surname"],
    )


def find_credits(texts: Texts, rules: Rulebook) -> None:
    """The persons of bylines and of a closing bracket that holds nothing but names."""
    patterns, known = rules.once("credits", _patterns), lore(rules)
    for text in texts.all:
        for line in text.view.lines:
            if line.kind == "byline":
                text.found += _names(text.folded, line.start, line.end, False, patterns, rules)
            elif _may_credit(text.folded[line.end - 1 : line.end], patterns):
                m = patterns.credit.search(text.folded, max(line.start, line.end - LONGEST), line.end)
                if m:
                    text.found += _names(text.folded, *m.span("names"), True, patterns, rules)
    for text in texts.matching(patterns.press):
        text.found += _runs(text.folded, patterns, known)


def _may_credit(last: str, patterns: Patterns) -> bool:
    """Whether a line that ends with the sign ``last`` may end with its writers."""
    return last in patterns.ends or last.isspace()


def _runs(folded: str, patterns: Patterns, known: Lore) -> Iterator[Candidate]:
    for m in patterns.run.finditer(folded):
        start = m.start("names")
        if folded[start] in patterns.no_surname:
            continue  # 记者从铁路部门获悉
        for name in _run(m["names"], patterns.joints, known):
            if len(name) > 1:
                yield Candidate(start, start + len(name), "PER", "entity.per.credit-run", "0.90", 5)
            start += len(name)


def _run(text: str, joints: str, known: Lore) -> list[str]:
    """The names that ``text`` is made of, several of two or three signs, and what joins them: 周启明|和|何苗.

    None where it is made of anything else. Of several ways to cut it the one with most names of three signs holds
    (黄云荣|王福军), of these the one with most common surnames (周启明|何苗), the first of equals.
    """
    best: list[list[str] | None] = [[], *[None] * len(text)]
    for end in range(2, len(text) + 1):
        if text[end - 1] in joints and (joined := best[end - 1]):
            best[end] = [*joined, text[end - 1]]
        for size in (3, 2):
            before = best[end - size] if size <= end else None
            name = text[max(end - size, 0) : end]
            if before is None or before and name[0] in joints or not _is_usual(name, known):
                continue
            held, made = best[end], [*before, name]
            if held is None or _worth(held, known) < _worth(made, known):
                best[end] = made
    found = best[-1]
    return found if found is not None and len(found) > 1 else []


def _worth(names: list[str], known: Lore) -> tuple[int, int]:
    surnames = known.surnames
    return sum(len(name) == 3 for name in names), sum(surnames.get(name[0]) == "common" for name in names)


def _is_usual(name: str, known: Lore) -> bool:
    return known.surnames.get(name[0]) in ("common", "everyday") and is_chinese_name(name, known)


def _names(folded: str, start: int, end: int, only: bool, patterns: Patterns, rules: Rulebook) -> Iterator[Candidate]:
    """The names between ``start`` and ``end``; with ``only``, none unless every part is a name or a title."""
    signs, known = gazetteer(rules).signs, lore(rules)
    found = []
    for m in patterns.parts.finditer(folded, start, end):
        a, b = m.span()
        title = patterns.titles.match(folded, a, b)
        if title:
            a = title.end()
        if a < b and is_chinese_name(folded[a:b], known) and signs.get(folded[a:b], "T") not in "LO":
            found.append(Candidate(a, b, "PER", "entity.per.credit", "0.95", 5))
        elif only and a < b and folded[a:b] not in signs:
            return
    yield from found
