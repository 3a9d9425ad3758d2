"""What the layout hands on: the articles of a page with their parts, and what belongs to no article."""

from __future__ import annotations

from msgspec import Struct

from pipeline.core.model import Issue, Line, Reference
from pipeline.core.offsets import OffsetMap, Span


class Part(Struct, frozen=True):
    """A title, heading, dateline, caption or pull quote: its source spans, in reading order."""

    spans: tuple[Span, ...]


class BylinePerson(Struct, frozen=True):
    """A person in a byline; ``function`` is the word that stands there (记者, 通讯员, 文, 图), simplified."""

    spans: tuple[Span, ...]
    function: str | None


class BylinePart(Struct, frozen=True):
    """A byline, standing alone or at the start or the end of a paragraph, and who stands in it."""

    spans: tuple[Span, ...]
    persons: tuple[BylinePerson, ...] = ()


class FurniturePart(Struct, frozen=True):
    """What belongs to the page and to no article, with its kind (``folio``, ``staff``, ``navigation`` …)."""

    kind: str
    spans: tuple[Span, ...]


class ArticleLayout(Struct, frozen=True):
    """One article: its clean text, one line a part, and its parts as source spans.

    ``lines`` and ``offsets`` are of ``text``; everything else is in offsets of the source.
    """

    text: str
    lines: tuple[Line, ...]
    offsets: OffsetMap
    kicker: Part | None = None
    title: Part | None = None
    subtitle: Part | None = None
    headings: tuple[Part, ...] = ()
    dateline: Part | None = None
    bylines: tuple[BylinePart, ...] = ()
    captions: tuple[Part, ...] = ()
    pull_quotes: tuple[Part, ...] = ()
    paragraphs: tuple[Part, ...] = ()
    reference: Reference | None = None
    dated: tuple[Span, ...] = ()
    """Where the date stands that ``reference`` is: the article's own line, or the one over the page."""


class Page(Struct, frozen=True):
    """The layout of one source text: every non-space character stands in exactly one part or piece of furniture."""

    articles: tuple[ArticleLayout, ...]
    furniture: tuple[FurniturePart, ...] = ()
    issues: tuple[Issue, ...] = ()
    plain: bool = False
    """Whether folding leaves the source as it is, and with it the text of every article."""
