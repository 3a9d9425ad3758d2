"""A ZIP of one or several files for each document, for tools that take folders: same bytes for the same documents."""

from __future__ import annotations

import hashlib
import re
from typing import BinaryIO

STEM = 60
"""The most characters of an id that a name keeps."""
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


class Zipped:
    """Files written one after another into a ZIP that goes down a pipe too; the stream below stays open."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        from zipfile import ZipFile

        self._zip = ZipFile(out, "w")
        self._taken: set[str] = set()

    def name(self, doc: str) -> str:
        """A file's name without suffix for a document's id: ASCII letters, digits, ``_`` and ``-``, each given once.

        An id of other signs, or one that stands twice, is told apart by digits of its digest, or by a number.
        """
        stem = _UNSAFE.sub("_", doc).strip("_-")[:STEM]
        name = stem if stem == doc else f"{stem}-{hashlib.sha256(doc.encode()).hexdigest()[:8]}".lstrip("-")
        chosen, count = name, 1
        while chosen.lower() in self._taken:
            count += 1
            chosen = f"{name}-{count}"
        self._taken.add(chosen.lower())  # file systems that know no case would write over it
        return chosen

    def add(self, name: str, content: str) -> None:
        """Write a file of text in UTF-8, line breaks as they are; its date is that of the format's beginning."""
        from zipfile import ZIP_DEFLATED, ZipInfo

        entry = ZipInfo(name)
        entry.external_attr = 0o644 << 16
        entry.compress_type = ZIP_DEFLATED
        self._zip.writestr(entry, content.encode("utf-8"))

    def close(self) -> None:
        """Write the table of contents."""
        self._zip.close()
