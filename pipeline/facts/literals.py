"""The words that roles, quotations, events and denials begin with, found in many articles by one pass."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import itemgetter

import ahocorasick_rs

from pipeline.core.slices import Record
from pipeline.rulebook import Rulebook

Hit = tuple[int, int, int]
"""A word by its place in its list, and its offsets."""

_START = itemgetter(1)


class Hits(Record, frozen=True):
    """The words of each list in one text, in order: the leftmost, of those that begin together the longest."""

    titles: list[Hit]
    verbs: list[Hit]
    triggers: list[Hit]
    refutals: list[Hit]


NONE = Hits([], [], [], [])
"""What is found in a text that has none of the words."""


class Literals:
    """Titles, verbs of saying, triggers of events and words of denial, each list sorted."""

    __slots__ = ("titles", "verbs", "triggers", "refutals", "_owners", "_scan")

    def __init__(
        self, titles: Iterable[str], verbs: Iterable[str], triggers: Iterable[str], refutals: Iterable[str]
    ) -> None:
        """The lists may share words."""
        lists = [tuple(sorted(words)) for words in (titles, verbs, triggers, refutals)]
        self.titles, self.verbs, self.triggers, self.refutals = lists
        places = [{word: i for i, word in enumerate(words)} for words in lists]
        words = sorted({word for place in places for word in place})
        self._owners = [[(n, place[word]) for n, place in enumerate(places) if word in place] for word in words]
        # They are few and scanned for in every article, so that the larger automaton pays.
        kind, implementation = ahocorasick_rs.MatchKind.Standard, ahocorasick_rs.Implementation.DFA
        self._scan = ahocorasick_rs.AhoCorasick(words, kind, False, implementation)

    def find(self, texts: Sequence[str]) -> list[Hits]:
        """What stands in each of the folded ``texts``; no word has a line break, which parts them here."""
        found = self._scan.find_matches_as_indexes("\n".join(texts), overlapping=True)
        found.reverse()  # They come in the order of their ends; of those that begin together the longest is first now.
        found.sort(key=_START)
        bounds = list(accumulate([len(text) + 1 for text in texts], initial=0))
        owners, ends = self._owners, [0, 0, 0, 0]
        out = [NONE] * len(texts)
        stop = 0
        for word, start, end in found:
            if start >= stop:
                n = bisect_right(bounds, start) - 1
                first, stop = bounds[n], bounds[n + 1]
                lists: tuple[list[Hit], list[Hit], list[Hit], list[Hit]] = ([], [], [], [])
                out[n] = Hits(*lists)
            for n, place in owners[word]:
                if start >= ends[n]:
                    ends[n] = end
                    lists[n].append((place, start - first, end - first))
        return out


def literals_of(rules: Rulebook) -> Literals:
    """The words of a rulebook, built once."""
    return rules.once("facts.literals", _literals)


def _literals(rules: Rulebook) -> Literals:
    settings, denials = rules.settings("facts_roles"), rules.settings("refutals")
    kinds, barred = set(settings["kinds"]), set(settings["no_title"])
    frames = {rule.id for rule in rules.patterns("facts_events")}
    return Literals(
        titles=(w for w, r in rules.words("person_titles").items() if r["kind"] in kinds and w not in barred),
        # Words that hold a verb of saying and say nothing are found with them, so that they take its place.
        verbs={*rules.words("quote_cues"), *rules.settings("facts_quotes")["no_cue"]},
        triggers=(w for w, r in rules.words("event_triggers").items() if r["frame"] in frames),
        refutals={*denials["predicates"], *denials["nouns"]},
    )
