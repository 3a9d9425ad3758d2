"""The numbers of time expressions: small numerals, weekdays, and lengths with their vague forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import regex

from pipeline.lexis.fragments import Fragment
from pipeline.lexis.numerals import numerals
from pipeline.lexis.timetails import by_text
from pipeline.rulebook import Rulebook

UNITS = {
    "Y": ("Y", Decimal(1)),
    "M": ("M", Decimal(1)),
    "Q": ("M", Decimal(3)),
    "W": ("W", Decimal(1)),
    "D": ("D", Decimal(1)),
    "H": ("TH", Decimal(1)),
    "K": ("TM", Decimal(15)),
    "MIN": ("TM", Decimal(1)),
    "S": ("TS", Decimal(1)),
    "C": ("Y", Decimal(100)),
}
"""The ISO 8601 unit of each unit of times.toml, and how many of it one is."""
ORDER = ("Y", "M", "W", "D", "TH", "TM", "TS")
HALVES = {"Y": ("M", 6), "M": ("D", 15), "D": ("TH", 12), "TH": ("TM", 30), "TM": ("TS", 30)}


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: amounts by ISO unit, low and high (equal where exact), and what 多, 余 or 来 in it says."""

    low: Mapping[str, Decimal]
    high: Mapping[str, Decimal]
    modifier: str | None = None

    @property
    def exact(self) -> bool:
        """Whether it is one length, no range."""
        return self.low == self.high


def iso_length(parts: Mapping[str, Decimal]) -> str:
    """The amounts as an ISO 8601 duration: ``P3Y6M``, ``PT9.97S``."""
    out, timed = "P", False
    for unit in ORDER:
        if unit in parts:
            if unit[0] == "T" and not timed:
                out, timed = out + "T", True
            out += f"{plain(parts[unit])}{unit[-1]}"
    return out


