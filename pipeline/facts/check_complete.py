"""Whether the parts that are listed behind a total are all that there are: only then must they add up to it.

What tells it: a list in brackets to its end; 分别 behind a total that is told as a sum; bands that follow on one
another from the lowest to one without end (14岁以下, 15至59岁, 60岁以上); times that fill the time of the total (its
quarters); words that leave nothing out (境内 and 境外, 男 and 女).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.core.matchers import Match
from pipeline.core.model import View
from pipeline.facts.check_rules import ANY, CheckRules
from pipeline.facts.claims import Claim

RULE = "check.sum"
AHEAD = 6
"""How many characters before a total may say that it is a sum (共计)."""
NAME = 14
"""The longest name of a part that is told before its amount."""
MONTHS = re.compile(
    "(?P<year>[0-9X]{4})"
    "(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>[0-9]{2})(?:/(?P=year)-(?P<last>[0-9]{2}))?))?"
)
"""A year, a half, a quarter, a month, or months of one year, as ISO 8601 and its like write them."""


def all_named(view: View, total: Claim, parts: Sequence[Claim], rules: CheckRules) -> int:
    """How many of ``parts``, which follow ``total`` in its unit, are surely all there are; 0 where nothing tells it."""
    if not parts:
        return 0
    if (listed := _listed(view, total, parts, rules)) or total.share:
        return listed  # 识字率58%，其中男性66%，女性50%: rates of parts do not add up
    names = list(_names(view, total, parts))
    return _bands(names, rules) or _times(total, parts) or _left_nothing_out(total, names, rules)


def told_as_sum(view: View, claim: Claim, rules: CheckRules) -> bool:
    """Whether the words right before an amount say that it is a sum: 共计128家."""
    return rules.finds(RULE, "sum", view.folded[max(claim.start - AHEAD, 0) : claim.start])


def _listed(view: View, total: Claim, parts: Sequence[Claim], rules: CheckRules) -> int:
    """共70吨，分别为30吨和40吨; 57例（甲市20例，乙市37例）."""
    bracket = rules.keys[RULE, "bracket"].match(view.folded, total.end)
    end = bracket.end() if bracket else parts[-1].end
    words = view.folded[total.end : end]
    if rules.finds(RULE, "some", words):
        return 0
    opening = words[: parts[0].start - total.end]
    if bracket or (rules.finds(RULE, "each", opening) and told_as_sum(view, total, rules)):
        return sum(c.end <= end for c in parts)
    return 0


def _names(view: View, total: Claim, parts: Sequence[Claim]) -> Iterator[str]:
    """The words between each part's amount and the amount before it."""
    at = total.end
    for part in parts:
        yield view.folded[at : part.start]
        at = part.end


def _bands(names: Sequence[str], rules: CheckRules) -> int:
    """14岁以下, 15至59岁, 60岁及以上: each begins where the one before it ends, and the last has no end."""
    reached: int | None = None
    for count, name in enumerate(names, 1):
        band = rules.keys[RULE, "band"].search(name)
        if band is None or len(name) > NAME + len(band[0]):
            return 0
        low, high = _band(band)
        if low not in ((0,) if reached is None else (reached, reached + 1)):
            return 0
        if high is None:
            return count if count > 1 else 0
        reached = high
    return 0


def _band(m: Match) -> tuple[int | None, int | None]:
    """The least and the most of a band in whole units; no most where it has no end, no least where it is one number."""
    number = int(m["high"])
    if m["above"]:
        return number, None
    if m["low"]:
        return int(m["low"]), number
    return 0 if m["below"] else None, number


def _times(total: Claim, parts: Sequence[Claim]) -> int:
    """前三季度900亿元，其中一季度250亿元，二季度320亿元，三季度350亿元: the parts' times fill that of the total."""
    whole = _months(total.time)
    if whole is None:
        return 0
    at = whole[1]
    for count, part in enumerate(parts, 1):
        own = part.stated_time is not None and total.end <= part.stated_time[0] < part.start
        months = _months(part.time) if own else None
        if months is None or months[0] != whole[0] or months[1] != at or months == whole:
            return 0
        at = months[2]
        if at == whole[2]:
            return count
    return 0


def _months(time: str | None) -> tuple[str, int, int] | None:
    """The year of a time, the months of it before the time begins and when it ends; None where it is no such time."""
    m = MONTHS.fullmatch(time or "")
    if m is None:
        return None
    for name, size in (("quarter", 3), ("half", 6)):
        if m[name]:
            return m["year"], size * (int(m[name]) - 1), size * int(m[name])
    if m["month"]:
        return m["year"], int(m["month"]) - 1, int(m["last"] or m["month"])
    return m["year"], 0, 12


def _left_nothing_out(total: Claim, names: Sequence[str], rules: CheckRules) -> int:
    """境内游客2950万人次，境外游客270万人次: words that leave nothing out, beside what the total counts or alone."""
    bare = [rules.keys[RULE, "joins"].sub("", name) for name in names]
    for partition in rules.partitions:
        if partition.whole == ANY and len(partition.more) == len(bare):
            told = [_one_of(partition.more, name, total) for name in bare]
            if None not in told and len(set(told)) == len(told):
                return len(told)
    return 0


def _one_of(parts: Sequence[Sequence[str]], name: str, total: Claim) -> int | None:
    """Which of ``parts`` a name is: it is one of its words, beside what the total counts (男会员 of 会员) or alone."""
    for i, words in enumerate(parts):
        for word in words:
            if name.startswith(word) and total.subject.endswith(name.removeprefix(word)):
                return i
    return None
