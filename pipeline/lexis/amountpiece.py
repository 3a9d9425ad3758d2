"""A number with what grows to its right: 多 余 来, unit, denominator, 半, and the small change of 3块5 and 三米二."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from pipeline.lexis.amountnumber import EXACT, SIX, Number, number_reader
from pipeline.lexis.approximators import Approximators
from pipeline.lexis.fragments import Fragment
from pipeline.lexis.units import Unit, Units, plain, units
from pipeline.rulebook import Rulebook

TENTH = Decimal("0.1")
HUNDREDTH = Decimal("0.01")


class Piece(Struct, frozen=True, gc=False):
    """A number with its unit at ``[start, end)``; ``code`` is the unit's with its denominator.

    ``stop``: where the number ends.
    ``known``: a tail settles what the unit is (3块5). ``role``: the unit's, empty where there is none.
    """

    start: int
    end: int
    stop: int
    number: Number
    unit: Unit | None = None
    code: str = ""
    modifier: str | None = None
    compound: bool = False
    known: bool = False
    role: str = ""


class PieceReader:
    """Reads pieces. Get it by `piece_reader`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the fragments and settings of ``quantities`` and the table ``approximators``."""

        def compiled(name: str) -> Fragment:
            return Fragment(rules, "quantities", name)

        self._trace = rules.trace
        self._numbers = number_reader(rules)
        self._units: Units = units(rules)
        self._inner, self._after = Approximators(rules, "inner", False), Approximators(rules, "after", False)
        self._bare = Approximators(rules, "bare", False)
        self._coins, self._coin, self._yuan = compiled("COINS"), compiled("COIN_TAIL"), compiled("YUAN_TAIL")
        self._metre, self._tenth = compiled("METRE_TAIL"), compiled("TENTH_TAIL")
        s = rules.settings("quantities")
        self._signs, self._half = tuple(s["per_signs"]), s["half"]
        self._metres, self._heads = frozenset(s["metre"]), frozenset(s["coin_heads"])
        self._part, self._parts = compiled("PART_TAIL"), dict(s["tenths_of"])
        self._height, self._tall = compiled("HEIGHT"), s["metre"][0]
        self._arc, self._degrees = compiled("ARC"), frozenset(s["degrees"])
        self._jiao, self._tenths = frozenset(s["jiao"]), frozenset(s["tenth"])
        self._round = rules.word_set("numerals", "role", "tens", "scale")
        self._each: str = s["each_point"]
        self._one, self._halved = s["one"], tuple(s["units_after_half"])
        digits = rules.word_set("numerals", "role", "digit", "formal")
        self._inside = self._inner.chars | self._bare.chars
        self.goes_on = self._inner.chars | self._numbers.goes_on
        """The characters that make `read` look beyond the digits before them."""
        self._follow = frozenset(
            {*digits, *"0123456789 ", self._half[0], *(w[0] for w in self._signs), *self._after.chars}
        )

    def read(self, text: str, start: int, run: str = "") -> Piece | None:
        """The piece that begins at ``start``, one with a unit of time too; None where no number begins.

        ``run``: what the fragment RUN matches there, where that is known.
        """
        if text.startswith(self._tall, start):
            return self._height_of(text, start)
        number = self._numbers.read(text, start, run)
        if number is None:
            return None
        stop = end = start + number.size
        modifier = number.modifier
        if text[end : end + 1] in self._inside and (found := self._approximator(text, end, number)) is not None:
            end, modifier = end + len(found[0]), found[1]
        return self.with_unit(text, start, stop, number, modifier, end)

    def _approximator(self, text: str, at: int, number: Number) -> tuple[str, str] | None:
        """The approximator between ``number`` and its unit, and what it says: 30|余|艘, 千|把|户."""
        words = self._inner
        found = words.behind(text, at)
        if number.form == "bare" and found is None:
            words = self._bare
            found = words.behind(text, at)
        elif found is not None and self._units.at(text, at) is not None:
            return None  # 3亿多米尼加比索
        if found is None or number.form == "one" or number.form == "vague" and number.text in self._jiao:
            return None
        word, modifier = found
        behind = at + len(word)
        unit = self._units.at(text, behind + text.startswith(" ", behind))
        round_ = number.text[-1] in self._round or not text[at + 1 : at + 2].isalnum() and word.isalpha()
        if unit is None and not (modifier == "more_than" and round_):
            return None
        words.note(word, at, modifier)
        return found

    def begins(self, text: str, start: int) -> bool:
        """Whether a number begins at ``start``."""
        return self._numbers.begins(text, start)

    def shared(self, first: Piece, second: Piece) -> Piece:
        """``first`` with the scale of ``second`` (3—5万元), where it has none and that keeps it the smaller."""
        factor = self._numbers.shared_scale(first.number, second.number)
        if factor is None or second.number.value is None:
            scaled = first.number
        else:
            scaled = first.number.times(factor)
        unit = second.unit
        if unit is not None and unit.scale is not None:
            scaled = scaled.times(self._discount(unit, scaled))
        return replace(first, number=scaled)

    def scale(self, piece: Piece) -> Decimal:
        """What the digits of the piece's number are multiplied by: 亿 in 46.29亿元, 1 where nothing multiplies them."""
        return self._numbers.tail_scale(piece.number)

    def neighbour(self, low: str, high: str, second: Piece) -> Number | None:
        """The number of the digit ``low`` one below ``high``, with the scale of ``second``: 三、四百 begins at 300."""
        a, b = self._numbers.digit(low), self._numbers.digit(high)
        value = second.number.value
        if b - a != 1 or value is None or value % b:
            return None
        below = Decimal(a) * (value / b)
        return Number(1, low, "han", below)

    def half(self, text: str, start: int) -> Piece | None:
        """半斤, 半个百分点: the half of a unit that may be halved in an amount."""
        at = start + len(self._half)
        if not text.startswith(self._halved, at):
            return None
        number = Number(len(self._half), self._half, "half", Decimal("0.5"))
        piece = self.with_unit(text, start, at, number, None, at)
        return piece if piece.unit is not None and piece.role != "time" else None

    def _height_of(self, text: str, start: int) -> Piece | None:
        """米九, 米八五: one metre and tenths of how tall somebody is; None where no such height begins."""
        m, unit = self._height.match(text, start), self._units.at(text, start)
        if m is None or unit is None:
            return None
        value = EXACT.add(Decimal(1), self._digits(m["height"]).scaleb(-len(m["height"])))
        number = Number(len(m[0]), m[0], "han", value)
        return self._more(text, Piece(start, m.end(), m.end(), number, unit, unit.code, role=unit.role))

    def with_unit(self, text: str, start: int, stop: int, number: Number, modifier: str | None, end: int) -> Piece:
        """The piece of ``number`` at ``[start, stop)``, with the unit that stands at ``end``, behind 多 or the like."""
        at = end + 1 if text.startswith(" ", end) else end  # 2 厘米, 10 亿元
        unit = self._units.at(text, at) if number.form != "percent" else None
        if unit is None:
            piece = Piece(start, end, stop, number, None, "", modifier)
            return self._more(text, piece) if text[end : end + 1] in self._after.chars else piece
        end = at + len(unit.word)
        factor = self._discount(unit, number) if unit.scale is not None and unit.role != "time" else None
        if factor is not None:
            number = number.times(factor)
        if self._trace is not None:
            scaled = f" \u00d7{plain(factor)}" if factor is not None and factor != 1 else ""
            self._trace.step("unit", at, end, (unit.code or unit.role) + scaled, unit.rule)
        piece = Piece(start, end, stop, number, unit, unit.code, modifier, False, False, unit.role)
        if unit.role == "time" or text[end : end + 1] not in self._follow:
            return piece
        return self._more(text, self._tail(text, self._denominator(text, piece)))

    def _discount(self, unit: Unit, number: Number) -> Decimal:
        """五五折 and 85折 are 55 % and 85 %: two digits are read as tenths and hundredths."""
        scale = unit.scale or Decimal(1)
        two = number.form == "spelled" or (number.form == "arabic" and number.text.isdigit() and len(number.text) == 2)
        return Decimal(1) if unit.role == "percent" and scale == 10 and two and number.text != "10" else scale

    def _denominator(self, text: str, piece: Piece) -> Piece:
        """The piece with what it is counted by: 元/吨, 微克每立方米; two of them at the most: 元/平方米/月."""
        for _ in range(2):
            sign = next((w for w in self._signs if text.startswith(w, piece.end)), None)
            if sign is None or piece.compound and not sign.isascii():
                return piece
            per = self._units.per(text, piece.end + len(sign))
            if per is None or (not sign.isascii() and per.role not in ("measure", "period")):
                return piece
            end = piece.end + len(sign) + len(per.word)
            if self._trace is not None:
                self._trace.step("denominator", piece.end, end, f"/{per.code}", per.rule)
            piece = replace(piece, end=end, code=f"{piece.code}/{per.code}", compound=True)
        return piece

    def _tail(self, text: str, piece: Piece) -> Piece:
        """What is left of the number behind its unit: 3块5, 五元三毛, 三米二, 七成六, 一斤半, 两倍半."""
        unit, number = piece.unit, piece.number
        if unit is None or number.value is None or piece.compound:
            return piece
        if unit.word in self._heads or unit.word in self._jiao:
            return self._change(text, piece)
        if unit.word in self._degrees and (m := self._arc.match(text, piece.end)) is not None:
            return self._plus(piece, _of_degree(m["minutes"], m["seconds"]), m.end())
        part = self._parts.get(unit.word)
        if part is not None and (m := self._part.match(text, piece.end)) is not None and m["part"] == part:
            return self._plus(piece, self._digits(m["digit"]) * TENTH, m.end())
        if unit.word in self._tenths and (m := self._tenth.match(text, piece.end)) is not None:
            digit = Decimal(5) if m["digit"] == self._half else self._digits(m["digit"])
            return self._plus(piece, digit, m.end())
        if unit.word in self._metres and (m := self._metre.match(text, piece.end)) is not None:
            if self._units.at(text, m.end()) is None:
                digits = self._digits(m["digit"]).scaleb(-len(m["digit"]))
                return self._few(piece, digits, m.end()) if m["few"] else self._plus(piece, digits, m.end())
        if text.startswith(self._half, piece.end) and unit.role in ("measure", "ratio", "age", "count"):
            if self._units.at(text, piece.end + 1) is None and text[piece.end + 1 : piece.end + 2] not in self._halved:
                return self._plus(piece, Decimal("0.5"), piece.end + 1)
        return piece

    def _change(self, text: str, piece: Piece) -> Piece:
        """The coins behind 元 块 毛; a bare digit behind 块 and 毛 (两毛五), behind 元 only at an end (三元五)."""
        unit, end = piece.unit, piece.end
        assert unit is not None
        small = HUNDREDTH if unit.word in self._jiao else TENTH
        m = self._coins.match(text, end)
        if m is not None and m.end() > end and (m["jiao"] or m["fen"]):
            added = self._digits(m["jiao"]) * TENTH
            if (fen := m["fen"] or m["bare"]) is not None:
                added += self._digits(fen) * HUNDREDTH
            return replace(self._plus(piece, added, m.end()), known=True)
        coin = self._yuan if unit.role == "money" else self._coin
        if (m := coin.match(text, end)) is not None:
            if self._units.at(text, m.end()) is None:
                return replace(self._plus(piece, self._digits(m["digit"]) * small, m.end()), known=True)
        return piece

    def _digits(self, text: str | None) -> Decimal:
        if not text:
            return Decimal(0)
        return Decimal("".join(str(self._numbers.digit(c)) for c in text))

    def _plus(self, piece: Piece, added: Decimal, end: int) -> Piece:
        number = piece.number
        value = EXACT.add(number.value or Decimal(0), added)
        if self._trace is not None:
            self._trace.step("tail", piece.end, end, f"+{plain(added)}")
        return replace(piece, end=end, number=replace(number, value=value))

    def _few(self, piece: Piece, tenths: Decimal, end: int) -> Piece:
        """一米七几 is 1.71 to 1.79 metres."""
        low, high = (self._plus(piece, tenths + few * HUNDREDTH, end).number.value for few in (1, 9))
        return replace(piece, end=end, number=replace(piece.number, value=None, low=low, high=high))

    def _more(self, text: str, piece: Piece) -> Piece:
        """What follows the unit: 多 有余 左右 以上."""
        found = self._after.behind(text, piece.end)
        if found is None:
            return piece
        word, modifier = found
        if piece.unit is not None and piece.unit.word == self._each:
            whole = self._units.at(text, piece.end + len(word))
            if whole is not None and whole.role == "percent" and whole.scale is None:  # 5个多百分点
                self._after.note(word, piece.end, modifier)
                end = piece.end + len(word) + len(whole.word)
                return replace(piece, end=end, unit=whole, code=whole.code, role=whole.role, modifier=modifier)
        if len(word) == 1 and (
            piece.role == "count" or not piece.role and piece.number.form not in ("fraction", "percent")
        ):
            return piece
        self._after.note(word, piece.end, modifier)
        return replace(piece, end=piece.end + len(word), modifier=modifier)


def _of_degree(minutes: str, seconds: str | None) -> Decimal:
    """Minutes and seconds of an arc in degrees, to six places."""
    arc = (Decimal(minutes) * 60 + Decimal(seconds or 0)) / 3600
    return arc.quantize(SIX).normalize()


def piece_reader(rules: Rulebook) -> PieceReader:
    """The reader for ``rules``, made once."""
    return rules.once(PieceReader, PieceReader)
