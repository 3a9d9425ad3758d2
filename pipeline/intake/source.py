"""One document to be worked, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.core.model import Issue
from pipeline.intake.decode import REPLACEMENT, SURROGATE


@dataclass(frozen=True, slots=True)
class Source:
    """One document to be worked.

    ``id``: the path relative to the given root without its suffix, ``archive!member``, the record's own id, or ``-``;
    ``source``: the same with suffix; ``sha256``: of the file's bytes, or of the text's UTF-8 for a record;
    ``encoding``: as declared; ``size``: how many bytes it was read from; ``page``: whether it is a web page, whatever
    its name says; ``place``: where a record stands, as ``feed:3``; ``issues``: what the user should know of it.
    """

    id: str
    source: str
    data: bytes | str
    sha256: str
    published: str | None = None
    encoding: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    size: int = 0
    page: bool = False
    place: str = ""
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gives no document, and why; ``str()`` is the line for the user.

    ``fault``: whether the program broke on it, so that another version may do better.
    """

    source: str
    message: str
    fault: bool = False

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


def unreadable(shown: str, e: Exception) -> Failure:
    """The `Failure` of a file that the system does not give."""
    return Failure(shown, f"cannot be read ({getattr(e, 'strerror', None) or e}); check the file and its rights")


def shown_name(name: str) -> str:
    """A file's name as text: what is no UTF-8 in it (lone surrogates in Python) is U+FFFD."""
    return SURROGATE.sub(REPLACEMENT, name)
