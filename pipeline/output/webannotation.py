"""W3C Web Annotation: one AnnotationCollection in JSON-LD, an annotation for each mention and each fact.

The model is that of www.w3.org/TR/annotation-model. A target is selected by position, in code points as the model
says, and by the quoted text with what stands around it; one in several pieces has a target for each. The source is
named by the digest of its text (RFC 6920), so that the annotations hold wherever it is kept.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import msgspec

from pipeline.core.items import Item, items_of, source_digest, source_text
from pipeline.core.records import Document, Spans
from pipeline.output.marks import label_of

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
VOCABULARY = {"role": "urn:zhfacts:role", "rule": "urn:zhfacts:rule", "confidence": "urn:zhfacts:confidence"}
"""What is said beyond the model's own terms, and the names that it stands for."""
AROUND = 32
"""How many characters before and behind a quoted text are told."""


class WebAnnotations:
    """One collection of all annotations, on one page."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        self._out = out
        self._total = 0
        head = {"@context": [CONTEXT, VOCABULARY], "id": "urn:zhfacts:annotations", "type": "AnnotationCollection"}
        page = {"id": "urn:zhfacts:annotations:1", "type": "AnnotationPage", "startIndex": 0}
        self._out.write(msgspec.json.encode(head)[:-1] + b',"first":' + msgspec.json.encode(page)[:-1] + b',"items":[')

    def write(self, document: Document) -> None:
        """Write the document's annotations."""
        for annotation in annotated(document):
            self._out.write((b",\n" if self._total else b"\n") + msgspec.json.encode(annotation))
            self._total += 1

    def close(self) -> None:
        """End the page, and say how many there are."""
        self._out.write(b'\n]},"total":%d}\n' % self._total)


def annotated(document: Document) -> Iterator[Mapping[str, Any]]:
    """An annotation for each mention and fact, in the document's order."""
    text, source = source_text(document), source_name(document)
    for one in items_of(document):
        item = one.item
        linked = [
            {"type": "SpecificResource", "purpose": "linking", "role": role, **target}
            for role, spans in item.args.items()
            for target in _targets(source, text, spans)
        ]
        yield {
            "id": f"{source}#{one.id}",
            "type": "Annotation",
            "motivation": "linking" if linked else "tagging",
            "rule": item.rule,
            "confidence": item.confidence,
            "body": [*_bodies(item), *linked],
            "target": _single(list(_targets(source, text, item.spans))),
        }


def source_name(document: Document) -> str:
    """The name of a source: that of its text's SHA-256 in UTF-8, as RFC 6920 writes it."""
    digest = bytes.fromhex(source_digest(document))
    return f"ni:///sha-256;{urlsafe_b64encode(digest).decode().rstrip('=')}"


def _bodies(item: Item) -> Iterator[Mapping[str, Any]]:
    yield {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": label_of(item)}
    norm = msgspec.json.encode(item.norm).decode()
    yield {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": norm}


def _targets(source: str, text: str, spans: Spans) -> Iterator[Mapping[str, Any]]:
    for start, end in spans:
        around = {"prefix": text[max(start - AROUND, 0) : start], "suffix": text[end : end + AROUND]}
        yield {
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": text[start:end], **around},
            ],
        }


def _single(targets: list[Mapping[str, Any]]) -> Mapping[str, Any] | list[Mapping[str, Any]]:
    return targets[0] if len(targets) == 1 else targets
