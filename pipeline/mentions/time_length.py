"""Durations, and what lies such a duration before or after a date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from msgspec.structs import replace

from pipeline.core.model import TimeKind, TimeModifier, TimeNorm, time_modifier
from pipeline.lexis.calendar import days_in, interval, make_date, shift_month, week_value
from pipeline.lexis.timeatoms import Atom
from pipeline.lexis.timejoin import TimeHit
from pipeline.lexis.timenumbers import Length, Numbers, iso_length
from pipeline.mentions.time_partial import Day, iso
from pipeline.mentions.time_story import Story

SECONDS = {"W": 604800, "D": 86400, "TH": 3600, "TM": 60, "TS": 1}
LIMIT = Decimal(10**10)
"""Seconds, days or months beyond which nothing is reckoned."""


def length_norm(hit: TimeHit, story: Story, read: Numbers, open_clause: bool) -> TimeNorm | None:
    """The norm of a duration, or of the date that 前 or 后 behind it means; None where its numerals have no value."""
    lead = next((a.kind for a in hit.parts if not a.data), "")
    body = next(a for a in hit.parts if a.kind == "duration")
    length = _length(hit, body, read)
    if length is None:
        return None
    tail = next((a.data for a in (hit.until or hit.parts) if a.kind == "tail"), {})
    place = tail.get("place", "")
    if hit.until and tail.get("bound") == "at_most":
        tail = {}
    stated = "more_than" if "more" in tail else length.modifier
    modifier = time_modifier(tail.get("bound") or stated or hit.modifier)
    if place in ("ago", "later") and any(w in body.data["dur"] for w in read.working):
        return TimeNorm("date", "", modifier=modifier)
    if place in ("ago", "later") or lead == "later":
        return _shifted(length, -1 if place == "ago" else 1, story, modifier)
    if place == "during" and hit.modifier == "nearly":
        modifier = None
    norm = _plain(length, modifier)
    if length.exact and (story.published_date is not None):
        direction = _direction(lead, hit, tail, open_clause)
        if direction:
            return _placed(norm, length, direction, lead, story)
    return norm


def _length(hit: TimeHit, body: Atom, read: Numbers) -> Length | None:
    length = read.length(body.data["dur"], body.data.get("from"))
    last = next((a for a in hit.until if a.kind == "duration"), None)
    if length is None or last is None:
        return length
    other = read.length(last.data["dur"])
    return None if other is None else Length(length.low, other.high, length.modifier or other.modifier)


def _plain(length: Length, modifier: TimeModifier | None) -> TimeNorm:
    if length.exact:
        return TimeNorm("duration", iso_length(length.low), modifier=modifier)
    return TimeNorm("duration", "", iso_length(length.low), iso_length(length.high), modifier=modifier)


def _direction(lead: str, hit: TimeHit, tail: Mapping[str, str], open_clause: bool) -> int:
    """-1 for a stretch that ends at publication (近三个月, 3年来), 1 for one that begins there, else 0."""
    if lead in ("past", "last") or tail.get("place") == "during" and not hit.until:
        return -1
    if lead in ("next", "coming"):
        return 1
    if open_clause and hit.modifier == "nearly":
        return -1
    return 1 if open_clause and tail.get("bound") in ("within", "at_most") else 0


def _placed(norm: TimeNorm, length: Length, direction: int, lead: str, story: Story) -> TimeNorm:
    """Give a duration its interval: whole calendar units for 前两年, from the very moment for 近三个月."""
    now = _moment(story)
    units = list(length.low)
    if lead in ("last", "coming") and len(units) == 1:
        edge = _floor(now, units[0])
        near = edge if direction < 0 else _moved(edge, {units[0]: Decimal(1)}, 1)
    elif lead or direction > 0:
        near = now
    else:
        near = _floor(now, "D") if SECONDS.get(units[0], 86400) >= 86400 else now  # 近三个月 begins with a day
    far = _moved(near, length.low, direction) if near else None
    if near is None or far is None:
        return norm
    start, end = sorted((near, far))
    return replace(norm, start=start.isoformat(), end=end.isoformat(), anchor=story.anchor)


def _moment(story: Story, day: Day | None = None) -> datetime:
    year, month, number = day or story.published
    clock = story.reference.clock if story.reference is not None and day is None else None
    midnight = datetime(year or 1, month or 1, number or 1)
    return datetime.fromisoformat(f"{midnight.date().isoformat()}T{clock}") if clock else midnight


def _floor(moment: datetime, unit: str) -> datetime:
    day = datetime(moment.year, moment.month, moment.day)
    if unit == "Y":
        return day.replace(month=1, day=1)
    if unit == "M":
        return day.replace(day=1)
    if unit == "W":
        return day - timedelta(days=day.isoweekday() - 1)
    if unit == "D":
        return day
    if unit == "TH":
        return moment.replace(minute=0, second=0)
    return moment.replace(second=0) if unit == "TM" else moment


def _moved(moment: datetime, parts: Mapping[str, Decimal], sign: int) -> datetime | None:
    """``moment`` moved by a length; years and months by the calendar, the rest by seconds. None beyond the calendar."""
    months = parts.get("Y", Decimal(0)) * 12 + parts.get("M", Decimal(0))
    seconds = sum((n * SECONDS[u] for u, n in parts.items() if u in SECONDS), Decimal(0))
    if months > LIMIT or seconds > LIMIT * 10:
        return None
    year, month = shift_month(moment.year, moment.month, sign * int(months))
    day = make_date(year, month, min(moment.day, days_in(year, month)))
    if day is None:
        return None
    try:
        return datetime.combine(day, moment.time()) + sign * timedelta(seconds=int(seconds))
    except OverflowError:
        return None


def _shifted(length: Length, sign: int, story: Story, modifier: TimeModifier | None) -> TimeNorm:
    """3天前, 10年前, 两小时后: the date that lies so far off, as fine as the unit of the duration."""
    clock = story.moment() if sign > 0 and list(length.low)[-1][0] == "T" else None
    if clock is not None and length.exact and (later := _moved(clock, length.low, sign)) is not None:
        value = later.isoformat(timespec="seconds" if later.second else "minutes")
        start, end = interval(value)
        since = clock.isoformat(timespec="minutes")
        return TimeNorm("time", value, start=start, end=end, modifier=modifier, anchor=since)
    told = story.day if sign > 0 and story.day is not None and story.now - story.day_at <= 1 else None
    if sign > 0 and told is None and length.exact and (behind := _behind(length, story, modifier)) is not None:
        return behind
    base = told or story.published
    known = None not in base and make_date(base[0] or 0, base[1] or 0, base[2] or 0) is not None
    if not known:
        return TimeNorm("date", "", modifier=modifier)
    anchor = iso(told) if told else story.anchor
    clocked = told is None and story.reference is not None and story.reference.clock is not None
    unit, now = list(length.low)[-1], _moment(story, told)
    if unit[0] == "T" and not clocked:
        now += timedelta(hours=12)  # 两小时前 of a day without a clock is most likely on that day
    moments = [m for parts in (length.low, length.high) if (m := _moved(now, parts, sign)) is not None]
    if len(moments) < 2:
        return TimeNorm("date", "", modifier=modifier, anchor=anchor)
    kind, value = _as_fine(moments[0], unit, clocked)
    start, end = interval(value)
    if not length.exact:  # 二十几年前: somewhere from the one year to the other
        other = interval(_as_fine(moments[1], unit, clocked)[1])
        start, end = (other[0], end) if sign < 0 else (start, other[1])
        kind, value = "date", ""
    return TimeNorm(kind, value, start=start, end=end, modifier=modifier, anchor=anchor)


def _behind(length: Length, story: Story, modifier: TimeModifier | None) -> TimeNorm | None:
    """三年后 behind 2003年, 6个月后 behind 2019年3月: so many years or months after what was just told."""
    (unit, count), *others = length.low.items()
    if others or count != int(count) or count > LIMIT:
        return None
    if unit == "M" and story.month is not None and story.month[0] is not None and story.now - story.month_at <= 1:
        year, month = shift_month(story.month[0], story.month[1], int(count))
        value, anchor = f"{year:04d}-{month:02d}", f"{story.month[0]:04d}-{story.month[1]:02d}"
    elif unit == "Y" and story.year is not None and story.now - story.stated_at <= 1:
        value, anchor = f"{story.year + int(count):04d}", f"{story.year:04d}"
    else:
        return None
    start, end = interval(value)
    return TimeNorm("date", value, start=start, end=end, modifier=modifier, anchor=anchor) if start else None


def _as_fine(moment: datetime, unit: str, clocked: bool) -> tuple[TimeKind, str]:
    day: date = moment.date()
    if unit == "Y":
        return "date", f"{day.year:04d}"
    if unit == "M":
        return "date", f"{day.year:04d}-{day.month:02d}"
    if unit == "W":
        return "date", week_value(day)
    if unit == "D" or not clocked:
        return "date", day.isoformat()
    return "time", moment.isoformat(timespec="seconds" if moment.second else "minutes")
