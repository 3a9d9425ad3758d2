"""Label Studio: one JSON array of tasks with their predictions, and the labeling configuration that they need.

The format is that of labelstud.io/guide/task_format and /guide/predictions. Offsets count code points, and ``\\r\\n``
as two, as the editor does. A region is one span: a mark in several pieces covers them from the first to the last, and
its ``meta`` says which they are. What was found by which rule, and what it means, stands in the region's ``meta`` too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, BinaryIO

import msgspec

from pipeline.core.items import Item, provenance
from pipeline.core.records import Document
from pipeline.output.marks import ARGUMENT, FACT_LABELS, LABELS, ROLES, Mark, marked

LABELING, TEXT = "label", "text"
"""The names of the control and of the object in the configuration."""
EDITED = ("value", "unit")
"""What is edited in a field of its own beside each region, and which field of the norm it is."""
COLOURS: Mapping[str, str] = {
    "quantity": "#1f77b4", "time": "#2ca02c", "PER": "#d62728", "ORG": "#9467bd", "LOC": "#8c564b", "WORK": "#e377c2",
    ARGUMENT: "#7f7f7f", **dict.fromkeys(FACT_LABELS, "#ff7f0e"),
}  # fmt: skip


def labeling_config() -> str:
    """The labeling configuration of a project that these tasks are imported into, as XML."""
    labels = "".join(f'    <Label value="{label}" background="{COLOURS[label]}"/>\n' for label in LABELS)
    roles = "".join(f'    <Relation value="{role}"/>\n' for role in ROLES)
    fields = "".join(
        f'  <TextArea name="{name}" toName="{TEXT}" perRegion="true" editable="true" maxSubmissions="1" rows="1" '
        f'placeholder="{name}" displayMode="region-list"/>\n'
        for name in EDITED
    )
    return (
        f'<View>\n  <Relations>\n{roles}  </Relations>\n  <Labels name="{LABELING}" toName="{TEXT}">\n{labels}'
        f'  </Labels>\n  <View style="white-space: pre-wrap">\n'
        f'    <Text name="{TEXT}" value="$text" granularity="symbol"/>\n  </View>\n{fields}</View>\n'
    )


class LabelStudioTasks:
    """One array of tasks, a document each."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        self._out = out
        self._before = b"["

    def write(self, document: Document) -> None:
        """Write the document's task."""
        self._out.write(self._before + b"\n" + msgspec.json.encode(task(document)))
        self._before = b","

    def close(self) -> None:
        """End the array."""
        self._out.write(b"[]\n" if self._before == b"[" else b"\n]\n")


def task(document: Document) -> Mapping[str, Any]:
    """The task of a document: its text, what it takes to read a review of it, and one prediction."""
    found = marked(document)
    regions = [region for mark in found.marks for region in _regions(mark)]
    links = [
        {"type": "relation", "from_id": link.fact, "to_id": link.argument, "direction": "right", "labels": [link.role]}
        for link in found.links
    ]
    scores = [m.item.confidence for m in found.marks if m.item and m.item.confidence]
    return {
        "data": {"text": found.text, "doc": document.doc.id, "zhfacts": provenance(document)},
        "predictions": [
            {
                "model_version": f"zhfacts {document.producer.version} {document.producer.rules}",
                "score": msgspec.Raw(min(scores, key=Decimal, default="1").encode()),
                "result": [*regions, *links],
            }
        ],
    }


def _regions(mark: Mark) -> Iterator[Mapping[str, Any]]:
    start, end = mark.hull
    place = {"start": start, "end": end}
    common = {"id": mark.id, "to_name": TEXT, "origin": "prediction"}
    region = {**common, "from_name": LABELING, "type": "labels", "value": {**place, "labels": [mark.label]}}
    if told := _told(mark):
        region["meta"] = {"text": told}
    yield region
    for name, shown in _edited(mark.item) if mark.item else ():
        yield {**common, "from_name": name, "type": "textarea", "value": {**place, "text": [shown]}}


def _told(mark: Mark) -> list[str]:
    pieces = [f"pieces {msgspec.json.encode(mark.spans).decode()}"] if len(mark.spans) > 1 else []
    if mark.item is None:
        return pieces
    norm = ", ".join(f"{k}={_cell(v)}" for k, v in mark.item.said.items())
    return [*pieces, norm, str(mark.item.rule)]


def _cell(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _edited(item: Item) -> Iterator[tuple[str, str]]:
    for name in EDITED:
        value = item.norm.get(name)
        if isinstance(value, str) and value:
            yield name, value
