"""Which facts of an article state the same thing: told in the title and again below, rounded and exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

from pipeline.core.model import Fact, FactType, View
from pipeline.facts.claims import Claim, words_of

NEAR = 12
"""With how many of the facts before it, in the order of their values, a fact is compared."""
NAME = 2
"""The shortest name that tells a thing."""
FEW = 10
"""Counts below it say nothing by being equal: two things that are alike must be named alike."""

YEAR, YEARS_END = "2023", "-12-31"
"""How a year is written, and what its last day has behind it."""

Words = Mapping[str, str]
"""The folded text of each argument."""


def find_same(view: View, claims: Sequence[Claim]) -> list[tuple[int, ...]]:
    """Groups of places in ``view.facts``, two or more in each, the most precise first; ``claims`` are its amounts."""
    facts = view.facts
    if len(facts) < 2:
        return []
    groups = _amounts(claims) if claims else []
    kinds = [fact.type for fact in facts]
    for kind, alike in _ALIKE.items():
        if kinds.count(kind) > 1:
            found = [i for i, own in enumerate(kinds) if own == kind]
            name = _NAMED.get(kind)
            names = [words_of(view.folded, facts[i].args[name]) for i in found] if name else [""] * len(found)
            if len(set(names)) < len(names):
                groups += _grouped(view, dict(zip(found, names, strict=True)), alike)
    groups.sort()
    return groups


class _Told(dict[int, Words]):
    """The words of each fact of an article, put together when first asked for."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def __missing__(self, place: int) -> Words:
        view = self._view
        args = view.facts[place].args
        words = self[place] = {name: words_of(view.folded, argument) for name, argument in args.items()}
        return words


def _amounts(claims: Sequence[Claim]) -> list[tuple[int, ...]]:
    """Groups of quantity facts; neighbours by value are compared, so that the work is linear in their number."""
    groups: list[list[Claim]] = []
    units: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.subject or claim.prop:
            units.setdefault((claim.unit, claim.kind), []).append(claim)
    for same in units.values():
        if len(same) > 1:
            same.sort(key=_by_value)
            open_groups: list[list[Claim]] = []
            for claim in same:
                for group in open_groups[-NEAR:]:
                    if _is_of(claim, group):
                        group.append(claim)
                        break
                else:
                    open_groups.append([claim])
            groups += [g for g in open_groups if len(g) > 1]
    return [tuple([c.index for c in sorted(g, key=_precision)]) for g in groups]


_by_value = attrgetter("value", "start")


def _is_of(claim: Claim, group: list[Claim]) -> bool:
    """Whether an amount states what all of a group do; most are told apart by their numbers alone."""
    last = group[-1]
    if last.value != claim.value and (last.low > claim.high or claim.low > last.high):
        return False
    return all(one_claim(claim, c) for c in group[-NEAR:])


def _precision(claim: Claim) -> tuple[object, ...]:
    """Sorts the most precise first: exact numbers, those with the most digits, with the most arguments, the first."""
    return claim.modifier is not None, claim.digit, -len(claim.fact.args), claim.time is None, claim.start


def one_claim(a: Claim, b: Claim) -> bool:
    """Whether two amounts of one unit may be the same number of the same thing at the same time."""
    return (
        _one_number(a, b)
        and one_change(a, b)
        and a.per == b.per
        and (one_time(a.time, b.time) or _told_within(a, b))
        and one_thing(a, b)
    )


def _one_number(a: Claim, b: Claim) -> bool:
    """Whether two amounts may stand for one number: 103 and 103.08, 超过3亿 and 300269352; 3 and 2.8 say too little."""
    if a.value == b.value:
        return a.modifier == b.modifier or None in (a.modifier, b.modifier)
    if a.low > b.high or b.low > a.high or (a.modifier and b.modifier):
        return False
    coarse = a if a.digit > b.digit else b
    close = abs(a.value - b.value) * FEW <= max(abs(a.value), abs(b.value))
    return close and (coarse.modifier is not None or abs(coarse.value) >= coarse.digit * FEW)


def one_change(a: Claim, b: Claim) -> bool:
    """Whether two amounts tell no change, or one and the same."""
    if a.change is None or b.change is None:
        return a.level and b.level
    if (a.change.direction, a.change.role) != (b.change.direction, b.change.role):
        return False
    return a.change.basis == b.change.basis or None in (a.change.basis, b.change.basis)


def one_time(a: str | None, b: str | None) -> bool:
    """Whether two ISO times may be one: equal, one of them open, a day and its month, a year and its last day."""
    if a is None or b is None or a == b:
        return True
    if len(a) > len(b):
        a, b = b, a
    return b.startswith(a) and (len(a) > len(YEAR) or b == a + YEARS_END) and "/" not in a + b


