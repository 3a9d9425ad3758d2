"""The work of `explain`: the document that is meant, its explanations, and their form."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pipeline.chain.explain import explain_source
from pipeline.commands.console import coloured
from pipeline.commands.streams import counted, stdout_bytes, tell
from pipeline.core.errors import InputError, UsageError
from pipeline.core.explanations import Explanation
from pipeline.core.options import Options
from pipeline.intake.source import Failure, Source
from pipeline.intake.sources import read

SHOWN = 5
"""How many ids a message names."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the user asks about; ``nth`` counts from 1."""

    input: str
    at: int | None
    find: str | None
    nth: int | None
    doc: str | None
    encoding: str | None
    options: Options


def answer(question: Question, form: str) -> None:
    """Write the explanations to standard output: trees for people, or one JSON array.

    Raises `UsageError` where no place, or none that there is, was named, `InputError` where nothing can be read.
    """
    if (question.at is None) == (question.find is None):
        raise UsageError("name one place: --at OFFSET, or --find TEXT")
    if question.nth is not None and question.find is None:
        raise UsageError("--nth chooses among the places of --find")
    source = _chosen(question)
    how = question.options
    found = explain_source(
        source,
        how.published,
        at=question.at,
        find=question.find,
        rules=how.rules,
        segmenter=how.segmenter,
        entities=how.entities,
    )
    if question.nth is not None:
        if question.nth > len(found):
            raise UsageError(
                f"{question.find!r} stands in the text {counted(len(found), 'time')}; --nth {question.nth} is beyond"
            )
        found = found[question.nth - 1 : question.nth]
    stdout_bytes().write(_json(found) if form == "json" else _trees(found))


def _chosen(question: Question) -> Source:
    """The document that is meant: the only one of the input, or the one of that id."""
    first: list[Source] = []
    failures: list[Failure] = []
    count = 0
    for one in read([question.input], question.encoding):
        if isinstance(one, Failure):
            failures.append(one)
            continue
        if question.doc is not None and one.id == question.doc:
            return one
        count += 1
        if len(first) < SHOWN:
            first.append(one)
    for failure in failures[1 if not count else 0 :]:
        tell(str(failure))
    if not count:
        raise InputError(str(failures[0]) if failures else f"{question.input}: there is no document to explain")
    if question.doc is None and count == 1:
        return first[0]
    ids = ", ".join(source.id for source in first) + (", \u2026" if count > SHOWN else "")
    if question.doc is not None:
        raise UsageError(f"{question.input} has no document {question.doc!r}; it has: {ids}")
    raise UsageError(f"{question.input} holds {count} documents; choose one with --doc: {ids}")


def _json(found: Sequence[Explanation]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"


def _trees(found: Sequence[Explanation]) -> bytes:
    from pipeline.commands.explanation_tree import drawn

    return drawn(found, coloured(sys.stdout)).encode("utf-8", "replace")
