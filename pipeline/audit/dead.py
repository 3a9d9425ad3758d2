"""Rules that can find nothing: words that another row has, words that no text can match, patterns that match none of
their own examples.

A table's rows compete for a word: the first one has it. Its front matter says where that is otherwise: ``apart`` names
columns, rows that differ in them do not compete (不足 before a number, 不足 behind it); ``behind`` names tables whose
words win over the same words of this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from pipeline.core.errors import RuleError
from pipeline.lexis.fold import fold
from pipeline.rulebook import Pattern, Row, Rulebook
from pipeline.rulebook.tables import Table

STAGES = ("text", "layout", "quantity", "time", "entity", "fact", "check")
"""What a file of rules may serve, as its ``stage`` says; in the order of the chain."""
WORDS = "words"
"""The column whose words rows compete for."""
SIGNS = "signs"
"""What ``over`` says, in the settings of a file, of patterns that see a line of signs (a letter a word) and no text."""
AMOUNT = "#"
"""How an amount is written where patterns look at what stands around it."""


def dead_rules(rules: Rulebook) -> list[RuleError]:
    """Each word that cannot win and each pattern that matches nothing, with file, line and what to do; and each file
    that does not say its stage."""
    problems = [*_stages(rules), *_unmatched(rules)]
    for table in rules.tables.values():
        problems += _twice(table)
        problems += _behind(table, rules.tables)
        problems += [] if table.front.get("folded") else _unfolded(table)
    return sorted(problems, key=lambda p: (p.file, p.line or 0))


def _stages(rules: Rulebook) -> Iterator[RuleError]:
    tables = [(t.about.file, t.front.get("stage", "")) for t in rules.tables.values()]
    for file, stage in (*tables, *((f.about.file, f.stage) for f in rules.files.values())):
        if stage not in STAGES and file.startswith("rules/"):
            told = f"names the stage {stage!r}" if stage else "names no stage"
            yield RuleError(file, None, told, f"say what it serves: stage = one of {', '.join(STAGES)}")


def _unmatched(rules: Rulebook) -> Iterator[RuleError]:
    """Patterns that match none of their own examples, as they are or with the amounts in them written #."""
    digits = "".join(sorted(w for w in rules.word_set("numerals") if len(w) == 1))
    amount = regex.compile(f"[0-9{regex.escape(digits)}]+")
    for name in rules.files:
        if rules.settings(name).get("over") == SIGNS:
            continue
        for rule in rules.patterns(name):
            if rule.source and not any(rule.regex.search(text) for text in _texts(rule, amount)):
                what = f"the pattern of {rule.id} matches none of its examples"
                yield RuleError(rule.file, rule.line, what, "correct the pattern, or give an example that it matches")


def _texts(rule: Pattern, amount: regex.Pattern[str]) -> Iterator[str]:
    for example in (*rule.examples, *rule.counterexamples):  # a rule that blocks matches what must not be found
        text = fold(example.text)
        yield text
        yield from text.split("\n")
        yield amount.sub(AMOUNT, text)
        if example.span:
            yield text[: example.span[0]] + AMOUNT + text[example.span[1] :]


def _twice(table: Table) -> Iterator[RuleError]:
    apart = [c for c in table.front.get("apart", ()) if c != "id"]
    known = {c.name for c in table.columns}
    for name in apart:
        if name not in known:
            yield RuleError(table.about.file, None, f"apart names {name!r}, which is no column", "name a column")
            return
    by_id = "id" in table.front.get("apart", ())
    seen: dict[Sequence[object], Row] = {}
    for row in table.rows:
        for word in _words(row):
            key = (word, *(row[c] for c in apart), *((row.id,) if by_id else ()))
            first = seen.setdefault(key, row)
            if first is not row:
                yield _lost(row, word, first)
        yield from _again(row)


def _again(row: Row) -> Iterator[RuleError]:
    words = _words(row)
    for word in sorted({w for w in words if words.count(w) > 1} if len(set(words)) < len(words) else ()):
        yield RuleError(row.file, row.line, f"{word} stands twice in {row.id}", "remove one of them")


def _behind(table: Table, tables: Mapping[str, Table]) -> Iterator[RuleError]:
    for name in table.front.get("behind", ()):
        if name not in tables:
            yield RuleError(table.about.file, None, f"behind names {name!r}, which is no table", "correct the name")
            continue
        first = {word: row for row in reversed(tables[name].rows) for word in _words(row)}
        for row in table.rows:
            for word in _words(row):
                if word in first:
                    yield _lost(row, word, first[word])


def _lost(row: Row, word: str, winner: Row) -> RuleError:
    what = f"{word} of {row.id} never wins: {winner.id} ({winner.file}:{winner.line}) has it"
    return RuleError(row.file, row.line, what, "leave it in one of them")


def _unfolded(table: Table) -> Iterator[RuleError]:
    columns = [c.name for c in table.columns if c.kind == "words"]
    for row in table.rows:
        for column in columns:
            for word in row[column] or ():
                if fold(word) != word:
                    what = f"{word} of {row.id} matches nothing: texts are matched in half-width and simplified form"
                    yield RuleError(row.file, row.line, what, f"write {fold(word)}, or remove it")


def _words(row: Row) -> tuple[str, ...]:
    words = row.cells.get(WORDS)
    return words if isinstance(words, tuple) else ()
