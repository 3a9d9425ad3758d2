"""The tables of an archive: documents, mentions, facts, arguments and checks, a row for each record; what reprints are
told by, and reprints.

They join by ``number``, the document's place in the archive, which the batch stage puts before these columns; ids are
the users' own and may stand twice in an archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import get_args

import msgspec
from msgspec import UNSET
from msgspec.structs import fields, replace

from pipeline.core.records import Arg, Document, MentionRecord, Si
from pipeline.core.similarity import hashes_of, sketches
from pipeline.core.slices import type_of
from pipeline.lexis.fold import fold
from pipeline.output.flat import FACTS, Cell, Column, Row, Table
from pipeline.output.jsonl import line

MENTION_NORM = tuple(
    dict.fromkeys(
        name
        for mention in get_args(MentionRecord)
        for norm in (next(f.type for f in fields(mention) if f.name == "norm"),)
        for name in norm.__struct_fields__
    )
)
"""The fields of mentions' norms over all types; ``si`` is a column for each of its own."""
SI = Si.__struct_fields__


def _mention_columns() -> Iterator[Column]:
    yield from (Column(name) for name in ("doc", "article", "mention", "type", "label", "text"))
    yield Column("spans", "spans")
    for name in MENTION_NORM:
        if name == "si":
            yield from (Column(f"norm_si_{part}") for part in SI)
        else:
            yield Column(f"norm_{name}", "texts" if name == "candidates" else "text")
    yield from (Column("rule"), Column("confidence"))


MENTION_COLUMNS = tuple(_mention_columns())
MENTION_NAMES = tuple(column.name for column in MENTION_COLUMNS)


def mention_rows(document: Document) -> Iterator[Row]:
    """A row for each mention."""
    for m in document.mentions:
        cells: dict[str, Cell] = {
            "doc": document.doc.id,
            "article": m.article,
            "mention": m.id,
            "type": type_of(m),
            "label": getattr(m, "label", None),
            "text": m.text,
            "spans": m.spans,
            "rule": m.rule,
            "confidence": m.confidence,
        }
        for name in m.norm.__struct_fields__:
            value = getattr(m.norm, name)
            if isinstance(value, Si):
                cells |= {f"norm_si_{part}": getattr(value, part) for part in SI}
            else:
                cells[f"norm_{name}"] = value
        yield tuple(map(cells.get, MENTION_NAMES))


def argument_rows(document: Document) -> Iterator[Row]:
    """A row for each argument of each fact."""
    for fact in document.facts:
        for role in fact.args.__struct_fields__:
            arg = getattr(fact.args, role)
            if isinstance(arg, Arg):
                yield document.doc.id, fact.id, role, arg.mention, arg.text, arg.spans


def check_rows(document: Document) -> Iterator[Row]:
    """A row for each check."""
    for check in document.checks:
        yield (
            document.doc.id, check.article, check.rule, check.facts, check.expected, check.actual, check.tolerance,
            check.ok,
        )  # fmt: skip


def document_rows(document: Document) -> Iterator[Row]:
    """The row of the document: what is known of it, its text, and its line of the contract without the text."""
    doc = document.doc
    record = line(replace(document, doc=replace(doc, text=UNSET))).decode()
    text = doc.text if isinstance(doc.text, str) else None
    title = next((a.title.text for a in document.articles if a.title), None)
    yield (
        doc.id, doc.source, doc.sha256, doc.encoding, str(doc.chars), str(doc.replaced), doc.published,
        doc.published_from, msgspec.json.encode(doc.meta).decode(), title, text, record,
    )  # fmt: skip


class _Sketches(Table):
    """The table of sketches, which are made of many articles at once: for one the steps cost more than the work."""

    def rows_of(self, documents: Sequence[Document]) -> Iterator[list[Row]]:
        """For each document a row for each article that is long enough to be told again: the sketch of its paragraphs,
        which may stand in traditional characters, wrapped, or under another title."""
        made = iter(sketches([fold(body) for document in documents for body in _bodies(document)]))
        for document in documents:
            # An article takes its sketch also where that is empty.
            of = zip(document.articles, islice(made, len(document.articles)), strict=True)
            yield [(article.id, hashes_of(own)) for article, own in of if own]


def _bodies(document: Document) -> Iterator[str]:
    text = document.doc.text if isinstance(document.doc.text, str) else ""
    for article in document.articles:
        yield "".join([text[a:b] for paragraph in article.paragraphs for a, b in paragraph.spans])


def _sketch_rows(document: Document) -> Iterator[Row]:
    yield from next(SKETCHES.rows_of([document]))


def reprint_rows(document: Document) -> Iterator[Row]:
    """A row for each article that was printed before, as ``reprint_of`` tells in the meta of the document."""
    for article, told in document.doc.meta.get("reprint_of", {}).items():
        yield document.doc.id, article, told["doc"], told["article"], told["similarity"]


DOCUMENT_NAMES = (
    "doc", "source", "sha256", "encoding", "chars", "replaced", "published", "published_from", "meta", "title", "text",
    "record",
)  # fmt: skip
ARGUMENT_COLUMNS = (*(Column(n) for n in ("doc", "fact", "role", "mention", "text")), Column("spans", "spans"))
CHECK_COLUMNS = (
    *(Column(n) for n in ("doc", "article", "rule")),
    Column("facts", "texts"),
    *(Column(n) for n in ("expected", "actual", "tolerance")),
    Column("ok", "flag"),
)

DOCUMENTS = Table("documents", tuple(Column(n) for n in DOCUMENT_NAMES), document_rows)
TABLES = (
    DOCUMENTS,
    Table("mentions", MENTION_COLUMNS, mention_rows),
    FACTS,
    Table("arguments", ARGUMENT_COLUMNS, argument_rows),
    Table("checks", CHECK_COLUMNS, check_rows),
)
"""The tables of records, in the order in which they are written."""
SKETCHES = _Sketches("sketches", (Column("article"), Column("hashes", "hashes")), _sketch_rows)
"""What reprints are told by."""
ARCHIVE = (*TABLES, SKETCHES)
"""The tables that a batch writes shard by shard."""
REPRINTS = Table(
    "reprints", tuple(Column(n) for n in ("doc", "article", "of_doc", "of_article", "similarity")), reprint_rows
)
"""What is told when all documents were seen."""
DATABASE = (*TABLES, REPRINTS)
"""The tables of a database."""
