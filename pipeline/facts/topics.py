"""Of what a clause speaks that names no subject itself: the subject of the nearest clause before it."""

from __future__ import annotations

from collections.abc import Mapping, Set

from pipeline.core.model import Offsets
from pipeline.facts.coded import REACH, Coded

SAYING = frozenset("WY")
SAYING_WORD = "W"
NESTED = 4
"""How many brackets may stand one in the other around an amount."""
# How many clauses back a subject is looked for.
CLAUSES = 8
# What may stand before the subject of a clause.
BEFORE = frozenset("TADkKxOLBhJESw")
ACHIEVES = "u"
"""The letter of 实现, behind which stands what is measured."""
NAMED = frozenset("NI")
HELD = frozenset("AT")
MEASURES = frozenset("Ph")
AMOUNTS = frozenset("QxKkLE")
THINGS = frozenset("JNI")
NAMES = frozenset("NnRIPJh")
LEADS, COMPARED = frozenset("kp"), "C"
"""What opens a clause that only names what is compared with, and what ends it."""


def topic_of(coded: Coded, before: int, after: int = 0, whole: bool = False) -> Offsets | None:
    """Offsets of the subject of the nearest clause that ends before item ``before`` and starts at ``after`` or later.

    Clauses of saying (郭子平表示，), those that open with a preposition (在发布会上，) and those that name but a
    property (总长18公里，) have none, and where it is ``whole`` of which something is told, those of its parts neither
    (其中出口5亿元，净利润2亿元); who announces it stands in where no clause has one, else None.
    """
    end = before - 1
    announcer: Offsets | None = None
    for _ in range(CLAUSES):
        if end > 0 and coded.brackets and (at := coded.around(end)) > 0 and coded.brackets[at] == end:
            end = at  # 全省1820例（甲市1800例、乙市20例），其中出院39例
        if end <= after:
            break
        start = coded.code.rfind(",", 0, end) + 1
        found = _explained(coded, end) if coded.brackets.get(end, 0) >= before else None
        if found is None and start >= after and not (whole and _of_part(coded.code[start:end])):
            found = _subject(coded, start, end, whole)
        if found is not None:
            return found
        if announcer is None and start >= after and "Y" in coded.code[start:end]:
            announcer = _announcer(coded, start, end)
        end = start - 1
    return announcer


def _explained(coded: Coded, bracket: int) -> Offsets | None:
    """What stands right before a bracket that tells more of it: 云岭县（北纬25.3度，东经102.1度）."""
    first = bracket
    while first and coded.code[first - 1] in "JNnI":
        first -= 1
    if first == bracket or coded.code[bracket - 1] not in NAMED:
        return None
    start, end = coded.span(first, bracket)
    return (start, end) if end - start > 1 else None


def bracketed(coded: Coded, item: int, after: int) -> Offsets | None:
    """What stands before the bracket that ``item`` stands in, where it opens at ``after`` or later: the name of
    甲股份(8.9,-1.1%), the thing where the bracket holds but amounts: 散装绿茶（500克）."""
    at = coded.around(item) if coded.brackets else -1
    if at >= max(after, 1) and coded.code[at - 1] in "Nn" and AMOUNTS.issuperset(coded.code[at + 1 : item]):
        return _explained(coded, at)
    for _ in range(NESTED):
        if at < after or at < 0:
            return None
        if coded.code[at - 1 : at] == "I":
            return coded.span(at - 1, at)
        at = coded.around(at)
    return None


def presented(folded: str, coded: Coded, before: int, verbs: Set[str]) -> Offsets | None:
    """What the clause before item ``before`` says to have happened: 工厂突发|大火，过火面积……; None where it has none
    of ``verbs``."""
    code, end = coded.code, before - 1
    start = code.rfind(",", 0, max(end, 0)) + 1
    for i in range(start, end):
        if code[i] == "V" and folded[coded.starts[i] : coded.ends[i]] in verbs:
            first = end
            while first > i + 1 and code[first - 1] in NAMES:
                first -= 1
            return coded.span(first, end) if first < end else None
    return None


def owner_of(
    folded: str, coded: Coded, before: int, prop: Offsets, owners: Mapping[str, tuple[str, ...]], last: Offsets | None
) -> Offsets | None:
    """Whose a property is by what it begins with: of 涉案|金额 the case, which is ``last`` or was named nearest before
    the item ``before``, and not the police who solved it."""
    ends = next((ends for word, ends in owners.items() if folded.startswith(word, *prop)), None)
    if ends is None:
        return None
    if last is not None and folded.endswith(ends, *last):
        return last
    for i in range(before - 1, max(before - REACH, 0) - 1, -1):
        if coded.code[i] in NAMES and folded.endswith(ends, coded.starts[i], coded.ends[i]):
            first = i
            while first and coded.code[first - 1] in NAMES:
                first -= 1
            return coded.span(first, i + 1)
    return None


