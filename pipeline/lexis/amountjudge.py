"""From a number with its unit and surroundings to an amount of a kind, or to none."""

from __future__ import annotations

from decimal import Decimal

import regex
from msgspec.structs import replace

from pipeline.lexis.amountbare import Bare, bare
from pipeline.lexis.amountcontext import Contexts, Reading, around, contexts
from pipeline.lexis.amounthit import AmountHit
from pipeline.lexis.amountids import STICKS, Ids, ids
from pipeline.lexis.amountleft import Left
from pipeline.lexis.amountnumber import EXACT, Number
from pipeline.lexis.amountpiece import Piece
from pipeline.lexis.amountread import Hits, Read, hits
from pipeline.lexis.fragments import Fragment
from pipeline.rulebook import Rulebook

CLAUSE = 14
HOME = "CNY"
ROW = "123456789"


class Judge:
    """Decides what an amount is. Get it by `judge`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the settings of ``quantities`` and its contexts."""
        s = rules.settings("quantities")
        self._hits: Hits = hits(rules)
        self._bare: Bare = bare(rules)
        self._contexts: Contexts = contexts(rules)
        self._ids: Ids = ids(rules)
        self._again = Fragment(rules, "quantities", "AGAIN")
        self._again_before = Fragment(rules, "quantities", "AGAIN_BEFORE")
        self._shared_scales, self._per_signs = s["shared_scales"], frozenset(s["per_signs"])
        self._bare_not, self._tenth_words = frozenset(s["bare_not"]), frozenset(s["tenth"])
        self._top_units, self._stops = tuple(s["top_units"]), regex.compile(f"[{s['clause_ends']}\n]")

    @staticmethod
    def too_long(piece: Piece) -> AmountHit:
        """The hit of a numeral beyond the bound: no value, an issue."""
        return AmountHit(piece.start, piece.stop, "quantity.number", issue="numeral.too-long")

    def judge(self, read: Read) -> AmountHit | None:
        """The amount that was read; None where it is none."""
        text, first, last, left = read.text, read.first, read.last, read.left
        if left.silent:
            return self._hits.no("it tells how often", "quantities.each_words")
        if left.ordinal or left.top:
            return self._ordinal(read)
        number = first.number
        if last.unit is None and not left.mark and number.form not in ("fraction", "percent"):
            return self._bare.judge(read)
        hit = self._hits.of(read)
        if number.form in ("fraction", "percent"):
            kind = "percent" if number.form == "percent" else "ratio"
            return replace(hit, kind=kind, rule=f"quantity.{kind}", unit="%" if kind == "percent" else "")
        if not left.mark and self._ids.sticks(text, number, left.start, first.unit):
            return self._hits.no(*STICKS)
        if left.mark and (last.unit is None or last.role in ("money", "coin", "open")):
            coin = self._open(text, hit, last, "#") if last.role == "open" else None  # 港币30分
            return self._money(coin or hit, left)
        if last.unit is not None and last.unit.word in self._tenth_words and not _in_hundred(hit):
            return self._plain(read)
        if not self._fits(read, hit):
            return self._hits.no("such a number does not count this unit", last.unit.rule if last.unit else "")
        if last.role == "open" or last.unit is not None and last.unit.word in self._contexts.also:
            opened = self._open(text, hit, last, around(text, first.start, last.end))
            if opened is not None or last.role == "open" and number.text[-1] not in self._shared_scales:
                return opened
            if last.role == "open":  # 套现2亿国泰君安: what looked like a unit begins a word
                return self._plain(read)
        return None if self._contexts.blocks(text, hit.start, hit.end) else hit

    def _plain(self, read: Read) -> AmountHit | None:
        """The amount without the unit, which begins another word: 套现2亿国泰君安, 套现千万成飞集成."""
        first, last = read.first, read.last
        scale = last.unit.scale if last.unit is not None else None
        number = last.number if scale is None else last.number.times(1 / scale)
        plain = replace(last, number=number, unit=None, role="", code="", end=last.stop)
        return self._bare.judge(replace(read, first=plain if first is last else first, last=plain))

    def _ordinal(self, read: Read) -> AmountHit | None:
        text, first, last, left = read.blotted, read.first, read.last, read.left
        number, row = last.number, _row(last.number)
        if number.value is None and row is None:
            return None
        if number.form in ("bare", "fraction", "percent", "half") or number.value is not None and number.value < 1:
            return None
        end, unit = last.end, last.code
        if last.role not in ("count", "open", "time", ""):
            end, unit = last.stop, ""
        if left.top:
            if last.unit is None and text.startswith(self._top_units, end):
                end, unit = end + 1, text[end]
            low = Decimal(1)
            return AmountHit(left.start, end, "quantity.ordinal.top", 1, "ordinal", None, low, number.value, unit)
        surroundings = around(text, left.start, end)
        named = not unit and self._contexts.begins("quantity.block.institution", surroundings)
        if named or self._contexts.blocked(surroundings, not unit):
            return None
        if not unit and self._contexts.fits("quantity.block.enumeration", surroundings):
            return None
        if first is not last or row is not None:
            ends = row or (first.number.value, number.value)
            return AmountHit(left.start, end, "quantity.ordinal", 1, "ordinal", None, *ends, unit)
        weight = -1 if last.role == "time" else 1  # 第三天起 is a day
        return AmountHit(left.start, end, "quantity.ordinal", weight, "ordinal", number.value, unit=unit)

    def _money(self, hit: AmountHit, left: Left) -> AmountHit:
        named = "/" in hit.unit or hit.kind == "money" and hit.unit != HOME  # ￥3万日元
        return replace(hit, kind="money", rule="quantity.money", unit=hit.unit if named else left.mark)

    def _open(self, text: str, hit: AmountHit, last: Piece, wider: str) -> AmountHit | None:
        """度 级 点 分 块: the surroundings decide; coins behind it make 块 money."""
        assert last.unit is not None
        reading: Reading | None
        if last.known:
            return replace(hit, kind="money", rule="quantity.money", unit=HOME)
        reading = self._contexts.open(last.unit.word, wider, hit.value if hit.value is not None else hit.high)
        if reading is None:
            if last.role == "open":
                return self._hits.no("no reading of the unit fits what stands around it")
            return None
        if self._contexts.blocks(text, hit.start, hit.end):
            return None
        found = replace(hit, kind=reading.kind, rule=reading.rule, priority=1)
        found = replace(found, unit=reading.code + hit.unit[len(last.unit.code) :])
        if reading.scale is not None:
            value, low, high = (_scaled(n, reading.scale) for n in (hit.value, hit.low, hit.high))
            found = replace(found, value=value, low=low, high=high)
        return found

    def _fits(self, read: Read, hit: AmountHit) -> bool:
        """Whether the unit goes with the number: 一 counts before some units only, 百 alone wants an approximator."""
        text, first, last = read.text, read.first, read.last
        unit, number = last.unit, last.number
        assert unit is not None
        if (unit.one == "nouns" or unit.one == "noun" and number.month) and not self._has_noun(text, last):
            return False
        if number.form == "one":
            return self._counts_one(text, last)
        if first.number.form == "bare" and not hit.modifier and text[first.start : last.end] in self._bare_not:
            return False
        if first.number.form == "bare":
            if not hit.modifier and read.blotted[first.start - 1 : first.start] in self._per_signs:
                return False  # 3.1千克/千吨海里
            few = unit.role in ("money", "coin") and len(number.text) < 2
            return bool(hit.modifier) or not few and unit.role in ("count", "money", "measure", "ratio")
        if first.number.form == "spelled" and unit.role != "percent":
            return unit.role in ("measure", "money") and len(number.text) > 2
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


def _row(number: Number) -> tuple[Decimal, Decimal] | None:
    """The first and the last of digits in a row: 第一二三名, 第三四期."""
    if number.form == "spelled" and number.value is not None and f"{number.value:f}" in ROW:
        digits = f"{number.value:f}"
        return Decimal(digits[0]), Decimal(digits[-1])
    if number.low is not None and number.high == number.low + 1:
        return number.low, number.high
    return None


def _in_hundred(hit: AmountHit) -> bool:
    """Whether an amount in 成 is a share: ten of them are all."""
    top = hit.value if hit.value is not None else hit.high
    return top is not None and top <= 100


def _scaled(value: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if value is None else EXACT.multiply(value, factor)


def judge(rules: Rulebook) -> Judge:
    """The judge for ``rules``, made once."""
    return rules.once(Judge, Judge)
