"""Letters that depend on what stands around them: numbers of items, amounts that limit others, words that compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from pipeline.core.matchers import matcher
from pipeline.core.model import Quantity
from pipeline.facts.letters import BEYOND

LIST = "K"
"""The letter of list commas."""
NUMBERED = matcher("(?:^|(?<=,))[JNx](?=K)")
"""What may be the number of an item, in letters."""
COMPARED, DIFFERENCE, LINK = "C", "H", "E"
CHANGED, ADVERB = "PG", "A"
"""What is measured with the verb of its change, and the letter of what says but when."""
THAN = frozenset("NnRIPJhdTAVf")
"""Letters of what an amount is compared with."""
BAND = frozenset({"at_least", "at_most"})
"""How a band of a scale is bounded on one side: 90平方米以下."""
LIMITED = frozenset({"count", "percent", "ratio"})
"""Kinds of amounts of those that another amount tells apart."""
LINKS = frozenset("dEZ")
"""Letters of what may stand between an age and how many are of it."""
GROUP = "N"
"""The letter of an amount that but tells which are counted."""
OF = frozenset("d")


def itemised(code: str, folded: str, starts: Sequence[int], ends: Sequence[int]) -> str:
    """The letters with a clause's end behind the numbers of items: 1、甲公司支付违约金2万元."""
    for number in NUMBERED.finditer(code):
        at, end = number.start(), number.end()
        apart = not folded[ends[end] : ends[end] + 1].isnumeric()  # but 1、2号机组
        if apart and folded[starts[at] : ends[at]].isnumeric():
            code = f"{code[:end]},{code[end + 1 :]}"
    return code


def dated(code: str, folded: str, starts: Sequence[int], ends: Sequence[int], sessions: Set[str]) -> str:
    """The letters with an adverb for each of ``sessions`` before a verb of change: 收盘|上涨3点, but 收盘|报13.6元."""
    at = code.find(CHANGED)
    while at >= 0:
        if folded[starts[at] : ends[at]] in sessions:
            code = f"{code[:at]}{ADVERB}{code[at + 1 :]}"
        at = code.find(CHANGED, at + 1)
    return code


def compared(code: str, folded: str, starts: Sequence[int], ends: Sequence[int], differing: Set[str]) -> str:
    """The letters with what the words do that compare, tell a difference or link; ``differing`` are those that may tell
    one."""
    for at, letter in enumerate(code):
        if letter == BEYOND:
            i = at + 1
            while i < len(code) and code[i] in THAN:
                i += 1
            than = at + 1 < i < len(code) and code[i] == "Q" and code[i - 1] != "d"  # 不超过总股本的|2% is a share
            does = COMPARED if than else DIFFERENCE if folded[starts[at] : ends[at]] in differing else LINK
            code = f"{code[:at]}{does}{code[at + 1 :]}"
    return code


def grouped(code: str, folded: str, quantities: Mapping[int, Quantity]) -> str:
    """The letters with a noun for each amount that but tells which are counted: 其中|0至14岁|2150例."""
    if not ("QQ" in code or "Qd" in code or "QE" in code or "QZ" in code):  # as in most sentences
        return code
    for item, quantity in quantities.items():
        norm = quantity.norm
        age, band = norm.kind == "age", norm.low is not None or norm.modifier in BAND
        if not (age or band) or code[item] != "Q":
            continue
        links, i = LINKS if age and band else OF, item + 1
        while i < len(code) and code[i] in links:
            i += 1
        if i < len(code) and code[i] == "Q":
            counted, behind = quantities[i].norm, quantities[i].end
            # 60岁以上的3名老人: both are told of the noun behind them
            if counted.kind in LIMITED and counted.unit != norm.unit and not folded[behind : behind + 1].isalnum():
                code = f"{code[:item]}{GROUP}{code[item + 1 :]}"
    return code
