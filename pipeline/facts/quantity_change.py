"""How an amount tells a change: 同比增长7.5% (by), 升至72% (to), 由65% (from), and what it is measured against."""

from __future__ import annotations

from decimal import Decimal

from pipeline.core.matchers import matcher
from pipeline.core.model import Change, Quantity, View
from pipeline.facts.coded import Coded
from pipeline.facts.letters import EITHER, Lexicon
from pipeline.rulebook import Row

COMPARED = frozenset("TNnRIP")
"""What 较 compares where it stands before it."""
WITHIN = "x"
"""The unit of amounts that may hold their own verb of change (翻了两番)."""
POINTS = frozenset({"pp", "bp"})
"""Units of differences alone: 高于上年|1.3个百分点."""
OR = "k"
"""The letter of 或."""
NEAR = 4
"""How many items may stand between 比 or 较 and the time that it compares with."""


TIMES_LISTED = matcher("(?P<times>T(?:[Kk]T)+)[^#Q,]*,?[^Q,M]*M[^Q,]*(?P<amounts>Q(?:[KkGgAzLEw]*Q)*)")
"""Times in a row and the amounts told of each of them, in letters."""


def listed_times(code: str, *, compared: bool) -> dict[int, int]:
    """The time of each amount behind 分别, by their items, where as many times are listed before:
    2021年和2022年，净利润分别为1亿元和2亿元; only where the times are ``compared`` with or are not:
    较2020年、2019年分别提高2个和4个百分点."""
    listed = TIMES_LISTED.search(code)
    if listed is None:
        return {}
    start, end = listed.span("times")
    with_them = is_compared(code, code.rfind(",", 0, start) + 1, start) or "C" in code[end : listed.start("amounts")]
    times = [i for i in range(start, end) if code[i] == "T"]
    amounts = [i for i in range(*listed.span("amounts")) if code[i] == "Q"]
    return dict(zip(amounts, times, strict=True)) if with_them == compared and len(amounts) == len(times) else {}


def alternative(coded: Coded, item: int, start: int) -> int:
    """The amount that the one at ``item`` tells in another way: 下跌0.24美元，或0.3%; -1 where it tells none.

    Its clause begins at ``start``.
    """
    told = item - start == 1 and coded.code[start] == OR and coded.code[max(start - 2, 0) : start] == "Q,"
    return start - 2 if told else -1


def is_compared(code: str, start: int, i: int) -> bool:
    """Whether the time at item ``i`` is one to compare with: 较上年, 与上年相比; in 今年较去年 the first is not."""
    if code[i - 1 : i] == "B":  # 同比2020年减少
        return True
    if "C" not in code:
        return False
    near = start if code[i - 1] == "d" else i - NEAR  # 比行情翘尾的|上年12月
    if "C" in code[max(start, near) : i]:
        return True
    if code[i + 1 : i + 4] == "dQC":  # 与上年同期的61亿元相比
        return True
    return code[i + 1 : i + 2] == "C" and code[i + 2 : i + 3] not in COMPARED


def change_of(view: View, lex: Lexicon, coded: Coded, item: int, clause: tuple[int, int]) -> Change | None:
    """The change that the quantity at ``item`` tells in its ``clause``; ``basis`` only where that names one."""
    start, end = clause
    own = _inside(view, coded.quantities[item], lex) if coded.quantities[item].norm.unit == WITHIN else None
    if own is not None:
        _note(lex, coded, item, "change", f"{own['direction']} {own['role']}", own.id)
        return Change(own["direction"], own["role"], _basis(view, lex, coded, item, start))
    found = _from(view, lex, coded, start, item, end) if coded.code.find("F", start, item) >= 0 else None
    found = found or _verb(view, lex, coded, start, item)
    if found is None:
        return None
    direction, role = found
    basis = _basis(view, lex, coded, item, start) if role == "by" else None
    return Change(direction, role, basis)  # type: ignore[arg-type]


