"""The work of `quantities`, `times` and `entities`: the mentions of one type in a phrase."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import msgspec

from pipeline.chain import extract
from pipeline.commands.listing import aligned, fits
from pipeline.commands.streams import stdout_bytes, stdout_is_terminal, tell
from pipeline.core.options import Options
from pipeline.core.records import (
    EntityMention,
    MentionRecord,
    QuantityMention,
    QuantityNorm,
    Si,
    TimeMention,
)

TYPES: dict[str, type[MentionRecord]] = {"quantity": QuantityMention, "time": TimeMention, "entity": EntityMention}


def show(kind: str, text: str, form: str | None, how: Options) -> None:
    """Print the mentions of type ``kind`` in ``text`` (``-``: standard input): a table on a terminal, JSON Lines of
    mentions as in the output contract in a pipe. Where there is none, that is told."""
    source = sys.stdin.buffer.read() if text == "-" and sys.stdin is not None else text
    document = extract(source, how.published, rules=how.rules, segmenter=how.segmenter, entities=how.entities)
    mentions = [m for m in document.mentions if isinstance(m, TYPES[kind])]
    for issue in document.issues:
        tell(issue.message)
    if not mentions:
        tell(f"no {kind} was found")
    elif (form or ("table" if stdout_is_terminal() else "jsonl")) == "table":
        stdout_bytes().write(_table([_cells(m) for m in mentions]).encode())
    else:
        stdout_bytes().write(b"".join(msgspec.json.encode(m) + b"\n" for m in mentions))


def _table(rows: Sequence[dict[str, str]]) -> str:
    """The rows, without the columns that are empty in all of them, and without the rules where they do not fit."""
    names = [name for name in rows[0] if any(row[name] for row in rows)]
    cells = [[row[name] for name in names] for row in rows]
    return aligned(names, cells) if fits(names, cells) else aligned(names[:-1], [row[:-1] for row in cells])


def _cells(mention: MentionRecord) -> dict[str, str]:
    told: dict[str, str | None]
    if isinstance(mention, QuantityMention):
        n = mention.norm
        told = {"kind": n.kind, "value": _value(n), "unit": n.unit, "modifier": n.modifier, "SI": _si(n.si)}
    elif isinstance(mention, TimeMention):
        t = mention.norm
        value = t.value or f"{t.low}..{t.high}"
        start, end = _day(t.start), _day(t.end)
        told = {"kind": t.kind, "value": value, "modifier": t.modifier, "start": start, "end": end, "anchor": t.anchor}
    else:
        e = mention.norm
        told = {"label": mention.label, "name": e.name, "code": e.code, "candidates": " ".join(e.candidates)}
    span = " ".join(f"{a}:{b}" for a, b in mention.spans)
    text = "".join(mention.text.split("\n"))
    return {"text": text, **{k: v or "" for k, v in told.items()}, "span": span, "rule": mention.rule}


def _value(n: QuantityNorm | Si) -> str:
    return n.value if n.value is not None else f"{n.low}..{n.high}"


def _si(si: Si | None) -> str | None:
    return f"{_value(si)} {si.unit}" if si else None


def _day(time: str | None) -> str | None:
    """A local date-time, shortened to the day where it is the day's start."""
    return time.removesuffix("T00:00:00") if time else None
