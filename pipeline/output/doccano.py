"""doccano: JSON lines for a project of sequence labeling with relations.

The columns are ``text``, ``entities`` and ``relations`` (doccano's import of relation extraction); others are kept as
the example's meta and come back in its export. Offsets count UTF-16 code units, as doccano's editor does where
"count grapheme clusters as one character" is off. Labels that a project has not are made by the import. A mark in
several pieces covers them from the first to the last; ``zhfacts`` says which they are.
"""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from pipeline.core.items import provenance
from pipeline.core.records import Document
from pipeline.core.utf16 import Utf16
from pipeline.output.marks import marked


class DoccanoLines:
    """One document a line."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        self._out = out

    def write(self, document: Document) -> None:
        """Write the document's line."""
        found = marked(document)
        units = Utf16(found.text)
        number = {mark.id: n for n, mark in enumerate(found.marks)}
        entities = [
            {
                "id": number[mark.id],
                "start_offset": units.unit(mark.hull[0]),
                "end_offset": units.unit(mark.hull[1]),
                "label": mark.label,
            }
            for mark in found.marks
        ]
        relations = [
            {"id": n, "from_id": number[link.fact], "to_id": number[link.argument], "type": link.role}
            for n, link in enumerate(found.links)
        ]
        line = {
            "text": found.text,
            "entities": entities,
            "relations": relations,
            "doc": document.doc.id,
            "zhfacts": provenance(document),
        }
        self._out.write(msgspec.json.encode(line) + b"\n")

    def close(self) -> None:
        """Nothing ends a JSONL file."""
