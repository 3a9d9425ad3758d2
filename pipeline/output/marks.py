"""A document as annotation tools see it: spans with one label each, and links between them that have a role.

A mention is a mark under its label. A fact is a mark on its first argument, with a link to each of its arguments: to
the mention's mark where the argument is one, else to a mark of its own that all facts with the same argument share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, get_args

from msgspec.structs import fields

from pipeline.core.items import Item, items_of, source_text
from pipeline.core.norms import Label
from pipeline.core.records import Arg, Document, EntityMention, FactRecord, MentionRecord, Spans
from pipeline.core.slices import type_of
from pipeline.output.flat import ARGS

ARGUMENT = "argument"
"""The label of what is an argument and no mention."""
FACT = "_fact"
"""Ends the label of a fact's mark."""


def _labels() -> Iterator[str]:
    for mention in get_args(MentionRecord):
        if mention is EntityMention:
            yield from ENTITIES
        else:
            yield type_of(mention)
    for fact in get_args(FactRecord):
        yield f"{type_of(fact)}{FACT}"
    yield ARGUMENT


ENTITIES = get_args(Label)
LABELS = tuple(_labels())
"""Every label there is: of mentions, of facts, of arguments."""
MENTION_LABELS = tuple(label for label in LABELS if not label.endswith(FACT) and label != ARGUMENT)
FACT_LABELS = tuple(label for label in LABELS if label.endswith(FACT))
ROLES = ARGS
"""Every role there is."""
ROLES_OF = {
    f"{type_of(fact)}{FACT}": next(f.type for f in fields(fact) if f.name == "args").__struct_fields__
    for fact in get_args(FactRecord)
}
"""The roles of each type of fact, by its label."""


class Mark(NamedTuple):
    """A span under a label. ``item`` is the mention or fact that it is of, None for an argument."""

    id: str
    label: str
    spans: Spans
    text: str
    item: Item | None

    @property
    def hull(self) -> tuple[int, int]:
        """From the first character to the last, for tools that know no pieces; what stands between is in it."""
        return hull(self.spans)


class Link(NamedTuple):
    """An argument of a fact: from the mark of the fact to that of the argument, by their ids."""

    fact: str
    role: str
    argument: str


class Marked(NamedTuple):
    """A document's text with its marks (mentions, facts, arguments, each in the document's order) and links."""

    text: str
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]

    def arguments(self) -> Mapping[str, Mapping[str, str]]:
        """The arguments of each fact: by its id the ids of their marks, by role."""
        of_fact: dict[str, dict[str, str]] = {}
        for link in self.links:
            of_fact.setdefault(link.fact, {})[link.role] = link.argument
        return of_fact


def hull(spans: Spans) -> tuple[int, int]:
    """The one span from the first character of ``spans`` to the last."""
    return min(a for a, _ in spans), max(b for _, b in spans)


def label_of(item: Item) -> str:
    """The label that an item's mark stands under."""
    return f"{item.type}{FACT}" if item.layer == "fact" else item.label or item.type


def label_of_mention(mention: MentionRecord) -> str:
    """The label of a mention: of an entity its own, else the type."""
    return mention.label if isinstance(mention, EntityMention) else type_of(mention)


def marked(document: Document) -> Marked:
    """The document as marks; raises `InputError` where it was made without its text."""
    text = source_text(document)
    items = {one.id: one.item for one in items_of(document)}
    marks = [Mark(id_, label_of(item), item.spans, item.text, item) for id_, item in items.items()]
    links: list[Link] = []
    shared: dict[Spans, str] = {}
    for fact in document.facts:
        for role, arg in arguments(fact):
            if arg.mention in items:
                links.append(Link(fact.id, role, str(arg.mention)))
                continue
            if arg.spans not in shared:
                shared[arg.spans] = f"{fact.id}.{role}"
                marks.append(Mark(shared[arg.spans], ARGUMENT, arg.spans, arg.text, None))
            links.append(Link(fact.id, role, shared[arg.spans]))
    return Marked(text, tuple(marks), tuple(links))


def arguments(fact: FactRecord) -> Iterator[tuple[str, Arg]]:
    """The arguments that a fact has, with their roles."""
    for role in fact.args.__struct_fields__:
        arg = getattr(fact.args, role)
        if isinstance(arg, Arg):
            yield role, arg
