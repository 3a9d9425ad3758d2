"""Times resolved: what each expression means against the publication date and the dates that the article states."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from msgspec.structs import replace

from pipeline.core.model import Reference, Time, TimeKind, TimeModifier, TimeNorm, View, time_modifier
from pipeline.core.trace import Trace
from pipeline.lexis.calendar import interval
from pipeline.lexis.timeatoms import Atom
from pipeline.lexis.timejoin import OF_YEAR, TimeHit
from pipeline.lexis.timenumbers import Numbers, numbers
from pipeline.mentions.time_atoms import FILL
from pipeline.mentions.time_clock import fill_clock, follow, lean
from pipeline.mentions.time_conflicts import Conflicts
from pipeline.mentions.time_dateline import stated_date, with_year
from pipeline.mentions.time_faults import fault
from pipeline.mentions.time_length import length_norm
from pipeline.mentions.time_pairs import pair_norm
from pipeline.mentions.time_partial import UNKNOWN, WEEK, days_between, iso, moved, next_month
from pipeline.mentions.time_point import Point
from pipeline.mentions.time_sets import Cycle, cycled, cycled_range, set_value
from pipeline.mentions.time_signs import Signs, time_signs
from pipeline.mentions.time_story import Story
from pipeline.mentions.time_trace import note_atom, note_time
from pipeline.rulebook import Rulebook

YEARLY = ("year", "half", "quarter", "season", "decade", "century", "plan")


def find_times(view: View, hits: Sequence[TimeHit], rules: Rulebook) -> list[Time]:
    """The times of an article, in order: every hit with its value, its interval and what it was resolved against.

    Relative times are resolved against ``view.reference`` and against dates that the article itself states; what
    neither tells is ``XXXX``. What no calendar has (2月30日) has no value and becomes an issue of the view; so does
    what is left out, a clock time beyond the dial (25时) or a numeral that says nothing.
    """
    if not hits:
        return []
    signs = time_signs(rules)
    read = numbers(rules)
    known = view.reference or stated_date(view.folded, hits, signs.datelines, signs.brackets, read)
    reference = None if known is None else with_year(known, hits, read)
    reader = _Reader(view, reference, read, signs, rules.trace)
    given = reader.story.published_date if view.reference is not None else None
    conflicts = None if given is None else Conflicts(view.folded, given, signs, read)
    out = []
    for hit, behind in zip_longest(hits, hits[1:]):
        norm = reader.read(hit)
        if norm is None or norm.start is None:
            if wrong := fault(hit, norm, view.text[hit.start : hit.end]):
                view.issues.append(wrong)
                norm = norm and TimeNorm(norm.kind, "", modifier=norm.modifier)
        if norm is not None:
            out.append(Time(hit.start, hit.end, norm, hit.rule))
            if conflicts is not None and (wrong := conflicts.of(hit, behind, norm)):
                view.issues.append(wrong)
        if reader.trace is not None:
            note_time(reader.trace, hit, norm, reader.story)
    return out


class _Reader:
    """Reads one article's hits in order, remembering what it has stated."""

    def __init__(
        self, view: View, reference: Reference | None, read: Numbers, signs: Signs, trace: Trace | None
    ) -> None:
        self.trace = trace
        self.story = Story.of(view, reference, signs)
        self.text = view.folded
        self.number = read
        self.signs = signs
        self.end = -1
        """Where the last hit ended."""
        self.year: tuple[int, int | None] = (-9, None)
        """Where the last bare year ended, and that year."""
        self.cycle = Cycle(read, signs.listed)
        self.aside = [(x.start, x.end) for x in view.lines if x.kind in ("dateline", "byline")]

    def read(self, hit: TimeHit) -> TimeNorm | None:
        """The norm of ``hit``; remembers the dates that it states."""
        story = self.story
        story.enter(hit.start)
        first = hit.parts[0]
        if self.cycle.begun or first.kind == "set":
            hit = self.cycle.again(hit, self.text)
            first = hit.parts[0]
        kinds = {a.kind for a in hit.parts} if len(hit.parts) > 1 else (first.kind,)
        if first.kind == "impossible":
            return None
        if "duration" in kinds:
            before = self.text[hit.start - 1 : hit.start]
            norm = length_norm(hit, self.story, self.number, before in self.signs.clause)
            if norm is not None and norm.kind == "date" and len(norm.value) == 4:
                story.tell_year(int(norm.value), False)  # 5年前
                return self._within(hit, norm)
            return norm
        if first.kind == "ref":
            return self._reference(first)
        if "holiday" in kinds or "holiday_tail" in kinds:
            if year := self.number.number(first.data.get("y")):
                story.tell_year(year, True)  # 2022年春节期间（1月31日至2月6日）
            return TimeNorm("period", "")
        if first.kind in ("year_pair", "day_pair", "season_pair"):
            return pair_norm(first, story)
        if "same_period" in kinds:
            return self._same_period(hit)
        point = self._point(hit.parts)
        if first.kind == "weekday" and story.day is not None and self._bracketed(hit):
            point.unit, (point.year, point.month, point.day) = "day", story.day
        self.end = hit.end
        norm = self._norm(hit, point) if not hit.until else self._range(hit, point)
        if not self.aside or not any(a <= hit.start < b for a, b in self.aside):
            self._remember(point, norm, hit)
        return norm

    def _within(self, hit: TimeHit, year: TimeNorm) -> TimeNorm:
        """What 的 parts from its year: 两年前的今天, 再过两年的5月; the year itself where nothing is (再过两年)."""
        at = max(i for i, a in enumerate(hit.parts, 1) if a.kind in ("duration", "tail"))
        if at == len(hit.parts):
            return year
        point = self._point([Atom("year", hit.start, hit.end, hit.rule, {"y": year.value}), *hit.parts[at:]])
        point.relative = True
        norm = self._norm(hit, point)
        self._remember(point, norm, hit)
        return norm

    def _bracketed(self, hit: TimeHit) -> bool:
        """2月8日（周四）: the weekday of the day before the bracket."""
        at = hit.start - 1
        return self.end == at and self.text[at] in self.signs.brackets and self.story.day_at == self.story.now

    def _reference(self, atom: Atom) -> TimeNorm:
        value = atom.data.get("value") or ("PAST_REF" if "past" in atom.data else "FUTURE_REF")
        now = self._now() if value.startswith("PRESENT") else None
        if now is None:
            return TimeNorm("date", value)
        return TimeNorm("date", value, start=now, end=now, anchor=self.story.anchor)

    def _same_period(self, hit: TimeHit) -> TimeNorm:
        """What 同期 means: the period that the sentence states, in that year; the bare year where it states none."""
        point = self._point([a for a in hit.parts if a.kind != "same_period"])
        period = self.story.period
        value = point.value()
        if period and point.unit == "year" and point.year is not None and "X" not in period:
            value = "/".join(f"{point.year:04d}{end[4:]}" for end in period.split("/"))
        start, end = interval(value)
        kind: TimeKind = "period" if "/" in value else "date"
        return TimeNorm(kind, value, start=start, end=end, anchor=self._anchor(point))

    def _point(self, parts: Sequence[Atom], left: Point | None = None) -> Point:
        """The point that the atoms make; what they leave out comes from a range's left end, then from the article."""
        point = Point()
        if left is None and parts[0].kind in OF_YEAR and self.text[self.year[0] : parts[0].start] in self.signs.comma:
            point.year, point.year_said = self.year[1], True  # 去年，6月8日
            point.told = None if point.year is None else f"{point.year:04d}"
        if left is not None and parts[0].kind not in ("year", "digits", "set"):
            self._inherit(point, parts[0], left)
        for atom in parts:
            if atom.kind == "set":
                value, point.cycle = set_value(atom, self.number)
                point.unit, point.code, point.year_said = "set", value, True
                point.part = self.number.parts.get(atom.data.get("unit", ""), "")
            elif atom.kind == "clock":
                fill_clock(point, atom, self.story, self.number)
                lean(point, self.story)
            elif atom.kind in FILL and not (atom.kind == "week_of" and point.unit == "set"):
                FILL[atom.kind](point, atom, self.story, self.number)
            if self.trace is not None:
                note_atom(self.trace, atom, point)
        if point.timed and not point.unit:
            day, told = self.story.clock_day()
            point.year, point.month, point.day = day
            point.bare = True
            point.unit, point.told, point.relative = "day", iso(day) if told else None, not told
        if left is not None:
            follow(point, left)
        return cycled(point, parts) if parts[0].kind == "set" else point

    def _inherit(self, point: Point, atom: Atom, left: Point) -> None:
        """The right end of a range lies in the year, month and day of its left end."""
        if atom.kind in ("clock", "part") and left.unit in ("day", "week", "set"):
            point.year, point.month, point.day, point.unit = left.year, left.month, left.day, left.unit
            point.code, point.cycle = left.code, left.cycle
        elif atom.kind == "day" and "word" not in atom.data:
            point.year, point.month = left.year, left.month
        if "word" not in atom.data and left.year is not None and atom.kind not in ("week", "weekday"):
            point.year, point.year_said = left.year, True
        point.relative, point.told, point.lunar = left.relative, left.told, left.lunar

    def _norm(self, hit: TimeHit, point: Point) -> TimeNorm:
        modifier = time_modifier(hit.modifier or point.modifier)
        if point.unit == "set":
            return TimeNorm("set", point.code, modifier=modifier or time_modifier(point.edge))
        if point.hour is not None and point.hour_to is not None:
            last = replace(point, hour=point.hour_to)
            first = replace(point, minute=point.minute_from)
            return self._between(first, last, modifier)
        if point.vague:
            return TimeNorm("time", "", modifier=modifier, anchor=self._anchor(point))
        value = point.value()
        start, end = point.bounds(value)
        if start is not None and end is not None and start > end:
            start = end = None  # 5月至3月 without a year between
        if point.edge and point.edge != "end" or point.edge and point.unit in ("decade", "century"):
            modifier = modifier or time_modifier(point.edge)
        elif point.edge:
            modifier = "end"
        return TimeNorm(point.kind(), value, start=start, end=end, modifier=modifier, anchor=self._anchor(point))

    def _range(self, hit: TimeHit, left: Point) -> TimeNorm:
        if hit.until[0].kind == "now":
            value = f"{left.value().split('/')[0]}/{iso(self.story.published)}"
            return TimeNorm("period", value, start=left.bounds()[0], end=self._now(), anchor=self.story.anchor)
        self._remember(left, TimeNorm("date", ""), hit)
        right = self._point(hit.until, left)
        if left.unit == "set":
            return TimeNorm("set", cycled_range(left, right))
        if hit.until[0].kind == "weekday" and (later := days_between(left.date, right.date)) is not None:
            right.year, right.month, right.day = moved(left.date, later % WEEK)  # 下周一至周五
        elif right.unit == "day" == left.unit and right.month == left.month and (right.day or 0) < (left.day or 0):
            right.year, right.month = next_month(right.year, right.month)  # 28日至2日
        elif left.month and right.month and right.year is not None and not _stated(hit.until):
            if right.year == left.year and (right.month, right.day or 99) < (left.month, left.day or 0):
                right.year += 1
        if right.timed and right.date == left.date and (right.hour or 0) < (left.hour or 0):
            right.year, right.month, right.day = moved(right.date, 1)  # 晚上9点到早上6点
        norm = self._between(left, right, time_modifier(hit.modifier or right.modifier))
        if hit.parts[0].data.keys() == {"wd"}:  # 周二至周日9:00—17:30: the hours are of each day
            self.story.cycled_at = self.story.now
        return norm

    def _between(self, left: Point, right: Point, modifier: TimeModifier | None) -> TimeNorm:
        daily = self.story.cycled_at == self.story.now
        plain = right.date == left.date and not left.part and not left.told
        if left.bare and left.hour is not None and right.hour is not None and (daily or plain):
            value = f"{left.clock(left.hour)}/{right.clock(right.hour)}"
        else:
            value = f"{left.value().split('/')[0]}/{right.value().split('/')[-1]}"
        start, last = left.bounds()[0], right.bounds()[right.hour is None]
        if right.edge == "end":
            modifier = "end"
        if start is None or last is None or start > last or daily and left.bare:
            start = last = None
        return TimeNorm("period", value, start=start, end=last, modifier=modifier, anchor=self._anchor(left))

    def _now(self) -> str | None:
        if self.story.published_date is None or self.story.reference is None:
            return None
        return f"{iso(self.story.published)}T{self.story.reference.clock or '00:00:00'}"

    def _anchor(self, point: Point) -> str | None:
        return point.told or (self.story.anchor if point.relative else None)

    def _remember(self, point: Point, norm: TimeNorm, hit: TimeHit) -> None:
        story = self.story
        if point.unit == "year" and point.to == UNKNOWN and not hit.until:
            self.year = hit.end, point.year
        if point.hour is not None:
            story.clock, story.clock_at = (point.part, point.note, point.hour), story.now
            story.minute, story.clock_day_told = point.minute or 0, UNKNOWN if point.vague else point.date
        elif point.part and not hit.until:
            story.part, story.part_at = point.part, story.now
        if point.unit == "set":
            story.cycled_at = story.now
        if point.unit == "set" or point.bare:
            return
        stretch = norm.kind == "period" or point.unit in ("month", "quarter", "half", "span", "days")
        if stretch and norm.kind in ("period", "date") and not story.compared:
            story.period = norm.value
        year = point.year if point.told or any(a.kind in ("year", "digits") for a in hit.parts) else None
        if self.text.endswith(self.signs.asides, 0, hit.start):
            if year is not None and self.text.endswith(self.signs.as_of, 0, hit.start):
                story.tell_year(year, False)  # 截至2023年末……全年
            return  # 截至2023年12月31日 tells no event
        if self.text.startswith(self.signs.records, hit.end):
            return  # 2020年7月以来最低，突破10月12日的高点
        if point.unit == "day" and point.day is not None and point.to == UNKNOWN:
            story.tell(point.date)
        elif point.month is not None:
            story.tell_month(point.year, point.month)
        if year is not None:
            adverbial = self.text[hit.end : hit.end + 1] == self.signs.adverbial and "word" not in hit.parts[0].data
            dated = point.told is not None or point.unit not in YEARLY or adverbial
            story.tell_year(year, dated, len(norm.value) == 4, point.unit == YEARLY[0])


def _stated(parts: Sequence[Atom]) -> bool:
    return parts[0].kind in ("year", "digits") or "word" in parts[0].data
