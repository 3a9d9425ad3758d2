"""What years, months, decades and their edges add to a point of time."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.lexis.calendar import days_in
from pipeline.lexis.timeatoms import Atom
from pipeline.lexis.timenumbers import Numbers
from pipeline.mentions.time_partial import UNKNOWN, iso
from pipeline.mentions.time_point import Point
from pipeline.mentions.time_story import Story

WINTER = "WI"
NOW = 2030
"""The year that an article whose publication is not known is written before."""
AHEAD = 6
"""The part of a cycle that a year named after it may lie ahead of publication."""


def _relative_year(point: Point, atom: Atom, story: Story) -> None:
    shift = int(atom.data.get("shift", "0"))
    base = atom.data.get("base")
    told = base == "story" and story.stated_at >= 0 or base == "stated" and story.of_last_years
    if story.year is not None and told:
        point.year, point.told = story.year + shift, f"{story.year:04d}"
    else:
        year = story.published[0]
        point.year, point.relative = (None if year is None else year + shift), True


def fill_year(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """甲辰年, 2013年, 23年, 2022至2023年, 2021-23年, 今年, 次年, 2023Q3."""
    data = atom.data
    point.unit, point.year_said = "year", True
    if "word" in data:
        _relative_year(point, atom, story)
        return
    if "every" in data:
        _cyclic_year(point, int(data["every"]), int(data["year"]), story)
    elif "all" in data:
        point.year = int(data["first"])
        point.to = (int(data["last"]), None, None) if "last" in data else UNKNOWN
    elif "first" in data:
        point.year = int(data["first"]) - 1 + (read.number(data["n"]) or 1)
    elif "before" in data:
        point.unit, point.code = "era", f"BC{read.number(data['before']) or 0:04d}"
    elif "short" in data:
        point.year = _short_year(read.number("".join(data["short"].split())[:2]) or 0, story)
    else:
        point.year = read.number(data["y"])
    if "y1" in data or "short1" in data:
        first = read.number(data.get("y1"))
        if first is not None and "short" in data:
            point.year = first - first % 100 + (read.number(data["short"]) or 0)
        point.to = (point.year, None, None)
        point.year = _short_year(read.number(data["short1"]) or 0, story) if first is None else first
    if "half" in data or "quarter" in data:
        point.unit = "half" if "half" in data else "quarter"
        point.code = data.get("half") or data.get("quarter") or ""
        if point.code[:1].isdigit():  # 1Q22
            point.code = point.code[::-1]


def _cyclic_year(point: Point, every: int, one: int, story: Story) -> None:
    """甲辰年, 龙年: the year that the article has just told where it is such a one, else the one near publication.

    ``one`` is a year of that name, which comes again after ``every`` years.
    """
    now = story.published[0]
    if story.year is not None and (story.year - one) % every == 0:
        point.year, point.told = story.year, f"{story.year:04d}"
    else:
        latest = None if now is None else now + every // AHEAD
        point.year, point.relative = (None if latest is None else latest - (latest - one) % every), True


def _short_year(number: int, story: Story) -> int:
    """23年 is the nearest year that is not more than ten years after publication."""
    now = story.published[0] or NOW
    century = now // 100 * 100
    return century + number if century + number <= now + 10 else century - 100 + number


def need_year(point: Point, story: Story, month: int | None = None, turn: int = 0) -> None:
    """Take the year from the article or the publication where the expression states none.

    ``turn``: the years to move one that is taken from the publication.
    """
    if point.year_said:
        return
    point.year, told = story.month_year(month)
    if turn and not told and point.year is not None:
        point.year += turn
    point.year_said = True
    if told:
        point.told = f"{point.year:04d}"
    else:
        point.relative = point.assumed = True


def fill_half(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """上半年."""
    point.unit = "half"
    point.code = "H1" if atom.data["half"] in read.words["first"] else "H2"
    need_year(point, story, turn=story.reviewed(6 * int(point.code[1])))


def fill_quarter(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """三季度, 一、二季度, 首季, 上季度."""
    data = atom.data
    if "rel" in data:
        _relative_quarter(point, data["rel"], story, read)
        return
    number = read.number(data.get("q")) or 1
    need_year(point, story, turn=story.turn(3 * number, 9) or story.reviewed(3 * number))
    point.unit = "quarter"
    if "q1" in data:
        point.code = f"Q{read.number(data['q1'])}"
        point.to = (point.year, number, None)
    else:
        point.code = f"Q{number}"


def _relative_quarter(point: Point, word: str, story: Story, read: Numbers) -> None:
    shift = read.weeks.get(word[:2]) or read.weeks.get(word[:1], 0)
    year, month = story.shifted_month(3 * shift)
    point.unit, point.year, point.relative, point.year_said = "quarter", year, True, True
    point.code = _quarter_of(month)


def _quarter_of(month: int | None) -> str:
    """The quarter that holds ``month``; 上季度末 in a text without a date has none that is known."""
    return "QX" if month is None else f"Q{(month + 2) // 3}"


def fill_season(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """去年冬天, 今春."""
    if "shift" in atom.data:
        _relative_year(point, atom, story)
        point.year_said = True
        if atom.data["value"] == WINTER and atom.data["shift"] == "0" and point.year is not None:
            point.year -= story.in_winter
    need_year(point, story)
    point.unit, point.code = "season", atom.data["value"]


def fill_month(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """5月, 1至5月, 七八月, 上月, 当月."""
    data = atom.data
    point.unit = "month"
    if "shift" in data:
        if point.month is None:  # else 4月当月
            _relative_month(point, atom, story)
        return
    month = read.number(data.get("value") or data.get("m"))
    need_year(point, story, month)
    point.month = month
    first = read.number(data.get("m1") or data.get("near"))
    if first is not None and first != month:
        point.month, point.to = first, (point.year, month, None)
        if month is not None and first > month and point.year is not None:
            point.to = (point.year + 1, month, None)


def _relative_month(point: Point, atom: Atom, story: Story) -> None:
    shift = int(atom.data["shift"])
    point.year_said = True
    if atom.data["base"] == "story" and story.month is not None:
        year, month = story.month
        total = month - 1 + shift
        if point.year is None:  # else 上年同月
            point.year = None if year is None else year + total // 12
        point.month = total % 12 + 1
        point.told = iso((year, month, None))[:7]
    else:
        point.year, point.month = story.shifted_month(shift)
        point.relative = True


def fill_first(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """今年前5个月, 前三季度, 二季度前两个月, 4月前4天, 2020年后三月, “十四五”前三年."""
    number = read.number(atom.data["n"]) or 1
    if point.unit == "plan":
        start, end = map(int, point.code.split("/"))
        point.code = f"{end + 1 - number}/{end}" if "last" in atom.data else f"{start}/{start + number - 1}"
        return
    unit = read.unit(atom.data["unit"][:2]) or read.unit(atom.data["unit"][:1]) or "Q"
    last = "last" in atom.data
    if unit == "W" and point.month is None:
        point.unit, point.code = "week", f"{point.head}-W01/{point.head}-W{number:02d}"
        return
    if unit in ("D", "W"):
        days = number * (7 if unit == "W" else 1)
        point.unit, point.day, point.to = "days", 1, (point.year, point.month, min(days, 28))
        return
    if point.unit == "quarter" and unit == "M" and number < 3 and point.code[1:].isdigit():
        base = 3 * int(point.code[1:]) - (number - 1 if last else 2)
        point.unit, point.month, point.to = "span", base, (point.year, base + number - 1, None)
        return
    need_year(point, story)
    months = min(number * (3 if unit == "Q" else 1), 12)
    point.unit = "span"
    point.month, point.to = (13 - months, (point.year, 12, None)) if last else (1, (point.year, months, None))


def fill_third(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """5月中旬, 4月下半月; a bare 中旬 lies in the month of publication."""
    if point.month is None:
        point.year, point.month = story.shifted_month(0)
        point.relative = point.year_said = True
    point.unit = "days"
    whole = days_in(point.year or 2001, point.month) if point.month else 30
    if "half" in atom.data:
        late = atom.data["half"] not in read.words["first"]
        point.day, point.to = (16, (point.year, point.month, whole)) if late else (1, (point.year, point.month, 15))
        return
    # 中上旬 begins with the 1st
    place = sorted(_place(atom.data[k], read) for k in ("third1", "third") if k in atom.data)
    ends = (10, 20, whole)
    point.day, point.to = 10 * place[0] + 1, (point.year, point.month, ends[place[-1]])


def _place(word: str, read: Numbers) -> int:
    return 0 if word in read.words["first"] else 1 if word == read.words["second"] else 2


def fill_decade(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """上世纪90年代, 八九十年代, 1990年代."""
    data = atom.data
    if "first" in data:
        point.code = f"{data['first'][:3]}X"
    else:
        century = _century_of(data, story, read)
        ends = [(read.number(data[k]) or 0) for k in ("tens1", "tens") if k in data]
        tens = [n // 10 if n >= 10 else n for n in ends]
        if century is None:
            century = 19 if tens[-1] >= 3 else 20
        point.code = "/".join(f"{century:02d}{n}X" for n in tens)
    point.unit, point.year_said = "decade", True


def _century_of(data: Mapping[str, str], story: Story, read: Numbers) -> int | None:
    if "century" in data:
        return (read.number(data["century"]) or 20) - 1
    if "rel" in data:
        return (story.published[0] or NOW) // 100 + read.weeks.get(data["rel"][:1], 0)
    return None


def fill_century(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """20世纪, 19到20世纪, 公元前3世纪."""
    if "before" in atom.data:
        point.unit, point.year_said = "era", True
        point.code = f"BC{(read.number(atom.data['before']) or 1) - 1:02d}XX"
        return
    century = _century_of(atom.data, story, read)
    point.code = f"{0 if century is None else century:02d}XX"
    if "century1" in atom.data:
        point.code = f"{(read.number(atom.data['century1']) or 1) - 1:02d}XX/{point.code}"
    point.unit, point.year_said = "century", True


def fill_plan(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """“十四五”期间: the five years of a plan."""
    number = read.number(atom.data["plan"]) or 1
    first = 1966 + 5 * (number - 3) if number >= 3 else 1948 + 5 * number
    point.unit, point.code, point.year_said = "plan", f"{first}/{first + 4}", True


def fill_edge(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """年底, 3月末; a bare 月底 is that of the month of publication."""
    unit, _, edge = atom.data.get("value", "").rpartition(":")
    point.edge = atom.data.get("edge") or edge
    if not point.unit and unit == "Y":
        need_year(point, story)
        point.unit = "year"
    elif not point.unit and unit in ("M", "Q"):
        point.unit = "month"
        point.year, point.month = story.shifted_month(0)
        point.relative = point.year_said = True
        if unit == "Q":
            point.unit, point.code = "quarter", _quarter_of(point.month)


def fill_tail(point: Point, atom: Atom, story: Story, read: Numbers) -> None:
    """左右, 许: how exact the time is."""
    point.modifier = atom.data.get("modifier") or point.modifier
