"""Times written from values in every spelling and read back; what holds for any text."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.model import Reference, Time, View
from pipeline.lexis.calendar import make_date
from pipeline.lexis.fold import fold
from pipeline.lexis.timescan import scan_times
from pipeline.mentions.times import find_times
from pipeline.rulebook import load
from pipeline.tokens.sentences import split_sentences
from tests.work import calls

RULES = load()
DIGITS = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789:-/.", "０１２３４５６７８９：－／．")
DAYS = st.dates(date(1912, 1, 1), date(2079, 12, 31))


def read(text: str) -> list[Time]:
    folded = fold(text)
    view = View(text, folded, [], Reference(2024, 5, 31), sentences=split_sentences(folded, RULES))
    return find_times(view, scan_times(folded, RULES), RULES)


def only(before: str, written: str, after: str) -> Time:
    """The one time that is found, which must be just what was written."""
    found = read(before + written + after)
    assert [(t.start, t.end) for t in found] == [(len(before), len(before + written))], written
    return found[0]


def han(number: int) -> str:
    """A whole number below 100 as it is said."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


def han_year(year: int, zero: str = "〇") -> str:
    return "".join(DIGITS[int(c)] for c in str(year)).replace("〇", zero)


DATES = {
    "2024年5月3日": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "2024年05月03日": lambda d: f"{d:%Y年%m月%d日}",
    "2024年5月3号": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "2024-05-03": lambda d: d.isoformat(),
    "2024-5-3": lambda d: f"{d.year}-{d.month}-{d.day}",
    "2024/5/3": lambda d: f"{d.year}/{d.month}/{d.day}",
    "2024.5.3": lambda d: f"{d.year}.{d.month}.{d.day}",
    "full width": lambda d: f"{d.year}年{d.month}月{d.day}日".translate(WIDE),
    "spaced": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "二〇二四年五月三日": lambda d: f"{han_year(d.year)}年{han(d.month)}月{han(d.day)}日",
    "二零二四年": lambda d: f"{han_year(d.year, '零')}年{han(d.month)}月{han(d.day)}日",
}


@pytest.mark.parametrize("style", DATES)
@given(day=DAYS)
@settings(max_examples=40)
def test_a_date_in_every_spelling_is_read_back(style: str, day: date) -> None:
    norm = only("协议", DATES[style](day), "，双方签字").norm
    assert norm.value == day.isoformat()
    assert (norm.start, norm.end) == (f"{day}T00:00:00", f"{day + timedelta(days=1)}T00:00:00")


CLOCKS = {
    "15时4分": lambda h, m: f"{h}时{m}分",
    "15:04": lambda h, m: f"{h}:{m:02d}",
    "15：04": lambda h, m: f"{h:02d}：{m:02d}",
    "十五时四分": lambda h, m: f"{han(h)}时{han(m)}分" if h > 10 else f"{h}时{m}分",
}


@pytest.mark.parametrize("style", CLOCKS)
@given(day=DAYS, hour=st.integers(0, 23), minute=st.integers(1, 59))
@settings(max_examples=40)
def test_a_clock_time_behind_a_date(style: str, day: date, hour: int, minute: int) -> None:
    written = f"{day.year}年{day.month}月{day.day}日{CLOCKS[style](hour, minute)}"
    assert only("闸门", written, "，水位回落").norm.value == f"{day}T{hour:02d}:{minute:02d}"


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), speech=st.booleans(), in_han=st.booleans())
def test_a_clock_time_with_its_part_of_the_day(hour: int, minute: int, speech: bool, in_han: bool) -> None:
    part = "凌晨" if hour < 6 else "上午" if hour < 12 else "中午" if hour == 12 else "下午" if hour < 18 else "晚上"
    number = hour if hour <= 12 else hour - 12
    say = han if in_han else str
    written = f"今天{part}{say(number)}{'点' if speech else '时'}" + (f"{say(minute)}分" if minute else "")
    assert only("工人", written, "，继续抢修").norm.value == f"2024-05-31T{hour:02d}:{minute:02d}"


