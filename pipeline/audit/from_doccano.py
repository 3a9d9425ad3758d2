"""doccano's export (JSONL, with relations): a file for each reviewer, of whom the file's name tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.audit.given import Part, named, parsed, parts, sent, unchanged
from pipeline.audit.returned import Given, GivenLink, Returned
from pipeline.core.errors import InputError
from pipeline.core.utf16 import Utf16

NOBODY = frozenset({"all", "unknown"})
"""Names of files that are of no reviewer: of a shared project, and of documents without labels."""


def read_doccano(path: Path, reviewer: str | None) -> Iterator[Returned]:
    """Each line of each file; raises `InputError` where it is no such export."""
    for part in parts(path):
        if part.name.endswith((".jsonl", ".json")):
            yield from _lines(part, reviewer)


def _lines(part: Part, reviewer: str | None) -> Iterator[Returned]:
    stem = PurePosixPath(part.name).stem
    for number, line in enumerate(part.data.split(b"\n"), 1):
        if not line.strip():
            continue
        where = f"{part.name}:{number}"
        told = parsed(line, where)
        provenance = sent(told, where)
        text = unchanged(told.get("text") or told.get("data"), provenance, where)
        try:
            marks, links = _marks(told, Utf16(text))
        except (LookupError, TypeError, ValueError) as e:
            raise InputError(f"{where} is not as doccano writes it ({e!r}); export JSONL with relations") from e
        name = named(reviewer, None if stem in NOBODY else stem, part.name)
        yield Returned(provenance, text, marks, links, name, part.at)


def _marks(told: Mapping[str, Any], units: Utf16) -> tuple[list[Given], list[GivenLink]]:
    at: dict[int, int] = {}
    marks: list[Given] = []
    for entity in told["entities"]:
        at[entity["id"]] = len(marks)
        place = units.point(entity["start_offset"]), units.point(entity["end_offset"])
        marks.append(Given(entity["label"], (place,)))
    links = [GivenLink(at[r["from_id"]], r["type"], at[r["to_id"]]) for r in told.get("relations") or ()]
    return marks, links
