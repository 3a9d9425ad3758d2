"""Records as flat rows: what tables are written from, whatever their format.

A `Table` names its columns once, in order, and gives a document's rows one at a time. The columns follow the records'
own fields, so a field that is added to a record is a column of its table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from msgspec.structs import fields

from pipeline.core.offsets import slices
from pipeline.core.records import Arg, Change, Document, FactRecord
from pipeline.core.slices import Spans, type_of

Kind = Literal["text", "flag", "texts", "spans", "hashes"]
Cell = str | bool | tuple[str, ...] | tuple[int, ...] | Spans | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and whether it holds text, yes or no, several texts, ``[start, end)`` pairs, or hashes."""

    name: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of documents: ``rows`` gives the rows of one, each as long as ``columns``; None is an empty cell."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Document], Iterator[Row]]

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]

    def rows_of(self, documents: Sequence[Document]) -> Iterable[Iterable[Row]]:
        """The rows of each of several documents."""
        return map(self.rows, documents)


def _fields_of_all_facts(part: str) -> tuple[str, ...]:
    """The names of the fields of ``args`` or ``norm`` over all types of facts, each once, in the records' order."""
    types = [next(f.type for f in fields(fact) if f.name == part) for fact in get_args(FactRecord)]
    return tuple(dict.fromkeys(field.name for one in types for field in fields(one)))


ARGS = _fields_of_all_facts("args")
"""The arguments that facts of any type have: a column each for text and spans."""
NORM = _fields_of_all_facts("norm")
"""The fields of facts' norms; ``change`` is a column for each of its own fields."""
CHANGE = tuple(field.name for field in fields(Change))


def _norm_columns() -> Iterator[Column]:
    for name in NORM:
        if name == "change":
            yield from (Column(f"norm_change_{part}") for part in CHANGE)
        else:
            yield Column(f"norm_{name}", "flag" if name == "former" else "text")


FACT_COLUMNS: tuple[Column, ...] = (
    *(Column(name) for name in ("doc", "source", "published", "article", "fact", "type")),
    *_norm_columns(),
    *(column for name in ARGS for column in (Column(name), Column(f"{name}_spans", "spans"))),
    Column("sentence"),
    Column("sentence_spans", "spans"),
    *(Column(name) for name in ("modality", "polarity", "quoted_in")),
    Column("same_as", "texts"),
    *(Column(name) for name in ("rule", "confidence", "version", "rules")),
)


FACT_NAMES = tuple(column.name for column in FACT_COLUMNS)


def fact_rows(document: Document) -> Iterator[Row]:
    """A row for each fact. ``sentence`` is empty where the document was made without its text."""
    doc, producer = document.doc, document.producer
    for fact in document.facts:
        cells: dict[str, Cell] = {
            "doc": doc.id,
            "source": doc.source,
            "published": doc.published,
            "article": fact.article,
            "fact": fact.id,
            "type": type_of(fact),
            **_norm_cells(fact),
            **_argument_cells(fact),
            "sentence": slices(doc.text, fact.sentence) if isinstance(doc.text, str) else None,
            "sentence_spans": fact.sentence,
            "modality": fact.assertion.modality,
            "polarity": fact.assertion.polarity,
            "quoted_in": fact.assertion.source,
            "same_as": fact.same_as,
            "rule": fact.rule,
            "confidence": fact.confidence,
            "version": producer.version,
            "rules": producer.rules,
        }
        yield tuple(map(cells.get, FACT_NAMES))


def _norm_cells(fact: FactRecord) -> Mapping[str, Cell]:
    cells: dict[str, Cell] = {}
    for name in fact.norm.__struct_fields__:
        value = getattr(fact.norm, name)
        if isinstance(value, Change):
            cells |= {f"norm_change_{part}": getattr(value, part) for part in CHANGE}
        else:
            cells[f"norm_{name}"] = value
    return cells


def _argument_cells(fact: FactRecord) -> Mapping[str, Cell]:
    cells: dict[str, Cell] = {}
    for name in fact.args.__struct_fields__:
        value = getattr(fact.args, name)
        if isinstance(value, Arg):
            cells |= {name: value.text, f"{name}_spans": value.spans}
    return cells


FACTS = Table("facts", FACT_COLUMNS, fact_rows)
"""One row a fact; see the README for its columns."""