def has_things(clause: str) -> bool:
    """Whether a clause, up to its amount, tells how much there is of what things: 现有|员工|760人."""
    if "E" not in clause:
        return False
    at = clause.find("E")
    return HELD.issuperset(clause[:at]) and clause[at + 1 :] != "" and THINGS.issuperset(clause[at + 1 :])


def measured_of(coded: Coded, before: int) -> tuple[Offsets | None, Offsets | None]:
    """The thing and what is measured of it in the clause before item ``before``, which tells no amount of it:
    失业率|连续三月下降，目前为5%."""
    code, end = coded.code, before - 1
    start = code.rfind(",", 0, max(end, 0)) + 1
    while start < end and (code[start] in BEFORE or code[start] == ACHIEVES) and code[start] not in NAMES:
        start += 1
    last = start
    while last < end and code[last] in NAMES:
        last += 1
    if not (start < last < end and code[last - 1] == "P" and "Q" not in code[start:end]):
        return None, None
    first = last
    while first > start and code[first - 1] in "Ph":
        first -= 1
    return coded.span(start, first) if first > start else None, coded.span(first, last)


def _of_part(clause: str) -> bool:
    """Whether a clause tells an amount of a part: 其中出口5亿元."""
    return "O" in clause and "Q" in clause


def is_dateline(coded: Coded, start: int, end: int) -> bool:
    """Whether the clause ``[start, end)`` opens its sentence with who reports and when, before whom it is about.

    晚潮网5月1日，云岭药业公告，……
    """
    code = coded.code
    if start or not 1 < end < 4 or code[end - 1] != "T" or code[end + 1 : end + 2] not in NAMED:
        return False
    return NAMED.issuperset(code[: end - 1])


def _announcer(coded: Coded, start: int, end: int) -> Offsets | None:
    """甲公司公告，预计净利润5亿元: the name before the verb of announcing."""
    code = coded.code
    i = start
    while i < end and code[i] in BEFORE and code[i] not in NAMES:
        i += 1
    j = i
    while j < end and code[j] in "IN":
        j += 1
    verb = j
    while verb < end and code[verb] in "TA":
        verb += 1
    return coded.span(i, j) if code[i:j].endswith("I") and code[verb : verb + 1] == "Y" else None


def _only_measured(behind: str) -> bool:
    """Whether behind 的 a clause names but what is measured: 甲公司和乙公司的|持股比例|不变，均为10%."""
    return bool(behind) and behind.lstrip("hP")[:1] not in NAMES and behind[0] in "hP" and "Q" not in behind


def _subject(coded: Coded, start: int, end: int, measured: bool) -> Offsets | None:
    code = coded.code
    if is_dateline(coded, start, end):
        return None
    if code[start] == SAYING_WORD:
        start += 1  # 获悉|何苗将股份质押
    told = code[start:end]
    if "E" in told and "Q" in told and has_things(told[: told.find("Q")]):
        return None
    if code[start] in LEADS and code[end - 1] == COMPARED:
        return None  # 与全国人大批准的目标|相比
    if code[end - 1] in "E" or not SAYING.isdisjoint(code[start:end]):
        return None
    i = start
    while i < end and code[i] in BEFORE and code[i] not in NAMES:
        i += 1
    head = i
    if i < end and code[i] == "V":
        i += 1
    while i < end and code[i] in NAMES:
        j = i
        while j < end and (code[j] in NAMES or (code[j] in "Kko" and j + 1 < end and code[j + 1] in NAMES)):
            j += 1
        if j < end and code[j] in "dw":
            if code[j] == "d" and _only_measured(code[j + 1 : end]):
                return coded.span(i, j)
            head = i = j + 1
            continue
        if code[head] == "V":
            if measured and code[j - 1] == "P" and MEASURES.issuperset(code[i:j]):
                return None  # 报考人数达2万，淘汰率超过90%: one property has no other
            # 审批时限由20天压缩至3天: a verb that qualifies, told by what stands behind.
            within = code[j] == "f" and j + 1 == end and coded.ends[j] - coded.starts[j] == 1  # 受访企业中，六成……
            ends = within or j < end and code[j] in "FEGgMB"
            return coded.span(head, j) if ends else None
        whole = j
        while j > i and code[j - 1] in "PhJ":
            j -= 1
        if code[i:j] == "n" or j < whole and code[i] == "h":  # 去年亏损2亿元; 最低成交价格为8元 names but a property
            return None
        first, last = coded.span(i, j) if j > i else (0, 0)
        return (first, last) if last - first > 1 else None  # 男，64岁: one character names nothing
    return None
