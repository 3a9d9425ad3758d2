"""What a clause leaves out of its fact, taken from the clauses before: the thing, what is measured of it."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.core.model import Offsets, QuantityNorm
from pipeline.facts.clauses import NOUNS
from pipeline.facts.coded import Coded
from pipeline.facts.quantity_found import Found
from pipeline.facts.quantity_memory import Memory
from pipeline.facts.quantity_plans import Plan, Plans
from pipeline.facts.topics import bracketed, has_things, measured_of, owner_of, presented, topic_of

OWNERS = frozenset("NIR")
"""Letters of whose properties are told."""
COUNTED = frozenset({"count", "measure"})
"""The kinds of amounts of things that have a worth and a yield."""
MEASURES = frozenset("PhnyZ")
"""Letters with which ends what is measured."""
COMPARED = "C"
"""The letter of 相比, with which a clause ends that tells what is compared."""
COUNTS, COUNTED_BEHIND = ("count", "count"), ("measure", "count")
"""The kinds of an amount and the next: both are counted, or the second alone."""


def carry_foretold(
    folded: str, coded: Coded, item: int, plans: Plans, plan: Plan, found: Found, memory: Memory
) -> None:
    """Take what somebody's forecast is about from the clauses before: 每股收益0.5美元，市场预期0.48美元."""
    found.subject = None
    if found.property is not None and folded[slice(*found.property)] in plans.foretold:
        found.property = None
    if found.property is None and memory.last is not None:
        found.subject, found.property = memory.last.subject, memory.last.property
    else:
        _carry_subject(folded, coded, item, plans, plan, found, memory, "subject" if found.property else "both")


def carry_on(folded: str, coded: Coded, item: int, plans: Plans, plan: Plan, found: Found, memory: Memory) -> None:
    """Fill in what the clause leaves out, and keep its subject for the clauses behind."""
    last, start, carry = memory.last, found.clause[0], plan.carry
    if carry == "counted":  # 床位编制800张，实际开放1050张: what is counted alike is the same
        alike = _alike(memory.norm, coded.quantities[item].norm, plans)
        carry = "last" if alike else "subject"
    if carry == "both" and coded.quantities[item].norm.kind == "age" and (person := _person(coded, item)):
        found.subject = person
    elif carry == "both" and (named := bracketed(coded, item, last.clause[1] if last else 0)):
        found.subject = named
    elif carry == "both" and last is not None:
        thing, measured = (None, None) if found.changes else measured_of(coded, start)
        if measured is None:
            found.subject, found.property = last.subject, last.property
        else:  # 净利润4亿元；现金流由负转正，达到2亿元
            found.subject, found.property = (thing or last.subject, measured) if last.property else (thing, measured)
        if not found.changes and _kinds(memory.norm, coded.quantities[item].norm) == COUNTED_BEHIND:
            found.property = None  # 桥面宽33米，双向六车道
    elif carry == "measured" and last is not None and memory.norm is not None:
        alike = memory.norm.kind == coded.quantities[item].norm.kind
        if alike and last.property and coded.code[bisect_left(coded.ends, last.property[1])] in MEASURES:
            found.property = last.property  # 云岭集团营收达900亿，高于|白石集团的|829亿
    elif carry == "of" and last is not None and found.subject is None:
        # 3万居民中，2万人参加; 抓获嫌疑人50人，其中20人是青少年
        if "O" in coded.code[start:item] or _among(folded, coded, start, plans):
            found.subject = last.subject
    elif carry in ("subject", "last", "both") and found.subject is None:
        _carry_subject(folded, coded, item, plans, plan, found, memory, carry)
    elif plan.topic and found.subject and found.property is None and _verbal(coded, start, item, found.subject):
        topic = memory.topic_or(topic_of(coded, start, memory.topic_clause))
        if topic is not None:
            found.subject, found.property = topic, found.subject
        return
    # Behind 其中出口5亿元 and 现有员工9人 nothing is told of the exports and the staff.
    told = coded.code[start:item]
    if plan.topic and found.subject and "O" not in told and not has_things(told):
        if found.property and folded[found.subject[1] - 1] in plans.closing:
            if folded.endswith(plans.sums_paid, *found.subject):
                return  # nothing else is told of 支付的|资金|总额
        ends = folded[found.subject[1] - 1] in plans.topic_ends
        if ends and folded.endswith(plans.foretold, *found.subject):
            return  # behind 市场预期|为3亿元 nothing is told of the forecast
        if ends and folded.endswith(plans.parts, *found.subject):
            memory.speak_of_whole(folded, found.subject, found.clause[1], plans.parts)
        else:
            memory.topic, memory.topic_clause = found.subject, start


