"""Atoms joined into whole time expressions: 昨日 + 下午 + 3时 + 许, 6月1日 + 起至 + 8月31日, 近 + 十年 + 来."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.lexis.fragments import Fragment
from pipeline.lexis.timeatoms import Atom
from pipeline.lexis.timetails import DAYLIKE, Tails, by_text
from pipeline.rulebook import Rulebook


class TimeHit(Struct, frozen=True, gc=False):
    """One time expression: its span, the rule of its finest atom, its atoms, and those behind the range mark."""

    start: int
    end: int
    rule: str
    priority: int = 0
    parts: tuple[Atom, ...] = ()
    until: tuple[Atom, ...] = ()
    modifier: str | None = None


# What an atom may follow, and nothing else: coarser before finer.
AFTER: Mapping[str, frozenset[str]] = {
    "half": frozenset({"year", "set"}),
    "quarter": frozenset({"year", "set"}),
    "season": frozenset({"year", "set"}),
    "month": frozenset({"year", "set"}),
    "first": frozenset({"year", "month", "quarter", "plan"}),
    "third": frozenset({"month"}),
    "week_of": frozenset({"year", "month", "set"}),
    "lunar": frozenset({"year", "set"}),
    "feast": frozenset({"year", "feast", "set"}),
    "month_day": frozenset({"year"}),
    "day": frozenset({"month", "set"}),
    "weekday": frozenset({"digits", "day", "week"}),
    "part": DAYLIKE | {"part", "set", "week_of"},
    "clock": DAYLIKE | {"part", "set", "week_of"},
    "edge": frozenset({"year", "month", "quarter", "set"}),
}
OF_YEAR = frozenset({"month", "half", "quarter", "first", "feast"})
"""What 的 or a comma may part from its year: 1997年的4月."""
LEADS = frozenset({"past", "next", "last", "coming", "later"})
"""Prefixes that say where a duration lies, not how exact it is."""
GAPS = frozenset(" T-")
"""What may stand between two atoms that join, besides the fragments LINK and FEAST_LIST."""
CLOSED = frozenset({"holiday_tail", "same_period", "edge", "tail"})
"""Atoms that nothing joins."""


class Joiner:
    """Joins atoms. Compiled once from times.toml."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the settings and fragments of ``times.toml``."""
        settings = rules.settings("times")
        self._trace = rules.trace
        self._tails = rules.once(Tails, Tails)
        self._prefixes = by_text(settings["prefixes"])
        self._guards: Mapping[str, str] = settings["prefix_guards"]
        self._years, self._later = tuple(settings["units"]["Y"]), tuple(settings["prefixes"]["later"])
        self._ends = lru_cache(8192)(self._ends_at)
        self._longest = max(map(len, self._prefixes))
        self._prefix_ends = frozenset(w[-1] for w in self._prefixes)
        self._range_starts, self._bound_ends = frozenset(settings["range_starts"]), frozenset(settings["bound_ends"])
        self._range = Fragment(rules, "times", "RANGE_MARK")
        self._era = Fragment(rules, "times", "ERA_YEAR")
        self._bounded = Fragment(rules, "times", "BOUNDED")
        self._now = Fragment(rules, "times", "UNTIL_NOW")
        self._link = Fragment(rules, "times", "LINK")
        self._list = Fragment(rules, "times", "FEAST_LIST")
        self._holiday = Fragment(rules, "times", "HOLIDAY_TAIL")

    def join(self, text: str, atoms: Sequence[Atom]) -> list[TimeHit]:
        """The time expressions that ``atoms`` of the folded ``text`` make, in order, none overlapping."""
        if not atoms:
            return []
        kinds = {a.kind for a in atoms}
        if "era" in kinds:
            atoms = [*self._reigns(text, atoms)]
        if "feast" in kinds:
            atoms = [self._quoted(text, a) if a.kind == "feast" else a for a in atoms]
        hits: list[TimeHit] = []
        i, floor, many = 0, 0, len(atoms)
        while i < many:
            if atoms[i].start < floor:  # 三年后天下太平: the tail of the duration took what 后天 begins with
                self._overlapped(atoms[i], hits[-1])
                i += 1
                continue
            hit, used = self._expression(text, atoms, i, floor)
            if hit is not None:
                hits.append(hit)
                floor = hit.end
            i += used
        return hits

    def _overlapped(self, atom: Atom, won: TimeHit) -> None:
        if self._trace is not None:
            winner = ("time", won.start, won.end), won.rule
            self._trace.lose("time", (atom.start, atom.end), atom.rule, winner, "it begins first")

    def _reigns(self, text: str, atoms: Sequence[Atom]) -> Iterator[Atom]:
        """The atoms, with 光绪 and what follows it (二十三年, 年间) made one."""
        end = 0
        for atom in atoms:
            if atom.kind == "era":
                m = self._era.match(text, atom.end)
                if m is not None:
                    end = m.end()
                    said = {k: v for k, v in m.groupdict().items() if v}
                    yield Atom("year", atom.start, end, atom.rule, {**atom.data, **said})
            elif atom.start >= end:
                yield atom

    def _quoted(self, text: str, atom: Atom) -> Atom:
        """“五一” with its quotation marks, which stand in the span."""
        at = self._guards["opening"].find(text[atom.start - 1 : atom.start]) if atom.start else -1
        if at < 0 or text[atom.end : atom.end + 1] != self._guards["closing"][at]:
            return atom
        barred = atom.data.get("not_before")
        if barred and text.startswith(tuple(barred.split("\n")), atom.end + 1):
            return atom
        return replace(atom, start=atom.start - 1, end=atom.end + 1, alone=True)

    def _expression(self, text: str, atoms: Sequence[Atom], i: int, floor: int) -> tuple[TimeHit | None, int]:
        """The expression that begins with atom ``i``, or None; and the number of atoms used up."""
        one = atoms[i]
        if (
            one.alone
            and one.kind != "clock"
            and self._ends(text[one.end : one.end + 1])
            and text[one.start - 1 : one.start] not in self._prefix_ends
            and text[one.end - 1] not in self._bound_ends
            and (i + 1 == len(atoms) or atoms[i + 1].start > one.end)
        ):
            return TimeHit(one.start, one.end, one.rule, 0, (one,)), 1
        if one.kind == "ref" and self._leads(text, atoms, i):
            return None, 1
        left, used = self._run(text, atoms, i, floor)
        if not left:
            if self._trace is not None:
                why = "it is a time only beside another one that it can join"
                self._trace.reject("time", one.start, one.end, why, one.rule, one.rule)
            return None, 1
        end = left[-1].end
        until: list[Atom] = []
        if text[end : end + 1] in self._range_starts or text[end - 1] in self._bound_ends:
            until, more = self._until(text, atoms, i + used, left)
            end, used = (until or left)[-1].end, used + more
            now = None if until or not _dated(left) else self._now.match(text, end)
            if now is not None:
                until, end = [Atom("now", now.start(), now.end(), left[-1].rule)], now.end()
        start, meaning = left[0].start, ""
        if text[start - 1 : start] in self._prefix_ends:
            start, meaning = self._prefix(text, left, floor)
        if meaning in LEADS:
            left = [Atom(meaning, start, left[0].start, left[0].rule), *left]
            meaning = ""
        return TimeHit(start, end, left[-1].rule, 0, tuple(left), tuple(until), meaning or None), used

    def _ends_at(self, char: str) -> bool:
        """Whether an atom that no other adjoins ends its expression before ``char``: most stand so."""
        if char in self._range_starts or self._tails.may(char) or char in GAPS:
            return False
        return not char or not (self._link.begins(char) or self._list.begins(char))

    def _leads(self, text: str, atoms: Sequence[Atom], i: int) -> bool:
        """最近 and 今后 before a duration are its lead."""
        atom = atoms[i]
        behind = i + 1 < len(atoms) and atoms[i + 1].kind == "duration" and atoms[i + 1].start == atom.end
        return behind and self._prefixes.get(text[atom.start : atom.end]) in LEADS

    def _until(self, text: str, atoms: Sequence[Atom], i: int, left: Sequence[Atom]) -> tuple[list[Atom], int]:
        """The right end of a range whose left end is ``left``, and the number of atoms used up."""
        mark = self._range.match(text, left[-1].end) or self._bounded.match(text, left[-1].end)
        if mark is None or i >= len(atoms):
            return [], 0
        gap = atoms[i].start - mark.end()
        if gap == 0 or gap == 1 and text[mark.end()] in self._tails.chars:
            right, used = self._run(text, atoms, i, mark.end(), ranged=True)
            if right and right[0].start == mark.end() and _pair(left, right):
                return right, used
        return [], 0

    def _run(
        self, text: str, atoms: Sequence[Atom], i: int, floor: int, ranged: bool = False
    ) -> tuple[list[Atom], int]:
        """The atoms from ``i`` on that join, with their tails; empty where they are no time."""
        out: list[Atom] = []
        j = i
        while j < len(atoms) and (
            not out or self._joins(text, out, atoms[j]) and not self._hours(text, out, atoms, j, ranged)
        ):
            if out and out[-1].kind == "set" and text[out[-1].end : atoms[j].start] in self._tails.chars:
                out.append(self._lead(text, atoms[j]))
            out.append(atoms[j])
            j += 1
            self._tails.extend(text, out, j < len(atoms) and atoms[j].start == out[-1].end)
        if out[0].kind == "clock" and out[0].start > floor and text[out[0].start - 1] in self._tails.chars:
            return [self._lead(text, out[0]), *out], j - i  # 晚8点, 早7点
        if out[0].alone or len(out) > 1 and (out[0].kind == "feast" or out[1].kind not in CLOSED):
            return out, j - i
        if ranged or "stated" in out[0].data:
            return (out, j - i) if out[0].kind in ("clock", "lunar_day", "day") else ([], 1)
        return [], 1

    def _lead(self, text: str, clock: Atom) -> Atom:
        """The one character before a clock time that stands for a part of the day."""
        at = clock.start
        return Atom("part", at - 1, at, clock.rule, {"part": self._tails.chars[text[at - 1]]})

    def _hours(self, text: str, out: Sequence[Atom], atoms: Sequence[Atom], i: int, ranged: bool) -> bool:
        """每天 and 8:00—21:30, 周二至周日 and 上午9点至11点 are two; 每晚8点至10点 is one."""
        cycle = out[-1].kind == "set" and out[-1].data.get("unit", "") not in self._tails.chars
        if not cycle and not (ranged and out[-1].kind == "weekday"):
            return False
        clock = atoms[i + 1] if atoms[i].kind == "part" and i + 1 < len(atoms) else atoms[i]
        adjoins = clock is atoms[i] or clock.start == atoms[i].end
        return clock.kind == "clock" and adjoins and ("h1" in clock.data or bool(self._range.match(text, clock.end)))

    def _joins(self, text: str, out: Sequence[Atom], atom: Atom) -> bool:
        last = out[-1]
        gap = text[last.end : atom.start]
        if last.kind in CLOSED or last.kind == "duration" or atom.start < last.end:
            return bool(gap) and self._ago(text, out, atom) and bool(self._link.fullmatch(gap))
        if atom.kind == "day" and "word" in atom.data:
            # 5月1日当天, 国庆节当晚; 今日昨日 are two times
            same = atom.data.get("shift") == "0"
            if same and atom.data.get("base") == "publication":  # 去年今日, 2019年的今天
                return last.kind == "year" and (not gap or bool(self._link.fullmatch(gap)))
            return same and not gap and last.kind in DAYLIKE and not (last.kind == "day" and "word" in last.data)
        if last.kind == atom.kind == "month":  # 4月当月
            return not gap and atom.data.get("base") == "story" and atom.data.get("shift") == "0"
        if last.kind not in AFTER.get(atom.kind, ()):
            return False
        if last.kind == atom.kind == "feast" and gap:
            return bool(self._list.fullmatch(gap)) and bool(self._holiday.match(text, atom.end))
        if atom.kind == "weekday" and not {"word", "wd", "we"}.isdisjoint(last.data):
            return False
        if last.kind == "digits" and atom.kind == "clock":
            return gap in ("", " ", "  ", "T", "-")
        if not gap or last.kind == "set" and atom.kind == "clock" and gap in self._tails.chars:
            return True
        if self._link.fullmatch(gap):
            return last.kind == "set" or atom.kind == "week_of" or (last.kind == "year" and atom.kind in OF_YEAR)
        return gap == " " and (text[last.end - 2].isdigit() or text[atom.start].isdigit())

    def _ago(self, text: str, out: Sequence[Atom], atom: Atom) -> bool:
        """两年前的今天, 再过两年的5月: whether ``atom`` may lie in a year so far from now."""
        tail, today = out[-1], atom.kind == "day" and atom.data.get("base") == "publication"
        if tail.kind == "duration":
            years = text.endswith(self._years, 0, tail.end) and text.endswith(self._later, 0, out[0].start)
        else:
            years = tail.data.get("place") in ("ago", "later") and text.endswith(self._years, 0, tail.start)
        return years and (atom.kind in OF_YEAR or today and atom.data.get("shift") == "0")

    def _prefix(self, text: str, left: Sequence[Atom], floor: int) -> tuple[int, str]:
        """Where the expression begins with the approximator before it, and what that says."""
        start = left[0].start
        for size in range(min(self._longest, start - floor), 0, -1):
            meaning = self._prefixes.get(text[start - size : start])
            if meaning is None or (left[0].kind != "duration" and meaning != "approx"):
                continue
            before = text[start - size - 1 : start - size] if start > size else ""
            if meaning in ("last", "coming"):
                barred = bool(before) and not before.isspace() and before not in self._guards["clause"]
            else:
                barred = bool(before) and before in self._guards["near" if meaning == "nearly" else "about"]
            if not barred:
                return start - size, meaning
        return start, ""


def _pair(left: Sequence[Atom], right: Sequence[Atom]) -> bool:
    """Whether the two can be the ends of one range: lengths with lengths, dates with dates."""
    if right[0].kind == "lunar_day":
        return any(a.kind == "lunar" for a in left)
    if left[0].kind == "duration" or right[0].kind == "duration":
        return left[0].kind == right[0].kind
    return _dated(left) and _dated(right)


def _dated(atoms: Sequence[Atom]) -> bool:
    return atoms[0].kind not in ("duration", "ref", "holiday", "year_pair", "day_pair", "season_pair") and all(
        a.kind not in ("holiday_tail", "same_period") for a in atoms
    )


def joiner(rules: Rulebook) -> Joiner:
    """The joiner of ``rules``, made once."""
    return rules.once(Joiner, Joiner)
