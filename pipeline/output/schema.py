"""The JSON Schema of the output contract, generated from the records' own types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from pipeline.core.records import Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one output line."""
    return {"$schema": DIALECT, "title": "zhfacts/1", **msgspec.json.schema(Document)}


def schema_text() -> bytes:
    """`schema` as indented JSON with a final line break; the same bytes every time."""
    return printed(schema())


def printed(described: Mapping[str, Any]) -> bytes:
    """A schema as indented JSON with a final line break."""
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"
