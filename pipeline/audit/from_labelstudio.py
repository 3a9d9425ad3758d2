"""Label Studio's export (JSON): tasks with annotations. Those that were skipped count for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.audit.given import named, parsed, parts, sent, unchanged
from pipeline.audit.returned import Given, GivenLink, Returned
from pipeline.core.errors import InputError
from pipeline.output.labelstudio import EDITED


def read_labelstudio(path: Path, reviewer: str | None) -> Iterator[Returned]:
    """Each annotation of each task; raises `InputError` where it is no such export."""
    for part in parts(path):
        tasks = parsed(part.data, part.name)
        if not isinstance(tasks, list):
            raise InputError(f"{part.name} is no array of tasks; export the project as JSON")
        for number, task in enumerate(tasks, 1):
            yield from _task(task, f"{part.name}: task {number}", part.at, reviewer)


def _task(task: Any, where: str, written: str, reviewer: str | None) -> Iterator[Returned]:
    if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
        raise InputError(f"{where} has no data; export the project as JSON, not as JSON-MIN")
    provenance = sent(task["data"], where)
    text = unchanged(task["data"].get("text"), provenance, where)
    for annotation in task.get("annotations") or ():
        try:
            if annotation.get("was_cancelled"):
                continue
            marks, links = _marks(annotation["result"])
            who, when = _who(annotation.get("completed_by")), _when(annotation) or written
        except (AttributeError, LookupError, TypeError, ValueError) as e:
            raise InputError(f"{where}: an annotation is not as Label Studio writes it ({e!r}); export it again") from e
        yield Returned(provenance, text, marks, links, named(reviewer, who, where), when)


def _marks(result: list[Mapping[str, Any]]) -> tuple[list[Given], list[GivenLink]]:
    at: dict[str, int] = {}
    marks: list[Given] = []
    for region in result:
        if region["type"] == "labels":
            place = (int(region["value"]["start"]), int(region["value"]["end"]))
            at[region["id"]] = len(marks)
            marks.append(Given(region["value"]["labels"][0], (place,), dict.fromkeys(EDITED, "")))
    for region in result:
        if region["type"] == "textarea" and region["from_name"] in EDITED and region["id"] in at:
            text = region["value"]["text"]
            shown = text if isinstance(text, str) else "".join(text)
            marks[at[region["id"]]].edited[region["from_name"]] = shown.strip()
    links = []
    for region in result:
        if region["type"] == "relation":
            ends = tuple(_end(at, region[side]) for side in ("from_id", "to_id"))
            fact, argument = ends[::-1] if region.get("direction") == "left" else ends
            links += [GivenLink(fact, role, argument) for role in region.get("labels") or ()]
    return marks, links


def _end(at: Mapping[str, int], region: str) -> int:
    if region not in at:
        raise ValueError(f"a relation leads to the region {region}, which is not there")
    return at[region]


def _who(completed_by: Any) -> str | None:
    if isinstance(completed_by, dict):
        return completed_by.get("email") or f"user {completed_by.get('id')}"
    return None if completed_by is None else f"user {completed_by}"


def _when(annotation: Mapping[str, Any]) -> str | None:
    told = annotation.get("updated_at") or annotation.get("created_at")
    if not isinstance(told, str):
        return None
    when = datetime.fromisoformat(told)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).isoformat()
