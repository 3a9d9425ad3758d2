"""From a number with its unit and surroundings to an amount of a kind, or to none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import regex

from pipeline.lexis.amountcontext import Contexts, Reading, around, contexts
from pipeline.lexis.amounthit import AmountHit
from pipeline.lexis.amountleft import Left
from pipeline.lexis.amountnumber import EXACT, Number
from pipeline.lexis.amountpiece import Piece
from pipeline.rulebook import Rulebook

KINDS = {
    "measure": "measure", "temperature": "temperature", "percent": "percent", "ratio": "ratio", "age": "age",
    "money": "money", "coin": "money", "count": "count",
}  # fmt: skip
CLAUSE = 14


class Judge:
    """Decides what an amount is. Get it by `judge`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the settings of ``quantities`` and its contexts."""
        s = rules.settings("quantities")
        self._contexts: Contexts = contexts(rules)
        self._again = regex.compile(rules.fragment("quantities", "AGAIN"))
        self._again_before = regex.compile(rules.fragment("quantities", "AGAIN_BEFORE"))
        self._tied_before = regex.compile(rules.fragment("quantities", "TIED_BEFORE"))
        self._before_unit = s["tied_unit"]
        self._before, self._behind = s["tied_before"], s["tied_behind"]
        self._big = s["bare_scales"]
        self._bare_not, self._fused_guards = frozenset(s["bare_not"]), tuple(s["fused_guards"])
        self._rates = tuple(f"/{t}" for t in s["each_times"])
        self._marks, self._deaths = s["scale_marks"], tuple(s["deaths"])
        self._death_guards, self._people = tuple(s["death_guards"]), s["people"]
        self._tenth_words = frozenset(s["tenth"])
        self._top_units, self._stops = tuple(s["top_units"]), regex.compile(f"[{s['clause_ends']}\n]")
        self._small_years = regex.compile(r"(?:19|20)\d\d")

    @staticmethod
    def too_long(piece: Piece) -> AmountHit:
        """The hit of a numeral beyond the bound: no value, an issue."""
        return AmountHit(piece.start, piece.number.end, "quantity.number", issue="numeral.too-long")

    def judge(self, text: str, blotted: str, first: Piece, last: Piece, left: Left, negative: bool) -> AmountHit | None:
        """The amount from ``first`` to ``last`` with what grew to its left; None where it is none."""
        if left.silent:
            return None
        if left.ordinal or left.top:
            return self._ordinal(blotted, first, last, left)
        hit = self._hit(first, last, left, negative)
        number = first.number
        if number.form in ("fraction", "percent"):
            kind = "percent" if number.form == "percent" else "ratio"
            return replace(hit, kind=kind, rule=f"quantity.{kind}", unit="%" if kind == "percent" else "")
        surroundings = around(text, hit.start, hit.end)
        if last.unit is None and not left.mark:
            return self._unitless(text, blotted, hit, first, last, surroundings)
        if self._tied(text, first, left):
            return None
        if left.mark and (last.unit is None or last.role in ("money", "coin", "open")):
            return self._money(hit, left)
        if not self._fits(text, blotted, first, last, hit):
            return None
        if last.role == "open":
            return self._open(hit, last, surroundings, around(text, first.start, last.end))
        if self._contexts.blocked(surroundings):
            return None
        return hit

    def _hit(self, first: Piece, last: Piece, left: Left, negative: bool) -> AmountHit:
        a, b = _signed(first.number, left.negative), _signed(last.number, negative)
        modifier = last.modifier or left.modifier or first.modifier
        if left.modifier is not None and first.modifier is None:
            modifier = last.modifier if last.modifier in ("at_least", "at_most") else left.modifier
        code = last.code
        if left.per:
            code = f"{code}/{left.per}"
        elif left.whole:
            code = f"{code}{left.whole}" if left.whole[0] == "/" else left.whole
        simple = (
            last.unit is not None and not (last.compound or left.per or left.whole) and last.unit.factor is not None
        )
        kind = KINDS.get(last.role, "")
        if kind == "count" and code.endswith(self._rates):
            kind = "measure"
        ends = (a.value, a.low, a.high) if first is last else (None, a.value, b.value)
        physical = last.unit if simple else None
        return AmountHit(left.start, last.end, f"quantity.{kind}", 0, kind, *ends, code, modifier, physical)

    def _ordinal(self, text: str, first: Piece, last: Piece, left: Left) -> AmountHit | None:
        number = last.number
        if number.value is None or number.form in ("bare", "fraction", "percent", "half") or last.role == "time":
            return None
        if number.value < 1:
            return None
        end, unit = last.end, last.code
        if last.role not in ("count", "open", ""):
            end, unit = number.end, ""
        if left.top:
            if last.unit is None and text.startswith(self._top_units, end):
                end, unit = end + 1, text[end]
            low = Decimal(1)
            return AmountHit(left.start, end, "quantity.ordinal.top", 1, "ordinal", None, low, number.value, unit)
        surroundings = around(text, left.start, end)
        if self._contexts.blocked(surroundings) or self._contexts.fits("quantity.block.enumeration", surroundings):
            return None
        if first is not last:
            ends = first.number.value, number.value
            return AmountHit(left.start, end, "quantity.ordinal", 1, "ordinal", None, *ends, unit)
        return AmountHit(left.start, end, "quantity.ordinal", 1, "ordinal", number.value, unit=unit)

    def _money(self, hit: AmountHit, left: Left) -> AmountHit:
        return replace(hit, kind="money", rule="quantity.money", unit=hit.unit if "/" in hit.unit else left.mark)

    def _open(self, hit: AmountHit, last: Piece, surroundings: str, wider: str) -> AmountHit | None:
        """度 级 点 分 块: the surroundings decide; coins behind it make 块 money."""
        assert last.unit is not None
        reading: Reading | None
        if last.known:
            return replace(hit, kind="money", rule="quantity.money", unit="CNY")
        reading = self._contexts.open(last.unit.word, wider)
        if reading is None or self._contexts.blocked(surroundings):
            return None
        found = replace(hit, kind=reading.kind, rule=reading.rule, priority=1)
        if last.unit.word == hit.unit or "/" not in hit.unit:
            found = replace(found, unit=reading.code)
        if reading.scale is not None:
            value, low, high = (_scaled(n, reading.scale) for n in (hit.value, hit.low, hit.high))
            found = replace(found, value=value, low=low, high=high)
        return found

    def _fits(self, text: str, blotted: str, first: Piece, last: Piece, hit: AmountHit) -> bool:
        """Whether the unit goes with the number: 一 counts before some units only, 百 alone wants an approximator."""
        unit, number = last.unit, last.number
        assert unit is not None
        if unit.one == "nouns" and not self._has_noun(text, last):
            return False
        if number.form == "one":
            return self._counts_one(text, last)
        if first.number.form == "bare" and not hit.modifier and text[first.start : last.end] in self._bare_not:
            return False
        if first.number.form == "bare":
            few = unit.role in ("money", "coin") and len(number.text) < 2
            return bool(hit.modifier) or not few and unit.role in ("count", "money", "measure", "ratio")
        if first.number.form == "spelled" and unit.role != "percent":
            return unit.role in ("measure", "money") and len(number.text) > 2
        if unit.word in self._tenth_words:
            top = hit.value if hit.value is not None else hit.high
            return top is not None and top <= 100
        return True

    def _counts_one(self, text: str, piece: Piece) -> bool:
        unit = piece.unit
        assert unit is not None
        if unit.one == "no" or self._again.match(text, piece.start):
            return False
        if self._again_before.search(text, max(0, piece.start - 5), piece.end):
            return False
        return unit.one != "noun" or self._has_noun(text, piece)

    def _has_noun(self, text: str, piece: Piece) -> bool:
        """Whether one of the nouns that the unit counts stands in the rest of the clause."""
        assert piece.unit is not None
        clause = text[piece.end : piece.end + CLAUSE]
        stop = self._stops.search(clause)
        clause = clause[: stop.start()] if stop else clause
        return any(noun in clause for noun in piece.unit.nouns)

    def _unitless(
        self, text: str, blotted: str, hit: AmountHit, first: Piece, last: Piece, surroundings: str
    ) -> AmountHit | None:
        number = last.number
        if number.form == "half":
            return None
        if number.value is not None and blotted.startswith(self._deaths, last.end):
            if not blotted.startswith(self._death_guards, last.end + 1) and number.form != "bare":
                return replace(hit, kind="count", rule="quantity.count.deaths", unit=self._people)
        if number.form == "fused":
            if blotted.endswith(self._fused_guards, 0, hit.start):
                return None
            return replace(hit, kind="count", rule="quantity.count")
        alone = surroundings.strip() == "#"
        if not alone and self._is_id(text, first, last, hit):
            return None
        if not alone and self._contexts.blocked(surroundings):
            return None
        scaled = any(c in number.text for c in self._marks) and (number.form != "bare" or hit.modifier is not None)
        long = number.form == "han" and len(number.text) > 1
        reading = self._contexts.bare(surroundings, scaled, long)
        if reading is None:
            return None
        loose = number.form in ("one", "spelled", "bare") and reading.scaled
        if not alone and loose and not hit.modifier:
            return None
        if number.form == "bare" and not hit.modifier and not (alone and len(number.text) > 1):
            return None
        if number.form == "spelled" and not alone:
            return None
        decimal = "." in number.text and not any(c in number.text for c in self._big)
        kind = "number" if reading.scaled and decimal else reading.kind
        return replace(hit, kind=kind, rule=reading.rule)

    def _is_id(self, text: str, first: Piece, last: Piece, hit: AmountHit) -> bool:
        """Letters or signs at its borders, a leading zero, a bare year, seven digits and more: a name or an id."""
        digits = first.number.text
        before, behind = text[hit.start - 1 : hit.start], text[last.end : last.end + 1]
        if first.number.form != "arabic":
            return before.isascii() and before.isalpha()
        if before and (before in self._before or before.isascii() and before.isalpha()):
            return True
        if behind and (behind in self._behind or behind.isascii() and behind.isalpha()):
            return True
        if (
            before == " "
            and text[hit.start - 2 : hit.start - 1].isascii()
            and text[hit.start - 2 : hit.start - 1].isalpha()
        ):
            return True
        if self._tied_before.search(text, max(0, hit.start - 2), hit.start):
            return True
        if digits.isdigit() and (len(digits) > 6 or digits[0] == "0" and len(digits) > 1):
            return True
        return self._small_years.fullmatch(digits) is not None

    def _tied(self, text: str, first: Piece, left: Left) -> bool:
        """PM2.5, G60: a letter before Arabic digits; 2021.08.15: digits and a sign before them."""
        if first.number.form != "arabic" or left.mark:
            return False
        before = text[left.start - 1 : left.start] if left.start else ""
        if before and (before in self._before_unit or before.isascii() and before.isalpha()):
            return True
        return bool(before) and self._tied_before.search(text, max(0, left.start - 2), left.start) is not None


def _signed(number: Number, negative: bool) -> Number:
    if not negative:
        return number
    turned = number.times(Decimal(-1))
    return turned._replace(low=turned.high, high=turned.low)


def _scaled(value: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if value is None else EXACT.multiply(value, factor)


def judge(rules: Rulebook) -> Judge:
    """The judge for ``rules``, made once."""
    return rules.once(Judge, Judge)
