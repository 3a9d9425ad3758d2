"""Times that come again: 每周三, 每周一、三、五, 每月5日至10日, 每年夏季, 每晚8点."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from pipeline.lexis.timeatoms import Atom
from pipeline.lexis.timejoin import TimeHit
from pipeline.lexis.timenumbers import UNITS, Numbers, plain
from pipeline.mentions.time_partial import UNKNOWN
from pipeline.mentions.time_point import Point

LISTED = {"Y": ("month",), "M": ("day",), "D": ("clock", "part")}
"""What may go on with the list of a set of years, of months, of days."""


class Cycle:
    """The last set of an article, whose list the next times may go on with: 三 of 每周一、三, 20日 of 每月5日、20日."""

    def __init__(self, read: Numbers, signs: str) -> None:
        """``signs``: what stands between the members of a list."""
        self._read = read
        self._signs = signs
        self._set: Atom | None = None
        self._end = -9

    @property
    def begun(self) -> bool:
        """Whether the article has had a set whose list may go on."""
        return self._set is not None

    def again(self, hit: TimeHit, text: str) -> TimeHit:
        """``hit`` with the set that it belongs to before its atoms; as it is where it goes on with no list."""
        first = hit.parts[0]
        if first.kind == "set":
            finer = len(hit.parts) > 1 or "wd" in first.data
            self._set, self._end = (first if finer else None), hit.end
            return hit
        if self._set is None or text[self._end : hit.start] not in ("", *self._signs):
            return hit
        if first.kind == "weekday" and "wd" in first.data and "wd" in self._set.data:
            listed = replace(first, kind="set", data={"wd": first.data["wd"]})
            parts = (listed, *hit.parts[1:])
        elif first.kind in self._goes_on(self._set) and "word" not in first.data:
            parts = (self._set, *hit.parts)
        else:
            return hit
        self._end = hit.end
        return replace(hit, parts=parts)

    def _goes_on(self, atom: Atom) -> tuple[str, ...]:
        return LISTED.get(self._read.unit(atom.data.get("unit", "")), ())


def set_value(atom: Atom, read: Numbers) -> tuple[str, str]:
    """The value of a set by itself (P1M, XXXX-WXX-3) and the form of its date that a finer atom completes."""
    data = atom.data
    if "wd" in data or "we" in data:
        weekday = read.weekdays.get(data.get("wd", ""))
        first = f"XXXX-WXX-{weekday}" if weekday else "XXXX-WXX-WE"
        last = read.weekdays.get(data.get("wd2", ""))
        return (f"{first}/XXXX-WXX-{last}" if last else first), first
    unit = read.unit(data["unit"]) or "D"
    number = read.spread(data["n"]) if "n" in data and data["n"] not in read.words["half"] else (Decimal(1), Decimal(1))
    if "n" in data and data["n"] in read.words["half"]:
        return {"Y": "P6M", "M": "P15D", "H": "PT30M"}.get(unit, "P1D"), ""
    code, factor = UNITS[unit]
    amount = (number[0] if number else Decimal(1)) * factor
    form = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "D": "XXXX-XX-XX"}.get(unit, "")
    return f"P{'T' if code[0] == 'T' else ''}{plain(amount)}{code[-1]}", form


def cycled(point: Point, parts: Sequence[Atom]) -> Point:
    """``point`` as the date that comes again, with its finer parts: 每年5月1日, 每月4号, 每年夏季, 每周六上午9点."""
    if len(parts) == 1 or parts[1].kind in ("week_of", "edge", "tail", "lunar"):
        return point  # 每月第一个周六, 每月底
    form = point.cycle
    if point.unit in ("season", "half", "quarter"):
        form = f"XXXX-{point.code}"
    elif point.month is not None and form == "XXXX":
        form = f"XXXX-{point.month:02d}"
    if point.day is not None:
        form = f"{form if len(form) == 7 else 'XXXX-XX'}-{point.day:02d}"
    if point.timed:
        form = form if form.count("-") == 2 else "XXXX-XX-XX"
    if parts[1].kind == "feast" and point.day is None:
        form = "P1Y"  # 每年端午节
    point.unit, point.cycle = "set", form
    point.code = form + point.clock(point.hour) if point.timed else form
    if point.hour_to is not None:
        point.code += f"/{form}{point.clock(point.hour_to)}"  # 每晚8至10点
    if point.to != UNKNOWN and not point.timed:
        ends = f"{point.to[2] or point.to[1]:02d}"  # 每年3至5月, 每月1至5日
        point.code = f"{form}/{form[: -len(ends)]}{ends}"
    return point


def cycled_range(left: Point, right: Point) -> str:
    """The value of a set that lasts: 每年5月1日至10月1日, 每月1日至5日, 每天8时至18时; of feasts how often."""
    if left.code.startswith("P"):
        return left.code  # 每年清明至谷雨
    if right.timed:
        return f"{left.code}/{right.value()}"
    value = right.value()
    hidden = "".join("X" if a == "X" else b for a, b in zip(left.code, value, strict=False))
    return f"{left.code}/{hidden}{value[len(left.code) :]}"
