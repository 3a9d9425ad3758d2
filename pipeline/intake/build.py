"""An article's parts to its clean text with offsets, and to the records that leave the layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from pipeline.core.model import Line, Reference
from pipeline.core.offsets import OffsetMap, Span
from pipeline.intake.articles import Draft
from pipeline.intake.items import Item
from pipeline.intake.page import ArticleLayout, BylinePart, Part
from pipeline.intake.persons import persons_in
from pipeline.intake.signs import Signs

SEVERAL = {
    "heading": "headings",
    "byline": "bylines",
    "caption": "captions",
    "pull_quote": "pull_quotes",
    "paragraph": "paragraphs",
}
"""The roles that several parts of an article may have, and the fields that hold them."""
Dated = tuple[Reference, tuple[Span, ...]]
"""A date and where it stands."""
NUMBER = re.compile(r"\d+")
NO_BREAK = "\u00a0"
DATED_KINDS = ("folio", "staff", "dateline")


def build_article(draft: Draft, source: str, published: Dated | None, signs: Signs) -> ArticleLayout:
    """The layout of one article; ``published`` is the date of the page, which its own dateline goes before.

    In paragraphs a single space between Han and digits or letters is left out of the clean text.
    """
    texts: list[str] = []
    lines: list[Line] = []
    pieces: list[tuple[int, int, int]] = []
    parts: dict[str, list[Part | BylinePart]] = {}
    at = 0
    for item in draft.items:
        begin, role, spans = at, item.role, item.spans
        own = tuple(spans)
        part = BylinePart(own, persons_in(item, signs)) if role == "byline" else Part(own)
        parts.setdefault(role, []).append(part)
        if role == "paragraph" and " " in item.text:
            spans = _without_spaces(spans, source, signs)
        for a, b in spans:
            texts.append(source[a:b])
            pieces.append((at, a, b - a))
            at += b - a
        texts.append("\n")
        lines.append(Line(begin, at, role))  # type: ignore[arg-type]
        at += 1
    fields: dict[str, Any] = {
        SEVERAL.get(role, role): tuple(found) if role in SEVERAL else found[0] for role, found in parts.items()
    }
    dated = (_reference(draft.items, signs) if "dateline" in parts else None) or published or (None, ())
    return ArticleLayout(
        text="".join(texts)[:-1],
        lines=tuple(lines),
        offsets=OffsetMap(pieces, source),
        reference=dated[0],
        dated=dated[1],
        **fields,
    )


def _without_spaces(spans: Sequence[Span], source: str, signs: Signs) -> list[Span]:
    """The spans of a paragraph for the clean text: 共 30 人 reads 共30人; titles keep theirs, which part phrases."""
    out: list[Span] = []
    for a, b in spans:
        if " " in source[a:b] or NO_BREAK in source[a:b]:
            for m in signs.spaces.finditer(source, a, b):
                out.append((a, m.start()))
                a = m.end()
        out.append((a, b))
    return out


def page_date(furniture: Sequence[Item], signs: Signs) -> Dated | None:
    """The date of the line over the page, for articles without a dateline of their own."""
    for item in furniture:
        m = signs.dated.search(item.text) if item.kind in DATED_KINDS else None
        if m is not None:
            return _day(item, m["year"], m["month"], m["day"])
    return None


def _reference(items: Sequence[Item], signs: Signs) -> Dated | None:
    """The date of the first of ``items`` that is a dateline with one."""
    for item in items:
        for form in signs.forms.of(("dateline",)) if item.role == "dateline" else ():
            m = form.search(item.text)
            if m:
                return _day(item, m["year"], m["month"], m["day"], _clock(m["clock"]))
    return None


def _day(item: Item, year: str, month: str, day: str, clock: str | None = None) -> Dated | None:
    """The day of ``item`` as a reference; None where there is no such day."""
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return None
    return Reference(int(year), int(month), int(day), clock, "dateline"), tuple(item.spans)


def _clock(text: str | None) -> str | None:
    """``8:5`` or ``10:18:03`` as ``HH:MM:SS``; None where it is no clock time."""
    if not text:
        return None
    parts = [int(p) for p in NUMBER.findall(text)] + [0]
    hour, minute, second = parts[:3]
    return f"{hour:02d}:{minute:02d}:{second:02d}" if hour < 24 and minute < 60 and second < 60 else None
