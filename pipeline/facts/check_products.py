"""An amount for each against how many and what they come to: 每户补贴3万元，共200户，合计600万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.core.model import Check, View
from pipeline.facts.check_rules import PATTERN, CheckRules
from pipeline.facts.claims import Claim, Claims
from pipeline.facts.verdict import range_of

RULE = "check.product"
LEAD = 8
"""How many characters before an amount may say that it is a total."""
COUNTED = ("count", "measure")


def product_checks(view: View, claims: Claims, rules: CheckRules) -> list[Check]:
    """A check for each sentence that tells one amount for each, one number of these and one total."""
    if not rules.has(RULE):
        return []
    out: list[Check] = []
    for sentence in claims.sentences:
        if len(sentence) > 2:
            each = [c for c in sentence if (c.per or "/" in c.unit) and c.level]
            found = _product(view, each[0], sentence, rules) if len(each) == 1 else None
            if found is not None:
                out.append(found)
    return out


def _product(view: View, each: Claim, sentence: Sequence[Claim], rules: CheckRules) -> Check | None:
    counts = list(_counts(view, each, sentence, rules))
    unit = each.unit.partition("/")[0]
    others = [c for c in sentence if c is not each and c.unit == unit and c.level]
    totals = [c for c in others if _is_total(view, c, rules)]
    if len(counts) != 1 or len(totals) != 1 or len(others) != 1:
        return None
    (count,), (total,) = counts, totals
    first, last = min(each.start, count.start, total.start), max(each.end, count.end, total.end)
    if rules.finds(RULE, "unless", view.folded[first:last]):
        return None
    check = rules.judged(RULE, [each, count, total], total, range_of(each) * range_of(count))
    exact = not any(c.modifier for c in (each, count, total))
    return check if check is not None and (check.ok or exact) else None


def _counts(view: View, each: Claim, sentence: Sequence[Claim], rules: CheckRules) -> Iterator[Claim]:
    """The amounts of ``sentence`` that tell how many there are of what ``each`` is for one of."""
    base = each.unit.partition("/")[2]
    word = (each.per or "").removeprefix(rules.each)
    alike = tuple(w for group in rules.counters if word in group for w in group) or (word,)
    for c in sentence:
        if c is not each and c.kind in COUNTED and c.level and not c.per:
            if c.unit == base if base else view.folded[c.start : c.end].endswith(alike):
                yield c


def _is_total(view: View, claim: Claim, rules: CheckRules) -> bool:
    return rules.finds(RULE, PATTERN, view.folded[max(claim.start - LEAD, claim.sentence[0]) : claim.start])
