"""A change against its amounts: 296.18公顷, 120.48公顷 more than before, is 68.57% more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from pipeline.core.model import Check, View
from pipeline.core.slices import Record
from pipeline.facts.check_rules import CheckRules, between
from pipeline.facts.claims import Claim, Claims
from pipeline.facts.verdict import Range, Verdict, plain, range_of

RULE = "check.change"
DIRECTION = "check.direction"
RELATIVE = {"%": Decimal(100), "x": Decimal(1)}
"""Units of a change that is told as a share of what there was, and what the whole of it is in them."""
THAN = 20
"""How many characters before an amount may say that it is what another is compared with."""
POINTS, TIMES = "pp", "x"


class _Way(Record, frozen=True):
    """One way to compute a change, with the claims that it rests on; ``sure``: they stand side by side."""

    claims: tuple[Claim, ...]
    computed: Range
    sure: bool


def change_checks(view: View, claims: Claims, rules: CheckRules) -> list[Check]:
    """A check for each change that the amounts of its sentence give another way, and for each that runs backwards."""
    out: list[Check] = []
    for told in claims.sentences:
        if len(told) < 2 or not any([claim.change for claim in told]):
            continue
        sentence = _with_rates(view, told, rules)
        bases: frozenset[int] | None = None
        for run in _runs(view, sentence, rules):
            levels: list[int] = []
            for i, claim in enumerate(run if len(run) > 1 else ()):
                if claim.level:
                    levels.append(i)
                    found = _direction(run, i, rules)
                else:
                    bases = _bases(view, sentence, rules) if bases is None else bases
                    found = _change(run, i, _now(run, i, levels, bases), bases, rules)
                if found is not None:
                    out.append(found)
    return out


def _with_rates(view: View, sentence: Sequence[Claim], rules: CheckRules) -> Sequence[Claim]:
    """``sentence`` with each change that is told by its name as one of what stands before it: 增至200公顷，增幅25%."""
    named = [c.change is None and c.unit in RELATIVE and (c.prop or c.subject) in rules.rates for c in sentence]
    if True not in named or not rules.has(RULE):
        return sentence
    out: list[Claim] = []
    for claim, is_rate in zip(sentence, named, strict=True):
        if is_rate and out:
            own = not claim.prop or claim.subject == out[-1].subject
            if own and not rules.finds(RULE, "since", between(view, out[-1], claim)):
                claim = replace(
                    claim, change=rules.rates[claim.prop or claim.subject], level=False, thing=out[-1].thing
                )
        out.append(claim)
    return out


def _runs(view: View, sentence: Sequence[Claim], rules: CheckRules) -> Iterator[list[Claim]]:
    """Neighbouring amounts of one thing; a change of another kind (年均增长) is no neighbour."""
    run: list[Claim] = []
    parted = rules.has(RULE)
    for claim in sentence:
        if run and (claim.thing != run[0].thing or claim.per != run[0].per):
            yield run
            run = []
        if not run or not parted or not rules.finds(RULE, "unless", between(view, run[-1], claim)):
            run.append(claim)
    yield run


def _bases(view: View, sentence: Sequence[Claim], rules: CheckRules) -> frozenset[int]:
    """The amounts, by their facts, that are told as what there was: 由5%, 比上年的1200吨."""
    return frozenset(
        c.index
        for c in sentence
        if c.change is not None
        and c.change.role == "from"
        or c.change is None
        and rules.has(RULE)
        and rules.finds(RULE, "than", view.folded[max(c.start - THAN, c.sentence[0]) : c.start])
    )


def _direction(run: Sequence[Claim], i: int, rules: CheckRules) -> Check | None:
    """由5%上升至3%: what is told to grow has become less."""
    claim = run[i]
    if claim.change is None or claim.change.role != "to" or not rules.has(DIRECTION):
        return None
    if claim.kind == "ratio" and not claim.unit:  # 由1∶1.2提高到1∶1.6: what grows is its second term
        return None
    before = _base(run, i, frozenset())
    if before is None or before.unit != claim.unit or before.change is None or before.change.role != "from":
        return None
    grows = claim.change.direction == "increase"
    backwards = claim.high < before.low if grows else claim.low > before.high
    if not backwards:
        return None
    told = Verdict((">" if grows else "<") + plain(before.value), plain(claim.value), plain(claim.digit / 2), False)
    return rules.made(DIRECTION, [before, claim], told)


def _change(run: Sequence[Claim], i: int, at: int, bases: frozenset[int], rules: CheckRules) -> Check | None:
    if not rules.has(RULE):
        return None
    failed: Check | None = None
    for way in _ways(run, i, at, bases):
        check = rules.judged(RULE, [*way.claims, run[i]], run[i], way.computed)
        if check is not None and (check.ok or (way.sure and failed is None)):
            if check.ok:
                return check
            failed = check
    return failed


def _ways(run: Sequence[Claim], i: int, at: int, bases: frozenset[int]) -> Iterator[_Way]:
    """The ways to compute the change at ``i`` from the amounts around it; it has led to the one at ``at``."""
    change = run[i]
    grows = change.change is not None and change.change.direction == "increase"
    now = run[at] if at >= 0 else None
    base = _base(run, at, bases) if at >= 0 else None
    by = _other_change(run, i, now)
    whole = RELATIVE.get(change.unit)
    if now is not None and base is not None and (now.value > base.value) == grows and base.low > 0:
        step = range_of(now) - range_of(base) if grows else range_of(base) - range_of(now)
        sure = _side_by_side(run.index(base), at, i) and base.index in bases and now.modifier is None
        if whole and now.unit not in RELATIVE:
            yield _Way((base, now), (step / range_of(base)).times(whole), sure)
            if change.unit == TIMES and grows:  # 从1100万增长到1.05亿，增长约10倍: to ten times, as many write it
                yield _Way((base, now), range_of(now) / range_of(base), False)
        elif change.unit == now.unit or (change.unit == POINTS and now.unit == "%"):
            yield _Way((base, now), step, sure)
    if whole and by is not None and now is not None:
        before = range_of(now) - range_of(by) if grows else range_of(now) + range_of(by)
        if before.low > 0:
            sure = at == min(i, run.index(by)) - 1 and abs(i - run.index(by)) == 1
            yield _Way((now, by), (range_of(by) / before).times(whole), sure and now.modifier is None)


def _side_by_side(base: int, now: int, change: int) -> bool:
    """Whether three amounts stand as what was, what is and how it changed are told together.

    由120张增加到160张，增加40张; 1680吨，比上年的1200吨增长40%; 比上年的1200吨增长40%，达到1680吨.
    """
    return (base, now, change) in ((change - 2, change - 1, change), (change - 1, change - 2, change)) or (
        (base, now) == (change - 1, change + 1)
    )


def _now(run: Sequence[Claim], i: int, levels: list[int], bases: frozenset[int]) -> int:
    """The place of the amount that the change at ``i`` has led to: the nearest before it, else the next; -1 if none.

    ``levels``: the places of amounts before it; those that tell what there was are dropped, as nothing leads to them.
    """
    while levels and run[levels[-1]].index in bases:
        levels.pop()
    if levels:
        return levels[-1]
    behind = i + 1 < len(run) and run[i + 1].level and run[i + 1].index not in bases
    return i + 1 if behind else -1


def _base(run: Sequence[Claim], at: int, bases: frozenset[int]) -> Claim | None:
    """What there was before the amount at ``at``: the neighbour that is told so, or of an earlier time."""
    now = run[at]
    around = (at - 1, at + 1) if at < 1 or run[at - 1].level else (at - 2, at + 1)
    for j in around:
        if 0 <= j < len(run):
            other = run[j]
            if other.unit == now.unit and other.level:
                if other.index in bases or other.change is not None and other.change.role == "from":
                    return other
                if other.change is None and other.time and now.time and other.time < now.time:
                    return other
    return None


def _other_change(run: Sequence[Claim], i: int, now: Claim | None) -> Claim | None:
    """The neighbour that tells the change at ``i`` in the unit of the amounts."""
    change = run[i].change
    for j in (i - 1, i + 1):
        if now is not None and change is not None and 0 <= j < len(run):
            other = run[j]
            told = other.change is not None and other.change.role == "by" and other.unit == now.unit
            if told and other.change is not None and other.change.direction == change.direction:
                if other.change.basis == change.basis or None in (other.change.basis, change.basis):
                    return other
    return None