def _among(folded: str, coded: Coded, start: int, plans: Plans) -> bool:
    """Whether the clause before names those of whom this one tells some: 全镇3万居民中，……"""
    return start > 1 and coded.code[start - 2] == "f" and folded.endswith(plans.among, 0, coded.ends[start - 2])


def _carry_subject(
    folded: str, coded: Coded, item: int, plans: Plans, plan: Plan, found: Found, memory: Memory, carry: str
) -> None:
    """Take the thing from the last fact or from a clause before; where none has any, what is measured is the thing."""
    last, start = memory.last, found.clause[0]
    if found.whole is not None and coded.amount_in(found.whole[0], coded.starts[item]):
        last = memory.before  # 交付48万辆，占全球|93.6万交付量|的一半
    if found.subject is None and found.property is not None and folded[found.property[0]] in plans.owned:
        told = last.subject if last is not None else None
        found.subject = owner_of(folded, coded, start, found.property, plans.owners, told)
    if found.subject is None and found.property and last and memory.norm:
        if memory.norm.kind in COUNTED and folded[slice(*found.property)] in plans.of_counted:
            found.subject = last.subject  # 查获|假酒300瓶，价值8万元; 有|基金300只取得正收益，占比不足三成
    if (
        found.subject is None
        and memory.shares
        and found.property
        and folded.endswith(plans.share_prices, *found.property)
    ):
        found.subject = memory.shares
    of_which = carry == "last" and "O" in coded.code[start:item]
    owns = None
    if found.property is not None and folded[found.property[1] - 1] in plans.closing:
        if folded.endswith(plans.costs, *found.property):
            owns = bool(last and last.subject and folded.endswith(plans.costed, *last.subject))
    if last is not None and (carry == "last" or _of_last(coded, start, item, found, owns)):
        found.subject = (carry == "last" and _nearer(coded, last, start)) or last.subject
        if found.whole is not None and last.property is not None and last.whole is None:
            found.subject = _of_shares(folded, last.subject, last.property, plans)
    alike = plan.phrase and last is not None and last.subject is None and last.property is not None
    if not (alike or of_which and last is not None):  # 事故造成5人死亡，其中一人为学生
        whole = found.property is not None
        topic = found.subject or memory.topic_or(topic_of(coded, start, memory.topic_clause, whole))
        if topic is not None and found.property is not None and found.whole is None:
            topic = _owner(folded, coded, topic, found.property, plans, memory)
        if topic is not None and folded.startswith(plans.foretold, topic[1]):
            topic = None if folded.endswith(plans.forecasters, *topic) else topic  # 我们|预计增速为5%，通胀率为2%
        found.subject = topic
        if found.subject is None and whole:
            found.subject = presented(folded, coded, start, plans.presents)
    if carry == "both":
        if found.subject is not None:
            found.property = _measured_behind(coded, found.subject, start)
            if found.property is None and coded.code[start - 2 : start - 1] == COMPARED:
                found.property = measured_of(coded, start)[1]  # 净利润与上年同期相比，将减少2亿元
        else:
            found.subject, found.property = measured_of(coded, start)
    if (found.subject is None or found.subject == found.property) and not plan.phrase:
        found.subject, found.property = found.property, None


def _nearer(coded: Coded, last: Found, start: int) -> Offsets | None:
    """What the clauses between the last fact's and that at item ``start`` are about: 工人有九百，|女工多，占六成."""
    behind = coded.clause(last.clause[0])[1] + 1
    return topic_of(coded, start, behind) if behind < start else None


