"""The structure of a page as a tree for people. Source text goes in plain, not as markup."""

from __future__ import annotations

import io
from collections.abc import Iterable

from msgspec import UNSET
from rich.cells import cell_len
from rich.text import Text
from rich.tree import Tree

from pipeline.commands.cells import ELLIPSIS, NO_LIMIT, crop, crop_front, flat
from pipeline.commands.console import console, plain_lines, width
from pipeline.commands.page import MARKS
from pipeline.commands.streams import counted, printable, stdout_is_terminal
from pipeline.core.page_records import DecisionRecord, PageArticle, PageRecord
from pipeline.core.records import Byline
from pipeline.core.slices import Slice, Spans

NARROWEST = 24
"""A part is shown in no fewer cells than these, though its line may run on then."""
GUIDES = 8
"""Cells that the lines of the tree take."""


def drawn(page: PageRecord, styled: bool) -> str:
    """The tree of one document; as wide as the terminal, uncut in a pipe."""
    out = io.StringIO()
    view = console(out, styled)
    room = view.width = width() if stdout_is_terminal() else NO_LIMIT
    root = Tree(Text(_heading(page), style="bold"), guide_style="dim")
    for article in page.articles:
        _add_article(root, article, room)
    if page.furniture:
        branch = root.add(Text("furniture", style="dim"))
        for f in page.furniture:
            branch.add(_line(f.kind, f.text, f.spans, room))
    if page.issues:
        branch = root.add(Text("issues", style="yellow"))
        for i in page.issues:
            branch.add(_line(i.code, i.message, i.spans, NO_LIMIT))
    if page.why is not UNSET:
        _add_why(root, page.why)
    view.print(root)
    return plain_lines(out.getvalue())


def _heading(page: PageRecord) -> str:
    doc = page.doc
    told = (doc.source, doc.published, counted(len(page.articles), "article"), *_meta(page))
    return printable(" · ".join(filter(None, told)))


def _meta(page: PageRecord) -> list[str]:
    return [f"{key} {value}" for key, value in page.doc.meta.items() if isinstance(value, str)]


def _add_article(root: Tree, article: PageArticle, room: int) -> None:
    branch = root.add(Text(article.id, style="bold"))
    for label in ("kicker", "title", "subtitle", "dateline"):
        part: Slice | None = getattr(article, label)
        if part is not None:
            branch.add(_line(label, part.text, part.spans, room))
    for byline in article.bylines:
        branch.add(_byline(byline, room))
    for label, parts in (
        ("heading", article.headings),
        ("caption", article.captions),
        ("pull quote", article.pull_quotes),
        ("paragraph", article.paragraphs),
    ):
        for part in parts:
            branch.add(_line(label, part.text, part.spans, room))


def _byline(byline: Byline, room: int) -> Text:
    persons = ", ".join(f"{flat(p.text)} ({p.function})" if p.function else flat(p.text) for p in byline.persons)
    behind = f"  {persons}" if persons else ""
    return _line("byline", byline.text, byline.spans, room - cell_len(behind)).append(behind, style="green")


def _line(label: str, text: str, spans: Spans, room: int) -> Text:
    """A part on one line of ``room`` cells: of a long one the beginning and the end."""
    before, behind = f"{label} ", f"  {_places(spans)}"
    left = max(room - GUIDES - cell_len(before + behind), NARROWEST)
    told = flat(text)
    if cell_len(told) > left:
        told = crop(told, left // 2) + crop_front(told, left - left // 2 + 1).removeprefix(ELLIPSIS)
    return Text.assemble((before, "cyan"), told, (behind, "dim"))


def _places(spans: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{a}:{b}" for a, b in spans)


def _add_why(root: Tree, decisions: Iterable[DecisionRecord]) -> None:
    branch = root.add(Text("why", style="bold"))
    for d in decisions:
        before, after = d.text
        node = branch.add(
            Text.assemble(
                (f"{d.what} " if d.holds else f"no {d.what} ", "cyan" if d.holds else "yellow"),
                f"{flat(before)}{MARKS[0]}{MARKS[1]}{flat(after)}" if before else flat(after),
                (f"  {d.after[0]}", "dim"),
            )
        )
        told = "  ".join(f"{e.name} {e.weight:+}" for e in d.evidence)
        node.add(Text(f"{d.score:+} (needs more than {d.threshold}): {told}", style="dim"))
