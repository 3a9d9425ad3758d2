"""Reviews by hand, for the tests of what is reckoned of them."""

from __future__ import annotations

from itertools import count
from typing import Any

from pipeline.audit.reviews import SCHEMA, Review
from pipeline.core.items import Item, items_of, source_digest
from pipeline.core.records import Document
from tests.hard import hard

ITEMS = {one.id: one.item for one in items_of(hard())}
_SECONDS = count()


def decide(item: Item | str, verdict: str, reviewer: str = "杜若", of: Document | None = None, **fields: Any) -> Review:
    """A decision on an item of a document (that of `tests.hard` by its id), each a second after the one before."""
    document = of or hard()
    at = next(_SECONDS)
    base: dict[str, Any] = {
        "schema": SCHEMA, "source": source_digest(document), "doc": document.doc.id, "rules": document.producer.rules,
        "item": ITEMS[item] if isinstance(item, str) else item, "verdict": verdict, "correction": None,
        "reviewer": reviewer, "at": f"2024-06-01T{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}", "note": "",
    }  # fmt: skip
    return Review(**(base | fields))
