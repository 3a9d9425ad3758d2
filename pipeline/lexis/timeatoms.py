"""The atoms of time expressions: what the patterns of times.toml and the words of time_words and feasts find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from msgspec import Struct

from pipeline.core.matchers import Match, Matcher, Openings
from pipeline.core.trace import Trace
from pipeline.lexis.fragments import Fragment
from pipeline.lexis.numerals import numerals
from pipeline.rulebook import Pattern, Row, Rulebook


class Atom(Struct, frozen=True, gc=False):
    """The smallest piece of a time expression: ``kind`` names what it is (year, day, clock …), ``data`` holds its parts
    as written (from a pattern's groups) or as its table row says."""

    kind: str
    start: int
    end: int
    rule: str
    data: Mapping[str, str] = MappingProxyType({})
    alone: bool = True
    """False where it is a time only when joined to another atom (三点 in 下午三点)."""


Limits = tuple[tuple[str, int], ...]
Try = tuple[Callable[[str, int], Match | None], Pattern, tuple[str, ...], bool]
"""A pattern with the method that tries it at a place of a text, the names of its groups, and whether a match may be
none."""
START: Callable[[Atom], int] = attrgetter("start")
END: Callable[[Atom], int] = attrgetter("end")


class Entry(NamedTuple):
    """What a word of a table is: an atom of ``kind`` with ``data``, where none of ``before`` and ``after`` adjoins;
    ``unless`` begins as one of ``after`` does and leaves the word alone (今晚|报警, not 今晚报)."""

    kind: str
    rule: str
    data: Mapping[str, str]
    alone: bool
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


LIMITS = {"m": 12, "m1": 12, "d": 31, "d1": 31, "h": 24, "h1": 24, "mi": 59, "s": 59}
"""The largest number of each group of a pattern that names a part of a date or a clock time."""


class Grammar:
    """The atoms of a rulebook, compiled: patterns by the characters they may begin with, words in one automaton."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads ``times.toml``, ``time_words.tsv`` and ``feasts.tsv``."""
        self._trace = rules.trace
        first, behind, candidate = (rules.fragment("times", name) for name in ("FIRST", "BEHIND_FIRST", "CANDIDATE"))
        # It opens with one class of characters and reads the candidate from there: only then the search for where one
        # may begin is a loop in C.
        self._candidate = re.compile(f"{first}{behind}(?<=(?=(?P<whole>{candidate})).)").search
        self._counts = Fragment(rules, "times", "COUNT")
        self._signs: str = rules.settings("times")["list_signs"]
        self._patterns = [p for p in rules.patterns("times") if p.get("atom")]
        self._limits: dict[str, Limits] = {}
        """Of the patterns that were tried: the others need not be compiled."""
        self._barred = {p.id: Openings(words) for p in self._patterns if (words := p.get("not_before"))}
        self._tries: dict[tuple[str, str, bool, str], list[Try]] = {}
        self._asked = frozenset(c for p in self._patterns for chars in p.get("follows", {}).values() for c in chars)
        self._value = numerals(rules).value
        self._numbers: dict[str, int] = {}
        words = [*_listed(rules)]
        self._entries = [entry for _, entry in words]
        # as a table of states: half the time of the automaton's default
        self._automaton = AhoCorasick(
            [word for word, _ in words], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        )

    def atoms(self, texts: Sequence[str]) -> list[list[Atom]]:
        """The atoms of each folded text in order; of two that overlap the first to begin, then the longer one."""
        worded = [self._worded(text) for text in texts]
        return [self._apart(self._numeric(text), words) for text, words in zip(texts, worded, strict=True)]

    def _apart(self, both: list[Atom], worded: list[Atom]) -> list[Atom]:
        if worded:
            both += worded
            both.sort(key=END, reverse=True)
            both.sort(key=START)
        out: list[Atom] = []
        end = 0
        for atom in both:
            if atom.start >= end:
                end = atom.end
                if atom.kind != "idiom":
                    out.append(atom)
                elif self._trace is not None:
                    self._trace.reject("time", atom.start, end, "a word that only looks like a time", atom.rule)
            elif self._trace is not None and atom.kind != "idiom":
                self._overlapped(self._trace, atom, out)
        return out

    @staticmethod
    def _overlapped(trace: Trace, atom: Atom, out: Sequence[Atom]) -> None:
        """What ``atom`` lost against, where that is no idiom (which is told by itself)."""
        if out and out[-1].start <= atom.start < out[-1].end:
            won = out[-1]
            reason = "longer" if won.start == atom.start else "it begins first"
            trace.lose("time", (atom.start, atom.end), atom.rule, (("time", won.start, won.end), won.rule), reason)

    def _numeric(self, folded: str) -> list[Atom]:
        end = 0
        found: list[Atom] = []
        tries, search, asked = self._tries, self._candidate, self._asked
        while (candidate := search(folded, end)) is not None:
            at, close = candidate.span("whole")
            end = at + 1
            behind = folded[close : close + 1]
            key = folded[at], folded[close - 1], candidate["joined"] is not None, behind if behind in asked else ""
            best: Match | None = None
            known = tries.get(key)
            for match, one, named, checks in self._tried(*key) if known is None else known:
                m = match(folded, at)
                if m is not None and (best is None or m.end() > best.end()) and (not checks or self._holds(m, one)):
                    best, rule, names = m, one, named
            if best is not None and best.end() > at:
                end = best.end()
                data = {k: v for k, v in zip(names, best.groups(), strict=True) if v is not None}
                listed = best.spans("each") if "each" in data else ()  # type: ignore[union-attr]
                close = listed[0][0] - (folded[listed[0][0] - 1] in self._signs) if listed else end
                found.append(Atom(rule.fields["atom"], at, close, rule.id, data, rule.fields.get("alone", True)))
                for start, stop in listed:  # 每周一、三、五
                    found.append(Atom("weekday", start, stop, rule.id, {"wd": folded[start:stop]}))
        return found

    def _tried(self, first: str, close: str, joined: bool, behind: str) -> list[Try]:
        """The patterns to try at a candidate, by the characters at its ends and what stands behind it, empty where no
        pattern asks for that; made when such a one is first met."""
        if self._counts.match(first):
            some = [p for p in self._patterns if _closes(p, close, behind) or joined and p.get("joined")]
        else:
            some = [p for p in self._patterns if not p.get("closes") or first in p.get("also", "")]
        tries = self._tries[first, close, joined, behind] = [self._try(p) for p in some if p.begins(first)]
        return tries

    def _try(self, pattern: Pattern) -> Try:
        compiled = pattern.regex if "each" in pattern.matcher.groupindex else pattern.matcher
        limits = self._limits[pattern.id] = _limits(compiled)
        return compiled.match, pattern, _names(compiled), bool(pattern.id in self._barred or limits)

    def _holds(self, m: Match, pattern: Pattern) -> bool:
        """Whether a match may stand: its numbers are those of a calendar, and what follows makes no other word of it.

        ``not_before`` of a rule lists words that begin with the match's last character (号线).
        """
        barred = self._barred.get(pattern.id)
        if barred is not None and barred.at(m.string, m.end() - 1):
            return self._no(m, pattern, "what follows makes another word of it")
        for group, most in self._limits[pattern.id]:
            text = m[group]
            if text and self._small(text) > most:
                return self._no(m, pattern, f"{text} is beyond {most}: there is no such day or hour")
        return True

    def _no(self, m: Match, pattern: Pattern, why: str) -> bool:
        """False, with the reason written down."""
        if self._trace is not None and m.end() > m.start():
            self._trace.reject("time", *m.span(), why, pattern.id, pattern.id)
        return False

    def _small(self, text: str) -> int:
        number = self._numbers.get(text)
        if number is None:
            value = self._value(text)
            number = self._numbers[text] = 0 if value is None or value < 0 else min(int(value), 100)
        return number

    def _worded(self, folded: str) -> list[Atom]:
        found: list[Atom] = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded):
            kind, rule, data, alone, before, after, unless = self._entries[index]
            barred = after and folded.startswith(after, end) and not (unless and folded.startswith(unless, end))
            if barred or before and folded.endswith(before, 0, start):
                if self._trace is not None:
                    self._trace.reject("time", start, end, "what stands beside it makes another word of it", rule, rule)
            else:
                found.append(Atom(kind, start, end, rule, data, alone))
        return found


