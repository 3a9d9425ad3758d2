"""Sentences as clauses: every word becomes one letter that says what it does, so that patterns can be data.

The letters are those of ``rules/clause_words.tsv``; a quantity that may be measured is ``Q``, another number ``q``,
a time ``T``, a set of times (每周) ``S``, a duration ``D``, a clause's end ``,`` and a list comma ``K``. Signs that
change nothing (quotation marks) and remarks in brackets that hold no quantity are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from pipeline.core.model import Entity, Offsets, Quantity, Time, View
from pipeline.facts.letters import Lexicon, lexicon
from pipeline.rulebook import Rulebook

MEASURED = frozenset({"count", "measure", "money", "percent", "ratio", "temperature", "age"})
"""The kinds of quantity that give a fact; ordinals, bare numbers and scores give none."""
NOUNS = frozenset("NnRPIJh")
"""Letters of which a noun phrase is made."""
REACH = 30
"""How many items to either side of an amount are looked at, so that text without punctuation costs no more."""
POINTS = frozenset({"date", "time", "period"})


@dataclass(slots=True)
class Coded:
    """One sentence: ``code`` has a letter for each item, ``starts`` and ``ends`` its offsets in the clean text."""

    start: int
    end: int
    code: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    quantities: dict[int, Quantity] = field(default_factory=dict)
    times: dict[int, Time] = field(default_factory=dict)

    def clause(self, item: int) -> tuple[int, int]:
        """The half-open range of items of the clause that holds ``item``, at most `REACH` to either side of it."""
        first = max(item - REACH, 0)
        start = self.code.rfind(",", first, item) + 1
        last = min(item + REACH + 1, len(self.code))
        end = self.code.find(",", item, last)
        return start or first, last if end < 0 else end

    def span(self, first: int, last: int) -> Offsets:
        """The offsets of the items ``[first, last)``."""
        return self.starts[first], self.ends[last - 1]


def coded_sentences(view: View, rules: Rulebook, kinds: Set[str] = MEASURED) -> Iterator[Coded]:
    """The sentences of the article that hold a quantity of one of these kinds, in order."""
    lex = lexicon(rules)
    starts = [q.start for q in view.quantities if q.norm.kind in kinds]
    if not starts:
        return
    marks = _marks(view)
    at = 0
    for start, end in view.sentences:
        while at < len(starts) and starts[at] < start:
            at += 1
        if at == len(starts):
            return
        if starts[at] < end:
            yield _code(view, lex, marks, start, end)


Mark = tuple[int, str, Quantity | Time | None]


def _marks(view: View) -> dict[int, Mark]:
    """Where mentions start: their end, their letter and the record; names stand back behind quantities and times."""
    marks: dict[int, Mark] = {}
    taken: list[int] = []
    for q in view.quantities:
        marks[q.start] = (q.end, "Q" if q.norm.kind in MEASURED else "q", q)
    for t in view.times:
        kind = t.norm.kind
        marks[t.start] = (t.end, "S" if kind == "set" else "D" if kind == "duration" else "T", t)
    taken = sorted(marks)
    at = 0
    for e in view.entities:
        while at < len(taken) and taken[at] < e.start:
            at += 1
        if at == len(taken) or taken[at] >= e.end:
            marks.setdefault(e.start, (e.end, _name_letter(e), None))
    return marks


def _name_letter(entity: Entity) -> str:
    return "N" if entity.label == "LOC" else "I"


def _code(view: View, lex: Lexicon, marks: Mapping[int, Mark], start: int, end: int) -> Coded:
    """Letters for the tokens of one sentence; the loop runs once a token, so it is kept flat."""
    out = Items(view.folded, lex)
    folded, signs, per, word = view.folded, lex.signs, lex.per, out.word
    starts, ends, tags = view.tokens.starts, view.tokens.ends, view.tokens.tags
    pos, hidden = start, 0
    for i in view.tokens.within(start, end):
        a, b = starts[i], ends[i]
        if a < pos:
            a = pos
        while a < b:
            mark = marks.get(a)
            if mark is not None and mark[2] is None and folded[a : mark[0]] in lex.words:
                mark = None  # 大关 is a county too, and 突破万亿大关 has none in it
            if mark is not None:
                pos, letter, record = mark
                out.mention(letter, a, pos, record)
                a = pos
                continue
            if folded[a] in per:
                pos = lex.per_end(folded, a)
                pos = next((p for p in range(a + 1, pos) if p in marks), pos)
                out.each(a, pos)
                a = pos
                continue
            sign = signs.get(folded[a]) if b - a == 1 else None
            if sign is None:
                word(a, b, tags[i])
            elif sign == "(":
                close, held = _bracket(folded, a, end, lex, marks)
                hidden += held
                if not held:
                    pos = close
                    break
                out.add(",", a, b)
            elif sign == ")":
                if hidden:
                    out.add(",", a, b)
                hidden = max(hidden - 1, 0)
            elif sign == ":":
                out.add("E" if b in marks and marks[b][1] == "Q" else ",", a, b)
            elif sign:
                out.add(sign, a, b)
            pos = a = b
    return out.coded(start, end)


def _bracket(folded: str, start: int, end: int, lex: Lexicon, marks: Mapping[int, Mark]) -> tuple[int, bool]:
    """Where the remark in brackets that opens at ``start`` ends, and whether it holds a quantity."""
    close = start + 1
    while close < end and folded[close] not in lex.closes:
        close += 1
    held = any((m := marks.get(p)) is not None and m[1] in "Qq" for p in range(start, close))
    return min(close + 1, end), held


class Items:
    """The items of a sentence while they are collected; words that hang together are parted, parted ones joined."""

    __slots__ = ("_folded", "_lex", "_letters", "_starts", "_ends", "_quantities", "_times")

    def __init__(self, folded: str, lex: Lexicon) -> None:
        """Nothing collected yet."""
        self._folded, self._lex = folded, lex
        self._letters: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._quantities: dict[int, Quantity] = {}
        self._times: dict[int, Time] = {}

    def add(self, letter: str, start: int, end: int) -> None:
        """Add an item as it is."""
        self._letters.append(letter)
        self._starts.append(start)
        self._ends.append(end)

    def mention(self, letter: str, start: int, end: int, record: Quantity | Time | None) -> None:
        """Add a mention; it may part the word before it (规模较|3月末)."""
        if record is not None:
            self._part_before()
            if isinstance(record, Quantity):
                self._quantities[len(self._letters)] = record
            else:
                self._times[len(self._letters)] = record
        self.add(letter, start, end)

    def word(self, start: int, end: int, tag: str) -> None:
        """Add a word that is no mention, joined to the one before where both are one (占|比, 机收|率, 每|公斤)."""
        lex, letters = self._lex, self._letters
        word = self._folded[start:end]
        letter = lex.words.get(word)
        if letter is None:
            letter = lex.guess(word, tag)
            if end - start > 1:
                start, letter = self._part(start, end, word, tag, letter)
        if letters:
            if word in lex.seconds or (letter == "P" and end - start == 1):
                if self._ends[-1] == start and self._join(word, letter, end):
                    return
            elif letter == "d" and letters[-1] == "N":
                if self._folded.endswith(lex.attributes, self._starts[-1], self._ends[-1]):
                    letters[-1] = "J"
        letters.append(letter)
        self._starts.append(start)
        self._ends.append(end)

    def _part(self, start: int, end: int, word: str, tag: str, letter: str) -> tuple[int, str]:
        """Where the rest of an unknown word starts once its head is added as an item of its own, and its letter."""
        lex = self._lex
        if word[0] in lex.leading and word[1:] in lex.words:
            self.add(lex.words[word[0]], start, start + 1)
            return start + 1, lex.words[word[1:]]
        if word[-1] in lex.hanging and lex.words.get(word[:-1]) == "P":
            # 价格比|节前
            self.word(start, end - 1, tag)
            return end - 1, lex.words[word[-1]]
        if end - start == 4 and (word[2:] in lex.changes or self._opens(lex.words.get(word[2:]))):
            # 同比增加, 价格下降, 粮食产量 at the head of its clause: two words that the segmenter keeps as one.
            self.word(start, start + 2, tag)
            return start + 2, lex.words[word[2:]]
        if end - start == 4 and letter in "NnV" and lex.words.get(word[:2]) == "A":
            # 大力发展, 顺利完成: an adverb and its verb.
            self.add("A", start, start + 2)
            return start + 2, lex.letter(word[2:], "v")
        return start, letter

    def _opens(self, letter: str | None) -> bool:
        """Whether a property whose thing hangs on it stands where a clause begins."""
        return letter == "P" and (not self._letters or self._letters[-1] in ",TAk")

    def each(self, start: int, end: int) -> None:
        """Add a 每-phrase."""
        self._part_before()
        self.add("e", start, end)

    def _join(self, word: str, letter: str, end: int) -> bool:
        before = self._letters[-1]
        joined = self._lex.joined.get(self._folded[self._starts[-1] : end])
        if joined is None and letter == "P" and len(word) == 1 and before in "NnVJ":
            joined = "P"
        if joined is None:
            return False
        self._letters[-1], self._ends[-1] = joined, end
        return True

    def _part_before(self) -> None:
        """Part the word that was added last where its last character belongs to what comes now."""
        last = len(self._letters) - 1
        if last < 0 or last in self._quantities or last in self._times or self._letters[last] == "I":
            return
        lex, end = self._lex, self._ends[last]
        word = self._folded[self._starts[last] : end]
        if word[-1] not in lex.hanging or word in lex.words or len(word) < 2:
            return
        rest = lex.letter(word[:-1], "n")
        if len(word) == 2 and rest != "P" and word[-1] not in lex.changes:
            return
        self._letters[last], self._ends[last] = rest, end - 1
        if rest == "P" and len(word) == 2 and last and self._letters[last - 1] in "NnVJ":
            self._letters[last - 1 :], self._ends[last - 1 :] = ["P"], [end - 1]
            del self._starts[last]
        self.add(lex.words[word[-1]], end - 1, end)

    def coded(self, start: int, end: int) -> Coded:
        """What was collected, as the sentence ``[start, end)``."""
        return Coded(start, end, "".join(self._letters), self._starts, self._ends, self._quantities, self._times)
