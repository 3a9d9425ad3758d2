"""Whether a decision is of something that an archive has: its document, and the text where the item stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import UNSET

from pipeline.audit.reviews import Review
from pipeline.audit.shelf import Shelf
from pipeline.core.items import source_text, text_digest
from pipeline.core.offsets import slices
from pipeline.core.records import Document, Spans

HELD = 64
"""So many texts stay in memory: decisions come document by document."""


class Standing:
    """Tells of decisions what they name that is not there."""

    def __init__(self, shelf: Shelf) -> None:
        """``shelf``: the documents that there are."""
        self._shelf = shelf
        self._text = lru_cache(maxsize=HELD)(self._text_of)

    def fault(self, review: Review) -> str | None:
        """What the decision names that the archive does not have; None where it has all of it.

        Raises `InputError` where a file of the archive is damaged.
        """
        known = self._text(review.doc)
        if known is None:
            return f"there is no document {review.doc}"
        text, digest = known
        if review.source != digest:
            return f"the decision on {review.doc} is of another text of it; load its page again"
        if any(end > len(text) for spans in _spans(review) for _, end in spans):
            return f"the decision on {review.doc} is of a place behind its end ({len(text)})"
        if slices(text, review.item.spans) != review.item.text:
            return f"{review.doc} has no {review.item.text[:20]!r} at {review.item.spans[0][0]}"
        return None

    def _text_of(self, doc: str) -> tuple[str, str] | None:
        number = self._shelf.number(doc)
        document = None if number is None else self._shelf.archive.document(number)
        if not isinstance(document, Document):
            return None
        text = source_text(document)
        return text, text_digest(text)


def _spans(review: Review) -> Iterator[Spans]:
    yield review.item.spans
    yield from review.item.args.values()
    correction = review.correction
    if correction is not None:
        if correction.spans is not UNSET:
            yield correction.spans
        if correction.args is not UNSET:
            yield from (spans for spans in correction.args.values() if spans is not None)