PERIODS = {
    "whole": lambda a, b: f"{a.year}年{a.month}月{a.day}日至{b.year}年{b.month}月{b.day}日",
    "digits": lambda a, b: f"{a.isoformat()}至{b.isoformat()}",
    "dash": lambda a, b: f"{a.year}年{a.month}月{a.day}日—{b.year}年{b.month}月{b.day}日",
    "shared year": lambda a, b: (
        f"{a.year}年{a.month}月{a.day}日至{b.month}月{b.day}日" if a.year == b.year else f"{a}至{b}"
    ),
    "shared month": lambda a, b: (
        f"{a.year}年{a.month}月{a.day}日至{b.day}日" if (a.year, a.month) == (b.year, b.month) else f"{a}至{b}"
    ),
    "from": lambda a, b: f"{a.year}年{a.month}月{a.day}日起至{b.year}年{b.month}月{b.day}日",
}


@pytest.mark.parametrize("style", PERIODS)
@given(first=DAYS, length=st.integers(1, 200))
@settings(max_examples=40)
def test_a_period_is_one_span(style: str, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    norm = only("展览", PERIODS[style](first, last), "举行").norm
    assert (norm.kind, norm.value) == ("period", f"{first}/{last}")
    assert (norm.start, norm.end) == (f"{first}T00:00:00", f"{last + timedelta(days=1)}T00:00:00")


LENGTHS = {"年": "P{}Y", "个月": "P{}M", "天": "P{}D", "周": "P{}W", "小时": "PT{}H", "分钟": "PT{}M", "个季度": "P{}M"}


@pytest.mark.parametrize("unit", LENGTHS)
@given(number=st.integers(1, 99), in_han=st.booleans())
@settings(max_examples=40)
def test_a_duration_is_read_back(unit: str, number: int, in_han: bool) -> None:
    said = ("两" if number == 2 else han(number)) if in_han else str(number)
    value = LENGTHS[unit].format(3 * number if unit == "个季度" else number)
    assert only("修缮历时", said + unit, "，全部完工").norm.value == value


@given(st.integers(1, 5), st.integers(1, 11), st.integers(1, 29))
def test_a_duration_of_several_units(years: int, months: int, days: int) -> None:
    assert only("刑期", f"{years}年{months}个月{days}天", "，已满").norm.value == f"P{years}Y{months}M{days}D"


ALPHABET = st.sampled_from(
    "0123456789０３一二三四五六七八九十百千两半几数〇零廿年月日号时点分秒刻周星期礼拜季度旬世纪天上下本前后初末底今昨明去"
    "早晚午夜晨春夏秋冬每逢隔第至到—-－:：./“”农历闰正腊大公元约近多余来内间起许左右，。、；\n 的了在将于元人abT"
)


@given(st.text(ALPHABET, max_size=80), st.sampled_from([None, Reference(2024, 2, 29), Reference(None, 12, 31)]))
@settings(max_examples=300)
def test_whatever_is_found_is_sound(text: str, published: Reference | None) -> None:
    folded = fold(text)
    view = View(text, folded, [], published, sentences=split_sentences(folded, RULES))
    end = 0
    for found in find_times(view, scan_times(folded, RULES), RULES):
        norm = found.norm
        assert end <= found.start < found.end <= len(text)
        assert norm.start is None or norm.end is None or norm.start <= norm.end
        for year, month, day in re.findall(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", norm.value):
            assert make_date(int(year), int(month), int(day)), norm.value
        end = found.end


@pytest.mark.parametrize(
    "unit",
    [
        "年月日",
        "1年",
        "5月1日",
        "3点",
        "每周一、",
        "上周",
        "2024年",
        "农历正月初一",
        "1日至",
        "一二三四五",
        "12:30-",
        "前5个月",
        "公元前",
    ],
)
def test_work_grows_with_the_length(unit: str) -> None:
    """Eight times the text takes eight times the calls, whatever the machine does beside them."""
    short, long = (calls(read, unit * (size // len(unit))) for size in (4000, 32000))
    assert long < 8 * 1.4 * short
