"""The layout of a page: raw text in, articles with clean text and source spans out."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Issue
from pipeline.core.offsets import Span
from pipeline.intake.articles import Draft, split_articles
from pipeline.intake.build import build_article, page_date
from pipeline.intake.captions import widen_captions
from pipeline.intake.columns import part_columns
from pipeline.intake.evidence import Decision, Decisions
from pipeline.intake.flow import PARAGRAPH, flow
from pipeline.intake.further import take_further
from pipeline.intake.headings import name_heads
from pipeline.intake.items import Item, items_of
from pipeline.intake.jumps import match_jumps
from pipeline.intake.lines import HardLine, split_lines
from pipeline.intake.order import mend_order
from pipeline.intake.page import FurniturePart, Page
from pipeline.intake.pulled import take_pull_quotes
from pipeline.intake.roles import BODY, Block, free_scenes, settle_roles
from pipeline.intake.shape import shape_of
from pipeline.intake.signs import Signs, signs_of
from pipeline.intake.table_rows import WIDE, tables_in
from pipeline.lexis.fold import fold
from pipeline.rulebook import Rulebook

OPEN_END = "layout.open-end"
OPEN_END_TOLD = "a sentence breaks off here, and what goes on with it is not on the page"
COLUMNS = "layout.columns"
COLUMNS_TOLD = "two columns stand side by side here; the left one is read first, then the right one"
TABLE = "layout.table"
TABLE_TOLD = "a table: the unit, time and thing that its head names are not read into its numbers"


def lay_out(source: str, rules: Rulebook, decisions: list[Decision] | None = None) -> Page:
    """The articles and the furniture of decoded ``source``; a text of white space has none.

    Roles that lines show by themselves are settled first, then lines are joined by evidence, then heads are named
    and articles split. Clean text (one paragraph a line) comes through as it is. Linear in the length of ``source``.
    A list in ``decisions`` takes the evidence of each join, head and title.
    """
    signs = signs_of(rules)
    asked = Decisions(signs.settings, decisions)
    folded = fold(source)
    lines = split_lines(source, folded)
    columns: list[Span] = []
    if len(lines) > 1 and WIDE in folded:
        lines, columns = part_columns(lines, signs)
    issues: Sequence[Issue] = ()
    if not lines:
        return Page(())
    if len(lines) == 1:
        drafts, furniture = split_articles(items_of([Block(PARAGRAPH, lines)], signs), signs)
    else:
        drafts, furniture, issues = _drafts(lines, signs, asked)
    published = page_date(furniture, signs)
    return Page(
        tuple([build_article(d, source, published, signs) for d in drafts]),
        tuple([FurniturePart(f.kind, tuple(f.spans)) for f in furniture]) if furniture else (),
        (*(Issue(COLUMNS, COLUMNS_TOLD, (place,)) for place in columns), *issues),
        folded is source,
    )


def _blocks(lines: list[HardLine], signs: Signs) -> list[Block]:
    """The lines with their roles, of which some are body text."""
    settled = settle_roles(lines, signs)
    take_further(settled, signs)
    for blocks in (
        widen_captions(settled, signs),
        settled,
    ):  # 新桥昨日至 / 上图：新桥夜景: a caption takes not all there is
        if any(b.role == BODY for b in blocks):
            return blocks
    # A text that holds nothing else is no furniture: 广告 alone is somebody's text.
    return [Block(BODY, [line]) for line in lines]


def _drafts(lines: list[HardLine], signs: Signs, asked: Decisions) -> tuple[list[Draft], list[Item], list[Issue]]:
    """The articles and the furniture of a text of several lines; where it has tables, and sentences that break off."""
    blocks = _blocks(lines, signs)
    body = [b.lines[0] for b in blocks if b.role == BODY]
    shape = shape_of(body, signs)
    tables = list(tables_in(body, signs)) if any([line.cells for line in body]) else []
    free_scenes(blocks, shape.whole, signs)
    blocks = take_pull_quotes(blocks, shape.whole, signs)
    drafts, furniture = split_articles(
        name_heads(items_of(flow(blocks, shape, signs, asked), signs, shape.indent), shape, signs, asked), signs
    )
    ends: list[Span] = []
    # Only a printed page is out of order: one of its paragraphs is wrapped, or breaks off.
    paragraphs = [i for d in drafts for i in d.items if i.role == PARAGRAPH]
    if any([len(i.spans) > 1 for i in paragraphs]) or not all(map(signs.ends_sentence, [i.text for i in paragraphs])):
        drafts = mend_order(drafts, signs)
        ends = match_jumps(drafts, shape.wrapped, signs, asked)
    told = [(table, TABLE, TABLE_TOLD) for table in tables] + [(end, OPEN_END, OPEN_END_TOLD) for end in ends]
    return drafts, furniture, [Issue(code, message, (place,)) for place, code, message in sorted(told)]
