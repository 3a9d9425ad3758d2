"""The way of one article's clean text: a `View` with its tokens, then each stage's field of it, in order.

Nothing here knows spaCy: extraction hands records out, so no Doc is made for it (a seventh of its time, and two thirds
of a short run's start). `pipeline.chain.components` makes the same stages components of a spaCy ``Language``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.chain.tiers import tier_of
from pipeline.core.model import Line, Mention, View
from pipeline.core.options import DEFAULT_TIER, Segmenter
from pipeline.facts import find_facts, relate
from pipeline.lexis.fold import fold
from pipeline.lexis.scan import Scan, scan_all
from pipeline.mentions.entities import Tier, find_entities
from pipeline.mentions.quantities import find_quantities
from pipeline.mentions.times import find_times
from pipeline.rulebook import Rulebook, load
from pipeline.tokens.segment import segment
from pipeline.tokens.sentences import split_sentences

Work = tuple[View, Scan]
"""An article, and the scan that its quantities and times are made from."""


class Setting(NamedTuple):
    """What the stages work with."""

    rules: Rulebook
    tier: Tier
    """What decides on names."""


Run = Callable[[Sequence[Work], Setting], Sequence[Sequence[Mention]]]
"""A stage: writes its field of the View of each article, and returns what ``doc.spans`` shall show of each."""


def setting(rules: Rulebook, entities: str = DEFAULT_TIER) -> Setting:
    """The setting of a rulebook and a tier, as `pipeline.load` names it; raises `UsageError` where it names none."""
    return Setting(rules, tier_of(entities, rules))


def rulebook(rules: str | Path | None) -> Rulebook:
    """The rulebook with the user's folder ``rules`` laid over it; raises `RuleError`."""
    return load(Path(rules) if rules else None)


def new_views(
    texts: Sequence[str], rules: Rulebook, segmenter: Segmenter = "rjieba", folded: Sequence[str] | None = None
) -> list[Work]:
    """A View of each clean text with its tokens, and the scan that its quantities and times are made from; its lines
    are written by whoever knows them. ``folded``: the texts folded, where that is known."""
    folded = [fold(text) for text in texts] if folded is None else folded
    scans = scan_all(folded, rules)
    views = [
        View(text, plain, tokens=segment(plain, found.marks, rules, segmenter))
        for text, plain, found in zip(texts, folded, scans, strict=True)
    ]
    return list(zip(views, scans, strict=True))


def plain_views(texts: Sequence[str], rules: Rulebook, segmenter: Segmenter = "rjieba") -> list[Work]:
    """The same of texts that have no layout: each of their lines is a paragraph."""
    works = new_views(texts, rules, segmenter)
    for view, _ in works:
        view.lines = _lines(view.text)
    return works


def _lines(text: str) -> Sequence[Line]:
    lines, at = [], 0
    for part in text.split("\n"):
        if part.strip():
            lines.append(Line(at, at + len(part)))
        at += len(part) + 1
    return lines


def sentences(works: Sequence[Work], setting: Setting) -> Sequence[Sequence[Mention]]:
    """Sentence borders."""
    for view, _ in works:
        view.sentences = split_sentences(view.folded, setting.rules)
    return [()] * len(works)


def quantities(works: Sequence[Work], setting: Setting) -> Sequence[Sequence[Mention]]:
    """Amounts."""
    for view, found in works:
        view.quantities = find_quantities(view, found.amounts, setting.rules)
    if setting.rules.off:
        _leave_out(works, "quantities", setting.rules.off)
    return [view.quantities for view, _ in works]


def times(works: Sequence[Work], setting: Setting) -> Sequence[Sequence[Mention]]:
    """Times."""
    for view, found in works:
        view.times = find_times(view, found.times, setting.rules)
    if setting.rules.off:
        _leave_out(works, "times", setting.rules.off)
    return [view.times for view, _ in works]


def entities(works: Sequence[Work], setting: Setting) -> Sequence[Sequence[Mention]]:
    """Names: the tagger works on all articles at once."""
    views = [view for view, _ in works]
    for view, found in zip(views, find_entities(views, *setting), strict=True):
        view.entities = found
    if setting.rules.off:
        _leave_out(works, "entities", setting.rules.off)
    return [view.entities for view in views]


def _leave_out(works: Sequence[Work], field: str, off: frozenset[str]) -> None:
    """Takes out of a field of the Views what the user switched off: a rule may be no more than the name of what a
    mechanism finds (3.5%)."""
    for view, _ in works:
        setattr(view, field, [found for found in getattr(view, field) if found.rule not in off])


def facts(works: Sequence[Work], setting: Setting) -> Sequence[Sequence[Mention]]:
    """Facts; a mention is shown by the stage that found it."""
    views = [view for view, _ in works]
    for view in views:
        if not view.sentences:  # somebody's own sentence component may stand in our place
            view.sentences = split_sentences(view.folded, setting.rules)
    for view, found in zip(views, find_facts(views, setting.rules), strict=True):
        view.facts = found
    return [()] * len(works)


def checks(works: Sequence[Work], setting: Setting) -> Sequence[Sequence[Mention]]:
    """What facts have to do with each other: which state the same, which do not add up."""
    relate([view for view, _ in works], setting.rules)
    return [()] * len(works)


STAGES: Mapping[str, Run] = {
    "zh_sentences": sentences,
    "zh_quantities": quantities,
    "zh_times": times,
    "zh_entities": entities,
    "zh_facts": facts,
    "zh_checks": checks,
}
"""The stages of the chain by the names of their components, in order, after the tokenizer."""
