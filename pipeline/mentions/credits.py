"""The writers of an article: names in its bylines and in brackets at the end of its last lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from pipeline.core.model import View
from pipeline.mentions.gazetteer import gazetteer
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.persons import is_chinese_name
from pipeline.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Patterns:
    """Where writers stand, and what lies between their names."""

    credit: regex.Pattern[str]
    parts: regex.Pattern[str]
    titles: regex.Pattern[str]


def _patterns(rules: Rulebook) -> Patterns:
    settings = rules.settings("entities")
    press = [w for row in rules.rows("person_titles") if row["kind"] == "press" for w in row["words"]]
    titles = "|".join(sorted(map(regex.escape, press), key=len, reverse=True))
    return Patterns(
        regex.compile(settings["credit"]), regex.compile(settings["credit_parts"]), regex.compile(f".*(?:{titles})")
    )


def find_credits(view: View, rules: Rulebook) -> Iterator[Candidate]:
    """The persons of bylines and of a closing bracket that holds nothing but names."""
    patterns = rules.once("credits", _patterns)
    for line in view.lines:
        if line.kind == "byline":
            yield from _names(view.folded, line.start, line.end, False, patterns, rules)
        else:
            m = patterns.credit.search(view.folded, max(line.start, line.end - 44), line.end)
            if m:
                yield from _names(view.folded, *m.span("names"), True, patterns, rules)


def _names(folded: str, start: int, end: int, only: bool, patterns: Patterns, rules: Rulebook) -> Iterator[Candidate]:
    """The names between ``start`` and ``end``; with ``only``, none unless every part is a name or a title."""
    signs = gazetteer(rules).signs
    found = []
    for m in patterns.parts.finditer(folded, start, end):
        a, b = m.span()
        title = patterns.titles.match(folded, a, b)
        if title:
            a = title.end()
        if a < b and is_chinese_name(folded[a:b], rules) and signs.get(folded[a:b], "T") not in "LO":
            found.append(Candidate(a, b, "PER", "entity.per.credit", "0.95", 5))
        elif only and a < b and folded[a:b] not in signs:
            return
    yield from found
