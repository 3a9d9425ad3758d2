"""The JSON Schema of the output contract, generated from the records' own types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from pipeline.core.records import SCHEMA, Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one output line."""
    described = msgspec.json.schema(Document)
    for record in described["$defs"].values():
        _require_written(record)
    return {"$schema": DIALECT, "title": SCHEMA, **described}


def _require_written(record: dict[str, Any]) -> None:
    """What has a default for whoever makes a record is written all the same, so a reader may count on it."""
    fields = record.get("properties", {})
    optional = {name for name in fields if name not in record["required"] and "default" not in fields[name]}
    record["required"] = [name for name in fields if name not in optional]
    for field in fields.values():
        field.pop("default", None)


def schema_text() -> bytes:
    """`schema` as indented JSON with a final line break; the same bytes every time."""
    return printed(schema())


def printed(described: Mapping[str, Any]) -> bytes:
    """A schema as indented JSON with a final line break."""
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"
