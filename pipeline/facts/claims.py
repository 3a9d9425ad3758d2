"""Quantity facts as numbers to reckon with: exact values, bounds by the precision as written, what they hang on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

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


class Claim(msgspec.Struct, frozen=True, eq=False):
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

    @property
    def share(self) -> bool:
        """Whether it is a percentage or a fraction."""
        return self.unit == "%" or (self.kind == "ratio" and self.unit == "")

    @property
    def percent(self) -> Decimal:
        """What one is of it: 100 for a percentage, 1 for a fraction."""
        return Decimal(100) if self.unit == "%" else Decimal(1)

    @property
    def level(self) -> bool:
        """Whether it tells how much there is, not by how much it changed."""
        return self.change is None or self.change.role != "by"

    @property
    def thing(self) -> str:
        """Subject and property as one text."""
        return self.subject + self.prop


def claims_of(view: View) -> list[Claim]:
    """The quantity facts of ``view`` that state one exact number, in the order of the text; none where no two are of
    one unit, for a number alone agrees with nothing."""
    told = [(i, fact) for i, fact in enumerate(view.facts) if fact.type == "quantity" and fact.polarity == "affirmed"]
    if len(told) < 2:
        return []
    amounts = {(q.start, q.end): q for q in view.quantities}
    of = [q.norm.unit for _, f in told if (q := amounts.get(f.args["quantity"].pieces[0])) is not None]
    units = [unit for one in of for unit in one.split("/")]  # 5元/公斤 has to do with 2000公斤
    if len(set(units)) == len(units):
        return []
    starts = [a for a, _ in view.sentences]
    out: list[Claim] = []
    for index, fact in told:
        quantity = amounts.get(fact.args["quantity"].pieces[0])
        below = view.folded[fact.args["quantity"].start - 1 : fact.args["quantity"].start] in MINUS  # 降至-3075万
        if quantity is not None and not below and 0 < len(quantity.norm.value or "") <= LONGEST:
            number = bisect_right(starts, fact.sentence[0])
            out.append(_claim(view, index, fact, quantity, Decimal(quantity.norm.value or 0), number))
    out.sort(key=lambda c: c.start)
    return out


def _claim(view: View, index: int, fact: Fact, quantity: Quantity, value: Decimal, number: int) -> Claim:
    norm, change, time = quantity.norm, fact.norm.get("change"), fact.norm.get("time")
    per = fact.norm.get("per")
    digit, half = _precision(view.folded[quantity.start : quantity.end], norm.kind, norm.unit, value)
    low, high = _bounds(value, digit, half, norm.modifier)
    stated = fact.args.get("time")
    return Claim(
        index, quantity.start, quantity.end, norm.kind, norm.unit, value, low, high, digit, norm.modifier,
        _words(view, fact.args.get("subject")), _words(view, fact.args.get("property")),
        _words(view, fact.args.get("whole")), time if isinstance(time, str) else None,
        stated.pieces[0] if stated else None, change if isinstance(change, Change) else None,
        per if isinstance(per, str) else None, fact.sentence, number, fact,
    )  # fmt: skip


def _words(view: View, argument: Argument | None) -> str:
    return "" if argument is None else "".join(view.folded[a:b] for a, b in argument.pieces)


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


def ordered(claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims of each sentence that has any, in the order of the text."""
    out: list[list[Claim]] = []
    for claim in claims:
        if out and out[-1][0].number == claim.number:
            out[-1].append(claim)
        else:
            out.append([claim])
    return out
