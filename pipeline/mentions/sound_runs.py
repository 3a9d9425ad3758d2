"""Runs of the signs that write foreign names, whatever the segmenter has made of them: 利库|涅, 费迪南|二世."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.mentions.foreign import LONGEST_PART, SHORTEST, Foreign, foreign_lore
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known


def find_sound_runs(texts: Texts, rules: Rulebook) -> None:
    """Foreigners by signs that hardly stand elsewhere, kings by the number of their reign."""
    known = foreign_lore(rules)
    for text, at in texts.rows([known.written_strong] * SHORTEST):
        text.found += _strong(text.folded, text.items, at, known)
    for text in texts.holding("regnal"):
        text.found += _regnal(text.folded, text.items, known)


def _strong(folded: str, items: Items, start: int, known: Foreign) -> Iterator[Candidate]:
    """A run of such signs that is cut into no words of the language: 利库|涅."""
    if folded[start - 1 : start] in known.strong or not items.is_edge(start):
        return
    end = start + SHORTEST
    while folded[end : end + 1] in known.strong and end - start < LONGEST_PART:
        end += 1
    i, j = items.at(start), items.at(end)
    if not items.is_edge(end) or any(sign in known.edge + "L" for sign in items.signs[i:j]):
        return
    if not any(len(word) > 1 and is_known(word) for word in items.words[i:j]):
        yield Candidate(start, end, "PER", "entity.per.foreign", "0.70")


def _regnal(folded: str, items: Items, known: Foreign) -> Iterator[Candidate]:
    """Kings and popes by the number of their reign: 费迪南二世."""
    for m in known.regnal.finditer(folded):
        start = m.start()
        while start and folded[start - 1] in known.signs and m.start() - start < LONGEST_PART:
            start -= 1
        while start < m.start() and (not items.is_edge(start) or items.signs[items.at(start)] in known.edge + "L"):
            start += 1
        if m.start() - start > 1:
            yield Candidate(start, m.end(), "PER", "entity.per.foreign", "0.90", 2)
