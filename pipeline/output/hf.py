"""Hugging Face datasets: one Parquet file, a row a document, with the features written into it.

``datasets.load_dataset("parquet", data_files=FILE)`` and ``Dataset.from_parquet`` read the features from the schema's
metadata, so ``ner_tags`` are of a ClassLabel that knows its names. Offsets count code points; pieces are kept as they
are. ``tokens`` are the text's characters, so a tag's place is its offset.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from pipeline.core.items import Item, items_of, source_digest, source_text
from pipeline.core.offsets import slices
from pipeline.core.records import Document
from pipeline.output.conll import OUTSIDE, character_tags
from pipeline.output.marks import MENTION_LABELS, label_of
from pipeline.output.tables import Groups, ParquetFile

if TYPE_CHECKING:
    import pyarrow as pa

TAGS = (OUTSIDE, *(f"{part}-{label}" for label in MENTION_LABELS for part in "BI"))
ROWS = 64
"""Documents in a row group."""
TEXT = {"dtype": "string", "_type": "Value"}
INTEGER = {"dtype": "int32", "_type": "Value"}
SPANS = {"feature": {"feature": INTEGER, "_type": "List"}, "_type": "List"}
ARGUMENTS = {"feature": {"role": TEXT, "text": TEXT, "spans": SPANS}, "_type": "List"}
ITEM = {name: TEXT for name in ("id", "article", "label", "text", "norm", "rule", "confidence")} | {"spans": SPANS}
FEATURES: Mapping[str, Any] = {
    **{name: TEXT for name in ("id", "source", "sha256", "published", "text")},
    "tokens": {"feature": TEXT, "_type": "List"},
    "ner_tags": {"feature": {"names": list(TAGS), "_type": "ClassLabel"}, "_type": "List"},
    "mentions": {"feature": ITEM, "_type": "List"},
    "facts": {"feature": {**ITEM, "arguments": ARGUMENTS}, "_type": "List"},
}
"""The columns, as `datasets` writes its features."""


class HfParquet:
    """A row a document; ``norm`` is JSON, for its fields are others in each type."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes, from its first one on; it need not be seekable."""
        import pyarrow as pa

        told = msgspec.json.encode({"info": {"features": FEATURES}})
        self._schema = pa.schema(
            [(name, _arrow(feature)) for name, feature in FEATURES.items()], metadata={"huggingface": told}
        )
        self._groups = Groups(ParquetFile(out, self._schema), ROWS, self._arrow)

    def write(self, document: Document) -> None:
        """Take the document's row; a full group is written."""
        self._groups.take(_row(document))

    def close(self) -> None:
        """Write the last group and what ends the file."""
        self._groups.close()

    def _arrow(self, rows: list[Mapping[str, Any]]) -> pa.Table:
        import pyarrow as pa

        return pa.Table.from_pylist(rows, schema=self._schema)


def _arrow(feature: Mapping[str, Any]) -> pa.DataType:
    import pyarrow as pa

    kind = feature.get("_type")
    if kind == "List":
        return pa.list_(_arrow(feature["feature"]))
    if kind == "ClassLabel":
        return pa.int64()
    if kind == "Value":
        return pa.int32() if feature["dtype"] == "int32" else pa.string()
    return pa.struct([(name, _arrow(part)) for name, part in feature.items()])


def _row(document: Document) -> Mapping[str, Any]:
    text = source_text(document)
    mentions, facts = [], []
    for one in items_of(document):
        row = {"id": one.id, "article": one.article, **_item(one.item)}
        if one.item.layer == "mention":
            mentions.append(row)
        else:
            facts.append({**row, "arguments": list(_arguments(one.item, text))})
    return {
        "id": document.doc.id,
        "source": document.doc.source,
        "sha256": source_digest(document),
        "published": document.doc.published,
        "text": text,
        "tokens": list(text),
        "ner_tags": [TAGS.index(tag) for tag in character_tags(document)],
        "mentions": mentions,
        "facts": facts,
    }


def _item(item: Item) -> Mapping[str, Any]:
    return {
        "label": label_of(item),
        "text": item.text,
        "spans": item.spans,
        "norm": msgspec.json.encode(item.norm).decode(),
        "rule": item.rule,
        "confidence": item.confidence,
    }


def _arguments(item: Item, text: str) -> Iterator[Mapping[str, Any]]:
    for role, spans in item.args.items():
        yield {"role": role, "text": slices(text, spans), "spans": spans}