def plain(number: Decimal) -> str:
    """A number as a plain decimal string without empty decimals."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Numbers:
    """Reads the numbers of time expressions. Get it by `numbers`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the settings of ``times.toml``."""
        settings = rules.settings("times")
        self._value = lru_cache(4096)(numerals(rules).value)
        digits = [row for row in rules.rows("numerals") if row["role"] == "digit" and row["value"]]
        self._digits = frozenset("".join(w for row in digits for w in row["words"]))
        # the same few numbers and lengths come again and again
        self.number = lru_cache(4096)(self._number)
        """A small whole number by its numeral, None where that is none."""
        self.length = lru_cache(1024)(self._length)
        """The length that a text states; a second text is the number of a range that ends with it (3 of 3至5年)."""
        self.words: Mapping[str, str] = {k: v for k, v in settings["words"].items() if isinstance(v, str)}
        self.working: Sequence[str] = settings["words"]["working"]
        self._skipping = frozenset(settings["words"]["skipping"])
        self._units = by_text(settings["units"])
        self.weekdays = {k: int(v) for k, v in by_text(settings["weekdays"]).items()}
        self.weeks = {k: int(v) for k, v in by_text(settings["weeks"]).items()}
        self.lunar = {k: int(v) for k, v in by_text(settings["lunar"]).items()}
        self.parts = by_text(settings["parts"])
        """The part of the day that one character stands for, as in 每晚."""
        self._piece = Fragment(rules, "times", "PIECE_PARTS")
        rows = [row for row in rules.rows("approximators") if row["side"] == "inner"]
        self._inner: Mapping[str, str] = {w: row["modifier"] for row in rows for w in row["words"]}

    def _number(self, text: str | None) -> int | None:
        if not text:
            return None
        if text in self.lunar:
            return self.lunar[text]
        value = self._value(text)
        return None if value is None or value > 10**6 else int(value)

    def unit(self, word: str) -> str:
        """The unit of times.toml that ``word`` begins with (月份 is M)."""
        return self._units.get(word) or self._units.get(word[:1]) or ""

    def _length(self, text: str, start: str | None = None) -> Length | None:
        low: dict[str, Decimal] = {}
        high: dict[str, Decimal] = {}
        modifier, at = None, 0
        while at < len(text):
            m = self._piece.regex.match(text, at)
            if m is None or m.end() == at:
                break
            at = m.end()
            modifier = modifier or self._inner.get(m["more"] or "")
            if (m["n"] or "")[:1] == self.words["first"][:1]:
                modifier = modifier or "at_least"  # 上百年
            self._add(low, high, m)
        if not any(high.values()):
            return None
        if start is not None:
            first = self.spread(start)
            if first is None or len(high) > 1:
                return None
            low = {unit: first[0] * UNITS[self.unit(m["unit"])][1] for unit in high} if m else low
        return Length(low, high, modifier)

    def _add(self, low: dict[str, Decimal], high: dict[str, Decimal], m: regex.Match[str]) -> None:
        unit, factor = UNITS[self.unit(m["unit"])]
        halves = m.captures("half")
        bounds = self.spread(m["n"]) if m["n"] else (Decimal(0), Decimal(0))
        if bounds is None:
            return
        for target, number in zip((low, high), bounds, strict=True):
            if m["n"] and (number or not halves):
                target[unit] = target.get(unit, Decimal(0)) + number * factor
            if halves:
                smaller, count = HALVES.get(unit, (unit, 0))
                amount = factor / 2 if factor > 1 or not count else Decimal(count)
                where = unit if factor > 1 or not count else smaller
                target[where] = target.get(where, Decimal(0)) + amount
            if m["rest"]:
                self._rest(target, unit, m["rest"])

    def _rest(self, target: dict[str, Decimal], unit: str, text: str) -> None:
        """两小时十分, 9秒97: the smaller unit that is not named, or the decimals of a second."""
        if unit == "TS":
            whole = plain(target[unit])
            target[unit] = Decimal(f"{whole}.{text}") if whole.isdigit() else target[unit]  # 0半秒0 has no decimals
        elif (minutes := self.number(text.rstrip(self._minute))) is not None:
            target["TM"] = Decimal(minutes)

    @property
    def _minute(self) -> str:
        return next(w for w, u in self._units.items() if u == "MIN" and len(w) == 1)

    def spread(self, text: str) -> tuple[Decimal, Decimal] | None:
        """Low and high of a numeral: 十几 is 11 to 19, 数十 20 to 99, 两三 2 to 3; both equal where it is exact."""
        few = self.words["few"]
        if any(c in text for c in few):
            return self._vague(text)
        for at in range(0 if text[0].isascii() else min(len(text) - 1, 3)):
            found = self._neighbours(text[:at], text[at], text[at + 1], text[at + 2 :])
            if found is not None:
                return found
        if len(text) > 1 and self._digits.issuperset(text):
            return None  # 周二、三、四|三天
        if len(text) == 2 and text[0] == self.words["first"][0]:
            value = self._value(text[1:])  # 上百
        else:
            value = self._value(text)
        return None if value is None else (value, value)

    def _vague(self, text: str) -> tuple[Decimal, Decimal] | None:
        at = next(i for i, c in enumerate(text) if c in self.words["few"])
        head = self._value(text[:at]) if at else Decimal(0)
        scales = [self._value(c) or Decimal(1) for c in text[at + 1 :]]
        first = scales[0] if scales else Decimal(1)
        tail = Decimal(1)
        for scale in scales[1:]:
            tail *= scale
        if head is None:
            return None
        if head:
            return head + 1, head + 9
        return 2 * first * tail, (10 * first - 1) * tail

    def _neighbours(self, head: str, one: str, two: str, tail: str) -> tuple[Decimal, Decimal] | None:
        a, b = self._value(one), self._value(two)
        tens = self._value(self.words["ten"])
        if a is None or b is None or tens is None or not (0 < a < 10 and 0 < b < 10):
            return None
        if (b != a + 1 and one + two not in self._skipping) or (tail and (self._value(tail) or 0) < 10):
            return None
        low, high = self._value(head + one + tail), self._value(head + two + tail)
        return None if low is None or high is None else (low, high)


def numbers(rules: Rulebook) -> Numbers:
    """The numbers of ``rules``, made once."""
    return rules.once(Numbers, Numbers)
