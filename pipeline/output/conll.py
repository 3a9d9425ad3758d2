"""CoNLL: a character a line with its tag, a blank line after each part of an article, as Chinese name sets are given.

Columns, parted by tabs: the character, its offset in code points of the source, and its tag (B-, I- and the label, or
O). Of mentions that overlap the longest is tagged. Characters of a part come in the order of the sentence, so what an
interruption parts is one run of tags; space is left out, as readers part columns by it. ``# doc = ID`` opens a
document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pipeline.core.items import source_text
from pipeline.core.records import Article, Document, MentionRecord, Spans
from pipeline.output.marks import label_of_mention

OUTSIDE = "O"


class ConllLines:
    """Documents one after another."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        self._out = out

    def write(self, document: Document) -> None:
        """Write the document's parts."""
        text, tags = source_text(document), character_tags(document)
        lines = [f"# doc = {' '.join(document.doc.id.split())}"]
        for article in document.articles:
            for spans in parts(article):
                rows = [f"{text[at]}\t{at}\t{tags[at]}" for at in _places(spans) if not text[at].isspace()]
                lines += [*rows, ""] if rows else []
        if len(lines) == 1:
            lines.append("")
        self._out.write("\n".join([*lines, ""]).encode())

    def close(self) -> None:
        """Nothing ends the file."""


def parts(article: Article) -> Iterator[Spans]:
    """The parts of an article, each in its pieces: heads, bylines, captions, and the paragraphs in their order."""
    for head in (article.kicker, article.title, article.subtitle, article.dateline):
        if head is not None:
            yield head.spans
    for slices in (article.bylines, article.headings, article.paragraphs, article.pull_quotes, article.captions):
        yield from (part.spans for part in slices)


def character_tags(document: Document) -> list[str]:
    """The tag of each character of the source text: of mentions that overlap the longest, then the first, is tagged."""
    tags = [OUTSIDE] * len(source_text(document))
    for mention in sorted(document.mentions, key=_by_length):
        places = list(_places(mention.spans))
        if all(tags[at] == OUTSIDE for at in places):
            label = label_of_mention(mention)
            tags[places[0]] = f"B-{label}"
            for at in places[1:]:
                tags[at] = f"I-{label}"
    return tags


def _by_length(mention: MentionRecord) -> tuple[int, Spans]:
    return -sum(end - start for start, end in mention.spans), mention.spans


def _places(spans: Spans) -> Iterator[int]:
    for start, end in spans:
        yield from range(start, end)
