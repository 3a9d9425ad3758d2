"""Parts that are listed against their total: 共128家，其中甲区60家、乙区68家."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.core.model import Check, View
from pipeline.facts.check_complete import all_named, told_as_sum
from pipeline.facts.check_rules import CheckRules, Partition, between
from pipeline.facts.claims import Claim, Claims
from pipeline.facts.verdict import Range, range_of

RULE = "check.sum"
PARTS = "check.parts"
SENTENCES = 2
"""How many sentences around that of a whole may tell its parts."""
KINDS = ("count", "measure", "money", "percent")
NO_SUMS = frozenset({"pp", "x"})
PARTED = 2
"""The fewest parts that a total has."""
REACH = 10
LIST = 40
"""How many amounts before a total, or behind it, its parts are looked for; a list may name all provinces."""


def sum_checks(view: View, claims: Claims, rules: CheckRules) -> list[Check]:
    """A check for each total whose parts are listed behind it or before it."""
    if not rules.has(RULE):
        return []
    out: list[Check] = []
    for sentence in claims.sentences:
        if len(sentence) > PARTED:
            units = [c.unit for c in sentence if c.level]
            if len(units) - len(set(units)) < PARTED:
                continue
            told = Counter(units)
            for i, total in enumerate(sentence):
                if told[total.unit] > PARTED and total.level and total.kind in KINDS and total.unit not in NO_SUMS:
                    found = _behind(view, sentence, i, rules) or _before(view, sentence, i, rules)
                    if found is not None:
                        out.append(found)
    return out


def _behind(view: View, sentence: Sequence[Claim], i: int, rules: CheckRules) -> Check | None:
    """共128家，其中甲区60家、乙区68家: what follows the total in its unit, if the words before it open a list."""
    total = sentence[i]
    if i + 2 >= len(sentence) or not rules.finds(RULE, "opens", between(view, total, sentence[i + 1])):
        return None
    parts = list(_same(total, sentence[i + 1 : i + 1 + LIST]))
    named = all_named(view, total, parts, rules)
    if named > 1:
        return _added(total, parts[:named], True, rules)
    rest = next((n for n in range(1, len(parts)) if rules.finds(RULE, "rest", _ahead(view, parts, n))), 0)
    if rest:
        return _added(total, parts[: rest + 1], True, rules)
    return _prefix(total, parts, rules)


def _before(view: View, sentence: Sequence[Claim], i: int, rules: CheckRules) -> Check | None:
    """甲县30吨，乙县40吨，合计70吨: what stands before a total that is told as a sum."""
    total = sentence[i]
    if i < 2 or not rules.finds(RULE, "sum", between(view, sentence[i - 1], total)):
        return None
    parts = list(_same(total, sentence[max(i - REACH, 0) : i]))
    check = _prefix(total, parts[::-1], rules)
    if check is not None:
        return check
    alike = {c.prop for c in parts} == {total.prop} and total.prop
    apart = len({c.subject for c in (total, *parts)}) == len(parts) + 1
    if len(parts) < 2 or not alike or not apart or any(told_as_sum(view, c, rules) for c in parts):
        return None
    return _added(total, parts, True, rules)


def _same(total: Claim, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The amounts among ``claims`` that may be parts of ``total``."""
    return (c for c in claims if c.unit == total.unit and c.kind == total.kind and c.level)


def _ahead(view: View, parts: Sequence[Claim], n: int) -> str:
    return between(view, parts[n - 1], parts[n])


def _prefix(total: Claim, parts: Sequence[Claim], rules: CheckRules) -> Check | None:
    """The check that holds of the first of ``parts``, as many as make the total."""
    computed = range_of(parts[0]) if parts else None
    for n, part in enumerate(parts[1:], 2):
        if computed is not None:
            computed = computed + range_of(part)
            if computed.high >= total.low:
                return _added(total, parts[:n], False, rules)
    return None


def _added(total: Claim, parts: Sequence[Claim], sure: bool, rules: CheckRules) -> Check | None:
    """The check of the parts' sum; one that fails only where all parts are sure to be named."""
    computed = range_of(parts[0])
    for part in parts[1:]:
        computed = computed + range_of(part)
    if min(abs(c.value) for c in parts) <= (computed.high - computed.low) / 2:
        return None  # 加仓约7500亿元 in 4万亿元: what is added is lost in the rounding
    check = rules.judged(RULE, [total, *parts], total, computed)
    exact = not any(c.modifier for c in (total, *parts))
    return check if check is not None and (check.ok or (sure and exact)) else None


def part_checks(view: View, claims: Claims, rules: CheckRules) -> list[Check]:
    """A check for each whole that is by its meaning the sum of parts that are told close by."""
    if not rules.has(PARTS):
        return []
    out: list[Check] = []
    for i, whole in enumerate(claims.all):
        if whole.thing[-1:] not in rules.whole_ends or not whole.thing.endswith(rules.wholes):
            continue
        if whole.level and whole.kind in KINDS and whole.unit not in NO_SUMS:
            for partition in rules.partitions:
                if whole.thing.endswith(partition.whole):
                    found = _parted(whole, claims.all[max(i - REACH, 0) : i + 1 + REACH], partition, rules)
                    if found is not None:
                        out.append(found)
                        break
    return out


def _parted(whole: Claim, near: Sequence[Claim], partition: Partition, rules: CheckRules) -> Check | None:
    """The check of ``whole`` against its parts, if each is told once."""
    more = [_part(whole, near, words, partition.whole) for words in partition.more]
    less = [_part(whole, near, words, partition.whole) for words in partition.less]
    parts = [c for c in (*more, *less) if c is not None]
    if len(parts) < len(more) + len(less) or any(c.modifier for c in (whole, *parts)):
        return None
    computed: Range | None = None
    for part in more:
        if part is not None:
            computed = range_of(part) if computed is None else computed + range_of(part)
    for part in less:
        if part is not None and computed is not None:
            computed = computed - range_of(part)
    if computed is None:
        return None
    return rules.judged(PARTS, [whole, *parts], whole, computed)


def _part(whole: Claim, near: Sequence[Claim], words: tuple[str, ...], wholes: tuple[str, ...]) -> Claim | None:
    """The one amount that is of the part with these names: of the sentence of ``whole``, else of those around it, where
    it is told of the same (全市进出口300亿元。其中，出口180亿元，进口120亿元。)."""
    found = [
        c for c in near
        if c is not whole and c.unit == whole.unit and c.level and c.thing.endswith(words) and c.kind == whole.kind
        and not c.thing.endswith(wholes) and (c.time is None or whole.time is None or c.time == whole.time)
    ]  # fmt: skip
    own = [c for c in found if c.number == whole.number]
    own = own or [c for c in found if abs(c.number - whole.number) <= SENTENCES and _alike(c, words, whole, wholes)]
    return own[0] if len(own) == 1 else None


def _alike(part: Claim, words: tuple[str, ...], whole: Claim, wholes: tuple[str, ...]) -> bool:
    """Whether part and whole are told of the same: 全市|出口, 全市外贸|进出口总值."""
    of_part, of_whole = _owner(part.thing, words), _owner(whole.thing, wholes)
    return of_part != "" and (whole.thing.startswith(of_part) or of_whole != "" and of_part.startswith(of_whole))


def _owner(thing: str, names: tuple[str, ...]) -> str:
    """What a thing that ends with one of ``names`` is without the longest of them."""
    return thing[: len(thing) - max(len(name) for name in names if thing.endswith(name))]
