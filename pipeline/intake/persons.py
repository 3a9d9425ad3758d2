"""Who stands in a byline: names with the word that says what they did."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.core.offsets import Span
from pipeline.intake.items import Item
from pipeline.intake.page import BylinePerson
from pipeline.intake.signs import Signs

STROKE = "/"


def persons_in(item: Item, signs: Signs) -> tuple[BylinePerson, ...]:
    """The persons of a byline in order; a function holds for the names behind it: 本报记者 周一帆 高远 通讯员 何晴.

    What was done may stand behind the names, after a stroke or at the end: 周一帆/文 高远/图, 周一帆 文/图.
    """
    out: list[BylinePerson] = []
    function: str | None = None
    end = without = 0
    torn = -1
    for m in signs.byline.finditer(item.text):
        kind = m.lastgroup
        if kind == "name":
            # What stands behind a sign that is part of none is the rest of another word: 新|华社滨江3月4日电.
            if m.start() != torn and (function or signs.are_names(m["name"])):
                out.append(BylinePerson(_source(item, *m.span("name")), function))
                end = m.end("name")
        elif kind == "mode" and end and _is_behind(item.text[end : m.start()], item.text[m.end() :], signs):
            out[without:] = [replace(p, function=p.function or m[kind]) for p in out[without:]]
            function, without = None, len(out)
        elif kind is not None:  # agent or mode
            function, without = m[kind], len(out)
        else:
            torn = m.end() if len(m[0]) == 1 else -1
    return tuple(out)


def _is_behind(before: str, after: str, signs: Signs) -> bool:
    """Whether what was done is said of the names ``before`` which nothing else stands, by what stands ``after`` it."""
    return before.strip() == STROKE or not (before.strip() or after.strip(signs.closing))


def _source(item: Item, start: int, end: int) -> tuple[Span, ...]:
    """Offsets of the item's text as source spans."""
    if len(item.spans) == 1:
        first = item.spans[0][0]
        return ((first + start, first + end),)
    out: list[Span] = []
    at = 0
    for a, b in item.spans:
        low, high = max(start - at, 0), min(end - at, b - a)
        if low < high:
            out.append((a + low, a + high))
        at += b - a
    return tuple(out)
