"""Quantity facts as numbers to reckon with: exact values, bounds by the precision as written, what they hang on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from pipeline.core.model import Argument, Change, Fact, Offsets, Quantity, View

NUMERAL = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
FRACTION = Decimal("0.01")
"""How far the true number may lie from a vulgar fraction (四分之一), which stands for what is about as much."""
LONGEST = 24
"""Digits beyond which a number is not reckoned with."""
MINUS = ("-", "\u2212")
"""Signs before a number that make it another one."""
HALF = Decimal("0.5")
KNOWN = 1 << 13
"""How many amounts as written are kept with what they come to: the same come again and again (3%, 10亿元)."""


class Claim(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One quantity fact: ``low`` and ``high`` are the least and the most that its writing may stand for."""

    index: int
    """The place of its fact among those of the article."""
    start: int
    end: int
    kind: str
    unit: str
    value: Decimal
    low: Decimal
    high: Decimal
    digit: Decimal
    """One unit of the last digit as written: 1,000 for 97.1万 with its point moved by three."""
    modifier: str | None
    subject: str
    prop: str
    whole: str
    time: str | None
    stated_time: Offsets | None
    change: Change | None
    per: str | None
    sentence: Offsets
    number: int
    """The number of its sentence."""
    fact: Fact
    share: bool
    """Whether it is a percentage or a fraction."""
    level: bool
    """Whether it tells how much there is, not by how much it changed."""
    thing: str
    """Subject and property as one text."""

    @property
    def percent(self) -> Decimal:
        """What one is of it: 100 for a percentage, 1 for a fraction."""
        return Decimal(100) if self.unit == "%" else Decimal(1)


def claims_of(view: View) -> list[Claim]:
    """The quantity facts of ``view`` that state one exact number, in the order of the text; none where no two are of
    one unit, for a number alone agrees with nothing."""
    if len(view.facts) < 2:
        return []
    told = [(i, fact) for i, fact in enumerate(view.facts) if fact.type == "quantity" and fact.polarity == "affirmed"]
    if len(told) < 2:
        return []
    amounts = {(q.start, q.end): q for q in view.quantities}
    found = [(i, f, q) for i, f in told if (q := amounts.get(f.args["quantity"].pieces[0])) is not None]
    units = "/".join([q.norm.unit for _, _, q in found]).split("/")  # 5元/公斤 has to do with 2000公斤
    if len(set(units)) == len(units):
        return []
    starts = [a for a, _ in view.sentences]
    out = [
        _claim(view.folded, index, fact, quantity, bisect_right(starts, fact.sentence[0]))
        for index, fact, quantity in found
        if 0 < len(quantity.norm.value or "") <= LONGEST
        and view.folded[quantity.start - 1 : quantity.start] not in MINUS  # 降至-3075万
    ]
    out.sort(key=_start)
    return out


_start = attrgetter("start")


def _claim(folded: str, index: int, fact: Fact, quantity: Quantity, number: int) -> Claim:
    told: Mapping[str, Any] = fact.norm
    norm, args, change = quantity.norm, fact.args, told["change"]
    start, end, unit = quantity.start, quantity.end, norm.unit
    value, low, high, digit = _exact(folded[start:end], norm.kind, unit, norm.value or "", norm.modifier)
    subject = words_of(folded, args["subject"]) if "subject" in args else ""
    prop = words_of(folded, args["property"]) if "property" in args else ""
    return Claim(
        index, start, end, norm.kind, unit, value, low, high, digit, norm.modifier, subject, prop,
        words_of(folded, args["whole"]) if "whole" in args else "", told["time"],
        args["time"].pieces[0] if "time" in args else None, change, told["per"],
        fact.sentence, number, fact, unit == "%" or (unit == "" and norm.kind == "ratio"),
        change is None or change.role != "by", subject + prop,
    )  # fmt: skip


def words_of(folded: str, argument: Argument) -> str:
    """The folded text of an argument, its pieces joined."""
    if not argument.pieces[1:]:
        start, end = argument.pieces[0]
        return folded[start:end]
    return "".join([folded[a:b] for a, b in argument.pieces])


@lru_cache(KNOWN)
def _exact(
    words: str, kind: str, unit: str, stated: str, modifier: str | None
) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Of an amount as written: its value, the least and the most that it may stand for, a unit of its last digit."""
    value = Decimal(stated)
    digit, half = _precision(words, kind, unit, value)
    return value, *_bounds(value, digit, half, modifier), digit


def _precision(words: str, kind: str, unit: str, value: Decimal) -> tuple[Decimal, Decimal]:
    """One unit of the last digit as written, and how far the true number may lie from ``value``.

    185.30公顷 is good to 0.005, 97.1万辆 to 500; a count without scale (36家) is exact, one with zeros at its end
    (3000人) to a hundredth of what the zeros stand for.
    """
    written = [n.replace(",", "") for n in NUMERAL.findall(words)]
    if kind == "ratio" and unit == "" and len(written) != 1:
        return FRACTION, FRACTION
    number = Decimal(written[0]) if len(written) == 1 else None
    if not number or value / number * number != value:
        digit = Decimal(1).scaleb(_exponent(value.normalize())) if value else Decimal(1)
        return digit, digit * HALF if kind != "count" or digit > 1 else Decimal(0)
    scale = value / number
    digit = Decimal(1).scaleb(_exponent(number)) * scale
    if kind == "count" and scale == 1 and digit == 1:
        zeros = _exponent(number.normalize())
        return digit, HALF.scaleb(zeros - 2) if zeros > 1 else Decimal(0)
    return digit, digit * HALF


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _bounds(value: Decimal, digit: Decimal, half: Decimal, modifier: str | None) -> tuple[Decimal, Decimal]:
    """The least and the most: 超过3200亿 may be up to 3201亿; 超过3000 up to 4000, for its zeros are no digits."""
    if modifier is None:
        return value - half, value + half
    zeros = Decimal(1).scaleb(_exponent(value.normalize())) if value else digit
    step = max(digit, zeros) if modifier != "approx" else digit
    if modifier in ("more_than", "at_least"):
        return value, value + step
    if modifier in ("less_than", "at_most", "nearly"):
        return value - step, value
    return value - step, value + step


class Claims(NamedTuple):
    """The claims of an article in the order of the text, all together and sentence by sentence."""

    all: list[Claim]
    sentences: list[list[Claim]]


def by_sentence(claims: list[Claim]) -> Claims:
    """``claims``, which stand in order, with those of each sentence."""
    out: list[list[Claim]] = []
    for claim in claims:
        if out and out[-1][0].number == claim.number:
            out[-1].append(claim)
        else:
            out.append([claim])
    return Claims(claims, out)
