"""Rank facts: ordinals that say where a thing stands among its like (位居全国第二, 列第三位)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.core.matchers import Matcher, matcher
from pipeline.core.model import Argument, Fact, Offsets, Quantity, View
from pipeline.core.slices import Record
from pipeline.facts.clauses import coded_sentences
from pipeline.facts.coded import Coded
from pipeline.facts.topics import topic_of
from pipeline.rulebook import Rulebook

ORDINALS = frozenset({"ordinal"})
NEAR = 24
"""How far before an ordinal its verb stands at most, in characters; the scope is between (位居全国同类企业第二)."""


class _Words(Record, frozen=True):
    """Verbs of ranking, and the units of ordinals that rank."""

    verbs: frozenset[str]
    any_verb: Matcher
    units: frozenset[str]


def ranks_in(views: Sequence[View], rules: Rulebook) -> list[list[Fact]]:
    """Of each article one fact for each ordinal behind a verb of ranking, in order; ``norm.value`` is the place."""
    words = rules.once("facts.ranks", _words)
    out: list[list[Fact]] = [[] for _ in views]
    for view, facts in zip(views, out, strict=True):
        for quantity in view.quantities:
            if quantity.norm.kind == "ordinal" and _may_rank(view, quantity, words):
                facts += _ranks(view, rules, words)
                break
    return out


def _ranks(view: View, rules: Rulebook, words: _Words) -> list[Fact]:
    out: list[Fact] = []
    for coded in coded_sentences(view, rules, ORDINALS):
        for item, ordinal in coded.quantities.items():
            if _may_rank(view, ordinal, words):
                fact = _rank(view, rules, coded, item, words.verbs)
                if fact is not None:
                    out.append(fact)
                elif rules.trace is not None:
                    why = "no pattern of ranking fits its clause"
                    rules.trace.reject("fact.rank", ordinal.start, ordinal.end, why)
    return out


def _words(rules: Rulebook) -> _Words:
    settings = rules.settings("facts_rank")
    verbs = settings["verbs"]
    any_verb = matcher("|".join(map(re.escape, verbs)) or "(?!)")
    return _Words(frozenset(verbs), any_verb, frozenset(settings["units"]))


def _may_rank(view: View, quantity: Quantity, words: _Words) -> bool:
    """Whether this is an ordinal of the units that rank with a verb of ranking somewhere before it."""
    if quantity.norm.kind != "ordinal" or quantity.norm.unit not in words.units:
        return False
    return words.any_verb.search(view.folded, max(quantity.start - NEAR, 0), quantity.start) is not None


def _rank(view: View, rules: Rulebook, coded: Coded, item: int, verbs: frozenset[str]) -> Fact | None:
    start, end = coded.clause(item)
    letters = [
        "X" if view.folded[coded.starts[i] : coded.ends[i]] in verbs else coded.code[i] for i in range(start, item)
    ]
    window = "".join(letters) + "#" + coded.code[item + 1 : end]
    for pattern in rules.patterns("facts_rank"):
        m = pattern.regex.search(window)
        if m is None:
            continue
        args: dict[str, Offsets | None] = {"rank": (coded.starts[item], coded.ends[item])}
        for name in m.re.groupindex:
            if m.start(name) >= 0:
                args[name] = coded.span(start + m.start(name), start + m.end(name))
        if "subject" not in args:
            args["subject"] = topic_of(coded, start)
        kept = {name: Argument((span,)) for name, span in args.items() if span is not None}
        norm = coded.quantities[item].norm
        value = norm.value if norm.value is not None else norm.low
        return Fact("rank", kept, {"value": value}, (coded.start, coded.end), pattern.id, "0.85")
    return None
