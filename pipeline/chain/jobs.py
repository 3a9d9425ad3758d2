"""Input to jobs: text, bytes or a source becomes decoded text with what is known of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from pipeline.core.errors import InputError
from pipeline.core.model import Reference
from pipeline.core.slices import Record
from pipeline.intake.decode import Decoded, clean_text, decode
from pipeline.intake.html import is_html, read_html
from pipeline.intake.published import parse_published
from pipeline.intake.source import Failure, Source, shown_name
from pipeline.rulebook import Rulebook


class Job(Record, frozen=True):
    """One decoded document: its text, identity, reference date as stated (not from its text), and issues so far."""

    decoded: Decoded
    id: str
    source: str
    sha256: str
    reference: Reference | None
    meta: Mapping[str, Any]
    extracted: bool = False
    """Whether the text was taken out of a web page; the output holds it then, since no file does."""


def job_of_text(source: str | bytes, published: str | None, ident: str, encoding: str | None) -> Job:
    """A job of a text or of bytes. Raises `InputError` where it is empty or binary, `UsageError` for a wrong date."""
    if isinstance(source, bytes):
        decoded, sha = decode(source, encoding), hashlib.sha256(source).hexdigest()
    else:
        decoded = clean_text(source)
        sha = hashlib.sha256(decoded.text.encode()).hexdigest()
    named = shown_name(ident)
    return Job(decoded, named, named, sha, _option(published), {})


def job_of_source(source: Source, published: str | None, rules: Rulebook) -> Job | Failure:
    """A job of a source, or why it cannot be read. The option ``published`` goes before the field."""
    try:
        if isinstance(source.data, bytes) and (source.page or is_html(source.source)):
            return _job_of_page(source, source.data, published, rules)
        decoded = clean_text(source.data) if isinstance(source.data, str) else decode(source.data, source.encoding)
        field = parse_published(source.published, "field") if source.published else None
        decoded = _with_issues(source, decoded)
        return Job(decoded, source.id, source.source, source.sha256, _option(published) or field, source.meta)
    except InputError as e:
        return Failure(source.source, str(e))


def _job_of_page(source: Source, data: bytes, published: str | None, rules: Rulebook) -> Job:
    page = read_html(data, source.encoding, rules)
    told = page.published or source.published
    field = parse_published(told, "field") if told else None
    meta = {**source.meta, **page.meta}
    decoded = _with_issues(source, page.decoded)
    return Job(decoded, source.id, source.source, source.sha256, _option(published) or field, meta, True)


def _with_issues(source: Source, decoded: Decoded) -> Decoded:
    """``decoded``, with what was to be told of its source before."""
    return replace(decoded, issues=(*source.issues, *decoded.issues)) if source.issues else decoded


def _option(published: str | None) -> Reference | None:
    return parse_published(published, "option") if published else None
