"""Whether a number agrees with what others give for it, within the precision with which they are all written."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

import msgspec

from pipeline.core.model import Check
from pipeline.facts.claims import Claim

AT_LEAST = ("more_than", "at_least")
AT_MOST = ("less_than", "at_most")
EXACT = "0"
"""The tolerance of what is not rounded: dates."""
BLUNT = 4
"""A check that holds says nothing if its tolerance is this part of what is stated, or more."""
SLIPS = tuple(Decimal(10) ** k for k in (3, 4, 8, -3, -4, -8))
"""By what a number is wrong whose scale was mistaken: 千, 万 and 亿 too much or too little."""


class Range(msgspec.Struct, frozen=True):
    """A number that was computed: the likeliest value, and the bounds that the precision of its sources leaves."""

    value: Decimal
    low: Decimal
    high: Decimal

    def __add__(self, other: Range) -> Range:
        return Range(self.value + other.value, self.low + other.low, self.high + other.high)

    def __sub__(self, other: Range) -> Range:
        return Range(self.value - other.value, self.low - other.high, self.high - other.low)

    def __mul__(self, other: Range) -> Range:
        """For numbers that are not negative."""
        return Range(self.value * other.value, self.low * other.low, self.high * other.high)

    def __truediv__(self, other: Range) -> Range:
        """For numbers that are not negative; ``other`` must be above nought."""
        return Range(self.value / other.value, self.low / other.high, self.high / other.low)

    def times(self, factor: Decimal) -> Range:
        """The same in other units; ``factor`` is above nought."""
        return Range(self.value * factor, self.low * factor, self.high * factor)


def range_of(claim: Claim) -> Range:
    """What a claim states, with its bounds, never below nought where its value is not."""
    floor = min(claim.value, Decimal(0))
    return Range(claim.value, max(claim.low, floor), claim.high)


class Verdict(msgspec.Struct, frozen=True):
    """What was computed, what is stated and how far the two may differ, as plain decimal strings."""

    expected: str
    actual: str
    tolerance: str
    ok: bool


def verdict(stated: Claim, computed: Range) -> Verdict | None:
    """The verdict on a statement; None where its modifier (超过三成) or the way it is rounded leaves it open.

    The tolerance is half a unit of the last digit as written; where that is not enough, what the precision of the
    sources adds to it.
    """
    if computed.low <= stated.high and computed.high >= stated.low:
        ok = True
    elif (stated.modifier in AT_LEAST and computed.low > stated.high) or (
        stated.modifier in AT_MOST and computed.high < stated.low
    ):
        return None
    elif (stated.kind != "count" or stated.digit > 1) and _cut_off(stated, computed):
        return None  # 27.957亿 told as 27.95亿: digits are often cut off where they should be rounded
    else:
        ok = False
    half = (stated.high - stated.low) / 2 if stated.modifier is None else stated.high - stated.low
    spread = max(computed.high - computed.value, computed.value - computed.low)
    tolerance = half
    if spread and abs(computed.value - stated.value) > half:
        fine = min(stated.digit, Decimal(1).scaleb(spread.adjusted())) / 10
        tolerance += _rounded(spread, fine, ROUND_CEILING)
    return Verdict(plain(_near(computed.value, stated)), plain(stated.value), plain(tolerance), ok)


def _cut_off(stated: Claim, computed: Range) -> bool:
    """Whether a statement is off by less than a unit of its last digit."""
    return computed.low < stated.value + stated.digit and computed.high > stated.value - stated.digit


def blunt(check: Check) -> bool:
    """Whether a check that holds says nothing, since almost any number would do: 约30万元, 3万元 and 4万元 make 10万元
    of which each is good to 1万元.
    """
    return check.ok and check.tolerance != EXACT and Decimal(check.tolerance) * BLUNT >= abs(Decimal(check.actual))


def slipped(stated: Claim, computed: Range) -> bool:
    """Whether a statement that fails would hold with its scale mended (万 for 亿)."""
    value = stated.value
    return bool(value) and any(computed.low <= value * k <= computed.high or _like(value * k, computed) for k in SLIPS)


def _like(value: Decimal, computed: Range) -> bool:
    return abs(value - computed.value) <= abs(computed.value) / 100


def _near(computed: Decimal, stated: Claim) -> Decimal:
    """The number that was computed with as many digits as the stated one has; with more where it would be nought."""
    digit = stated.digit
    while computed and digit > abs(computed):
        digit /= 10
    return _rounded(computed, digit, ROUND_HALF_EVEN)


def _rounded(number: Decimal, digit: Decimal, rounding: str) -> Decimal:
    return (number / digit).to_integral_value(rounding) * digit


def plain(number: Decimal) -> str:
    """A decimal string without exponent: 120000, 0.005."""
    text = format(number, "f")
    if "." in text and set(text.partition(".")[2]) == {"0"} and number == number.to_integral_value():
        return text.partition(".")[0]
    return text