def _owner(folded: str, coded: Coded, topic: Offsets, prop: Offsets, plans: Plans, memory: Memory) -> Offsets | None:
    """Whose another property is: of 该县|生产总值的增速为5%，出口增长12% the county's, but of 出口增速5%，金额3亿元
    that of the exports; a loss is none of what was damaged (受损厂房……，经济损失……)."""
    closes = folded[prop[1] - 1] in plans.closing
    if closes and folded.endswith(plans.losses, *prop) and folded.startswith(plans.damaged, *topic):
        return None
    last = memory.last
    if last is None or last.subject != topic or last.property is None or folded.endswith(plans.of_amounts, *prop):
        return topic
    if not folded.endswith(plans.of_amounts, *last.property):
        return topic
    first, end = bisect_left(coded.starts, topic[0]), bisect_left(coded.starts, topic[1])
    while end > first + 1 and coded.code[end - 1] == "P":
        end -= 1
    if coded.code[end - 1] in OWNERS:
        memory.topic = coded.span(first, end)
    return memory.topic


def _of_shares(folded: str, subject: Offsets | None, number: Offsets, plans: Plans) -> Offsets | None:
    """Of what a share is told behind a number of shares: 何苗质押的|股份数为3万股，占总数的3%, and not of 何苗."""
    if subject is not None and folded.endswith(plans.stakes, *subject):
        return subject
    return number if folded.endswith(plans.share_numbers, *number) else subject


def _kinds(last: QuantityNorm | None, norm: QuantityNorm) -> tuple[str, str]:
    return "" if last is None else last.kind, norm.kind


def _alike(last: QuantityNorm | None, norm: QuantityNorm, plans: Plans) -> bool:
    """Whether two amounts count the same things by their unit, which is no word for persons or times."""
    return last is not None and _kinds(last, norm) == COUNTS and last.unit == norm.unit and norm.unit in plans.counters


def _measured_behind(coded: Coded, subject: Offsets, before: int) -> Offsets | None:
    """What of the subject the clause before tells: 甲汽车|销量|再创新高，达3万辆."""
    code, first = coded.code, bisect_left(coded.starts, subject[1])
    last = first = first + (code[first : first + 1] == "d")
    while last < before and code[last] in "hP":
        last += 1
    told = code[last : code.find(",", last, before)] if last < before else ""
    return coded.span(first, last) if last > first and code[last - 1] == "P" and told and "Q" not in told else None


def _verbal(coded: Coded, start: int, item: int, subject: Offsets) -> bool:
    """Whether a verbal noun that opens its clause is all that is measured (预计亏损三亿元): a property, not a thing."""
    i = start
    while i < item and coded.code[i] in "ATEBze":
        i += 1
    return coded.code[i] == "n" and subject == coded.span(i, i + 1)


def _person(coded: Coded, item: int) -> Offsets | None:
    """The person named last before an age: 林浩（男，38岁）."""
    at = bisect_left(coded.persons, item)
    return coded.span(coded.persons[at - 1], coded.persons[at - 1] + 1) if at else None


def _of_last(coded: Coded, start: int, item: int, found: Found, owns: bool | None) -> bool:
    """Whether a property alone is that of the last fact's subject.

    It is in a list (用水量3亿吨、用电量5亿度), and behind a counted thing that ends its clause where the
    property is a total or mean (拥有4座冷库，总容量5万吨), and where it is what something costs, if such
    things ``owns`` it (安排12个项目，总投资30亿元, but not 设8座车站，总造价300亿元); None of another property.
    """
    code = coded.code
    if "Q" in code[start:item] or "O" in code[start:item]:
        return True
    before = code.rfind("Q", 0, start)
    total = (
        found.property is not None
        and (owns or owns is None and "h" in code[start : start + 2])
        and coded.starts[start] <= found.property[0]
    )
    return total and before >= 0 and before + 2 < start and all(c in NOUNS for c in code[before + 1 : start - 1])
