"""Which of the lines that are no body text are titles, kickers, subtitles, headings and pull lines."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.intake.evidence import Decisions
from pipeline.intake.flow import HEAD
from pipeline.intake.items import RUN_IN, TRAILING, Item
from pipeline.intake.lines import width_of
from pipeline.intake.repeats import bare
from pipeline.intake.shape import Shape
from pipeline.intake.signs import Signs
from pipeline.intake.words import bound

BODY_ROLES = ("paragraph", "byline")
NEIGHBOURS = {-1: "kicker", 0: "title", 1: "subtitle"}


class Run(Struct, gc=False):
    """Heads that follow each other with no paragraph between, and the body part before and behind them."""

    heads: list[Item]
    before: Item | None
    at: int = 0
    """Where its first head stands among the page's items."""
    behind: Item | None = None
    bylines: int = 0
    """How many bylines stand behind it, up to the next run."""
    ends: bool = False
    """Whether the last of what stands behind it is a byline."""


def name_heads(items: list[Item], shape: Shape, signs: Signs, decisions: Decisions) -> list[Item]:
    """The items with every ``head`` named (kicker, title, subtitle, heading, pull_quote); wrapped ones are one item."""
    merged = _merge(items, shape, signs)
    signed = joined = False
    for run in _runs(merged):
        # Right before a byline stands a title, though the body repeats it.
        alone = len(run.heads) == 1 and (run.behind is None or run.behind.role != "byline")
        pulled = False
        for head in run.heads:
            if head.role == HEAD and head.repeated and _is_pull_quote(head, alone, run.heads, signs):
                head.role, pulled = "pull_quote", True
        if pulled:
            run.heads = [h for h in run.heads if h.role != "pull_quote"]
        _free_list(run, signs)
        if not run.heads:
            continue
        if _is_title(run, signed, shape, signs, decisions):
            if len(run.heads) > 1:
                joined = _join_title(run, merged, shape, signs) or joined
            joined = _name_title(run.heads, run.behind is not None and run.behind.role == "byline", signs) or joined
            signed = False
        else:
            for head in run.heads:
                head.role = "heading"
        signed = signed or run.bylines > 0
    return [item for item in merged if item.spans] if joined else merged


def _join_title(run: Run, items: Sequence[Item], shape: Shape, signs: Signs) -> bool:
    """Make one of the lines of a title that the body does not repeat, as it does kickers and subtitles; whether some
    of ``items`` have no spans since.

    Where columns break lines they break titles too; elsewhere a title is set in two lines of nearly one length, and
    its byline stands below: without one, two lines may be headings of what was printed before its title. A first line
    that is short has a colon (市交通局：新桥/下月通车), else it is a title with a subtitle, or a kicker.
    """
    if not shape.wrapped and (run.behind is None or run.behind.role != "byline"):
        return False
    room, long = signs.weight("title_room"), signs.weight("title_length")
    last: Item | None = None
    for item in items[run.at : run.at + signs.weight("longest_run")]:
        if item.role in BODY_ROLES:
            break
        if item.role != HEAD or item.repeated or item.text in signs.headings:
            last = None
            continue
        longer = width_of(item.text) - width_of(last.text) if last is not None else 0
        apart = item.gap > shape.gap or longer > room or not shape.wrapped and longer < -room
        if (
            last is None
            or apart
            or len(last.text) < long
            and not any([sign in last.text[:-1] for sign in signs.pausing])
        ):
            last = item
            continue
        last.extend(item)
        item.spans = []
    whole = [head for head in run.heads if head.spans]
    joined = len(whole) < len(run.heads)
    run.heads = whole
    return joined


def _free_list(run: Run, signs: Signs) -> None:
    """So many lines in a row are a list or a table, body text; at the top of a page the first is a title still."""
    if len(run.heads) > signs.weight("longest_run"):
        kept = 1 if run.before is None else 0
        for head in run.heads[kept:]:
            head.role = "paragraph"
        run.heads = run.heads[:kept]


def _is_pull_quote(head: Item, alone: bool, beside: Sequence[Item], signs: Signs) -> bool:
    """Whether a line that repeats the body's words is a pull quote: in quotation marks, or long and by itself, or so
    with a comma, as a sentence has it and no heading; of the heads ``beside`` which one is new, if it is both."""
    quotes = signs.settings["quotes"]
    text = head.text
    if text[0] in quotes and text[-1] in quotes and not any([mark in quotes for mark in text[1:-1]]):
        return True
    long, clauses = len(text) >= signs.weight("pull_length"), signs.comma in text
    if alone or not (long and clauses):
        return alone and (long or clauses)
    return any([not other.repeated for other in beside])


def _runs(items: Sequence[Item]) -> list[Run]:
    runs: list[Run] = []
    body: Item | None = None
    current: Run | None = None
    for at, item in enumerate(items):
        if item.role in (HEAD, "title"):
            if current is None:
                current = Run([], body, at)
                runs.append(current)
            current.heads.append(item)
        elif item.role in BODY_ROLES:
            if current is not None:
                current.behind, current = item, None
            if runs:
                runs[-1].bylines += item.role == "byline"
                runs[-1].ends = item.role == "byline"
            body = item
    return runs


def _is_title(run: Run, signed: bool, shape: Shape, signs: Signs, decisions: Decisions) -> bool:
    """Whether a run opens a new article; the one before may be ``signed`` by a byline. Needs ``title_needs``."""
    if run.before is None:
        return True
    names = _title_evidence(run, signed, shape, signs)
    need = signs.weight("title_needs") - 1
    holds = signs.sum(names) > need
    if decisions.asked:
        decisions.note("title", holds, run.before.spans[-1], run.heads[0].spans[0], names, need)
    return holds


