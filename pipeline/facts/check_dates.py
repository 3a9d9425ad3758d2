"""Dates against their weekdays, their order and how long they are said to last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from pipeline.core.model import Check, Issue, Time, View
from pipeline.facts.check_rules import PATTERN, CheckRules
from pipeline.facts.verdict import EXACT

WEEKDAY = "check.weekday"
DURATION = "check.duration"
ORDER = "check.date-order"
CLOSE = 60
"""So many days around its reference a date without a year is surely of the year that was taken."""
GAP = 12
"""How many characters may stand between a period and the time that it is said to last."""
WORDS = 8
"""How many characters around a time say what began or ended then."""
DAYS = re.compile(r"P([0-9]{1,3})D")
ISO_DAY = len("2024-05-30")
KNOWN = 1 << 10
"""How many values of times are kept with the day that they tell."""


def date_checks(view: View, rules: CheckRules) -> list[Check]:
    """Checks of the dates of ``view``; one that fails is told as an issue too, for no fact may stand on the date."""
    out = list(_weekdays(view, rules))
    if len(view.times) > 1:
        out += _durations(view, rules)
        out += _orders(view, rules)
    return out


def _weekdays(view: View, rules: CheckRules) -> Iterator[Check]:
    """2024年5月30日（星期四）: the day that the calendar has."""
    if not rules.has(WEEKDAY):
        return
    pattern = rules.entries[WEEKDAY].matcher
    for time in view.times:
        day = _day(time.norm.value)
        if day is None or not _sure_of_year(view, time, day):
            continue
        # Behind the time, or within it (5月30日星期四).
        m = pattern.match(view.folded, time.end) or pattern.search(view.folded, time.start, time.end)
        if m is None or m.start() == time.start:
            continue
        told = rules.weekdays[m["day"]]
        year, week, number = day.isocalendar()
        expected, actual = (f"{year:04d}-W{week:02d}-{n}" for n in (number, told))
        yield _check(view, WEEKDAY, (time.start, m.end()), expected, actual, told == number)


@lru_cache(KNOWN)
def _day(value: str) -> date | None:
    """The day that an ISO value begins with; None where it tells none that the calendar has."""
    if value[4:5] != "-" or len(value) < ISO_DAY or value[10:11] not in ("", "T"):
        return None
    try:
        return date.fromisoformat(value[:ISO_DAY])
    except ValueError:
        return None


def _sure_of_year(view: View, time: Time, day: date) -> bool:
    """Whether the year is stated, or is that of a reference close by."""
    if time.norm.anchor is None:
        return True
    reference = view.reference
    told = _day(reference.iso or "") if reference is not None else None
    return told is not None and abs((day - told).days) <= CLOSE


def _durations(view: View, rules: CheckRules) -> Iterator[Check]:
    """6月7日至10日，为期4天: both ends count; where they do not, it is one day less."""
    if not rules.has(DURATION):
        return
    for period, length in pairwise(view.times):
        days = DAYS.fullmatch(length.norm.value) if length.start - period.end <= GAP else None
        if days is None:
            continue
        first, _, last = period.norm.value.partition("/")
        start, end = _day(first), _day(last)
        if start is None or end is None:
            continue
        if not rules.finds(DURATION, PATTERN, view.folded[period.end : length.start]):
            continue
        expected, actual = (end - start).days + 1, int(days[1])
        ok = actual in (expected, expected - 1)
        yield _check(view, DURATION, (period.start, length.end), f"P{expected}D", f"P{actual}D", ok)


def _orders(view: View, rules: CheckRules) -> Iterator[Check]:
    """2023年5月开工，2022年12月竣工: an end before its beginning."""
    if not rules.has(ORDER):
        return
    starts, ends = rules.keys[ORDER, "starts"], rules.keys[ORDER, "ends"]
    for first, second in pairwise(view.times):
        a, b = first.norm, second.norm
        if a.start is None or b.end is None or b.end > a.start or a.anchor is not None or b.anchor is not None:
            continue
        words = view.folded[first.end : second.start]
        behind = view.folded[second.end : second.end + WORDS]
        if rules.finds(ORDER, "unless", words + behind):
            continue
        if rules.matches(ORDER, words) or (starts.search(words) and ends.search(behind)):
            yield _check(view, ORDER, (first.start, second.end), f">{a.value}", b.value, False)


def _check(view: View, rule: str, span: tuple[int, int], expected: str, actual: str, ok: bool) -> Check:
    """A check of dates, with the facts of these times."""
    facts = tuple(
        i for i, f in enumerate(view.facts)
        if "time" in f.args and span[0] <= f.args["time"].start < span[1]
    )  # fmt: skip
    if not ok:
        words = view.text[span[0] : span[1]]
        view.issues.append(Issue(rule, f"{words!r}: {expected} is expected, {actual} is stated", (span,)))
    return Check(rule, facts, expected, actual, EXACT, ok)
