"""An article's parts to its clean text with offsets, and to the records that leave the layout."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.core.model import Line, LineKind, Reference
from pipeline.core.offsets import OffsetMap, Span
from pipeline.intake.articles import Draft
from pipeline.intake.items import Item
from pipeline.intake.page import ArticleLayout, BylinePart, Part
from pipeline.intake.persons import persons_in
from pipeline.intake.signs import Signs

SINGLE = ("kicker", "title", "subtitle", "dateline")


def build_article(draft: Draft, source: str, folded: str, signs: Signs) -> ArticleLayout:
    """The layout of one article. In its paragraphs a single space between Han and digits or letters is left out."""
    texts: list[str] = []
    lines: list[Line] = []
    pieces: list[tuple[int, int, int]] = []
    at = 0
    for item in draft.items:
        begin = at
        for a, b in _kept(item, source, signs):
            pieces.append((at, a, b - a))
            texts.append(source[a:b])
            at += b - a
        lines.append(Line(begin, at, _kind(item)))
        texts.append("\n")
        at += 1
    text = "".join(texts)[:-1]
    return _record(draft, text, lines, OffsetMap(pieces, source), folded, signs)


def _kind(item: Item) -> LineKind:
    kind: LineKind = item.role  # type: ignore[assignment]
    return kind


def _kept(item: Item, source: str, signs: Signs) -> Sequence[Span]:
    """The spans of ``item`` for the clean text: 共 30 人 reads 共30人; titles keep theirs, which part phrases."""
    if item.role != "paragraph":
        return item.spans
    out: list[Span] = []
    for a, b in item.spans:
        for m in signs.spaces.finditer(source, a, b):
            out.append((a, m.start()))
            a = m.end()
        out.append((a, b))
    return out


def _record(
    draft: Draft, text: str, lines: Sequence[Line], offsets: OffsetMap, folded: str, signs: Signs
) -> ArticleLayout:
    def first(role: str) -> Part | None:
        return next((Part(tuple(i.spans)) for i in draft.items if i.role == role), None)

    def every(role: str) -> tuple[Part, ...]:
        return tuple(Part(tuple(i.spans)) for i in draft.items if i.role == role)

    return ArticleLayout(
        text=text,
        lines=tuple(lines),
        offsets=offsets,
        kicker=first("kicker"),
        title=first("title"),
        subtitle=first("subtitle"),
        headings=every("heading"),
        dateline=first("dateline"),
        bylines=tuple(BylinePart(tuple(i.spans), persons_in(i, signs)) for i in draft.items if i.role == "byline"),
        captions=every("caption"),
        pull_quotes=every("pull_quote"),
        paragraphs=every("paragraph"),
        reference=_reference(draft, signs),
    )


def _reference(draft: Draft, signs: Signs) -> Reference | None:
    for item in draft.items:
        if item.role == "dateline":
            for form in signs.forms.that_may(item.text, ("dateline",)):
                m = form.search(item.text)
                if m and 1 <= int(m["month"]) <= 12 and 1 <= int(m["day"]) <= 31:
                    return Reference(int(m["year"]), int(m["month"]), int(m["day"]), _clock(m["clock"]), "dateline")
    return None


def _clock(text: str | None) -> str | None:
    """``8:5`` or ``10:18:03`` as ``HH:MM:SS``; None where it is no clock time."""
    if not text:
        return None
    parts = [int(p) for p in re.findall(r"\d+", text)] + [0]
    hour, minute, second = parts[:3]
    return f"{hour:02d}:{minute:02d}:{second:02d}" if hour < 24 and minute < 60 and second < 60 else None