def _title_evidence(run: Run, signed: bool, shape: Shape, signs: Signs) -> list[str]:
    heads, w, before = run.heads, signs.weight, run.before
    names: list[str] = []
    named = fixed = fresh = False
    for head in heads:
        known = head.text in signs.headings
        named, fixed = named or head.role == "title", fixed or known
        fresh = fresh or not (known or head.repeated)
    if named:
        names.append("title_named")
    if run.behind is not None and run.behind.role == "byline" and run.behind.kind != TRAILING:
        names.append("title_byline")
        if not run.behind.kind and run.behind.text[0] not in signs.opening:
            names.append("title_signed")
    if before is not None and before.role == "byline" and before.kind != RUN_IN:
        names.append("title_after_byline")
    if signed and run.ends:
        names.append("title_second_byline")
    elif signed and "title_byline" in names:
        names.append("title_signed_again")
    if run.behind is not None and run.behind.row:
        names.append("title_rows")
    names.append("title_fresh" if fresh else "title_repeated")
    if len(heads) > 1 and fresh:
        names.append("title_group")
    if fixed:
        names.append("title_fixed")
    if signs.is_item(heads[0].text) or signs.is_item(heads[-1].text):
        names.append("title_item")
    if heads[0].gap > shape.gap:
        names.append("title_gap")
    length = max([len(h.text) for h in heads])
    if length >= w("title_length"):
        names.append("title_long")
    elif length <= w("shortest_title"):
        names.append("title_tiny")
    elif length <= w("heading_length"):
        names.append("title_short")
    return names


def _may_be_title(heads: Sequence[Item], signs: Signs) -> Sequence[Item]:
    """Those of ``heads`` behind a kicker that names a series (新桥之三) and before a subtitle that a dash begins."""
    begin, end = 0, len(heads)
    for i, head in enumerate(heads):
        if i and signs.dashed.match(head.text):
            end = i
            break
        if i + 1 < end and head.text[-1] in signs.series_ends and signs.series.search(head.text):
            begin = i + 1
    return heads[begin:end]


def _name_title(heads: Sequence[Item], signed: bool, signs: Signs) -> bool:
    """The longest line that the body does not repeat is the title, its neighbours are kicker and subtitle; whether some
    of ``heads`` have no spans since."""
    if len(heads) == 1:
        heads[0].role = "title"
        return False
    able = _may_be_title(heads, signs)
    named = [h for h in able if h.role == "title"] or [h for h in able if not h.repeated] or able
    title = max(named, key=lambda h: len(h.text))
    if signed and title is named[0] and title.role == HEAD and len(named[-1].text) * 3 < len(title.text) * 2:
        title = named[-1]  # right before the byline stands the title, before it a longer kicker
    at = [h is title for h in heads].index(True)
    for i, head in enumerate(heads):
        head.role = NEIGHBOURS.get(i - at, "heading")
    below = heads[at + 1 :] if signed else []
    if len(below) > 1 and not any([head.text in signs.headings or signs.is_item(head.text) for head in below]):
        # All that stands between a title and its byline is of the title: 两岸步行只要十分钟/夜间照明同步启用.
        for head in below[1:]:
            below[0].extend(head)
            head.spans = []
        return True
    return False


def _merge(items: Sequence[Item], shape: Shape, signs: Signs) -> list[Item]:
    """Heads that were wrapped become one item."""
    out: list[Item] = []
    # Where kickers and headings take the body's words, two lines in a row that do not are one title.
    heads = [item.repeated for item in items if item.role == HEAD]
    if len(heads) < 2:
        return list(items)
    habit = sum(heads) >= signs.weight("habit") and sum(heads) * signs.weight("habit_share") > len(heads)
    spaced = sum([item.spaced for item in items]) * signs.weight("habit_share") <= len(items)
    for item in items:
        last = out[-1] if out else None
        both = last is not None and last.role == item.role == HEAD
        if last is not None and both and _wraps(last, item, habit, spaced and last.spaced, shape, signs):
            last.extend(item)
            last.repeated = last.repeated and shape.repeats(bare(last.text, signs))
        else:
            out.append(item)
    return out


def _wraps(last: Item, item: Item, habit: bool, spaced: bool, shape: Shape, signs: Signs) -> bool:
    """Whether ``item`` is the rest of ``last``: a space behind that, an open bracket, a comma, a cut word, words that
    bind, a short rest."""
    if item.gap > shape.gap or item.text in signs.headings or last.text in signs.headings:
        return False
    if len(last.text) + len(item.text) > 2 * signs.longest_head or signs.is_item(item.text):
        return False
    if signs.dashed.match(item.text) or last.text[-1] in signs.series_ends and signs.series.search(last.text):
        return False
    # A whole clause of the body stands above or below the title, which goes on with none: 新桥通车/两岸步行只要五分钟.
    rest = item.repeated and shape.repeats((last.text[-1] + item.text).replace(" ", ""))
    if last.clause or item.clause and not rest and not spaced:
        return shape.repeats(bare(last.text + item.text, signs))
    if spaced or signs.opens(last.text) > 0 or last.text[-1] in signs.continuing or item.text[0] in signs.inside:
        return True
    if shape.wrapped and len(item.text) <= signs.weight("shortest_title"):
        return True
    if last.repeated:
        return shape.repeats(bare(last.text + item.text, signs))
    if rest:
        return True  # 滨江新桥不/存在质量问题: the body has 不存在质量问题 too
    if shape.parted and item.gap == shape.gap:
        return True
    # Where columns break lines they break titles too, long ones.
    long = shape.wrapped and len(last.text) >= signs.weight("title_length")
    if not item.repeated and (habit or long and width_of(item.text) <= width_of(last.text)):
        return True
    return signs.sum(signs.contact(last.text, item.text)) > 0 or bound(last.text, item.text, signs)