def _told_within(a: Claim, b: Claim) -> bool:
    """Whether one amount is told of a day and the other, with as many digits as leave no doubt, of a period around it.

    截至2023年底修复103公顷; “十四五”以来修复103.08公顷.
    """
    coarse = max(a.digit, b.digit)
    if a.time is None or b.time is None or min(abs(a.value), abs(b.value)) < coarse * FEW * FEW:
        return False
    period, day = (a.time, b.time) if "/" in a.time else (b.time, a.time)
    start, parted, end = period.partition("/")
    return bool(parted) and "/" not in day and start <= day[: len(start)] and day[: len(end)] <= end


def one_thing(a: Claim, b: Claim) -> bool:
    """Whether what two amounts are of may be one thing, the one named at greater length than the other."""
    if a.thing == b.thing:
        return True
    if bool(a.whole) != bool(b.whole) or (a.digit == b.digit == 1 and a.value < FEW):
        return False
    if related(a.thing, b.thing):
        return True
    subjects = not a.subject or not b.subject or related(a.subject, b.subject)
    properties = a.prop == b.prop or related(a.prop, b.prop) or _measure_of(a.prop, b.prop)
    return subjects and properties and bool((a.subject and b.subject) or (a.prop and b.prop))


def related(a: str, b: str) -> bool:
    """Whether one of two names ends with the other, which tells a thing: 全市红树林, 红树林."""
    return min(len(a), len(b)) >= NAME and (a.endswith(b) or b.endswith(a))


def _measure_of(a: str, b: str) -> bool:
    """Whether one of two properties is the other's measure: 修复, 修复面积."""
    if len(a) > len(b):
        a, b = b, a
    return len(a) >= NAME and b.startswith(a) and len(b) - len(a) <= NAME


Alike = Callable[[View, Fact, Words, Fact, Words], bool]


def _grouped(view: View, names: Mapping[int, str], alike: Alike) -> list[tuple[int, ...]]:
    """Groups of the facts that ``names`` are of; those of another name state something else."""
    groups: list[list[int]] = []
    facts, words = view.facts, _Told(view)
    for i, name in names.items():
        for group in groups[-NEAR:]:
            first = group[0]
            if names[first] == name and alike(view, facts[i], words[i], facts[first], words[first]):
                group.append(i)
                break
        else:
            groups.append([i])
    return [tuple(sorted(g, key=lambda i: _fullness(words[i], i))) for g in groups if len(g) > 1]


def _fullness(words: Words, i: int) -> tuple[int, int, int]:
    return -len(words), -sum(map(len, words.values())), i


def _either(a: Words, b: Words, name: str) -> bool:
    """Whether an argument does not tell two facts apart: absent in one, or related."""
    return name not in a or name not in b or related(a[name], b[name])


def _one_role(view: View, one: Fact, a: Words, other: Fact, b: Words) -> bool:
    return a["person"] == b["person"] and a["title"] == b["title"] and _either(a, b, "org") and one.norm == other.norm


def _one_rank(view: View, one: Fact, a: Words, other: Fact, b: Words) -> bool:
    told = all(_either(a, b, name) for name in ("subject", "property", "scope"))
    return a["rank"] == b["rank"] and told and ("subject" in a and "subject" in b)


def _one_quote(view: View, one: Fact, a: Words, other: Fact, b: Words) -> bool:
    speakers = one.norm.get("speaker"), other.norm.get("speaker")
    within = a["content"] in b["content"] or b["content"] in a["content"]
    return within and (speakers[0] == speakers[1] or None in speakers)


def _one_event(view: View, one: Fact, a: Words, other: Fact, b: Words) -> bool:
    if a["trigger"] != b["trigger"] or (one.polarity, one.modality) != (other.polarity, other.modality):
        return False
    times = one.norm.get("time"), other.norm.get("time")
    if not one_time(*(t if isinstance(t, str) else None for t in times)):
        return False
    both = [name for name in ("agent", "object", "place") if name in a and name in b]
    told = "object" in both or ("agent" in both and "object" not in {*a, *b})
    return told and all(related(a[name], b[name]) for name in both)


_ALIKE: Mapping[FactType, Alike] = {"role": _one_role, "rank": _one_rank, "quote": _one_quote, "event": _one_event}
_NAMED: Mapping[FactType, str] = {"role": "person", "rank": "rank", "event": "trigger"}
"""The argument that facts which state the same name with the same words."""
