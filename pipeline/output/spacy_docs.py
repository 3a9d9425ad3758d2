"""spaCy: a DocBin of one Doc for each document, for `spacy train` and ``DocBin().from_disk``.

Tokens are characters, as those of ``spacy.blank("zh")`` are. ``doc.ents`` holds the names (of overlapping ones the
longest), ``doc.spans["sc"]`` all mentions under their labels, where spancat looks for them, ``doc.spans["facts"]`` and
``doc.spans["arguments"]`` the rest. A span's ``id_`` is the record's id, and ``doc.user_data["zhfacts"]`` holds the
items by id, the arguments of each fact, and the pieces of what is not one piece: a Span covers them from the first to
the last.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from pipeline.core.items import provenance
from pipeline.core.records import Document
from pipeline.output.marks import ENTITIES, FACT_LABELS, MENTION_LABELS, Mark, marked

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

ATTRIBUTES = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")


class SpacyDocs:
    """All documents in one DocBin, which is held in memory and written at the end."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        import spacy
        from spacy.tokens import DocBin

        self._out = out
        self._nlp = spacy.blank("zh")
        self._docs = DocBin(attrs=ATTRIBUTES, store_user_data=True)

    def write(self, document: Document) -> None:
        """Keep the document's Doc."""
        self._docs.add(self._doc(document))

    def close(self) -> None:
        """Write the DocBin."""
        self._out.write(self._docs.to_bytes())

    def _doc(self, document: Document) -> Doc:
        from spacy.util import filter_spans

        found = marked(document)
        doc = self._nlp.make_doc(found.text)
        names = [_span(doc, mark) for mark in found.marks if mark.label in ENTITIES]
        doc.set_ents(filter_spans(names))
        doc.spans["sc"] = _spans(doc, found.marks, MENTION_LABELS)
        doc.spans["facts"] = _spans(doc, found.marks, FACT_LABELS)
        doc.spans["arguments"] = [_span(doc, mark) for mark in found.marks if mark.item is None]
        told: dict[str, Any] = msgspec.to_builtins(provenance(document))
        told["arguments"] = found.arguments()
        told["pieces"] = {mark.id: mark.spans for mark in found.marks if len(mark.spans) > 1}
        doc.user_data["zhfacts"] = told
        return doc


def _spans(doc: Doc, marks: Iterable[Mark], labels: tuple[str, ...]) -> list[Span]:
    return [_span(doc, mark) for mark in marks if mark.label in labels]


def _span(doc: Doc, mark: Mark) -> Span:
    start, end = mark.hull
    name = str(mark.item.norm.get("name") or "") if mark.item else ""
    span = doc.char_span(start, end, label=mark.label, kb_id=name, span_id=mark.id, alignment_mode="expand")
    assert span is not None, "the place is one of the text"
    return span
