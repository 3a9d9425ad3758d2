"""A `Document` as a piece of HTML for notebooks: the source text with its mentions marked, and the facts as a table.

It is complete in itself (no script, nothing loaded) and all text in it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import msgspec

from pipeline.core.segments import Interval, segments
from pipeline.core.slices import type_of

if TYPE_CHECKING:
    from pipeline.core.records import Document, FactRecord, MentionRecord

CHARS = 20_000
FACTS = 200
"""How much of the text, and how many facts, are shown: a notebook keeps what it shows."""
STYLE = """
.zhfacts {line-height: 1.7}
.zhfacts-text {white-space: pre-wrap; border-left: 3px solid #8886; padding-left: 1em; max-height: 40em; overflow: auto}
.zhfacts mark {color: inherit; border-radius: 3px; padding: 1px 0}
.zhfacts-quantity {background: #f5a62355}
.zhfacts-time {background: #2e9e6b55}
.zhfacts-entity {background: #3b7dd855}
.zhfacts td, .zhfacts th {text-align: left; vertical-align: top}
"""
NO_TEXT = "The source text is not kept here; extract(…, with_text=True) shows the mentions in it."


def document_html(document: Document) -> str:
    """The HTML of ``document``; the mentions are marked where it was made with its text."""
    doc = document.doc
    counts = f"{len(document.mentions)} mentions, {len(document.facts)} facts"
    heading = " · ".join(filter(None, (doc.source, doc.published, counts)))
    text = _marked(doc.text, document.mentions) if isinstance(doc.text, str) else f"<p>{escape(NO_TEXT)}</p>"
    return (
        f'<div class="zhfacts"><style>{STYLE}</style><p><strong>{escape(heading)}</strong></p>'
        f"{text}{_table(document.facts)}</div>"
    )


def _marked(text: str, mentions: Sequence[MentionRecord]) -> str:
    shown = text[:CHARS]
    intervals = [Interval(a, b, number) for number, m in enumerate(mentions) for a, b in m.spans]
    told = [f"{m.id} {type_of(m)}: {_told(m.norm)}" for m in mentions]
    parts = []
    for start, end, inside in segments(len(shown), intervals):
        piece = escape(shown[start:end])
        if inside:
            title = escape("\n".join(told[number] for number in inside))
            piece = f'<mark class="zhfacts-{type_of(mentions[inside[-1]])}" title="{title}">{piece}</mark>'
        parts.append(piece)
    rest = _left_out(len(text) - len(shown), "characters")
    return f'<div class="zhfacts-text" lang="zh">{"".join(parts)}</div>{rest}'


def _table(facts: Sequence[FactRecord]) -> str:
    if not facts:
        return ""
    rows = "".join(_row(fact) for fact in facts[:FACTS])
    head = "".join(f"<th>{name}</th>" for name in ("fact", "type", "arguments", "norm", "said as", "rule"))
    rest = _left_out(len(facts) - FACTS, "facts")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{rest}"


def _row(fact: FactRecord) -> str:
    args = msgspec.to_builtins(fact.args)
    named = "<br>".join(f"{name}: {escape(''.join(arg['text'].split()))}" for name, arg in args.items())
    said = " ".join(filter(None, (fact.assertion.modality, fact.assertion.polarity, fact.assertion.source)))
    cells = (escape(fact.id), type_of(fact), named, escape(_told(fact.norm)), escape(said), escape(fact.rule))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _told(norm: msgspec.Struct) -> str:
    return ", ".join(f"{name} {value}" for name, value in _fields(msgspec.to_builtins(norm)))


def _fields(norm: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in norm.items():
        if isinstance(value, Mapping):
            yield from _fields(value, f"{prefix}{name} ")
        elif value not in (None, "", [], ()):
            yield f"{prefix}{name}", " ".join(value) if isinstance(value, list | tuple) else str(value)


def _left_out(number: int, what: str) -> str:
    return f"<p>… and {number:,} {what} more</p>" if number > 0 else ""
