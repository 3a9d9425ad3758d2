"""Paragraphs on the way to their jumps: fragments, and which goes on with which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct

from pipeline.core.offsets import Span
from pipeline.intake.articles import Draft
from pipeline.intake.items import Item
from pipeline.intake.lines import BEGINNING
from pipeline.intake.prospects import EndKind, Outlook, StartKind
from pipeline.intake.signs import Signs
from pipeline.tokens.lexer import is_apart

WHOLE = "whole"
"""The role of what ends as no sentence does and yet breaks off nowhere."""
UNKNOWN = StartKind("-", False, False, False)
NONE = -1
"""The number of no fragment."""


class Fragment(Struct, eq=False, gc=False):
    """A paragraph, or a part of one that is joined loosely to what stands before it.

    Fragments speak of each other by their numbers, in the order of the source.
    """

    item: Item
    place: int
    """Where it begins in the source."""
    draft: int
    loose: bool
    """Whether it goes on with the part of the paragraph before it as the page stands."""
    end: bool
    """Whether its text breaks off."""
    number: int = NONE
    follows: int = NONE
    """The fragment that goes on with it."""
    goes_on: int = NONE
    """The fragment whose sentence it goes on with."""
    short: bool = False
    """Whether it is one short sentence."""
    outlook: Outlook | None = None
    """What it may go on with by its last sign, once somebody asked."""
    beginning: StartKind = UNKNOWN
    """What its beginning looks like, once ends look for starts."""
    sign: str = ""
    """The sign that stands for the kind of its beginning."""
    alone: tuple[str, ...] = ()
    """The names of what its first words say where it is one short sentence, once somebody asked."""


def fragments_of(drafts: Sequence[Draft], wrapped: bool, signs: Signs) -> list[Fragment]:
    """The fragments of the paragraphs of ``drafts``, article by article, numbered and linked as they stand now."""
    found = [
        Fragment(part, part.spans[0][0], k, n > 0, _breaks_off(part.text, wrapped, signs))
        for k, draft in enumerate(drafts)
        for item in draft.items
        if _may_break_off(item)
        for n, part in enumerate(item.parted())
    ]
    for number, fragment in enumerate(sorted(found, key=attrgetter("place"))):
        fragment.number = number
    for before, fragment in pairwise(found):
        if fragment.loose:
            before.follows, fragment.goes_on = fragment.number, before.number
    return found


def is_whole(text: str, signs: Signs) -> bool:
    """Whether ``text``, which does not end as a sentence does, breaks off nowhere: 具体情况如下：."""
    return signs.form(text[-BEGINNING:], WHOLE) is not None


def _breaks_off(text: str, wrapped: bool, signs: Signs) -> bool:
    return not signs.ends_sentence(text) and (wrapped or not is_whole(text, signs))


def _may_break_off(item: Item) -> bool:
    return item.role == "paragraph" and not item.row


def ending_of(fragment: Fragment, signs: Signs) -> EndKind:
    """Of which kind the last sign of ``fragment`` is."""
    text = fragment.item.text
    sign = signs.contact.end(text[-1])
    if not fragment.end:
        return EndKind(sign, False)
    counts, apart = text[-2:-1] in signs.numeral, is_apart(text[-1], signs.rules)
    return EndKind(sign, signs.opens(text) > 0, counts, apart, fragment.item.turns)


def link(end: Fragment, start: Fragment, fragments: Sequence[Fragment]) -> None:
    """Let ``start`` go on with ``end`` and with nothing else of ``fragments``, that stand by number."""
    if end.follows != NONE:
        fragments[end.follows].goes_on = NONE
    if start.goes_on != NONE:
        fragments[start.goes_on].follows = NONE
    end.follows, start.goes_on = start.number, end.number


def rebuild(drafts: Sequence[Draft], fragments: Sequence[Fragment]) -> None:
    """Paragraphs out of linked ``fragments``, that stand by number; each where its beginning stands."""
    first = {f.item.spans[0]: f for f in fragments}
    for draft in drafts:
        items: list[Item] = []
        for item in draft.items:
            if not _may_break_off(item):
                items.append(item)
                continue
            items += _paragraphs(item, first, fragments)
        draft.items = items


def _paragraphs(item: Item, first: Mapping[Span, Fragment], fragments: Sequence[Fragment]) -> Iterator[Item]:
    """What begins within ``item``."""
    for span in item.spans:
        f = first.get(span)
        if f is None or f.goes_on != NONE:
            continue
        whole, rest = f.item, f.follows
        whole.loose = []
        while rest != NONE:
            more = fragments[rest]
            whole.extend(more.item)
            rest = more.follows
        yield whole
