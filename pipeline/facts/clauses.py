"""Sentences as clauses: every word becomes one letter that says what it does, so that patterns can be data.

The letters are those of ``rules/clause_words.tsv``; a quantity that may be measured is ``Q``, another number ``q``, a
time ``T``, a set of times (每周) ``S``, a duration ``D``, a clause's end ``,`` and a list comma ``K``. Signs that change
nothing (quotation marks) and remarks in brackets that hold no quantity are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.core.model import Entity, Offsets, Quantity, Time, View
from pipeline.rulebook import Row, Rulebook

MEASURED = frozenset({"count", "measure", "money", "percent", "ratio", "temperature", "age"})
"""The kinds of quantity that give a fact; ordinals, bare numbers and scores give none."""
NOUNS = frozenset("NnRPIJh")
"""Letters of which a noun phrase is made."""
POINTS = frozenset({"date", "time", "period"})


@dataclass(slots=True)
class Coded:
    """One sentence: ``code`` has a letter for each item, ``starts`` and ``ends`` the item's offsets in the clean text."""

    start: int
    end: int
    code: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    quantities: dict[int, Quantity] = field(default_factory=dict)
    times: dict[int, Time] = field(default_factory=dict)

    def clause(self, item: int) -> tuple[int, int]:
        """The half-open range of items of the clause that holds ``item``."""
        end = self.code.find(",", item)
        return self.code.rfind(",", 0, item) + 1, len(self.code) if end < 0 else end

    def span(self, first: int, last: int) -> Offsets:
        """The offsets of the items ``[first, last)``."""
        return self.starts[first], self.ends[last - 1]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words, parts of speech and signs with their letters; ``changes`` has the row of every verb of change."""

    words: Mapping[str, str]
    tags: Mapping[str, str]
    signs: Mapping[str, str]
    endings: frozenset[str]
    longest_ending: int
    hanging: Mapping[str, str]
    joined: Mapping[str, str]
    attributes: tuple[str, ...]
    changes: Mapping[str, Row]
    closes: str

    def letter(self, word: str, tag: str) -> str:
        """The letter of a word that is no mention: its own, that of its ending, that of its part of speech."""
        known = self.words.get(word)
        if known:
            return known
        letter = self.tags.get(tag, "N")
        if letter in "NnVJ":
            for size in range(min(self.longest_ending, len(word) - 1), 0, -1):
                if word[-size:] in self.endings:
                    return "P"
        return letter


def lexicon(rules: Rulebook) -> Lexicon:
    """The lexicon of a rulebook, built once."""
    return rules.once("facts.lexicon", _lexicon)


def _lexicon(rules: Rulebook) -> Lexicon:
    settings = rules.settings("clauses")
    changes = dict(rules.words("change_verbs"))
    words = {w: "H" if r["compare"] else "g" if r["role"] == "to" else "G" for w, r in changes.items()}
    new_value = [w for w, r in rules.words("clause_words").items() if r["letter"] == "z"]
    for verb in [w for w, letter in words.items() if letter == "G"]:
        for particle in new_value:
            words[verb + particle] = "g"
            changes[verb + particle] = changes[verb]
    for word, row in rules.words("clause_words").items():
        words.setdefault(word, row["letter"])
    words.update({w: "B" for w, r in rules.words("bases").items() if r["match"] == "word"})
    endings = set()
    for word, row in rules.words("properties").items():
        if row["match"] == "ending":
            endings.add(word)
            words.setdefault(word, "P")
        else:
            words.setdefault(word, "P" if row["match"] == "word" else "N")
    signs = {c: "," for c in settings["breaks"]} | {c: "K" for c in settings["lists"]}
    signs |= {c: "(" for c in settings["opens"]} | {c: ")" for c in settings["closes"]} | {c: "" for c in settings["silent"]}
    return Lexicon(
        words=words, tags=settings["tags"], signs=signs, endings=frozenset(endings),
        longest_ending=max(map(len, endings)), hanging={w: words.get(w, "x") for w in settings["hanging"]},
        joined=settings["joined"], attributes=tuple(settings["attribute_endings"]), changes=changes, closes=settings["closes"],
    )  # fmt: skip


def coded_sentences(view: View, rules: Rulebook) -> Iterator[Coded]:
    """The sentences of the article that hold a quantity of a measured kind, in order."""
    lex = lexicon(rules)
    starts = [q.start for q in view.quantities if q.norm.kind in MEASURED]
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
    out = Coded(start, end)
    letters: list[str] = []
    tokens, folded = view.tokens, view.folded
    starts, ends = out.starts, out.ends
    pos = start
    hidden = 0
    for i in tokens.within(start, end):
        a, b = tokens.starts[i], tokens.ends[i]
        if b <= pos:
            continue
        if a < pos:
            a = pos
        mark = marks.get(a)
        if mark is not None:
            b, letter, record = mark
            if isinstance(record, Quantity):
                out.quantities[len(letters)] = record
            elif record is not None:
                out.times[len(letters)] = record
        else:
            word = folded[a:b]
            sign = lex.signs.get(word) if b - a == 1 else None
            letter = lex.letter(word, tokens.tags[i]) if sign is None else sign
            if letter == "(":
                close, held = _bracket(folded, a, end, lex, marks)
                if held:
                    letter, hidden = ",", hidden + 1
                else:
                    pos = close
                    continue
            elif letter == ")":
                letter, hidden = ("," if hidden else ""), max(hidden - 1, 0)
            if not letter:
                continue
        pos = b
        letters.append(letter)
        starts.append(a)
        ends.append(b)
    _mend(out, letters, folded, lex)
    out.code = "".join(letters)
    return out


def _bracket(folded: str, start: int, end: int, lex: Lexicon, marks: Mapping[int, Mark]) -> tuple[int, bool]:
    """Where the remark in brackets that opens at ``start`` ends, and whether it holds a quantity."""
    close = start + 1
    while close < end and folded[close] not in lex.closes:
        close += 1
    held = any((m := marks.get(p)) is not None and m[1] in "Qq" for p in range(start, close))
    return min(close + 1, end), held


def _mend(out: Coded, letters: list[str], folded: str, lex: Lexicon) -> None:
    """Part words that hang together before an amount, join what was parted, and see attributes before 的."""
    i = 0
    while i < len(letters):
        word = folded[out.starts[i] : out.ends[i]]
        after = letters[i + 1] if i + 1 < len(letters) else ","
        if after in "QqT" and len(word) > 2 and word[-1] in lex.hanging and word not in lex.words and letters[i] not in "QqTSDI":
            _part(out, letters, i, word, lex)
            i += 1
        elif after not in ",K" and word + folded[out.starts[i + 1] : out.ends[i + 1]] in lex.joined:
            letters[i : i + 2] = [lex.joined[folded[out.starts[i] : out.ends[i + 1]]]]
            del out.ends[i], out.starts[i + 1]
            _shift(out, i + 1, -1)
        elif after == "d" and letters[i] == "N" and word.endswith(lex.attributes):
            letters[i] = "J"
        i += 1


def _part(out: Coded, letters: list[str], i: int, word: str, lex: Lexicon) -> None:
    cut = out.ends[i] - 1
    letters[i : i + 1] = [lex.letter(word[:-1], "n"), lex.hanging[word[-1]]]
    out.starts.insert(i + 1, cut)
    out.ends.insert(i, cut)
    _shift(out, i + 1, 1)


def _shift(out: Coded, first: int, by: int) -> None:
    out.quantities = {k + by if k >= first else k: v for k, v in out.quantities.items()}
    out.times = {k + by if k >= first else k: v for k, v in out.times.items()}
