"""The way of one article's clean text: a `View` with its tokens, then each stage's field of it, in order.

Nothing here knows spaCy: extraction hands records out, so no Doc is made for it (a seventh of its time, and two thirds
of a short run's start). `pipeline.chain.components` makes the same stages components of a spaCy ``Language``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipeline.core.model import Line, Mention, View
from pipeline.facts import find_facts, relate
from pipeline.lexis.fold import fold
from pipeline.lexis.scan import Scan, scan_all
from pipeline.mentions.entities import find_entities
from pipeline.mentions.quantities import find_quantities
from pipeline.mentions.times import find_times
from pipeline.rulebook import Rulebook, load
from pipeline.tokens.segment import Segmenter, segment
from pipeline.tokens.sentences import split_sentences

Run = Callable[[View, Scan, Rulebook], Sequence[Mention]]
"""A stage: writes its field of the View and returns what ``doc.spans`` shall show."""


def rulebook(rules: str | None) -> Rulebook:
    """The rulebook with the user's folder ``rules`` laid over it; raises `RuleError`."""
    return load(Path(rules) if rules else None)


def new_views(texts: Sequence[str], rules: Rulebook, segmenter: Segmenter = "rjieba") -> list[tuple[View, Scan]]:
    """A View of each clean text with its tokens, and the scan that its quantities and times are made from."""
    folded = [fold(text) for text in texts]
    scans = scan_all(folded, rules)
    views = [
        View(text, plain, _lines(text), tokens=segment(plain, found.marks, rules, segmenter))
        for text, plain, found in zip(texts, folded, scans, strict=True)
    ]
    return list(zip(views, scans, strict=True))


def _lines(text: str) -> Sequence[Line]:
    lines, at = [], 0
    for part in text.split("\n"):
        if part.strip():
            lines.append(Line(at, at + len(part)))
        at += len(part) + 1
    return lines


def sentences(view: View, found: Scan, rules: Rulebook) -> Sequence[Mention]:
    """Sentence borders."""
    view.sentences = split_sentences(view.folded, rules)
    return ()


def quantities(view: View, found: Scan, rules: Rulebook) -> Sequence[Mention]:
    """Amounts."""
    view.quantities = find_quantities(view, found.amounts, rules)
    return view.quantities


def times(view: View, found: Scan, rules: Rulebook) -> Sequence[Mention]:
    """Times."""
    view.times = find_times(view, found.times, rules)
    return view.times


def entities(view: View, found: Scan, rules: Rulebook) -> Sequence[Mention]:
    """Names."""
    view.entities = find_entities(view, rules)
    return view.entities


def facts(view: View, found: Scan, rules: Rulebook) -> Sequence[Mention]:
    """Facts; a mention is shown by the stage that found it."""
    if not view.sentences:  # somebody's own sentence component may stand in our place
        view.sentences = split_sentences(view.folded, rules)
    view.facts = find_facts(view, rules)
    return ()


def checks(view: View, found: Scan, rules: Rulebook) -> Sequence[Mention]:
    """What facts have to do with each other: which state the same, which do not add up."""
    relate(view, rules)
    return ()


STAGES: Mapping[str, Run] = {
    "zh_sentences": sentences,
    "zh_quantities": quantities,
    "zh_times": times,
    "zh_entities": entities,
    "zh_facts": facts,
    "zh_checks": checks,
}
"""The stages of the chain by the names of their components, in order, after the tokenizer."""
