"""An amount as it was read, and the hit that it makes."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from pipeline.lexis.amounthit import AmountHit
from pipeline.lexis.amountleft import Left
from pipeline.lexis.amountnumber import Number
from pipeline.lexis.amountpiece import Piece
from pipeline.lexis.currencies import Homes, homes
from pipeline.rulebook import Rulebook

KINDS = {
    "measure": "measure", "temperature": "temperature", "percent": "percent", "ratio": "ratio", "age": "age",
    "money": "money", "coin": "money", "count": "count",
}  # fmt: skip
RULES = {kind: f"quantity.{kind}" for kind in ("", *KINDS.values())}


class Read(Struct, frozen=True, gc=False):
    """What was read of an amount in ``text``: its numbers from ``first`` to ``last``, and what grew to its left.

    ``blotted``: the text without words that only look like amounts. ``negative``: whether the last number is.
    """

    text: str
    blotted: str
    first: Piece
    last: Piece
    left: Left
    negative: bool


class Hits:
    """Makes hits of what was read. Get it by `hits`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the settings of ``quantities`` and the homes of currencies."""
        self._trace = rules.trace
        s = rules.settings("quantities")
        self._homes: Homes = homes(rules)
        self._rates = tuple(f"/{t}" for t in s["each_times"])
        self.speeds = {
            code.partition("/")[0]: (code, word, s["speed_link"] + word) for word, code in s["speed"].items()
        }
        """Of what a speed is measured in: its code, and the words behind it (350公里时速, 350公里的时速)."""

    def no(self, why: str, rule: str = "") -> AmountHit | None:
        """No amount, with what speaks against it written down."""
        if self._trace is not None:
            self._trace.why(why, rule)
        return None

    def of(self, read: Read) -> AmountHit:
        """The hit of the unit that was read."""
        text, first, last, left = read.text, read.first, read.last, read.left
        a = _signed(first.number) if left.negative else first.number
        b = _signed(last.number) if read.negative else last.number
        code = self._code(text, last)
        if left.per:
            code = f"{code}/{left.per}"
        elif left.whole:
            code = f"{code}{left.whole}" if left.whole[0] == "/" else left.whole
        elif code in self.speeds and text.startswith(self.speeds[code][1:], last.end):
            code = self.speeds[code][0]
        kind = KINDS.get(last.role, "")
        if kind == "count" and code.endswith(self._rates):
            kind = "measure"
        ends = (a.value, a.low, a.high) if first is last else (None, a.value, b.value)
        if left.either and first is last and a.value is not None:
            ends = (None, -a.value, a.value)
        return AmountHit(left.start, last.end, RULES[kind], 0, kind, *ends, code, modifier_of(read))

    def _code(self, text: str, piece: Piece) -> str:
        """The unit's code; of a currency's name that several share (比索) the one that the places near it decide."""
        if piece.unit is None or piece.unit.word not in self._homes.names:
            return piece.code
        return self._homes.code(piece.unit.word, text, piece.start) + piece.code[len(piece.unit.code) :]


def modifier_of(read: Read) -> str | None:
    """What the approximators around an amount say of it together."""
    first, last, left = read.first, read.last, read.left
    if left.modifier is not None and first.modifier is None:
        return last.modifier if last.modifier in ("at_least", "at_most") else left.modifier
    return last.modifier or left.modifier or first.modifier


def _signed(number: Number) -> Number:
    turned = number.times(Decimal(-1))
    return replace(turned, low=turned.high, high=turned.low)


def hits(rules: Rulebook) -> Hits:
    """What makes the hits for ``rules``, made once."""
    return rules.once(Hits, Hits)
