"""Paragraphs on the way to their jumps: fragments, which fragment goes on with which, and pairs that may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pipeline.intake.items import Item
from pipeline.intake.prospects import EndKind, StartKind
from pipeline.intake.signs import Signs
from pipeline.tokens.lexer import is_apart

UNKNOWN = StartKind("-", False, False, False)


class Fragment(Struct, eq=False):
    """A paragraph, or a part of one that is joined loosely to what stands before it."""

    item: Item
    place: int
    """Where it begins in the source."""
    draft: int
    end: bool
    """Whether its text breaks off."""
    ending: EndKind
    """What its last sign looks like, where it breaks off."""
    follows: Fragment | None = None
    """The fragment that goes on with it."""
    goes_on: Fragment | None = None
    """The fragment whose sentence it goes on with."""
    pairs: set[int] = set()
    short: bool = False
    """Whether it is one short sentence."""
    beginning: StartKind = UNKNOWN
    """What its beginning looks like, once ends look for starts."""
    sign: str = ""
    """The sign that stands for the kind of its beginning."""
    verb: bool | None = None
    """Whether it begins with a verb, once somebody asked."""


class Pair(Struct, eq=False):
    """An open end and a start that it may go on with."""

    end: Fragment
    start: Fragment
    names: tuple[str, ...]
    """The names of what speaks for and against it, as far as it has been looked at."""
    most: int
    """What all may come to: the sum of these, and the most that what is left to look at may add."""
    left: list[str]
    """What is left to look at, the next last."""


def fragments_of(items: Iterable[Item], draft: int, signs: Signs) -> Iterator[Fragment]:
    """The fragments of the paragraphs among ``items``, linked as they are now."""
    for item in items:
        if item.role != "paragraph":
            continue
        before: Fragment | None = None
        for part in item.parted():
            end = not signs.ends_sentence(part.text)
            here = Fragment(part, part.spans[0][0], draft, end, _ending(part.text, end, signs), goes_on=before)
            if before is not None:
                before.follows = here
            before = here
            yield here


def _ending(text: str, end: bool, signs: Signs) -> EndKind:
    """Of which kind the last sign of a fragment is; ``end``: whether it breaks off there."""
    sign = signs.contact.end(text[-1])
    if not end:
        return EndKind(sign, False)
    return EndKind(sign, signs.opens(text) > 0, text[-2:-1] in signs.numeral, is_apart(text[-1], signs.rules))


def link(end: Fragment, start: Fragment) -> None:
    """Let ``start`` go on with ``end`` and with nothing else."""
    if end.follows is not None:
        end.follows.goes_on = None
    if start.goes_on is not None:
        start.goes_on.follows = None
    end.follows, start.goes_on = start, end
