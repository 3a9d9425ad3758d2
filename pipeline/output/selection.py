"""Which facts are written: ``type=quote,speaker=周启明`` keeps the quotations of one speaker."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args, get_type_hints

import msgspec

from pipeline.core.errors import UsageError
from pipeline.core.records import (
    Arg,
    Assertion,
    Change,
    Document,
    EventNorm,
    FactRecord,
    QuantityKind,
    QuantityMention,
    QuoteNorm,
)
from pipeline.core.slices import type_of
from pipeline.output.flat import ARGS

Kinds = Mapping[str, str]
"""The kinds of amounts by the ids of their mentions."""
HOW = "write KEY=VALUE, several with commas between them, as in type=quantity,unit=CNY"


@dataclass(frozen=True, slots=True)
class Key:
    """A field of facts that can be asked for: how its values are read, and which there are (none: any text)."""

    values: Callable[[FactRecord, Kinds], Iterable[str | None]]
    choices: tuple[str, ...] = ()
    begins: bool = False
    """Whether the beginning of a value is enough: ``time=2024``."""


def _norm(name: str) -> Callable[[FactRecord, Kinds], Iterable[str | None]]:
    return lambda fact, _: (getattr(fact.norm, name, None),)


def _change(name: str) -> Callable[[FactRecord, Kinds], Iterable[str | None]]:
    return lambda fact, _: (getattr(getattr(fact.norm, "change", None), name, None),)


def _arg(name: str) -> Callable[[FactRecord, Kinds], Iterable[str | None]]:
    def values(fact: FactRecord, _: Kinds) -> Iterable[str | None]:
        arg = getattr(fact.args, name, None)
        return ("".join(arg.text.split("\n")),) if isinstance(arg, Arg) else ()

    return values


def _kinds(fact: FactRecord, kinds: Kinds) -> Iterable[str | None]:
    amount = getattr(fact.args, "quantity", None)
    return (kinds.get(amount.mention or "") if isinstance(amount, Arg) else None, getattr(fact.norm, "kind", None))


def _choices(record: type, name: str) -> tuple[str, ...]:
    return get_args(get_type_hints(record)[name])


TYPES = tuple(type_of(fact) for fact in get_args(FactRecord))
KEYS: Mapping[str, Key] = {
    "type": Key(lambda fact, _: (type_of(fact),), TYPES),
    "kind": Key(_kinds, (*get_args(QuantityKind), *_choices(QuoteNorm, "kind"))),
    "unit": Key(_norm("unit")),
    "event": Key(_norm("type"), _choices(EventNorm, "type")),
    "change": Key(_change("direction"), _choices(Change, "direction")),
    "basis": Key(_change("basis")),
    "modality": Key(lambda fact, _: (fact.assertion.modality,), _choices(Assertion, "modality")),
    "polarity": Key(lambda fact, _: (fact.assertion.polarity,), _choices(Assertion, "polarity")),
    "article": Key(lambda fact, _: (fact.article,)),
    "rule": Key(lambda fact, _: (fact.rule,), begins=True),
    **{name: Key(_arg(name)) for name in ARGS},
    "time": Key(lambda fact, kinds: (*_arg("time")(fact, kinds), *_norm("time")(fact, kinds)), begins=True),
    "speaker": Key(lambda fact, kinds: (*_arg("speaker")(fact, kinds), *_norm("speaker")(fact, kinds))),
}
"""What can be asked for. An argument's name asks for its text; ``time`` and ``speaker`` for what they mean too."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One ``KEY=VALUE``; ``*`` in the value stands for any text."""

    key: Key
    pattern: re.Pattern[str]

    def holds(self, fact: FactRecord, kinds: Kinds) -> bool:
        """Whether one of the fact's values is the one that is asked for."""
        return any(value is not None and self.pattern.match(value) for value in self.key.values(fact, kinds))


@dataclass(frozen=True, slots=True)
class Selection:
    """Facts for which all conditions of one of ``choices`` hold."""

    choices: tuple[tuple[Condition, ...], ...]

    @classmethod
    def parse(cls, wanted: Sequence[str]) -> Selection:
        """A selection of ``KEY=VALUE,KEY=VALUE`` texts, one of which must hold.

        Raises `UsageError`, which names the keys, or the values of a key that has no others.
        """
        return cls(tuple(tuple(_condition(part) for part in one.split(",")) for one in wanted))

    def of(self, document: Document) -> Document:
        """``document`` with the facts that are asked for and the mentions that they refer to; the rest as it is.

        Ids stay, so a fact may name one that was left out (the quote that it stands in).
        """
        kinds = {m.id: m.norm.kind for m in document.mentions if isinstance(m, QuantityMention)}
        facts = tuple(f for f in document.facts if any(all(c.holds(f, kinds) for c in one) for one in self.choices))
        named = {mention for fact in facts for mention in _mentions(fact)}
        mentions = tuple(m for m in document.mentions if m.id in named)
        return msgspec.structs.replace(document, facts=facts, mentions=mentions)


def _mentions(fact: FactRecord) -> Iterable[str]:
    args = (getattr(fact.args, name) for name in fact.args.__struct_fields__)
    return (arg.mention for arg in args if isinstance(arg, Arg) and arg.mention)


def _condition(part: str) -> Condition:
    name, sign, value = (cell.strip() for cell in part.partition("="))
    if not sign or not name or not value:
        raise UsageError(f"--select {part!r}: {HOW}")
    key = KEYS.get(name)
    if key is None:
        raise UsageError(f"--select {part!r}: there is no {name}; the keys are {', '.join(KEYS)}")
    if key.choices and "*" not in value and value not in key.choices:
        raise UsageError(f"--select {part!r}: {name} is one of {', '.join(key.choices)}")
    pattern = ".*".join(map(re.escape, value.split("*"))) + ("" if key.begins else r"\Z")
    return Condition(key, re.compile(pattern, re.S))
