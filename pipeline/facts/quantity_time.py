"""To which time an amount applies, and the 每-phrase that stands apart from it."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.core.model import Time, View
from pipeline.core.slices import Record
from pipeline.facts.clauses import POINTS
from pipeline.facts.coded import Coded
from pipeline.facts.quantity_change import is_compared, listed_times
from pipeline.facts.topics import is_dateline

YEAR, MONTH = "YYYY", "YYYY-MM"
"""The forms of the values whose periods are told step by step."""
STEPPED = (len(YEAR), len(MONTH))
DOZEN = 12
NEAR = 2
"""How many clauses back a time stands at most that 届时 means."""
CONTRACTED = frozenset("NnIJ")
"""Letters of what a contract is about."""


class TimeWords(Record, frozen=True):
    """Words that keep a time to its clause."""

    passing: tuple[str, ...]
    """Ends of times that reach no other clause (上年同期)."""
    begun: tuple[str, ...]
    """Ends of verbs of beginning, whose time reaches none (成立于2013年)."""
    contracts: tuple[str, ...]
    """Ends of what is bought for a month to come: 5月|原油期货."""
    lookback: tuple[str, ...]
    """Begin the while that reaches up to now, of which an amount tells and of no other time: 近一年共发布12次."""
    peaks: tuple[str, ...]
    """What a day is but the day of: 逼近2月28日|顶部1.07%."""
    headlines: tuple[str, ...]
    """Open what stands before a report, whose times are not the report's: 【2021年收官】."""
    level: tuple[str, ...]
    """What stands behind a time that is compared with (与上月持平)."""


class SentenceTimes:
    """The times of one sentence with the clauses that they reach."""

    def __init__(self, folded: str, coded: Coded, words: TimeWords) -> None:
        """Read the times of ``coded`` once: those of comparisons and relative clauses reach no amount."""
        self._folded, self._coded, self._words = folded, coded, words
        self._reaching: list[int] = []
        self._carried: list[int] = []
        self.bounded = bool(coded.brackets) or "Tf" in coded.code
        """Whether a time may be that of a headline or of a peak alone."""
        self.lasting = "D" in coded.code
        """Whether it tells of a while."""
        before_it = -1
        self._own = listed_times(coded.code, compared=False) if "M" in coded.code else {}
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
        then = self._coded.then
        if self._reaching[at] < then < item and self._is_then(self._reaching[at], then, item):
            return self._coded.times[self._reaching[at]]  # 计划2026年底建成，届时新增泊位12个
        i = self._reaching[at] if self._reaching[at] >= start else self._carried[at]
        if i >= start and "F" in self._coded.code[max(i - 2, start) : i] and "Q" in self._coded.code[i:item]:
            i = self._carried[at - 1] if at else -1  # 从去年的130万吨降至|72万吨
        return self._coded.times[i] if i >= 0 else None

    def _is_then(self, i: int, then: int, item: int) -> bool:
        """Whether what is told at ``item`` behind 届时, which stands at ``then``, is so at the time at item ``i``."""
        code = self._coded.code
        return "T" not in code[then:item] and code.count(",", i, then) <= NEAR

    def looks_back(self, start: int, item: int) -> bool:
        """Whether the clause from ``start`` on tells before ``item`` of a while up to now, and of no time: 近一年,
        在前|两年里."""
        code, words = self._coded.code, self._words.lookback
        at = code.rfind("D", start, item)
        if at < 0 or code.find("T", start, item) >= 0:
            return False
        offset = self._coded.starts[at]
        return self._folded.startswith(words, offset) or self._folded.startswith(words, offset - 1)

    def in_headline(self, item: int) -> bool:
        """Whether an item stands in a headline before its report: 【2021年收官】12月31日，……"""
        at = self._coded.around(item) if self._coded.brackets else -1
        return at >= 0 and self._folded.startswith(self._words.headlines, self._coded.starts[at])

    def stays(self, time: Time) -> bool:
        """Whether ``time`` tells but when a peak was, and dates nothing else: 逼近2月28日|顶部1.07%；三年期……"""
        return self._folded.startswith(self._words.peaks, time.end)

    def _carries(self, i: int, start: int, end: int) -> bool:
        """Whether the time at ``i`` reaches the clauses behind: it opens or is its clause, or has an amount in it."""
        code = self._coded.code
        if self._folded.endswith(self._words.passing, 0, self._coded.ends[i]):
            return False
        if self.bounded and (self.stays(self._coded.times[i]) or self.in_headline(i)):
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
        if behind[:1] in CONTRACTED and len(self._coded.times[i].norm.value) == len(MONTH) and self._delivers(i, end):
            return True
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

    def _delivers(self, i: int, end: int) -> bool:
        """Whether the month at item ``i`` is but that of a contract: 5月|原油期货|上涨2美元."""
        last = i + 1
        while last < end and self._coded.code[last] in CONTRACTED:
            last += 1
        return last > i + 1 and self._folded.endswith(self._words.contracts, 0, self._coded.ends[last - 1])


def in_turn(coded: Coded, item: int, start: int, period: str) -> str:
    """The year or month of ``period`` that the amount at ``item`` is told of, where 分别 tells as many as it has:
    2021年至2023年，营收分别为3亿元、4亿元和5亿元; else ``period``. The clause begins at ``start``."""
    each = coded.code.rfind("M", start, item)
    first, _, last = period.partition("/")
    if each < 0 or len(first) != len(last) or len(last) not in STEPPED:
        return period
    amounts = [i for i in range(each, coded.clause(item)[1]) if coded.code[i] == "Q"]
    steps = _steps(first, last)
    return steps[amounts.index(item)] if len(steps) == len(amounts) else period


def _steps(first: str, last: str) -> list[str]:
    """The years or months from ``first`` to ``last``, of a dozen at most; none where they are no such dates."""
    if not (first + last).replace("-", "").isdigit():
        return []  # 10月至11月, in a text that has no date; 一季度至四季度
    year, month = int(first[:4]), int(first[5:] or 1)
    steps = [first]
    while steps[-1] != last and len(steps) <= DOZEN:
        if len(first) == len(YEAR):
            year += 1
        else:
            year, month = year + month // DOZEN, month % DOZEN + 1
        steps.append(f"{year:04}" if len(first) == len(YEAR) else f"{year:04}-{month:02}")
    return steps


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
