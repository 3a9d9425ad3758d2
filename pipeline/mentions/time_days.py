"""What days, weeks, feasts and parts of the day add to a point of time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.lexis.calendar import (
    days_in,
    easter,
    interval,
    lunar_day,
    lunar_day_of,
    make_date,
    nth_weekday,
    shift_day,
    solar_term,
    week_value,
    weekday_in_week,
)
from pipeline.lexis.timeatoms import Atom
from pipeline.lexis.timenumbers import Numbers
from pipeline.mentions.time_partial import PLAIN_YEAR, UNKNOWN, iso, moved, next_month
from pipeline.mentions.time_point import MONTHS, Point
from pipeline.mentions.time_story import Story
from pipeline.mentions.time_years import need_year


def fill_part(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """上午, 晚: the part of the day, and which of its halves where the word says so."""
    if "part" in atom.data:
        point.part = atom.data["part"]
        point.note = atom.data.get("value", "") if atom.kind == "part" else ""


def fill_day(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """7日, 5日至7日, 昨日, 次日, 当晚; a bare number lies in the month of a day just before or of publication."""
    data = atom.data
    if "word" in data or "nth" in data:
        _relative_day(point, atom, story, read)
        return
    day, first = read.number(data["d"]), read.number(data.get("d1"))
    if point.cycle or point.unit == "set":
        point.day = day if first is None else first
        point.to = UNKNOWN if first is None else (None, None, day)
        return
    if point.month is None and day is not None:
        point.year, point.month, told = story.day_month(day)
        point.year_said = True
        if told:
            point.told = iso((point.year, point.month, None)).replace("-XX", "")
        else:
            point.relative = True
    month, year = point.to[1], point.to[0]
    point.unit, point.day = "day", day
    if first is not None and first != day:
        year, month = point.year, point.month
        if day is not None and first > day:
            # 28日至2日 runs into the next month
            year, month = next_month(year, month)
        point.day, point.to = first, (year, month, day)
    elif month is not None:
        point.month, point.year = month, year
    _settle(point, story)


def _settle(point: Point, story: Story) -> None:
    """Move a day whose year is assumed to the year that it is near in."""
    if point.assumed and None not in point.date:
        found = make_date(point.year or 0, point.month or 0, point.day or 0)
        by = story.near(found) if found is not None else 0
        point.year = (point.year or 0) + by
        if point.to[0] is not None:
            point.to = (point.to[0] + by, *point.to[1:])


def _relative_day(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    data = atom.data
    shift = int(data["shift"]) if "shift" in data else (read.number(data["nth"]) or 1) - 1
    if point.unit == "day" or point.unit == "week":
        pass  # 5月1日当天
    elif point.unit == "year":
        _, point.month, point.day = story.published  # 去年今日
    elif data.get("base", "story") == "story" and story.day is not None:
        point.year, point.month, point.day = moved(story.day, shift)
        point.told = iso(story.day)
    else:
        point.year, point.month, point.day = moved(story.published, shift)
        point.relative = True
    point.unit, point.year_said = "day", True
    fill_part(point, atom, story, read)


def fill_digits(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """2024-06-18, 2024-06-18T08:30:00, 2024.6."""
    point.unit, point.year_said = "day" if "d" in atom.data else "month", True
    point.year, point.month, point.day = (read.number(atom.data.get(k)) for k in ("y", "m", "d"))
    if "h" in atom.data:
        point.hour, point.minute, point.second = (read.number(atom.data.get(k)) for k in ("h", "mi", "s"))


def fill_month_day(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """6·30, 5.28-6.3."""
    need_year(point, story)
    month, day = read.number(atom.data["m"]), read.number(atom.data["d"])
    point.unit, point.month, point.day = "day", month, day
    if "d1" in atom.data:
        point.month, point.day = read.number(atom.data["m1"]), read.number(atom.data["d1"])
        over = (month or 0) < (point.month or 0)  # 12.28-1.3
        point.to = (point.year if point.year is None else point.year + over, month, day)
    _settle(point, story)


def _set_date(point: Point, found: date | None) -> None:
    point.unit = "day"
    if found is not None:
        point.year, point.month, point.day = found.year, found.month, found.day


def fill_lunar(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """农历五月初五, 正月初一, 闰四月: the Gregorian day or days."""
    data = atom.data
    if "y" in data:
        point.year, point.year_said = read.number(data["y"]), True
    need_year(point, story)
    month = 1 if "newyear" in data else read.number(data["lm"])
    day = read.number(data.get("ld"))
    leap = "leap" in data
    if point.year is None or month is None:
        point.unit = "day"
    elif day is not None:
        _set_date(point, lunar_day_of(point.year, month, day, leap))
        before = point.year
        _settle(point, story)
        if point.year != before:
            _set_date(point, lunar_day_of(point.year, month, day, leap))
        point.lunar = (point.year, month)
    else:
        first, last = lunar_day(point.year, month, 1, leap), lunar_day(point.year, month, 30, leap)
        _set_date(point, first)
        if last is not None:
            point.unit, point.to = "days", (last.year, last.month, last.day)


def fill_lunar_day(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """初五 of 正月初一至初五: in the lunar month of the left end."""
    day = read.number(atom.data["ld"])
    if point.lunar is not None and day is not None:
        _set_date(point, lunar_day_of(*point.lunar, day))


def fill_feast(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """端午节, 母亲节, 立春: the day of the year that is stated or of publication."""
    if point.unit == "day":
        return  # “六一”国际儿童节 says it twice
    need_year(point, story)
    point.unit = "day"
    if point.year is None:
        if atom.data["calendar"] == "solar":
            point.month, point.day = int(atom.data["month"]), int(atom.data["day"])
        return
    found = _feast(point.year, atom.data)
    by = story.near(found) if found and point.assumed else 0
    _set_date(point, _feast(point.year + by, atom.data) if by else found)


def _feast(year: int, data: Mapping[str, str]) -> date | None:
    """The day of a feast in a year, by the calendar that its row names."""
    month, day = int(data.get("month", "0")), int(data.get("day", "0"))
    calendar = data["calendar"]
    if calendar == "solar":
        return make_date(year, month, day)
    if calendar == "weekday":
        return nth_weekday(year, month, day, int(data["weekday"]))
    if calendar == "easter":
        sunday = easter(year)
        return sunday and shift_day(sunday, day)
    if calendar == "term":
        return solar_term(year, data["term"])
    found = lunar_day_of(year, month, day)
    return shift_day(found, -1) if found and calendar == "eve" else found


def fill_week(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """上周, 本周三, 周二、三: the ISO week of publication, moved."""
    data = atom.data
    point.year_said, point.relative = True, True
    start = story.published_date
    if point.unit == "week" and start is not None and point.code:
        start = _monday(point.code)  # 上周星期三
    start = shift_day(start, 7 * read.weeks.get(data.get("rel", ""), 0)) if start else None
    if "row" in data:
        _days_of_week(point, start, read.weekdays[data["row"][0]], read.weekdays[data["row"][-1]])
        return
    _of_week(point, start, read.weekdays.get(data.get("wd", "")), "we" in data)


def _days_of_week(point: Point, start: date | None, first: int, last: int) -> None:
    """周二、三: from the one day to the other."""
    if start is None:
        point.unit, point.code = "week", f"XXXX-WXX-{first}/XXXX-WXX-{last}"
        return
    _set_date(point, weekday_in_week(start, first))
    end = weekday_in_week(start, last)
    point.unit, point.to = "days", (end.year, end.month, end.day)


def _monday(week: str) -> date | None:
    start = interval(week)[0]
    return date.fromisoformat(start[:10]) if start else None


def _of_week(point: Point, start: date | None, weekday: int | None, weekend: bool) -> None:
    if start is None:
        point.unit, point.code = "week", f"XXXX-WXX{f'-{weekday}' if weekday else ''}{'-WE' if weekend else ''}"
    elif weekday is not None:
        _set_date(point, weekday_in_week(start, weekday))
    elif weekend:
        _days_of_week(point, start, 6, 7)
    else:
        point.unit, point.code = "week", week_value(start)


def fill_week_of(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """本月第2周 is the week of the month's second Monday, 今年第20周 that of the ISO year; 5月最后一天."""
    if "day" in atom.data:
        point.unit, point.month = "day", point.month or (MONTHS if "last" in atom.data else 1)
        point.day = days_in(point.year or PLAIN_YEAR, point.month) if "last" in atom.data else 1
        return
    number, weekday = read.number(atom.data.get("n")) or -1, read.weekdays.get(atom.data.get("wd", ""))
    if point.month is None and not weekday and "we" not in atom.data and number > 0:
        point.unit, point.code = "week", f"{point.head}-W{number:02d}"
        return
    if point.year is None:
        point.unit, point.code = "week", "XXXX-WXX"
        return
    weekend = "we" in atom.data  # the weekend of a month's second Saturday
    found = nth_weekday(point.year, point.month or 1, number, weekday or (6 if weekend else 1))
    if found is not None:
        _of_week(point, found, weekday, weekend)