def _note(lex: Lexicon, coded: Coded, i: int, what: str, said: str, rule: str = "") -> None:
    if lex.trace is not None:
        lex.trace.step(what, coded.starts[i], coded.ends[i], said, rule)


def _word(view: View, coded: Coded, i: int) -> str:
    return view.folded[coded.starts[i] : coded.ends[i]]


def _inside(view: View, quantity: Quantity, lex: Lexicon) -> Row | None:
    """The verb within the amount itself (翻了两番)."""
    return lex.changes.get(view.folded[quantity.start])


def _from(view: View, lex: Lexicon, coded: Coded, start: int, item: int, end: int) -> tuple[str, str] | None:
    """由65%升至72%: the first amount, whose verb and second amount stand behind it."""
    code = coded.code
    i = item - 1
    while i >= start and code[i] in "NnRIPJhdqTDSEAxeVwf":
        i -= 1
    if i < start or code[i] != "F":
        return None
    if end == item + 1 and coded.code[end : end + 1] == ",":  # 从24%，逐年减少到22%
        end = coded.clause(end + 1)[1] if end + 1 < len(coded.code) else end
    for j in range(item + 1, end):
        if code[j] in "Gg":
            direction = lex.changes[_word(view, coded, j)]["direction"]
            if direction == EITHER:
                behind = next((coded.quantities[k] for k in range(j, end) if code[k] == "Q"), None)
                direction = behind and _compared(coded.quantities[item], behind)
            if direction:
                _note(lex, coded, i, "change", f"{direction} from")
            return (direction, "from") if direction else None
        if code[j] in "QV":
            return None
    return None


def _verb(view: View, lex: Lexicon, coded: Coded, start: int, item: int) -> tuple[str, str] | None:
    """The nearest verb of change before the amount, over what may stand between the two."""
    code = coded.code
    i = item - 1
    new = linked = False
    while i >= start:
        letter = code[i]
        if letter in "Gg":
            row = lex.changes[_word(view, coded, i)]
            found = _told(row, new, letter) if row["direction"] != EITHER else _to_either(coded, start, i, item)
            if found is not None:
                _note(lex, coded, i, "change", " ".join(found), row.id)
            return found
        if letter == "H" and _word(view, coded, i) in lex.changes and _over_time(coded, start, i):
            # 比9月高三米, and not 比9月深三米, whose word tells no change
            row = lex.changes[_word(view, coded, i)]
            _note(lex, coded, i, "change", " ".join(_told(row, new, letter)), row.id)
            return _told(row, new, letter)
        if (letter in "Kk" and code[i - 1] == "Q") or (letter == "z" and code[i - 1] == "Q" and i > start):
            # 提高2个和5个百分点; 下调10个基点至1.45%: over the amount before.
            new = new or letter == "z"
            i -= 2
            continue
        if letter == "C" and (than := _than(view, lex, coded, i, item)) is not None:
            return than
        if letter in "NnRIPJ":
            if linked or not _reaches(code, start, i, new):
                return None
        elif letter not in "dTRzLAEpBSMHhe" and not (letter == "C" and i == item - 1):  # 降至低于2%
            return None
        new = new or letter == "z"
        linked = linked or letter in "ELph"
        i -= 1
    return _continued(view, lex, coded, start) if new and i < start else None


def _than(view: View, lex: Lexicon, coded: Coded, i: int, item: int) -> tuple[str, str] | None:
    """高出上年3个百分点: the change that the comparison at item ``i`` tells where it is with another time, and the
    amount is the difference, not what there was then (高于上年的5%)."""
    row = lex.changes.get(_word(view, coded, i))
    if row is None or "T" not in coded.code[i:item] or coded.code[item - 1] == "d":
        return None
    if row["than"] != "between" and coded.quantities[item].norm.unit not in POINTS:
        return None
    _note(lex, coded, i, "change", " ".join(_told(row, False, "C")), row.id)
    return _told(row, False, "C")


