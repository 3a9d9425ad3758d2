"""What follows an atom and belongs to it: 底, 许, 左右, 晚, 同期, 假期, 以内, 前."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.lexis.fragments import Fragment
from pipeline.lexis.timeatoms import Atom
from pipeline.rulebook import Rulebook

EDGED = frozenset({"year", "month", "quarter", "half", "decade", "century", "plan", "season", "set"})
DAYLIKE = frozenset({"digits", "month_day", "lunar", "day", "feast", "weekday", "week"})
DATED = EDGED | DAYLIKE


def by_text(groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The name of the group that each word of a settings table stands in."""
    return {word: name for name, words in groups.items() for word in words}


class Tails:
    """Finds tails. Compiled once from times.toml."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the settings and the tail fragments of ``times.toml``."""
        settings = rules.settings("times")
        self._edges = by_text(settings["edges"])
        self._suffixes = by_text(settings["suffixes"])
        self._starts = frozenset(settings["tail_starts"])
        self.chars = by_text(settings["parts"])
        """The part of the day that one character stands for."""

        def tail(name: str) -> Fragment:
            return Fragment(rules, "times", name)

        self._edge, self._date, self._clock = tail("EDGE_TAIL"), tail("DATE_TAIL"), tail("CLOCK_TAIL")
        self._part, self._day, self._same = tail("PART_TAIL"), tail("DAY_TAIL"), tail("SAME_PERIOD")
        self._holiday, self._length = tail("HOLIDAY_TAIL"), tail("DURATION_TAIL")

    def may(self, char: str) -> bool:
        """Whether a tail, or the part of the day of a clock time, may begin with ``char``."""
        return char in self._starts or char in self.chars

    def extend(self, text: str, out: list[Atom], taken: bool) -> None:
        """Append the tails that follow the last atom of ``out``; ``taken`` says that another atom begins there."""
        last = out[-1]
        if text[last.end : last.end + 1] not in self._starts:
            return
        if last.kind == "duration":
            self._of_duration(text, out)
        elif last.kind in ("feast", "holiday") and "holiday" not in last.data:
            self._add(text, out, self._holiday, "holiday_tail")
        elif last.kind == "clock":
            self._add(text, out, self._clock, "tail")
        elif last.kind == "part":
            self._add(text, out, self._part, "tail")
        if last.kind in ("year", "month", "feast") and out[-1] is last:
            self._add(text, out, self._same, "same_period")
        if last.kind in EDGED and out[-1] is last and not taken:
            self._add(text, out, self._edge, "edge")
        if last.kind in DAYLIKE and out[-1] is last and not taken:
            self._add(text, out, self._day, "part")
        if last.kind in DATED and out[-1] is last and not taken:
            self._add(text, out, self._date, "tail")

    def _add(self, text: str, out: list[Atom], pattern: Fragment, kind: str) -> None:
        m = pattern.match(text, out[-1].end)
        if m is None or m.end() == out[-1].end:
            return
        word, data = m[0], {}
        if kind == "edge":
            data["edge"] = self._edges.get(word) or self._edges[word[-1]]
        elif kind == "part":
            data["part"] = self.chars[word]
        elif word in self._suffixes or word[0] in self._suffixes:
            data["modifier"] = self._suffixes.get(word) or self._suffixes[word[0]]
        out.append(Atom(kind, m.start(), m.end(), out[-1].rule, data))

    def _of_duration(self, text: str, out: list[Atom]) -> None:
        m = self._length.match(text, out[-1].end)
        if m is None or m.end() == out[-1].end:
            return
        data = {k: self._suffixes[v] for k, v in m.groupdict().items() if v}
        out.append(Atom("tail", m.start(), m.end(), out[-1].rule, data))
