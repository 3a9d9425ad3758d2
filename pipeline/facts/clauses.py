"""Sentences as clauses: every word becomes one letter that says what it does, so that patterns can be data.

The letters are those of ``rules/clause_words.tsv``; a quantity that may be measured is ``Q``, another number ``q``,
a time ``T``, a set of times (每周) ``S``, a duration ``D``, a clause's end ``,`` and a list comma ``K``. Signs that
change nothing (quotation marks) and remarks in brackets that hold no quantity are left out, and so is all behind the
clause of a sentence's last amount.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from string import ascii_letters

from pipeline.core.model import View
from pipeline.facts.clause_items import Items
from pipeline.facts.clause_marks import MEASURED, marks_of
from pipeline.facts.coded import Coded
from pipeline.facts.letters import KnownLetters
from pipeline.rulebook import Rulebook

NOUNS = frozenset("NnRPIJh")
"""Letters of which a noun phrase is made."""
POINTS = frozenset({"date", "time", "period"})
LETTERS = frozenset(ascii_letters + ",")
"""What is known of words that are added as they are."""
SPACES = 3
"""A sentence with more spaces than this was printed with a space between its words: there they part nothing."""


def coded_sentences(view: View, rules: Rulebook, kinds: Set[str] = MEASURED) -> list[Coded]:
    """The sentences of the article that hold a quantity of one of these kinds, in order."""
    return coded_in([view], rules, kinds)[0]


def coded_in(views: Sequence[View], rules: Rulebook, kinds: Set[str] = MEASURED) -> list[list[Coded]]:
    """What `coded_sentences` gives, of each of ``views``."""
    known = rules.once("facts.letters", KnownLetters)
    out: list[list[Coded]] = []
    for view in views:
        starts = [q.start for q in view.quantities if q.norm.kind in kinds] if view.quantities else None
        out.append(_coded(view, known, starts) if starts else [])
    return out


def _coded(view: View, known: KnownLetters, wanted: list[int]) -> list[Coded]:
    """The sentences of ``view`` in which one of the quantities that start at ``wanted`` stands."""
    folded, lex = view.folded, known.lexicon
    marks, amounts = marks_of(view, lex), [q.start for q in view.quantities]
    out: list[Coded] = []
    at = before = 0
    for start, end in view.sentences:
        while wanted[at] < start:
            at += 1
            if at == len(wanted):
                return out
        if wanted[at] < end:
            goes_on = folded.find("\n", before, start) < 0
            before = end
            items = Items(folded, lex, marks, amounts)
            _code(view, items, known, start, end)
            out.append(items.coded(start, end, goes_on))
    return out


def _code(view: View, out: Items, known: KnownLetters, start: int, end: int) -> None:
    """Letters for the tokens of one sentence; the loop runs once a token, so it is kept flat."""
    folded, marks, letters, firsts, lasts = view.folded, out.marks, out.letters, out.starts, out.ends
    last, by_tag = out.last_amount(end), known.by_tag
    within, tokens = view.tokens.within(start, end), view.tokens
    part = slice(within.start, within.stop)
    pos, spaced = start, 0 < folded.count(" ", start, end) <= SPACES
    for a, b, tag, word in zip(
        tokens.starts[part], tokens.ends[part], tokens.tags[part], tokens.words[part], strict=True
    ):
        if a == pos and a not in marks:
            try:
                letter = by_tag[tag][word]
            except KeyError:
                letter = known.word(word, tag)
            if letter in LETTERS:  # as nearly all are
                letters.append(letter)
                firsts.append(a)
                lasts.append(b)
                pos = b
                if letter == "," and a > last:
                    break
                continue
        if a > pos and (spaced or a > pos + 1) and out.parted(pos, a, a in marks and marks[a][2] is None):
            out.add(",", pos, a)
        if a < pos:
            a = pos
        while a < b:
            mark = marks.get(a)
            if mark is not None:
                out.mention(mark, a)
                pos = mark[0]
            else:
                letter = known.word(word if b - a == len(word) else folded[a:b], tag)
                pos = out.other(letter, a, b, tag, end)
            a = pos
