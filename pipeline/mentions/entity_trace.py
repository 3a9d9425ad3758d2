"""Why a name was taken or not: the words that the patterns saw, what it stands for, and what it lost against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.core.model import Entity
from pipeline.core.overlap import Lost, reason
from pipeline.core.trace import Trace
from pipeline.mentions.grammar import PRIORITY, SPAN, Candidate
from pipeline.mentions.items import Items
from pipeline.rulebook import Rulebook


def note_names(trace: Trace, names: Sequence[Entity], items: Items) -> None:
    """The steps of each name: its words and those beside it with their signs, its full name, its code."""
    for name in names:
        trace.begin()
        first = max(items.at(name.start) - 1, 0)
        for i in range(first, min(items.at(name.end) + 1, len(items.starts))):
            trace.step("word", items.starts[i], items.ends[i], f"{items.signs[i]} ({items.tags[i]})")
        norm = name.norm
        trace.step("name", name.start, name.end, f"{norm.name} ({norm.entity})")
        if norm.code or norm.candidates:
            trace.step("code", name.start, name.end, norm.code or " or ".join(norm.candidates))
        trace.keep("entity", name.start, name.end, REACH)


def note_never(trace: Trace, candidates: Iterable[Candidate], folded: str, rules: Rulebook) -> None:
    """The candidates that ``not_entities`` says are no names."""
    rows = {w: row for row in rules.rows("not_entities") if row["kind"] == "never" for w in row["words"]}
    for c in candidates:
        row = rows.get(folded[c.start : c.end])
        if row is not None:
            trace.reject("entity", c.start, c.end, "words that are no names", row.id, c.rule)


def note_noise(folded: str, start: int, end: int, rule: str, rules: Rulebook) -> None:
    """A candidate for a person that ``not_entities`` knows as another word; nothing where no trace is kept."""
    if rules.trace is not None:
        row = rules.words("not_entities").get(folded[start:end])
        why = "a word that only looks like a surname with a given name"
        rules.trace.reject("entity", start, end, why, row.id if row else "", rule)


def note_lost(trace: Trace, lost: Iterable[Lost[Candidate]]) -> None:
    """The candidates that lost by the overlap policy."""
    for one in lost:
        c, w = one.candidate, one.against
        trace.lose(
            "entity", (c.start, c.end), c.rule, (("entity", w.start, w.end), w.rule), reason(one, SPAN, PRIORITY)
        )


REACH = 12
"""Characters within which the word before or after a name is shown."""
