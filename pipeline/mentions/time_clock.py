"""What clock times add to a point of time: 下午3时, 10:18:03, 晚上12点."""

from __future__ import annotations

from pipeline.lexis.calendar import PARTS
from pipeline.lexis.timeatoms import Atom
from pipeline.lexis.timenumbers import Numbers
from pipeline.mentions.time_point import Point
from pipeline.mentions.time_story import Story

HALF_DAY = 12
NIGHT = "NI"
"""The part of the day that lies at both of its ends."""
SOON = 3
"""Hours within which a story goes on from clock time to clock time."""


def fill_clock(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """Hour, minute and second, in the half of the day that the part of the day before them says."""
    data = atom.data
    hour = read.number(data["h"]) or 0
    first = read.number(data.get("h1"))
    point.vague = not point.part and first is None and _either_half(hour, atom, point)
    if first is not None:
        point.hour = of_day(first, point)
        point.hour_to = of_day(hour, point)
        if point.hour_to < point.hour and hour < HALF_DAY:
            point.hour_to += HALF_DAY
    else:
        point.hour = of_day(hour, point)
    point.minute_from = 30 if "half1" in data else None
    point.minute = read.number(data.get("mi"))
    if "half" in data:
        point.minute = 30
    elif "quarter" in data:
        point.minute = 15 * (read.number(data["quarter"]) or 1)
    point.second = read.number(data.get("s"))


def _either_half(hour: int, atom: Atom, point: Point) -> bool:
    """9点 by itself may be morning or evening; 9时, 9:00, 21点 and 昨天9点20 are read on the dial of 24 hours."""
    return 0 < hour <= HALF_DAY and "speech" in atom.data and not point.unit


def of_day(hour: int, point: Point) -> int:
    """The hour on the dial of 24: 下午3 is 15, 晚上12 is 24, 深夜1 is 1, 凌晨12 is 0."""
    if hour > HALF_DAY or not point.part:
        return hour
    if point.part == "NI":
        if point.note == "small":
            return hour % HALF_DAY
        return hour + HALF_DAY if hour >= 6 else hour
    if point.part == "EV":
        return hour + HALF_DAY if hour >= 4 else hour
    if point.part == "AF":
        return hour + HALF_DAY if hour < HALF_DAY else hour
    if point.part == "MI":
        return hour + HALF_DAY if hour <= 3 else hour
    return hour


def follow(point: Point, left: Point) -> None:
    """下午1点10分到3点: the end of a range without a part of the day lies behind its beginning."""
    if point.hour is None or point.part or left.hour is None or point.date != left.date:
        return
    if point.hour < left.hour and point.hour < HALF_DAY and left.hour < 24 and left.part:
        point.hour += HALF_DAY
    point.part = left.part
    point.vague = left.vague


def _within(point: Point, part: str) -> None:
    """Put an hour of speech into ``part`` of the day where it is one of that part's."""
    hour = of_day(point.hour or 0, Point(part=part))
    first, last = PARTS[part]
    if part != NIGHT and first <= hour <= last:
        point.hour, point.part, point.vague = hour, part, False


def lean(point: Point, story: Story) -> None:
    """凌晨2点15分起火，3点40分扑灭: a later hour of speech lies in the half of the day of the one before it.

    So does one on the dial of 24 that would lie before it: 下午1时27分起火，1时54分扑灭. An hour of speech behind
    a part of the day alone lies in that: 13日上午出门。8点50分到站.
    """
    if point.vague and not point.part and story.part_at > story.clock_at and story.now - story.part_at <= 1:
        _within(point, story.part)
    if story.clock is None or story.now - story.clock_at > 1 or not point.hour or point.part:
        return  # 零时 is always the first hour
    part, note, before = story.clock
    leaning = Point(part=part, note=note)
    hour = of_day(point.hour, leaning)
    back = not point.unit and point.hour < before and hour - before <= SOON
    if part and hour >= before and (point.vague or back):
        point.hour, point.part, point.note, point.vague = hour, part, note, False
