"""What only its content tells: whether ``.json`` is an array, one record or lines of them, and what comes without a
suffix that is known (standard input, ``/dev/fd/63``, ``.shtml``): records, a web page or a text."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from pipeline.core.errors import InputError
from pipeline.intake.decode import EMPTY
from pipeline.intake.entry import Entry, Reading, Stream, whole
from pipeline.intake.rows import parsed, source_of_line, source_of_value
from pipeline.intake.source import Source

PAGES = (b"<!doctype html", b"<html", b"<?xml")
"""How web pages begin."""
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def lines(stream: Stream, shown: str, how: Reading, begun: tuple[bytes, ...] = ()) -> Iterator[Entry]:
    """One record a line; ``begun``: lines that were read already."""
    some = False
    for number, raw in enumerate(chain(begun, stream), 1):
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
            if raw.startswith(UTF16):
                raise InputError("is UTF-16, whose lines cannot be told apart; save it as UTF-8")
        if raw.strip():
            some = True
            yield Entry(len(raw), partial(source_of_line, raw, shown, number, how.fields, how.encoding))
    if not some:
        raise InputError(EMPTY)


def json(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    """The records of ``.json``: members of an array, one that is written over many lines, or one a line (so are many
    corpora that go by this name)."""
    begun = _beginning(stream)
    if _parsed(begun[-1], b"{", how) is not None:
        yield from lines(stream, shown, how, begun)
        return
    data = b"".join(begun) + stream.read()
    if not data.strip():
        raise InputError(EMPTY)
    if data.startswith(UTF16):
        raise InputError("is UTF-16, and JSON is not; save it as UTF-8")
    try:
        value = parsed(data.removeprefix(codecs.BOM_UTF8), how.encoding, how.fields.text)
    except ValueError as e:
        raise InputError(f"is no JSON ({e}); write an array of objects, or one object a line") from None
    yield from _members(value, len(data), shown, how)


def unnamed(stream: Stream, shown: str, how: Reading) -> Iterator[Entry]:
    """What no suffix tells: records where it is JSON and the first of them has a text, else one document."""
    begun = _beginning(stream)
    if _is_record(_parsed(begun[-1], b"{", how), how):
        yield from lines(stream, shown, how, begun)
        return
    data = b"".join(begun) + stream.read()
    value = _parsed(data, b"{[", how)
    if _is_record(value[0] if isinstance(value, list) and value else value, how):
        yield from _members(value, len(data), shown, how)
        return
    found = whole(shown, data, how.encoding)
    if isinstance(found, Source) and _bare(begun[-1])[:20].lower().startswith(PAGES):
        found = replace(found, page=True)
    yield Entry(len(data), lambda: found)


def _beginning(stream: Stream) -> tuple[bytes, ...]:
    """The lines up to the first that holds something; one at least."""
    begun = [stream.readline()]
    while begun[-1] and not _bare(begun[-1]):
        begun.append(stream.readline())
    return tuple(begun)


def _bare(raw: bytes) -> bytes:
    return raw.removeprefix(codecs.BOM_UTF8).strip()


def _parsed(raw: bytes, opening: bytes, how: Reading) -> Any:
    """The value of ``raw``; None where it is no JSON, or none that begins with one of ``opening``."""
    raw = _bare(raw)
    if raw[:1] not in opening or raw[:1] + raw[-1:] not in (b"{}", b"[]"):
        return None
    try:
        return parsed(raw, how.encoding, how.fields.text)
    except (ValueError, InputError):
        return None


def _is_record(value: Any, how: Reading) -> bool:
    return isinstance(value, dict) and how.fields.text in value


def _members(value: Any, size: int, shown: str, how: Reading) -> Iterator[Entry]:
    members = value if isinstance(value, list) else [value]
    if not members:
        raise InputError("is an array of nothing; give records with a text each")
    each = size // len(members) or 1
    for number, member in enumerate(members, 1):
        yield Entry(each, partial(source_of_value, member, shown, number, how.fields, each))
