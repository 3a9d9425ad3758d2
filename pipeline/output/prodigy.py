"""Prodigy: one task a line, with spans and relations, for its interfaces spans_manual, ner_manual and relations.

The format is that of prodi.gy/docs/api-interfaces. Offsets count code points. Every character is a token, so that each
span falls on tokens and any selection can be made; ``token_end`` is the last token of a span, not the one behind it.
A span in several pieces goes from the first to the last; ``pieces`` says which they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

import msgspec

from pipeline.core.records import Document
from pipeline.output.marks import Link, Mark, marked


class ProdigyTasks:
    """One document a line."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        self._out = out

    def write(self, document: Document) -> None:
        """Write the document's task."""
        found = marked(document)
        marks = {mark.id: mark for mark in found.marks}
        task = {
            "text": found.text,
            "tokens": [
                {"text": char, "start": at, "end": at + 1, "id": at, "ws": False} for at, char in enumerate(found.text)
            ],
            "spans": [_span(mark) for mark in found.marks],
            "relations": [_relation(link, marks) for link in found.links],
            "meta": {"doc": document.doc.id, "rules": document.producer.rules},
        }
        self._out.write(msgspec.json.encode(task) + b"\n")

    def close(self) -> None:
        """Nothing ends a JSONL file."""


def _span(mark: Mark) -> Mapping[str, Any]:
    place = _place(mark)
    if len(mark.spans) > 1:
        place["pieces"] = mark.spans
    if mark.item:
        place |= {"norm": mark.item.norm, "rule": mark.item.rule, "confidence": mark.item.confidence}
    return {"id": mark.id, **place}


def _place(mark: Mark) -> dict[str, Any]:
    start, end = mark.hull
    return {"start": start, "end": end, "token_start": start, "token_end": end - 1, "label": mark.label}


def _relation(link: Link, marks: Mapping[str, Mark]) -> Mapping[str, Any]:
    head, child = _place(marks[link.fact]), _place(marks[link.argument])
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "head_span": head,
        "child_span": child,
        "label": link.role,
    }
