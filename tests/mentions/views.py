"""Views of plain texts, as the chain makes them before its first stage."""

from __future__ import annotations

from pipeline.core.model import Line, LineKind, View
from pipeline.lexis.fold import fold
from pipeline.lexis.scan import scan
from pipeline.rulebook import load
from pipeline.tokens.segment import segment


def view_of(text: str, kind: LineKind = "paragraph") -> View:
    """A View of ``text`` with its tokens; every line is of ``kind``."""
    rules, folded = load(), fold(text)
    lines, at = [], 0
    for part in text.split("\n"):
        if part.strip():
            lines.append(Line(at, at + len(part), kind))
        at += len(part) + 1
    return View(text, folded, lines, tokens=segment(folded, scan(folded, rules).marks, rules))
