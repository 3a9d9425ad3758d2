"""Whether an amount is told as a fact, as planned, as estimated, as a rumour, or denied."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.core.fact_records import Modality, Polarity
from pipeline.core.matchers import matcher
from pipeline.core.model import View
from pipeline.facts.coded import Coded
from pipeline.facts.letters import Lexicon
from pipeline.rulebook import Row

MOVED = frozenset("NIRPQ")
"""What 将 puts before the verb (将3万吨库存转移到南港市): a thing, of which nothing is planned by that."""

VERBS = frozenset("VGgzu")
"""Verbs: of what is done, and of change."""

THINGS = frozenset("NnRIPJdh")
"""Letters of things, with which something is compared."""
COMPARISON = "C"
"""The letter of 比, 高于."""

MOVES = matcher("V{1,2}d[JNnPIR]*[NnPI]Q[VnG]|[JnV][JNnPIRy]{0,5}[NnPIy][GgV]LE?Q")
"""Of letters of what 将 puts before the verb, by what was done with it before or what is done: 将|质押的300万股|转让,
将|安全距离|提高了40公里."""
PUT, DONE_TO = matcher("A*[FVnN][^,#Qz]{0,9}dQ{1,2}[JNnPIR]{1,3}V"), 6
"""The same of a thing that an attribute tells of, before what is done to it (将|从路旁经过的一名老人撞倒), and how many
items reach from the amount to there."""
ADVERB = "A"
"""The letter of adverbs, which qualify a noun right behind them."""
SHARES = frozenset({"percent", "ratio"})
"""The kinds of amounts of which something may be a share."""

RUMOUR: Modality = "reported"
"""The sense of what nobody vouches for."""
FORESEEN: tuple[Modality, ...] = ("planned", "estimated")
"""The senses of what is to come."""
TELLS = "W"
"""The letter of verbs of saying."""
TOLD = MOVED | {TELLS}
"""Letters of a rumour that somebody denies, of which nothing is told: 否认退出传闻."""
NEAR = 16
"""How many words of these senses before an amount are looked at: all of any clause but a list without commas."""
LEADING = 32
"""How many items a clause may have that is all such words."""
BEHIND = 2
"""How many items behind an amount a noun stands that 的 joins to it."""

ASSERTED: tuple[Modality, Polarity] = ("asserted", "affirmed")
"""What is told of an amount with no such word before it."""


def assertion_of(view: View, lex: Lexicon, coded: Coded, item: int, clause: int) -> tuple[Modality, Polarity]:
    """What the words of ``rules/modality.tsv`` say before ``item`` in its clause, which begins at the item ``clause``.

    Plans win over estimates.

    That a quotation tells it (``reported``) is seen where facts and quotations meet.
    """
    first = _from(coded, clause) if clause > 1 else clause
    near = coded.cues[bisect_left(coded.cues, first) : bisect_left(coded.cues, item)][-NEAR:]
    senses = set()
    if coded.code.startswith("d", item + 1) and item + BEHIND in coded.cues:
        start, end = coded.starts[item + BEHIND], coded.ends[item + BEHIND]
        if (cue := lex.cues.get(view.folded[start:end])) is not None and cue["sense"] == RUMOUR:
            senses.add(RUMOUR)  # 裁员三成|的|传闻
    if -1 < coded.then < item and (foreseen := _foreseen(view, lex, coded, item)) is not None:
        senses.add(foreseen)
    if not (near or senses):
        return ASSERTED
    for i in near:
        start, end = coded.starts[i], coded.ends[i]
        cue = lex.cues.get(view.folded[start:end])
        if cue is not None and _says(view, lex, coded, i, item, first, cue):
            senses.add(cue["sense"])
            if lex.trace is not None:
                lex.trace.step("modality", start, end, cue["sense"], cue.id)
    modality: Modality = "asserted"
    if senses:
        modality = "planned" if "planned" in senses else "estimated" if "estimated" in senses else "asserted"
        if modality == "asserted" and RUMOUR in senses:
            modality = RUMOUR
    return modality, "denied" if "denied" in senses else "affirmed"


def _foreseen(view: View, lex: Lexicon, coded: Coded, item: int) -> Modality | None:
    """How the amount at ``item`` is told behind a word that goes on: behind 预期目标为：…… it is planned, behind 届时
    as the clauses before it, of which it is a part; None behind another time than that."""
    then = coded.then
    if view.folded[coded.starts[then] : coded.ends[then]] in lex.aims:
        return FORESEEN[0]
    if "T" in coded.code[then:item]:
        return None
    last = bisect_left(coded.cues, then)
    for i in reversed(coded.cues[max(last - NEAR, 0) : last]):
        cue = lex.cues.get(view.folded[coded.starts[i] : coded.ends[i]])
        if cue is not None and cue["sense"] in FORESEEN:
            return FORESEEN[FORESEEN.index(cue["sense"])]
    return FORESEEN[0]


def _says(view: View, lex: Lexicon, coded: Coded, i: int, item: int, first: int, cue: Row) -> bool:
    """Whether the cue at item ``i`` says something of the amount at ``item``; the cues looked at begin at ``first``."""
    code, sense = coded.code, cue["sense"]
    if cue["moves"] and _moves(code, i, item):
        return False
    if cue["onward"] or cue["before"] and code[i + 1] not in cue["before"]:
        return False  # 业绩承诺, 提出收购
    if i > first and code[i] in TOLD and code[i + 1] != TELLS and sense == RUMOUR:
        return False  # 否认退出传闻, but 有传闻称……
    if sense == "planned" and code[item - 1] == "d":
        if i + 2 == item or coded.quantities[item].norm.kind in SHARES:
            return False  # 完成目标|的|九成, 占其承诺股份数|的|九成
    if code[i] == ADVERB and view.folded[coded.ends[i + 1] - 1] in lex.doers:
        return False  # 有意|购买者
    return not (_is_over(code, i, item) or _is_compared(code, first, i) and sense != "denied")


def _moves(code: str, cue: int, item: int) -> bool:
    """Whether 将 puts before the verb what the amount belongs to: 将|3万吨库存转移, 将|质押的股份300万股解除质押,
    将|安全距离提高了40公里, 将|从路旁经过的一名老人撞倒."""
    if code[cue + 1] in MOVED or MOVES.match(code, cue + 1, item + BEHIND):
        return True
    return PUT.match(code, cue + 1, item + DONE_TO) is not None


def _is_over(code: str, cue: int, item: int) -> bool:
    """Whether what a cue says is over before the clause's own verb: 未租出的铺面降至30个 denies no fall."""
    of = code.find("d", cue + 1, item)
    if of < 0 or code[cue + 1 : of].lstrip("A")[:1] not in VERBS | {"n"}:
        return False
    return not VERBS.isdisjoint(code[of + 1 : item])


def _is_compared(code: str, first: int, cue: int) -> bool:
    """Whether a cue is but what the amount is compared with: 比|预期|高10%, 高于|计划|3个百分点; 比上年|预计|增长5% is
    an estimate."""
    i = cue - 1
    while i >= first and code[i] in THINGS:
        i -= 1
    return i >= first and code[i] == COMPARISON and code[cue + 1 : cue + 2] not in VERBS


def _from(coded: Coded, clause: int) -> int:
    """The item from which cues go for a clause: that of a clause before it that is all cue (据估算，损失达3亿元)."""
    before = coded.code.rfind(",", 0, clause - 1) + 1
    cued = coded.cues[bisect_left(coded.cues, before) : bisect_left(coded.cues, clause)][-NEAR:]
    if cued and clause - before <= LEADING and all(i in cued or coded.code[i] in "Ap," for i in range(before, clause)):
        return before
    return clause
