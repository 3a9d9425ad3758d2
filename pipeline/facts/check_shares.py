"""A part and its whole against the stated share: 185.30公顷 of 296.18公顷 is 62.56%."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Check, View
from pipeline.facts.check_rules import PATTERN, CheckRules, between
from pipeline.facts.claims import Claim, Claims
from pipeline.facts.verdict import range_of

RULE = "check.part-whole"
RATE = "check.rate"
NAME = 3
"""How many characters two names must share at their ends to name one whole."""
BACK = 8
"""How many amounts before the share its whole is looked for."""
AROUND = 100
"""How many amounts before and behind the share are looked at: all of most articles, few of a list of thousands."""
CLOSE = 6
"""With no more between them a part and its share belong together, whatever they are taken to be of."""
BEHIND = 8
"""How many characters behind a share may say that its whole is another."""
HELD = 24
"""How many characters before an amount may say that somebody has it: 周启明|持有公司股份200万股."""
NEAR = 12
"""How many characters may stand between a part and its share where nothing tells them to belong together."""


def share_checks(view: View, claims: Claims, rules: CheckRules) -> list[Check]:
    """A check for each share whose part and whole the article states."""
    out: list[Check] = []
    begin = 0
    for sentence in claims.sentences:
        for i, share in enumerate(sentence):
            if share.share and share.change is None:
                near = claims.all[max(begin + i - AROUND, 0) : begin + i + AROUND]
                first = max(i - AROUND, 0)
                found = _of_whole(view, near, sentence[first : i + AROUND], i - first, rules)
                found = found or _rate(sentence, i, rules)
                if found is not None:
                    out.append(found)
        begin += len(sentence)
    return out


def _of_whole(
    view: View, claims: Sequence[Claim], sentence: Sequence[Claim], i: int, rules: CheckRules
) -> Check | None:
    share = sentence[i]
    name = share.prop or share.subject  # 占比35% names nothing else
    if not rules.has(RULE) or not rules.finds(RULE, PATTERN, name) or rules.finds(RULE, "unless", name):
        return None
    if rules.finds(RULE, "beyond", view.folded[share.end : share.end + BEHIND]):
        return None
    part = _part(view, sentence, i, rules)
    if part is None:
        return None
    failed: list[Check] = []
    wholes = _wholes(claims, share, part, rules)
    for whole in wholes:
        computed = (range_of(part) / range_of(whole)).times(share.percent)
        check = rules.judged(RULE, [whole, part, share], share, computed)
        if check is not None and check.ok:
            return check
        if check is not None and _certain(view, claims, sentence, share, part, whole, rules):
            failed.append(check)
    return failed[0] if len(failed) == 1 else None


def _part(view: View, sentence: Sequence[Claim], i: int, rules: CheckRules) -> Claim | None:
    """The amount that the share is told of: the one right before it, of the same thing or close by."""
    share = sentence[i]
    while i and sentence[i - 1].share and sentence[i - 1].change is None and sentence[i - 1].subject == share.subject:
        i -= 1  # 占其持股的57%，占总股本的9%
    while i > 1 and rules.finds(RULE, "closed", between(view, sentence[i - 1], share)):
        i -= 1  # 质押1.63亿股（其中债券质押0.56亿股），占其所持的17%
    if i == 0:
        return None
    part = sentence[i - 1]
    if not part.level or part.kind not in ("count", "measure", "money") or not part.value:
        return None
    return part if _of_one(part, share) or share.start - part.end <= NEAR else None


def _of_one(part: Claim, share: Claim) -> bool:
    """Whether the two are told of the same, or the share of what the part is: 何苗的持股数为30股，占总数的3%."""
    return share.subject != "" and share.subject in (part.subject, part.prop)


def _wholes(claims: Sequence[Claim], share: Claim, part: Claim, rules: CheckRules) -> list[Claim]:
    """Amounts of the part's unit that may be the whole: by their name, else those before the part, the last first."""
    same = [
        c
        for c in claims
        if c is not part and c.unit == part.unit and c.level and c.low > 0 and not rules.finds(RULE, PATTERN, c.prop)
    ]
    named = [c for c in same if share.whole and one_name(share.whole, c.thing)]
    before = [c for c in same if c.start < part.start and c.number >= part.number - 1 and c.value >= part.value]
    return named + [c for c in reversed(before[-BACK:]) if c not in named]


def one_name(a: str, b: str) -> bool:
    """Whether one of two names ends with the other (深圳全市红树林面积, 全市红树林面积)."""
    return min(len(a), len(b)) >= NAME and (a.endswith(b) or b.endswith(a))


def _certain(
    view: View, claims: Sequence[Claim], sentence: Sequence[Claim], share: Claim, part: Claim, whole: Claim,
    rules: CheckRules,
) -> bool:  # fmt: skip
    """Whether a share that fails is surely meant to be that of the part in the whole."""
    if (not _of_one(part, share) and share.start - part.end > CLOSE) or part.modifier or whole.modifier:
        return False
    if share.time and whole.time and share.time != whole.time:
        return False
    same = [c for c in claims if c.unit == part.unit and c not in (part, share)]
    if share.whole and whole.thing.endswith(share.whole):
        return not any(c is not whole and one_name(share.whole, c.thing) for c in same)
    if share.whole and rules.finds(RULE, "own", share.whole):
        told = [c for c in same if c.start < part.start]
        held = [c for c in told if rules.finds(RULE, "held", view.folded[max(c.start - HELD, 0) : c.end])]
        return {c.value for c in held} == {whole.value}
    if share.whole and not rules.finds(RULE, "all", share.whole):
        return False
    at, first = sentence.index(part), sentence.index(whole) if whole in sentence else 0
    if any(rules.finds(RULE, PATTERN, c.prop) for c in sentence[first:at]):
        return False  # 买入73亿元，占88%，其中散户买入52亿元，占62%: both are shares of what is not told
    before = [c for c in sentence[:at] if c.unit == part.unit]
    return bool(before) and before[-1] is whole and rules.finds(RULE, "within", between(view, whole, part))


def _rate(sentence: Sequence[Claim], i: int, rules: CheckRules) -> Check | None:
    """抽检500批次，合格490批次，合格率98%: the part is what the rate is named after."""
    if i < 2 or not rules.has(RATE):
        return None
    whole, part, share = sentence[i - 2 : i + 1]
    named = rules.matches(RATE, share.prop)
    if named is None or whole.unit != part.unit or not part.level or not whole.level or whole.low <= 0:
        return None
    of = named["of"]
    if of not in (part.prop, part.subject) or of in whole.thing or whole.value < part.value:
        return None
    computed = (range_of(part) / range_of(whole)).times(share.percent)
    return rules.judged(RATE, [whole, part, share], share, computed)
