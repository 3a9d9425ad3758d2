"""A brat collection read back: each ``.ann`` with its ``.txt`` and what went along, from a folder or a ZIP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.audit.given import named, parsed, parts, sent
from pipeline.audit.returned import Given, GivenLink, Returned
from pipeline.core.errors import InputError
from pipeline.core.items import Provenance
from pipeline.core.offsets import slices
from pipeline.output.brat import SUFFIX
from pipeline.output.marks import FACT_LABELS

BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
EVENT = re.compile(r"E\d+\t\S+:(T\d+)((?: +\S+:[TE]\d+)*)\s*$")
ARGUMENT = re.compile(r"(\S+?)\d*:([TE]\d+)")
TRIGGER = re.compile(r"(E\d+)\t\S+:(T\d+)")


def read_brat(path: Path, reviewer: str | None) -> Iterator[Returned]:
    """Each document of the collection; raises `InputError` where a file is missing or cannot be read."""
    files = {part.name: part for part in parts(path)}
    found = sorted(name for name in files if name.endswith(".ann"))
    if not found:
        raise InputError(f"{path} holds no .ann file; name the collection's folder, or a ZIP of it")
    for name in found:
        stem = name.removesuffix(".ann")
        missing = [one for one in (f"{stem}.txt", stem + SUFFIX) if one not in files]
        if missing:
            raise InputError(f"{name}: {missing[0]} is not beside it; put it back from the export")
        provenance = sent({"zhfacts": parsed(files[stem + SUFFIX].data, stem + SUFFIX)}, stem + SUFFIX)
        text = _text(files[f"{stem}.txt"].data, provenance, f"{stem}.txt")
        marks, links = _marks(files[name].data.decode("utf-8", "replace"), name)
        yield Returned(provenance, text, marks, links, named(reviewer, None, str(path)), files[name].at)


def _text(data: bytes, provenance: Provenance, where: str) -> str:
    """The text, in which each item must stand as it was sent; line breaks are not as in the source."""
    text = data.decode("utf-8", "replace")
    for item in provenance.items.values():
        stands = slices(text, item.spans)
        if stands.split() != item.text.split():
            raise InputError(f"{where}: the text is not the one that was exported, so its offsets do not hold")
    return text


def _marks(annotations: str, where: str) -> tuple[list[Given], list[GivenLink]]:
    at: dict[str, int] = {}
    marks: list[Given] = []
    lines = annotations.split("\n")
    # An argument may be an event: it stands for its trigger.
    triggers = {found[1]: found[2] for line in lines if (found := TRIGGER.match(line))}
    for number, line in enumerate(lines, 1):
        if line.startswith("T"):
            found = BOUND.match(line)
            if not found:
                raise InputError(f"{where}:{number}: no text-bound annotation of brat; mend or remove the line")
            if found[2] in FACT_LABELS and found[1] not in triggers.values():
                continue  # what is left of an event that was removed
            at[found[1]] = len(marks)
            pairs = (pair.split(" ") for pair in found[3].split(";"))
            marks.append(Given(found[2], tuple((int(a), int(b)) for a, b in pairs)))
    links = []
    for number, line in enumerate(lines, 1):
        if line.startswith("E"):
            found = EVENT.match(line.rstrip("\r"))
            if not found or found[1] not in at:
                raise InputError(f"{where}:{number}: no event of brat, or its trigger is not there; mend the line")
            for role, argument in ARGUMENT.findall(found[2]):
                argument = triggers.get(argument, argument)
                if argument not in at:
                    raise InputError(f"{where}:{number}: {argument} is not there; mend or remove the line")
                links.append(GivenLink(at[found[1]], role, at[argument]))
    return marks, links
