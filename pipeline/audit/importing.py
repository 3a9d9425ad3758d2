"""Files of other tools, read back: `IMPORTERS` by the tool's name, each giving documents as reviewers left them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.audit.from_brat import read_brat
from pipeline.audit.from_doccano import read_doccano
from pipeline.audit.from_labelstudio import read_labelstudio
from pipeline.audit.returned import Projection, Returned, reviews_of
from pipeline.audit.reviews import Review
from pipeline.core.records import Spans
from pipeline.output.brat import fragments
from pipeline.output.marks import hull

Reader = Callable[[Path, str | None], Iterator[Returned]]


class Importer(NamedTuple):
    """``read`` gives the documents of a file; ``project`` makes of spans what the tool can hold, in a text; ``states``:
    whether the tool says what was reviewed (doccano and brat export all, also what nobody looked at); ``named``:
    whether a file's name says who did."""

    read: Reader
    project: Callable[[str], Projection]
    states: bool = False
    named: bool = False


class Imported(NamedTuple):
    """The decisions in one document as one reviewer left it; ``open``: whether all of it came back as it was sent, and
    nothing says that anybody looked at it."""

    reviews: Sequence[Review]
    open: bool


def _whole(_: str) -> Projection:
    return lambda spans: (hull(spans),)


def _cut(text: str) -> Projection:
    def project(spans: Spans) -> Spans:
        return fragments(spans, text)

    return project


IMPORTERS: Mapping[str, Importer] = {
    "labelstudio": Importer(read_labelstudio, _whole, states=True),
    "doccano": Importer(read_doccano, _whole, named=True),
    "brat": Importer(read_brat, _cut),
}
"""The tools whose files can be read back."""


def imported(path: Path, tool: str, reviewer: str | None) -> Iterator[Imported]:
    """The decisions in a file of ``tool``, a document at a time; ``reviewer`` names who made them, where the file does
    not or says otherwise.

    Raises `InputError` where the file cannot be read, is no export of the tool, or holds documents that did not come
    from this program.
    """
    importer = IMPORTERS[tool]
    for returned in importer.read(path, reviewer):
        reviews = list(reviews_of(returned, importer.project(returned.text)))
        yield Imported(reviews, not importer.states and all(review.verdict == "accept" for review in reviews))