def _listed(rules: Rulebook) -> Iterator[tuple[str, Entry]]:
    """The words of the tables, with what they are; an idiom is of the first row that names it."""
    idioms: set[str] = set()
    for row in (*rules.rows("time_words"), *rules.rows("feasts")):
        for word in row["words"]:
            yield word, _entry(row, word)
        for idiom in row.cells.get("idioms") or ():
            if idiom not in idioms:
                idioms.add(idiom)
                yield idiom, Entry("idiom", row.id, {}, True)
    for row in rules.rows("eras"):
        for word in row["words"]:
            years = {k: str(row[k]) for k in ("first", "last") if row[k]}
            yield word, Entry("era", row.id, years, False)
    for row in rules.rows("year_cycles"):
        cycle = {k: str(row[k]) for k in ("every", "year")}
        for word in row["words"]:
            yield word, Entry("year", row.id, cycle, True, row["not_after"] or (), row["not_before"] or ())


def _entry(row: Row, word: str) -> Entry:
    cells = {k: str(v) for k, v in row.cells.items() if v is not None and v is not False and not isinstance(v, tuple)}
    kind = cells.pop("atom", "feast")
    if row["not_before"]:
        cells["not_before"] = "\n".join(row["not_before"])
    data = {"word": word, **cells}
    beside = (row[column] or () for column in ("not_after", "not_before", "unless"))
    return Entry(kind, row.id, data, not row["joined"], *beside)


def _names(pattern: Matcher) -> tuple[str, ...]:
    groups = pattern.groupindex
    return tuple(sorted(groups, key=lambda name: groups[name]))


def _limits(pattern: Matcher) -> Limits:
    groups = pattern.groupindex
    return tuple((g, most) for g, most in LIMITS.items() if g in groups)


def _closes(pattern: Pattern, close: str, behind: str) -> bool:
    """Whether ``pattern`` may find what a candidate with ``close`` at its end and ``behind`` after it begins."""
    if close not in pattern.get("closes", close):
        return False
    follows = pattern.get("follows", {}).get(close)
    return follows is None or behind != "" and behind in follows


def grammar(rules: Rulebook) -> Grammar:
    """The time grammar of ``rules``, made once."""
    return rules.once(Grammar, Grammar)
