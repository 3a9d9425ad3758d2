"""A slice of several pieces as people write it: with an ellipsis where words were left out."""

from __future__ import annotations

from pipeline.core.records import Arg

ELLIPSIS = "\u2026"


def in_pieces(part: Arg, source: str) -> str:
    """The text of ``part``, with … where words of the ``source`` stand between two pieces, as who says it stands in the
    middle of what is said: “今年建成10座。”她说，明年再建20座 is no 今年建成10座明年再建20座."""
    text, end = "", part.spans[0][0]
    for start, stop in part.spans:
        text += (ELLIPSIS if source[end:start].strip() else "") + source[start:stop]
        end = stop
    return text
