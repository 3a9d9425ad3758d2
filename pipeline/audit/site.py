"""A folder of review pages: one file a document and an index, to be opened without a server."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from pipeline.audit.html import page
from pipeline.audit.index_data import DocumentRow, Totals, document_row
from pipeline.audit.page_data import PageData
from pipeline.core.errors import OutputError
from pipeline.core.explanations import RuleRef

INDEX, DOCUMENTS = "index.html", "documents"
STEM = 48
"""How many characters of a document's id its file is named by."""
UNFIT = re.compile(r"[^\w.-]+")


def write_site(folder: Path, pages: Iterable[PageData], rules: Mapping[str, RuleRef], force: bool) -> int:
    """Write the pages and their index into ``folder``, which appears whole or not at all; how many pages.

    Pages are written as they come. Raises `OutputError` where the folder holds something and ``force`` is not set, or
    where it holds no review, or cannot be written.
    """
    _refuse(folder, force)
    with _appearing(folder) as place:
        (place / DOCUMENTS).mkdir()
        totals, rows = Totals(), []
        for number, (data, links) in enumerate(_linked(pages), 1):
            name = file_name(number, data.doc.id)
            (place / DOCUMENTS / name).write_bytes(document_page(data, links))
            totals.add(data)
            rows.append(document_row(number, data, f"{DOCUMENTS}/{quote(name)}"))
        if rows:
            (place / INDEX).write_bytes(index_page(rows, totals, rules))
        return len(rows)


def document_page(data: PageData, links: Mapping[str, str | None], server: Mapping[str, Any] | None = None) -> bytes:
    """The page of a document; ``links`` by the ids of their elements, ``server`` what it needs to talk to one."""
    told = {**msgspec.structs.asdict(data), "links": links}
    if server is not None:
        told["server"] = server
    return page("page", data.doc.title or data.doc.id, told, connect=server is not None)


def index_page(rows: list[DocumentRow], totals: Totals, rules: Mapping[str, RuleRef]) -> bytes:
    """The index of pages that lie in one folder with it."""
    return page("index", "Review", {"rows": rows, "totals": totals_told(totals, rules)})


def totals_told(totals: Totals, rules: Mapping[str, RuleRef]) -> Mapping[str, Any]:
    """The counts over all documents, as the index reads them."""
    return {
        "facts": dict(totals.facts.most_common()),
        "rules": totals.rule_rows(rules),
        "confidence": totals.confidence,
        "checks": totals.checks,
        "failed": totals.failed,
    }


def file_name(number: int, ident: str) -> str:
    """The name of a page's file: its number, which makes it unique, and what it can show of the document's id."""
    return f"{number:05}-{UNFIT.sub('_', ident)[:STEM].strip('._') or 'document'}.html"


def _linked(pages: Iterable[PageData]) -> Iterator[tuple[PageData, dict[str, str]]]:
    """Each page with where the index, the one before and the next one are."""
    names: list[str] = [""]
    held: PageData | None = None
    for data in chain(pages, (None,)):
        names.append(quote(file_name(len(names), data.doc.id)) if data else "")
        if held is not None:
            yield held, {"doc-index": f"../{INDEX}", "doc-before": names[-3], "doc-next": names[-1]}
        held = data


def _refuse(folder: Path, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; name a folder with -o")
    held = [p.name for p in folder.iterdir()] if folder.is_dir() else []
    if held and not set(held) <= {INDEX, DOCUMENTS}:
        raise OutputError(f"{folder} holds something else than a review; choose another folder")
    if held and not force:
        raise OutputError(f"{folder} holds a review; write over it with --force")


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """A folder beside ``folder`` that takes its place at the end, where anything was written."""
    try:
        place = Path(tempfile.mkdtemp(prefix=f".{folder.name[:100]}.", suffix=".part", dir=folder.absolute().parent))
    except OSError as e:
        mend = "make its folder first" if isinstance(e, FileNotFoundError) else "check the place and its rights"
        raise OutputError(f"{folder} cannot be written: {e.strerror}; {mend}") from e
    try:
        yield place
        if (place / INDEX).exists():
            place.chmod(0o755)
            if folder.exists():
                shutil.rmtree(folder)
            place.rename(folder)
    except OSError as e:
        raise OutputError(f"{folder} cannot be written: {e.strerror}; check the place and its rights") from e
    finally:
        shutil.rmtree(place, ignore_errors=True)
