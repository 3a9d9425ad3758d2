"""From a number with its unit and surroundings to an amount of a kind, or to none."""

from __future__ import annotations

from decimal import Decimal

import regex
from msgspec.structs import replace

from pipeline.lexis.amountcontext import Contexts, Reading, around, contexts
from pipeline.lexis.amounthit import AmountHit
from pipeline.lexis.amountids import STICKS, Ids, ids
from pipeline.lexis.amountleft import Left
from pipeline.lexis.amountnumber import EXACT, Number
from pipeline.lexis.amountpiece import Piece
from pipeline.lexis.currencies import Homes, homes
from pipeline.lexis.fragments import Fragment
from pipeline.rulebook import Rulebook

KINDS = {
    "measure": "measure", "temperature": "temperature", "percent": "percent", "ratio": "ratio", "age": "age",
    "money": "money", "coin": "money", "count": "count",
}  # fmt: skip
RULES = {kind: f"quantity.{kind}" for kind in ("", *KINDS.values())}
CLAUSE = 14


class Judge:
    """Decides what an amount is. Get it by `judge`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the settings of ``quantities`` and its contexts."""
        self._trace = rules.trace
        s = rules.settings("quantities")
        self._contexts: Contexts = contexts(rules)
        self._homes: Homes = homes(rules)
        self._again = Fragment(rules, "quantities", "AGAIN")
        self._again_before = Fragment(rules, "quantities", "AGAIN_BEFORE")
        self._ids: Ids = ids(rules)
        self._shared_scales, self._several = s["shared_scales"], tuple(s["vague_alone"])
        self._big, self._per_signs = s["bare_scales"], frozenset(s["per_signs"])
        self._bare_not, self._fused_guards = frozenset(s["bare_not"]), tuple(s["fused_guards"])
        self._rates = tuple(f"/{t}" for t in s["each_times"])
        self._marks, self._deaths = frozenset(s["scale_marks"]), tuple(s["deaths"])
        self._sexes, self._sex_guards = tuple(s["sexes"]), tuple(s["sex_guards"])
        self.fates = frozenset(w[0] for w in (*self._deaths, *self._sexes))
        """The first characters of what happened to people or says which they were: 2死5伤, 3男."""
        self._death_guards, self._people = tuple(s["death_guards"]), s["people"]
        self._tenth_words = frozenset(s["tenth"])
        self.speeds = {
            code.partition("/")[0]: (code, word, s["speed_link"] + word) for word, code in s["speed"].items()
        }
        """Of what a speed is measured in: its code, and the words behind it (350公里时速, 350公里的时速)."""
        self._top_units, self._stops = tuple(s["top_units"]), regex.compile(f"[{s['clause_ends']}\n]")

    def _no(self, why: str, rule: str = "") -> AmountHit | None:
        """No amount, with what speaks against it written down."""
        if self._trace is not None:
            self._trace.why(why, rule)
        return None

    @staticmethod
    def too_long(piece: Piece) -> AmountHit:
        """The hit of a numeral beyond the bound: no value, an issue."""
        return AmountHit(piece.start, piece.stop, "quantity.number", issue="numeral.too-long")

    def judge(self, text: str, blotted: str, first: Piece, last: Piece, left: Left, negative: bool) -> AmountHit | None:
        """The amount from ``first`` to ``last`` with what grew to its left; None where it is none."""
        if left.silent:
            return self._no("it tells how often", "quantities.each_words")
        if left.ordinal or left.top:
            return self._ordinal(blotted, first, last, left)
        number = first.number
        if last.unit is None and not left.mark and number.form not in ("fraction", "percent"):
            return self._unitless(text, blotted, first, last, left, negative)
        hit = self._hit(text, first, last, left, negative)
        if number.form in ("fraction", "percent"):
            kind = "percent" if number.form == "percent" else "ratio"
            return replace(hit, kind=kind, rule=f"quantity.{kind}", unit="%" if kind == "percent" else "")
        if not left.mark and self._ids.sticks(text, number, left.start, first.unit):
            return self._no(*STICKS)
        if left.mark and (last.unit is None or last.role in ("money", "coin", "open")):
            return self._money(hit, left)
        if last.unit is not None and last.unit.word in self._tenth_words and not _in_hundred(hit):
            return self._plain(text, blotted, first, last, left, negative)
        if not self._fits(text, blotted, first, last, hit):
            return self._no("such a number does not count this unit", last.unit.rule if last.unit else "")
        if last.role == "open" or last.unit is not None and last.unit.word in self._contexts.also:
            read = self._open(text, hit, last, around(text, first.start, last.end))
            if read is not None or last.role == "open" and number.text[-1] not in self._shared_scales:
                return read
            if last.role == "open":  # 套现2亿国泰君安: what looked like a unit begins a word
                return self._plain(text, blotted, first, last, left, negative)
        return None if self._contexts.blocks(text, hit.start, hit.end) else hit

    def _plain(
        self, text: str, blotted: str, first: Piece, last: Piece, left: Left, negative: bool
    ) -> AmountHit | None:
        """The amount without the unit, which begins another word: 套现2亿国泰君安, 套现千万成飞集成."""
        scale = last.unit.scale if last.unit is not None else None
        number = last.number if scale is None else last.number.times(1 / scale)
        bare = replace(last, number=number, unit=None, role="", code="", end=last.stop)
        return self._unitless(text, blotted, bare if first is last else first, bare, left, negative)

    def _code(self, text: str, piece: Piece) -> str:
        """The unit's code; of a currency's name that several share (比索) the one that the places near it decide."""
        if piece.unit is None or piece.unit.word not in self._homes.names:
            return piece.code
        return self._homes.code(piece.unit.word, text, piece.start) + piece.code[len(piece.unit.code) :]

    def _hit(self, text: str, first: Piece, last: Piece, left: Left, negative: bool) -> AmountHit:
        a = _signed(first.number) if left.negative else first.number
        b = _signed(last.number) if negative else last.number
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
        return AmountHit(left.start, last.end, RULES[kind], 0, kind, *ends, code, _modifier(first, last, left))

    def _ordinal(self, text: str, first: Piece, last: Piece, left: Left) -> AmountHit | None:
        number = last.number
        if number.value is None or number.form in ("bare", "fraction", "percent", "half") or last.role == "time":
            return None
        if number.value < 1:
            return None
        end, unit = last.end, last.code
        if last.role not in ("count", "open", ""):
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
        if first is not last:
            ends = first.number.value, number.value
            return AmountHit(left.start, end, "quantity.ordinal", 1, "ordinal", None, *ends, unit)
        return AmountHit(left.start, end, "quantity.ordinal", 1, "ordinal", number.value, unit=unit)

    def _money(self, hit: AmountHit, left: Left) -> AmountHit:
        return replace(hit, kind="money", rule="quantity.money", unit=hit.unit if "/" in hit.unit else left.mark)

    def _open(self, text: str, hit: AmountHit, last: Piece, wider: str) -> AmountHit | None:
        """度 级 点 分 块: the surroundings decide; coins behind it make 块 money."""
        assert last.unit is not None
        reading: Reading | None
        if last.known:
            return replace(hit, kind="money", rule="quantity.money", unit="CNY")
        reading = self._contexts.open(last.unit.word, wider, hit.value if hit.value is not None else hit.high)
        if reading is None:
            if last.role == "open":
                return self._no("no reading of the unit fits what stands around it")
            return None
        if self._contexts.blocks(text, hit.start, hit.end):
            return None
        found = replace(hit, kind=reading.kind, rule=reading.rule, priority=1)
        found = replace(found, unit=reading.code + hit.unit[len(last.unit.code) :])
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
            if not hit.modifier and blotted[first.start - 1 : first.start] in self._per_signs:
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

    def _fate(self, text: str, piece: Piece) -> str:
        """死 or 重伤 behind the number, 男 or 女 behind one that is no 一; empty where none stands."""
        words = self._deaths if piece.number.form == "one" else (*self._deaths, *self._sexes)
        return next((w for w in words if text.startswith(w, piece.end)), "")

    def _unitless(
        self, text: str, blotted: str, first: Piece, last: Piece, left: Left, negative: bool
    ) -> AmountHit | None:
        number, start = last.number, left.start
        if number.form == "half":
            return None
        dead = self._fate(blotted, last) if blotted[last.end : last.end + 1] in self.fates else ""
        near = start and not dead and not text[start - 1].isspace()
        if near and (sign := self._ids.id(text, first.number, start, last.end)):
            return self._no(*sign)
        if dead and number.value is not None:
            guards = self._sex_guards if dead in self._sexes else self._death_guards
            if not blotted.startswith(guards, last.end + len(dead)) and number.form != "bare":
                hit = self._hit(text, first, last, left, negative)
                return replace(hit, kind="count", rule="quantity.count.deaths", unit=self._people)
        if number.form == "fused":
            if blotted.endswith(self._fused_guards, 0, start):
                return None
            return replace(self._hit(text, first, last, left, negative), kind="count", rule="quantity.count")
        surroundings = around(text, start, last.end)
        alone = surroundings.strip() == "#"
        if not alone and not near and (sign := self._ids.id(text, first.number, start, last.end)):
            return self._no(*sign)
        if not alone and self._contexts.blocks(text, start, last.end, True):
            return None
        modifier = _modifier(first, last, left)
        scaled = not self._marks.isdisjoint(number.text) and (number.form != "bare" or modifier is not None)
        long = number.form == "han" and len(number.text) > 1
        reading = self._contexts.bare(surroundings, scaled, long)
        if reading is None:
            return self._no("it has no unit, and nothing around it makes it an amount")
        if not alone and reading.kind == "count" and number.text in self._several:
            return None  # 涉数公司
        loose = number.form in ("one", "spelled", "bare") and reading.scaled
        if not alone and loose and not modifier:
            return None
        if number.form == "bare" and not modifier and not (alone and len(number.text) > 1):
            return None
        if number.form == "spelled" and not alone:
            return None
        decimal = "." in number.text and not any(c in number.text for c in self._big)
        kind = "number" if reading.scaled and decimal else reading.kind
        if kind == "number" and not alone and number.text[-1] in self._shared_scales:
            kind = "count"  # 增至5.6万 counts as 5.6万户 does
        return replace(self._hit(text, first, last, left, negative), kind=kind, rule=reading.rule)


def _modifier(first: Piece, last: Piece, left: Left) -> str | None:
    """What the approximators around an amount say of it together."""
    if left.modifier is not None and first.modifier is None:
        return last.modifier if last.modifier in ("at_least", "at_most") else left.modifier
    return last.modifier or left.modifier or first.modifier


def _in_hundred(hit: AmountHit) -> bool:
    """Whether an amount in 成 is a share: ten of them are all."""
    top = hit.value if hit.value is not None else hit.high
    return top is not None and top <= 100


def _signed(number: Number) -> Number:
    turned = number.times(Decimal(-1))
    return replace(turned, low=turned.high, high=turned.low)


def _scaled(value: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if value is None else EXACT.multiply(value, factor)


def judge(rules: Rulebook) -> Judge:
    """The judge for ``rules``, made once."""
    return rules.once(Judge, Judge)
