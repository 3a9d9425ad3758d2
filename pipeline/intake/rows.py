"""Records to sources: a line of JSONL, a row of CSV or Parquet, whose fields hold a document."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from pipeline.core.errors import InputError
from pipeline.core.records import SCHEMA
from pipeline.intake.decode import REPLACEMENT, SURROGATE, decode
from pipeline.intake.published import reference_of
from pipeline.intake.source import Failure, Source

SHOWN = 40


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of the fields that hold a document; all others are kept under ``doc.meta``."""

    text: str = "text"
    id: str = "id"
    published: str = "published"


def source_of_line(raw: bytes, shown: str, number: int, fields: Fields, encoding: str | None) -> Source | Failure:
    """The document of one line of JSONL, the ``number``-th of the file ``shown``, counted from 1."""
    place = f"{shown}:{number}"
    try:
        row = parsed(raw, encoding, fields.text)
    except InputError as e:
        return Failure(place, str(e))
    except ValueError as e:
        return Failure(place, f'is no JSON ({e}); write one object a line, as in {{"id": "1", "text": "…"}}')
    return source_of_value(row, shown, number, fields, len(raw))


def source_of_value(value: Any, shown: str, number: int, fields: Fields, size: int) -> Source | Failure:
    """The document of a value in JSON, the ``number``-th of the file ``shown``; ``size``: in bytes."""
    if not isinstance(value, dict):
        return Failure(f"{shown}:{number}", 'is no JSON object; write one, as in {"id": "1", "text": "…"}')
    return source_of_row(value, shown, number, fields, size)


def source_of_row(row: Mapping[str, Any], shown: str, number: int, fields: Fields, size: int) -> Source | Failure:
    """The document of one record, the ``number``-th of the file ``shown``; ``size``: in bytes."""
    place = f"{shown}:{number}"
    text, ident, published = row.get(fields.text), row.get(fields.id), row.get(fields.published)
    if not isinstance(text, str):
        return Failure(place, _no_text(row, fields))
    if not text.strip():
        return Failure(place, "its text is empty; give a text")
    if isinstance(published, date):  # datetimes are dates too
        published = published.isoformat()
    if published is not None and reference_of(published, "field") is None:
        what = f"{fields.published} is {_shortly(published)}"
        return Failure(place, f"{what}; write an ISO date or date-time, as in 2024-05-31, or null")
    own_place = f"{os.path.splitext(shown)[0]}:{number}"
    ident = str(ident) if isinstance(ident, str | int) and ident != "" else own_place
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    meta = {k: v for k, v in row.items() if k not in (fields.text, fields.id, fields.published)}
    return Source(ident, ident, text, sha, published, meta=meta, size=size, place=own_place)


def _no_text(row: Mapping[str, Any], fields: Fields) -> str:
    if row.get("schema") == SCHEMA:
        return "is an output of zhfacts; give the text that it was made from"
    text = row.get(fields.text)
    given = "empty" if text is None else _shortly(text)
    what = f'its "{fields.text}" is {given}' if fields.text in row else f'has no "{fields.text}"'
    return f"{what}; put the text there, as a string, or name its field with --text-field"


def _shortly(value: object) -> str:
    told = repr(value)
    return told if len(told) <= SHOWN else told[:SHOWN] + "\u2026"


def parsed(raw: bytes, encoding: str | None, text_field: str) -> Any:
    """The value of JSON, with lone surrogates in the field of the text alone.

    Raises ValueError where it is none, `InputError` where it is no text.
    """
    try:
        return msgspec.json.decode(raw)
    except UnicodeDecodeError:
        return _strict(decode(raw, encoding).text, text_field)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except msgspec.DecodeError as e:
        # msgspec takes no lone surrogates (\ud800), which the texts of some sites hold.
        if b"\\u" not in raw:
            raise ValueError(str(e)) from None
        return _strict(raw, text_field)


def _strict(raw: str | bytes, text_field: str) -> Any:
    """JSON by the standard library; lone surrogates stay in the text, where they are counted, and nowhere else."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        return {_clean(k): v if k == text_field else _clean(v) for k, v in found}

    def constant(name: str) -> Any:
        raise ValueError(f"{name} is no JSON")

    return json.loads(raw, object_pairs_hook=pairs, parse_constant=constant)


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(v) for v in value]
    return SURROGATE.sub(REPLACEMENT, value) if isinstance(value, str) else value
