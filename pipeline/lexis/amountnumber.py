"""One numeral as it stands in running text: exact, vague (数百, 两三), with an approximator inside, as a fraction."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.core.matchers import Match
from pipeline.core.trace import Trace
from pipeline.lexis.fragments import Fragment
from pipeline.lexis.numerals import LONGEST, Numerals, numerals
from pipeline.lexis.units import Units, units
from pipeline.rulebook import Rulebook

EXACT = Context(prec=2 * LONGEST)
SIX = Decimal("0.000001")
MONTH = re.compile(r"(?:19|20)\d\d\.(?:1[0-2]|0?[1-9])").fullmatch


class Number(Struct, frozen=True, gc=False):
    """A number apart from where it stands, ``size`` characters long: ``value``, or ``low`` and ``high``.

    ``form``: arabic, han, one (a single 一), bare (百 千 万 亿 alone), spelled (digits without scale: 九八), vague,
    fraction (of a hundred: percent), long (beyond the bound: no value).
    """

    size: int
    text: str
    form: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    modifier: str | None = None

    def times(self, factor: Decimal) -> Number:
        """The number multiplied; exact."""

        def of(x: Decimal | None) -> Decimal | None:
            if x is None:
                return None
            power = factor.adjusted() if factor == Decimal(1).scaleb(factor.adjusted()) else None
            # a power of ten moves the point: 3.5 tenths are 35, not 35.0
            return EXACT.multiply(x, factor) if power is None else EXACT.scaleb(x, power)

        return replace(self, value=of(self.value), low=of(self.low), high=of(self.high))

    @property
    def idle_zero(self) -> bool:
        """Whether it begins with a zero that says nothing: 005."""
        return self.text[0] == "0" and len(self.text) > 1 and self.text.isdigit()

    @property
    def month(self) -> bool:
        """Whether it may be a year and a month (2020.5), which no measure word follows that is a verb too (起)."""
        return MONTH(self.text) is not None


class NumberReader:
    """Reads the number at a place of a text. Get it by `number_reader`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the fragments and settings of ``quantities`` and the table ``approximators``."""

        def compiled(name: str) -> Fragment:
            return Fragment(rules, "quantities", name)

        self._trace = rules.trace
        self._numerals: Numerals = numerals(rules)
        self._units: Units = units(rules)
        self._run, self._inner = compiled("RUN"), compiled("INNER")
        self._vague, self._pair = compiled("VAGUE"), compiled("NEIGHBOURS")
        self._fraction = compiled("FRACTION")
        self._scale_tail, self._big_tail = compiled("SCALE_TAIL"), compiled("BIG_TAIL")
        self._kept_scale = compiled("KEPT_SCALE")
        s = rules.settings("quantities")
        self._bars = frozenset(s["fraction_starts"])
        self._mixed = rules.fragment("quantities", "MIXED").strip("(?:)")
        self.goes_on = self._bars | {self._mixed}
        """The characters behind a number that may make it a fraction."""
        self._give_back, self._scales, self._one = s["give_back"], s["bare_scales"], s["one"]
        self._liang_pairs = s["liang_pairs"]
        self._liang, self._alone = s["liang"], s["vague_alone"]
        self._fused = {word: Decimal(value) for word, value in s["pairs"].items()}
        self._too, self._hundredth = frozenset(s["neighbours_too"]), frozenset(s["hundredth"])
        inner = [row for row in rules.rows("approximators") if row["side"] == "inner"]
        self._soft = frozenset("".join(w for row in inner for w in row["words"]) + self._alone)
        self._links = dict.fromkeys(map(ord, rules.word_set("numerals", "role", "link")))
        self._modifier = {word: str(row["modifier"]) for row in inner for word in row["words"]}
        self._inner_ends = " " + "".join(word for word in self._modifier if word.isalpha())
        self.parsed = lru_cache(4096)(self._parse)
        """The number that a run of characters is wherever it stands: numerals come again, and are read once."""

    def read(self, text: str, start: int, run: str = "") -> Number | None:
        """The number that begins at ``start``, fractions included; None where none begins there.

        ``run``: what the fragment RUN matches there, where that is known.
        """
        first = self._read(text, start, run)
        if first is None or first.form == "long":
            return first
        end = start + first.size
        behind = text[end : end + 1]
        bar = self._fraction.match(text, end) if behind in self._bars else None
        if bar is not None:
            return self._divide(text, start, first, bar.end()) or first  # 以1分之差
        if behind == self._mixed and first.value is not None:
            return self._mix(text, start, first) or first
        return first

    def known(self, run: str, start: int) -> Number | None:
        """The number that ``run`` is, which stands at ``start``."""
        number = self.parsed(run)
        if self._trace is not None and number is not None:
            self._note(self._trace, start, number)
        return number

    def begins(self, text: str, start: int) -> bool:
        """Whether a number begins at ``start``."""
        return text[start] in self._alone or text[start] in self._fused or self._run.match(text, start) is not None

    def shared_scale(self, left: Number, right: Number) -> Decimal | None:
        """The scale that the left end of a range takes from the right one: 万 in 3—5万, 百 in 两至三百."""
        tail = self._scale_tail.search(right.text)
        if tail is None or left.value is None or right.value is None:
            return None
        if not left.text[-1:].isdigit() and left.text[-1:] in self._scales:
            # 七千到九千亿: a left end with 千 takes the 万 or 亿 behind it only
            tail = self._big_tail.search(right.text)
        factor = self._numerals.value(tail[0]) if tail is not None else None
        if factor is None or left.value * factor >= right.value:
            return None
        return factor

    def tail_scale(self, number: Number) -> Decimal:
        """The scale that ends ``number``: 100000000 of 46.29亿, 1 where none does."""
        tail = self._scale_tail.search(number.text)
        value = self._numerals.value(tail[0]) if tail is not None else None
        return value if value is not None else Decimal(1)

    def digit(self, char: str) -> int:
        """The value of one digit of either script, 0 where it is none."""
        value = self._numerals.value(char)
        return int(value) if value is not None else 0

    def _read(self, text: str, start: int, run: str = "") -> Number | None:
        if not run:
            m = self._run.match(text, start)
            if m is None:
                return self._single(text, start)
            run = m[0]
        if len(run) > LONGEST:
            return Number(len(run), run, "long")
        if run in self._give_back and (unit := self._units.at(text, start)) and unit.role == "measure":
            return None
        if len(run) > 1 and run[-1] in self._give_back:
            run = self._returned(text, start, run)
        elif run in self._liang_pairs and self._units.at(text, start + len(run)) is not None:
            low, high = self._liang_pairs[run]
            return Number(len(run), run, "vague", None, Decimal(low), Decimal(high))
        return self.known(run, start)

    def _note(self, trace: Trace, start: int, number: Number) -> None:
        for a, b, said in self._numerals.steps(number.text):
            trace.step("numeral", start + a, start + b, said)
        value = f"{number.low:f}..{number.high:f}" if number.value is None else f"{number.value:f}"
        trace.step("number", start, start + number.size, " ".join(filter(None, (value, number.modifier))))

    def _single(self, text: str, start: int) -> Number | None:
        char = text[start : start + 1]
        if char and char in self._alone:
            return Number(1, char, "vague", None, Decimal(2), Decimal(9))
        return Number(1, char, "fused", self._fused[char]) if char in self._fused else None

    def _returned(self, text: str, start: int, run: str) -> str:
        """44万千瓦, 30多千瓦, 0.3百分点: the last 千 belongs to the unit; 一万二千米 and 两百升 keep it."""
        unit = self._units.at(text, start + len(run) - 1)
        if unit is None or unit.role not in ("measure", "money", "percent") or len(unit.word) < 2:
            return run
        if run[:-1] in self._alone or self._kept_scale.search(run) is not None:
            return run
        return run[:-1].rstrip(self._inner_ends)

    def _parse(self, run: str) -> Number | None:
        if run.isascii() and run.replace(".", "", 1).isdigit():
            return Number(len(run), run, "arabic", Decimal(run))
        plain = run.translate(self._links)
        if plain != run:  # 35个亿, 六十有三
            number = self._parse(plain)
            return None if number is None else replace(number, size=len(run))
        if self._soft.isdisjoint(run):
            return self._exact(run)
        if (m := self._inner.fullmatch(run)) is not None:
            whole = self._numerals.value(m["head"].strip() + m["tail"])
            if whole is None:
                return None
            return Number(len(run), run, "han", whole, modifier=self._modifier[m["word"]])
        if (m := self._vague.fullmatch(run)) is not None:
            return self._several(m, run)
        return self._exact(run)

    def _exact(self, run: str) -> Number | None:
        if (
            not run[0].isascii()
            and (m := self._pair.fullmatch(run)) is not None
            and (found := self._neighbours(m, run))
        ):
            return found
        if len(run) > 1 and run[-1] == self._liang:
            return self._parse(run[:-1])
        value = self._numerals.value(run)
        if value is not None:
            return Number(len(run), run, self._form(run), value)
        return None

    def _form(self, run: str) -> str:
        if run[0].isascii():
            return "arabic"
        if run == self._one:
            return "one"
        if run[0] in self._scales:
            return "bare" if all(c in self._numerals.chars["tens"] + self._scales for c in run) else "han"
        if len(run) > 1 and all(c in self._numerals.chars["digit"] for c in run):
            return "spelled"
        return "han"

    def _several(self, m: Match, run: str) -> Number | None:
        """数百 is 200 to 999, 几百万 2 to 9.99 million, 二十几 21 to 29."""
        head = self._numerals.value(m["head"]) if m["head"] else Decimal(0)
        tens = self._numerals.value(m["tens"]) if m["tens"] else Decimal(1)
        tail = self._numerals.value(m["tail"]) if m["tail"] else Decimal(1)
        if head is None or tens is None or tail is None or (m["head"] and m["tens"] and tens >= 10000):
            if head is None or tens is None or tail is None:
                return None
            tens, tail = Decimal(1), tens * tail
        low = Decimal(1) if m["head"] and tens == 1 else 2 * tens
        high = 10 * tens - 1
        number = Number(len(run), run, "vague", None, head + low, head + high)
        return number.times(tail)

    def _neighbours(self, m: Match, run: str) -> Number | None:
        """两三 is 2 to 3, 一千二三百 1200 to 1300; 三五 goes too, 一九 does not."""
        values = self._numerals
        a, b = values.value(m["low"]), values.value(m["high"])
        near = a is not None and b is not None and (b - a == 1 or m["low"] + m["high"] in self._too)
        if m["head"] and values.value(m["head"][-1]) in range(1, 10) or m["high"] == self._liang and not m["tail"]:
            near = False
        low, high = (values.value(m["head"] + m[k] + m["tail"]) for k in ("low", "high"))
        if not near or low is None or high is None:
            return None
        return Number(len(run), run, "vague", None, low, high)

    def _divide(self, text: str, start: int, below: Number, at: int) -> Number | None:
        """三分之一 is 0.333333; of a hundred it is percent."""
        above = self._read(text, at)
        if above is None or above.form == "long" or not below.value:
            return None
        size = at + above.size - start
        form = "percent" if below.text in self._hundredth else "fraction"
        if form == "percent":
            return replace(above, size=size, form=form)

        def of(x: Decimal | None) -> Decimal | None:
            if x is None or below.value is None:
                return None
            share = EXACT.divide(x, below.value)
            return share.normalize(EXACT) if share < SIX * 100 else _six(share)

        ends = of(above.value), of(above.low), of(above.high)
        return replace(above, size=size, form=form, value=ends[0], low=ends[1], high=ends[2])

    def _mix(self, text: str, start: int, whole: Number) -> Number | None:
        """3又一千分之23 is 3.023."""
        at = start + whole.size + len(self._mixed)
        below = self._read(text, at)
        bar = self._fraction.match(text, at + below.size) if below is not None and below.form != "long" else None
        if below is None or bar is None:
            return None
        part = self._divide(text, at, below, bar.end())
        if part is None or part.form != "fraction" or part.value is None or whole.value is None:
            return None
        return replace(part, size=at + part.size - start, value=EXACT.add(whole.value, part.value))


def _six(value: Decimal) -> Decimal:
    """Six places, without idle zeros."""
    short = value.quantize(SIX, context=EXACT).normalize(EXACT)
    return short if short.as_tuple().exponent != 0 else short


def number_reader(rules: Rulebook) -> NumberReader:
    """The reader for ``rules``, made once."""
    return rules.once(NumberReader, NumberReader)
