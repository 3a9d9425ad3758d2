"""What all records are made of: frozen structs, slices of the source, and the words for how exact an amount is."""

from __future__ import annotations

from typing import Literal

import msgspec

SourceSpan = tuple[int, int]
Spans = tuple[SourceSpan, ...]
"""``[start, end)`` pairs of code points of the decoded source text, in the order of the sentence."""

Modifier = Literal["more_than", "less_than", "nearly", "approx", "at_least", "at_most"]


class Record(msgspec.Struct, frozen=True, gc=False):
    """Base of all records: frozen, every field written. They are made by the thousand, so they are structs in C, which
    the cyclic collector need not look at: what is frozen and holds only the like has no cycles."""


class Slice(Record, frozen=True):
    """A part of the source: ``text`` is exactly the slices of ``spans``, joined."""

    text: str
    spans: Spans


def type_of(record: Record | type[Record]) -> str:
    """The type that a record of a mention or fact is written with: quantity, time, entity, rank, role, quote, event."""
    return str(record.__struct_config__.tag)
