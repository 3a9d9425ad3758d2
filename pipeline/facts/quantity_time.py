"""To which time an amount applies, and the 每-phrase that stands apart from it."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.core.matchers import matcher
from pipeline.core.model import Time, View
from pipeline.core.slices import Record
from pipeline.facts.clauses import POINTS
from pipeline.facts.coded import Coded
from pipeline.facts.quantity_change import is_compared
from pipeline.facts.topics import is_dateline

TIMES_LISTED = matcher("(?P<times>T(?:[Kk]T)+)[^#Q,]*,?[^Q,M]*M[^Q,]*(?P<amounts>Q(?:[KkGgAzLEw]*Q)*)")
"""Times in a row and the amounts told of each of them, in letters."""


class TimeWords(Record, frozen=True):
    """Words that keep a time to its clause."""

    passing: tuple[str, ...]
    """Ends of times that reach no other clause (上年同期)."""
    begun: tuple[str, ...]
    """Ends of verbs of beginning, whose time reaches none (成立于2013年)."""
    level: tuple[str, ...]
    """What stands behind a time that is compared with (与上月持平)."""


class SentenceTimes:
    """The times of one sentence with the clauses that they reach."""

    def __init__(self, folded: str, coded: Coded, words: TimeWords) -> None:
        """Read the times of ``coded`` once: those of comparisons and relative clauses reach no amount."""
        self._folded, self._coded, self._words = folded, coded, words
        self._reaching: list[int] = []
        self._carried: list[int] = []
        before_it = -1
        self._own = _each_own(coded.code) if "M" in coded.code else {}
        for i in coded.times:
            if coded.code[i] == "T" and not self._aside(i, *(clause := coded.clause(i))):
                before_it = i if self._carries(i, *clause) else before_it
                self._reaching.append(i)
                self._carried.append(before_it)

    def of(self, item: int, start: int) -> Time | None:
        """The time to which the amount at ``item`` applies: the last in its clause, which begins at ``start``, else one
        that reaches it."""
        at = bisect_left(self._reaching, item) - 1
        if at < 0:
            return None
        if item in self._own:
            return self._coded.times[self._own[item]]
        i = self._reaching[at] if self._reaching[at] >= start else self._carried[at]
        return self._coded.times[i] if i >= 0 else None

    def _carries(self, i: int, start: int, end: int) -> bool:
        """Whether the time at ``i`` reaches the clauses behind: it opens or is its clause, or has an amount in it."""
        code = self._coded.code
        if self._folded.endswith(self._words.passing, 0, self._coded.ends[i]):
            return False
        if is_dateline(self._coded, start, end):
            return False
        if code[i - 1 : i] == "E" and code[i + 1 : i + 3] == "dQ":  # 低于前年5月的900套
            return False
        if (
            i + 1 == end
            and code[i - 2 : i] == "Vp"
            and self._folded.endswith(self._words.begun, 0, self._coded.ends[i - 2])
        ):
            return False  # 该公司成立于2013年6月
        return i + 1 == end or not code[start:i].strip("pAkEVT") or "Q" in code[i:end]

    def _aside(self, i: int, start: int, end: int) -> bool:
        code = self._coded.code
        behind = code[i + 1 : i + 3]
        # 占2023年总收入的比例: within the whole of a share
        if is_compared(code, start, i) or code.find("Z", start, i) >= 0:
            return True
        if code[i - 1 : i] == "k" and (
            behind[:1] == "C" or self._folded.startswith(self._words.level, self._coded.ends[i])
        ):
            return True  # 与2020年相比, 失业率为5.0%，与上月持平
        # 2008年以来的最高值, 是1992年产量的5倍: the time is that of what is compared with.
        if behind == "wd" or (code[i - 1 : i] == "E" and _attribute_of_ratio(code, i + 1)):
            return True
        if behind == "dQ" and self._coded.quantities[i + 2].norm.unit == "x":
            return True
        if code.find("d", i, end) < 0:
            return False
        # 昨日召开的会议, 6月开业的商场: the time is the verb's, within an attribute.
        j = i + 1
        while j < end and code[j] in "TpNnRIAbJ":
            j += 1
        verbs = j
        while j < end and code[j] in "VnGgpNIRLfA":
            j += 1
        return j < end and code[j] == "d" and "V" in code[verbs:j]


def _each_own(code: str) -> dict[int, int]:
    """The time of each amount behind 分别, by their items, where as many times are listed before:
    2021年和2022年，净利润分别为1亿元和2亿元."""
    listed = TIMES_LISTED.search(code)
    if listed is None:
        return {}
    start, end = listed.span("times")
    if is_compared(code, code.rfind(",", 0, start) + 1, start) or "C" in code[end : listed.start("amounts")]:
        return {}  # 较2020年、2019年分别提高2个和4个百分点
    times = [i for i in range(start, end) if code[i] == "T"]
    amounts = [i for i in range(*listed.span("amounts")) if code[i] == "Q"]
    return dict(zip(amounts, times, strict=True)) if len(amounts) == len(times) else {}


def _attribute_of_ratio(code: str, i: int) -> bool:
    """Whether nouns, 的 and an amount follow at item ``i``."""
    nouns = i
    while i < len(code) and code[i] in "NnPJhI":
        i += 1
    return i > nouns and code[i : i + 2] == "dQ"


def value_of(time: Time) -> str | None:
    """The ISO value of a time that is determined; None for durations, 目前 and the like."""
    value = time.norm.value
    if time.norm.kind not in POINTS or not value or value.endswith("_REF"):
        return None
    return value


def per_of(view: View, coded: Coded, item: int, start: int) -> str | None:
    """The 每-phrase before the amount in its clause from item ``start`` on (每股派现2.5元 → 每股), as it is written."""
    code = coded.code
    for i in range(item - 1, start - 1, -1):
        if code[i] in "Se":
            return view.text[coded.starts[i] : coded.ends[i]]
        if code[i] == "Q":
            return None
    return None
