"""The records of a page's structure: articles with the text of their parts, and why lines were joined or not.

Spans are those of `pipeline.core.records`: ``[start, end)`` pairs of code points of the decoded source text.
"""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, UnsetType

from pipeline.core.records import ArticleParts, Doc, Furniture, IssueRecord, Producer
from pipeline.core.slices import Record, Slice, SourceSpan


class PageArticle(ArticleParts, frozen=True):
    """One article of a page, its paragraphs with their text."""

    paragraphs: tuple[Slice, ...]


class EvidenceRecord(Record, frozen=True):
    """What spoke for (weight above zero) or against an answer: a name and a weight of ``rules/layout.toml``."""

    name: str
    weight: int


class DecisionRecord(Record, frozen=True):
    """A question that a place of the page put, and its answer.

    ``join``: whether the line ``after`` goes on with the paragraph that ends with the line ``before``; ``head``:
    whether ``after`` is a title or heading; ``title``: whether it opens an article; ``jump``: whether the open end
    ``before`` goes on at ``after``, with other text between. It holds where ``score`` is above ``threshold``; of two
    jumps that would share an end, the one with the higher score does.
    """

    what: Literal["join", "head", "title", "jump"]
    holds: bool
    score: int
    threshold: int
    evidence: tuple[EvidenceRecord, ...]
    before: SourceSpan | None
    after: SourceSpan
    text: tuple[str, str]
    """The last characters before the place and the first behind it."""


class PageRecord(Record, frozen=True):
    """The structure of one document; ``why`` where it was asked for."""

    doc: Doc
    articles: tuple[PageArticle, ...]
    furniture: tuple[Furniture, ...]
    issues: tuple[IssueRecord, ...]
    producer: Producer
    why: tuple[DecisionRecord, ...] | UnsetType = UNSET
