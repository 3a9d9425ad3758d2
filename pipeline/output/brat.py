"""brat standoff: a ZIP of a ``.txt`` and an ``.ann`` for each document, and the collection's configuration.

The format is that of brat.nlplab.org/standoff.html. Offsets count code points. Mentions and arguments are text-bound
annotations, facts are events, spans may be in several fragments. brat's own rules: no fragment holds a line break (the
reference text is one line), fragments are in the text's order, and the reference text joins them with spaces.

Versions of brat read the text with line breaks of all kinds turned into ``\\n``; so ``\\r\\n`` is written as a space
and ``\\n``, and a lone ``\\r`` as ``\\n``: no offset moves. ``NAME.zhfacts.json`` holds the items and the digest of the
source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from pipeline.core.items import Item, provenance
from pipeline.core.records import Document, Spans
from pipeline.output.marks import ARGUMENT, MENTION_LABELS, ROLES_OF, Mark, Marked, marked
from pipeline.output.zipped import Zipped

BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
"""What parts fragments: every line break that a reader may know, and the tab, which parts the columns."""
MODALITY, POLARITY = "Modality", "Polarity"
SUFFIX = ".zhfacts.json"


def _configuration() -> str:
    mentions = "\n".join((*MENTION_LABELS, ARGUMENT))
    events = "\n".join(f"{label}\t{', '.join(f'{role}?:<ANY>' for role in roles)}" for label, roles in ROLES_OF.items())
    attributes = (
        f"{MODALITY}\tArg:<EVENT>, Value:asserted|planned|estimated|reported\n"
        f"{POLARITY}\tArg:<EVENT>, Value:affirmed|denied\n"
    )
    # Marks may overlap and cross as they like.
    relations = "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n"
    return (
        f"[entities]\n{mentions}\n\n[relations]\n{relations}\n[events]\n{events}\n\n[attributes]\n{attributes}"
    )  # fmt: skip


class BratFolder:
    """A ZIP of the files of a brat collection."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        self._files = Zipped(out)

    def write(self, document: Document) -> None:
        """Write the document's files."""
        found = marked(document)
        name = self._files.name(document.doc.id)
        text = brat_text(found.text)
        self._files.add(f"{name}.txt", text)
        self._files.add(f"{name}.ann", "".join(f"{line}\n" for line in _lines(found, text)))
        self._files.add(name + SUFFIX, msgspec.json.encode(provenance(document)).decode())

    def close(self) -> None:
        """Write the configuration and what ends the ZIP."""
        self._files.add("annotation.conf", _configuration())
        self._files.close()


def brat_text(text: str) -> str:
    """``text`` as it is written for brat, of the same length."""
    return text.replace("\r\n", " \n").replace("\r", "\n")


def fragments(spans: Spans, text: str) -> Spans:
    """``spans`` as fragments: cut at line breaks, without the space at their ends, in the order of the text."""
    return tuple(sorted(piece for start, end in spans for piece in _pieces(start, end, text)))


def _pieces(start: int, end: int, text: str) -> Iterator[tuple[int, int]]:
    at = start
    for found in [*BREAKS.finditer(text, start, end), None]:
        stop = found.start() if found else end
        piece = text[at:stop]
        first = at + len(piece) - len(piece.lstrip())
        last = stop - (len(piece) - len(piece.rstrip()))
        if first < last:
            yield first, last
        if found:
            at = found.end()


def _lines(found: Marked, text: str) -> Iterator[str]:
    number = {mark.id: n for n, mark in enumerate(found.marks, 1)}
    for mark in found.marks:
        yield _bound(number[mark.id], mark, text)
    arguments = found.arguments()
    notes = 0
    for event, mark in enumerate((m for m in found.marks if m.item and m.item.layer == "fact"), 1):
        assert mark.item is not None
        roles = "".join(f" {role}:T{number[to]}" for role, to in arguments[mark.id].items())
        yield f"E{event}\t{mark.label}:T{number[mark.id]}{roles}"
        yield f"A{2 * event - 1}\t{MODALITY} E{event} {mark.item.norm['modality']}"
        yield f"A{2 * event}\t{POLARITY} E{event} {mark.item.norm['polarity']}"
        notes += 1
        yield _note(notes, f"E{event}", mark.item)
    for mark in found.marks:
        if mark.item and mark.item.layer == "mention":
            notes += 1
            yield _note(notes, f"T{number[mark.id]}", mark.item)


def _bound(number: int, mark: Mark, text: str) -> str:
    places = fragments(mark.spans, text)
    offsets = ";".join(f"{start} {end}" for start, end in places)
    return f"T{number}\t{mark.label} {offsets}\t{' '.join(text[start:end] for start, end in places)}"


def _note(number: int, of: str, item: Item) -> str:
    norm = msgspec.json.encode(item.said).decode()
    shown = BREAKS.sub(" ", f"{item.rule} {item.confidence} {norm}")
    return f"#{number}\tAnnotatorNotes {of}\t{shown}"