def _continued(view: View, lex: Lexicon, coded: Coded, start: int) -> tuple[str, str] | None:
    """The change of the clause before where this one brings but the new value: 上涨54点，至1202点."""
    if start < 2 or coded.code[start - 2] != "Q":
        return None
    change = _verb(view, lex, coded, coded.clause(start - 2)[0], start - 2)
    return (change[0], "to") if change is not None and change[1] == "by" else None


def _to_either(coded: Coded, start: int, verb: int, item: int) -> tuple[str, str] | None:
    """由20元调整为35元: the two amounts tell the direction of a verb that has none of its own."""
    before = coded.code.rfind("Q", start, verb)
    if before < 0 or "F" not in coded.code[start:before]:
        return None
    direction = _compared(coded.quantities[before], coded.quantities[item])
    return (direction, "to") if direction else None


def _compared(one: Quantity, other: Quantity) -> str | None:
    if one.norm.value is None or other.norm.value is None or one.norm.unit != other.norm.unit:
        return None
    first, second = Decimal(one.norm.value), Decimal(other.norm.value)
    return None if first == second else "increase" if first < second else "decrease"


def _reaches(code: str, start: int, i: int, new: bool) -> bool:
    """Whether nouns between verb and amount belong to the amount: 降至额定容量的, 下调存款准备金率; before its ``new``
    value no attribute does: 增加的|股份总数为3亿股."""
    j = i
    while j >= start and code[j] in "NnRIPJhd":
        j -= 1
    return j >= start and code[j] in "zGg" and not (new and code[j + 1] == "d")


def _told(row: Row, new: bool, letter: str) -> tuple[str, str]:
    return row["direction"], "to" if new or letter == "g" else row["role"]


def _over_time(coded: Coded, start: int, verb: int) -> bool:
    """Whether 比…高, 与…相比多出 compare with another time (not 比超市便宜, 比预算节约)."""
    compare = coded.code.rfind("C", start, verb)
    if compare < 0 and _compared_before(coded, start):
        compare = start - 2
    return compare >= 0 and "T" in coded.code[max(compare - NEAR, 0) : verb]


def _compared_before(coded: Coded, start: int) -> bool:
    """Whether the clause before is a comparison of its own: 与上届相比，……"""
    return start > 1 and coded.code[start - 2 : start] == "C,"


def _basis(view: View, lex: Lexicon, coded: Coded, item: int, start: int) -> str | None:
    """What the clause from item ``start`` on compares with: 同比, 比上年, 较3月末; the nearest before the amount."""
    if _compared_before(coded, start):
        start = coded.clause(start - 2)[0]
    code = coded.code
    if "M" in code:
        if coded.compared is None:  # once a sentence: a list may be long
            coded.compared = listed_times(code, compared=True)
        if (one := coded.compared.get(item)) is not None:
            return _since(view, lex, coded, one)
    for i in range(item - 1, start - 1, -1):
        if code[i] in "BG" and (row := lex.bases.get(_word(view, coded, i))) is not None:
            _note(lex, coded, i, "basis", str(row["basis"]), row.id)
            return str(row["basis"])
        if code[i] == "T" and is_compared(code, start, i):
            since = _since(view, lex, coded, i)
            if since is not None:
                _note(lex, coded, i, "basis", since)
            return since
        if code[i] == "Q" and code[i + 1] != "C" and not _of_compared(code, start, i):
            return None
    return None


def _of_compared(code: str, start: int, i: int) -> bool:
    """Whether the amount at item ``i`` is that of the time compared with: 较上年同期15亿吨增加6%."""
    time = i - 2 if code[i - 1] == "d" else i - 1
    return time >= start and code[time] == "T" and is_compared(code, start, time)


def _since(view: View, lex: Lexicon, coded: Coded, i: int) -> str | None:
    row = lex.bases.get(_word(view, coded, i))
    if row is not None:
        return None if row["basis"] is None else str(row["basis"])
    time = coded.times.get(i)
    if time is None:
        return None
    value = time.norm.value
    if time.norm.modifier == "start" and time.norm.start:
        value = time.norm.start[:10]
    return f"since:{value}" if value else None
