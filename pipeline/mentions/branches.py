"""Organisations with the branch that stands right behind them: 农行|上海市分行, 滨江监狱|四中队."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Set
from dataclasses import dataclass

from pipeline.mentions.gazetteer import gazetteer
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook

BODY = "LDVAaOnzwbrRQKxMS1hHgGIJ"
"""Signs of the words between an organisation and the head of its branch."""
HEADS = "GgHhOUnzL"
"""Signs of words that may be that head."""
NUMBER = "m"
BEGINS = BODY + HEADS + NUMBER
TITLE, OFFICES, END = "T", "TF", "|"
LONGEST = 4
"""Words of a branch."""


@dataclass(frozen=True, slots=True)
class Branches:
    """What tells a branch."""

    heads: tuple[str, ...]
    party: tuple[str, ...]
    """Heads that belong to the office behind them rather than to the organisation: 集团|党委书记."""
    offices: tuple[str, ...]
    """Heads that stand in one word with the office of whoever leads the branch: 探月|中心主任."""
    ministries: tuple[str, ...]
    """What organisations end with whose departments have heads that others do not, and those heads: 农业部|种植司."""
    departments: tuple[str, ...]
    no_departments: tuple[str, ...]
    """Words that only look like those: 公司."""
    cabinets: Set[str]
    """Organisations of which every organ behind them is a part: 行政院|主计总处."""
    signs: Mapping[str, str]


def _branches(rules: Rulebook) -> Branches:
    words = {key: tuple(words) for key, words in rules.settings("entities")["branches"].items()}
    return Branches(
        words["heads"],
        words["party"],
        words["offices"],
        words["ministries"],
        words["departments"],
        words["no_departments"],
        frozenset(words["cabinets"]),
        gazetteer(rules).signs,
    )


def find_branches(texts: Texts, rules: Rulebook) -> None:
    """Organisations that were seen with the branch behind them."""
    known = rules.once("branches", _branches)
    for text in texts.all:
        items = text.items
        starts, signs, last = items.starts, items.signs, len(items.starts) - 1
        for c in text.found.copy():
            if c[2] == "ORG":
                i = bisect_left(starts, c[1])
                if i <= last and signs[i] in BEGINS and starts[i] == c[1]:
                    text.found += _with_branches(c, items, i, known)


def _with_branches(c: Candidate, items: Items, i: int, known: Branches) -> list[Candidate]:
    """``c`` with its branch that begins with the word ``i``, and the branch of that; empty where there is none."""
    end = c.end
    while i < len(items.starts) and items.starts[i] == end and (more := _branch(items, i, known)) != end:
        end, i = more, items.at(more)
    return [] if end == c.end else [c._replace(end=end, rule="entity.org.branch")]


def _branch(items: Items, i: int, known: Branches) -> int:
    """Where the branch ends that begins with the word ``i``, or that word where none does."""
    start, owner = items.starts[i], items.words[i - 1]
    for j in range(i, min(i + LONGEST, len(items.words))):
        word, sign = items.words[j], items.signs[j]
        if sign in HEADS:
            ministry = owner.endswith(known.ministries) and word.endswith(known.departments)
            cabinet = j == i and owner in known.cabinets and sign in "OHG"
            party = word.endswith(known.party) and (items.signs[j + 1 : j + 2] or END) not in OFFICES
            if word.endswith(known.heads) or party or cabinet or ministry and not word.endswith(known.no_departments):
                return items.ends[j]
        if sign == TITLE and word.startswith(known.offices) and j > i and known.signs.get(word[2:]) == TITLE:
            return items.starts[j] + 2
        if sign not in BODY and not (sign == NUMBER and len(word) < 3 and word[-1] not in known.signs):
            break
    return start
