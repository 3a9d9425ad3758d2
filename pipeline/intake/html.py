"""Web pages: the main text and what the page says of itself, by trafilatura (the extra ``html``)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.core.errors import InputError, install
from pipeline.core.model import Issue
from pipeline.intake.decode import Decoded, clean_text, codec, decode
from pipeline.rulebook import Rulebook

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SUFFIXES = (".html", ".htm", ".xhtml")
INSTALL = f"is a web page, which needs the extra html: {install('html')}"
NOTHING = "is a web page without text that could be an article; give a page of one article, or its text as .txt"
LARGEST = 20_000_000
"""Characters of markup that are looked at; a page of news has some hundred thousand at most."""
FAST = 500_000
"""With more markup than this the second way of trafilatura, which reads a page again and again, is left out."""
HEAD = 4096
"""Bytes at the start of a page in which its charset is looked for."""
NEAR = 120
"""A line longer than this (in characters) is text, and says nothing of the page."""
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
NUMBERS = re.compile(r"\d+")
RULED = re.compile(r"[|\- ]+")
"""What trafilatura draws below the head of a table."""
HIDDEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "select", "textarea"})
INLINE = frozenset({"a", "span", "b", "strong", "i", "em", "u", "font", "small", "sub", "sup", "time", "mark", "label"})
# No date is later than these, whatever the clock of the machine says.
DATES = {"extensive_search": False, "original_date": True, "min_date": "1980-01-01", "max_date": "2199-12-31"}


@dataclass(frozen=True, slots=True)
class WebPage:
    """The extracted text, the metadata (title, author, source, site) and the ISO date of publication, where told."""

    decoded: Decoded
    meta: dict[str, str]
    published: str | None


def is_html(name: str) -> bool:
    """Whether a file of this name is read as a web page."""
    return name.lower().endswith(SUFFIXES)


def read_html(data: bytes, encoding: str | None, rules: Rulebook) -> WebPage:
    """The main text of a page's bytes: its title on the first line, then a paragraph a line.

    The encoding is ``encoding``, else that of the page's head, else found out. How much was dropped is an issue. Raises
    `InputError` without the extra, and where there is no text or too much markup.
    """
    decoded = decode(data, encoding or _charset(data))
    if len(decoded.text) > LARGEST:
        raise InputError(f"has over {LARGEST // 1_000_000} million characters of markup; give the text itself as .txt")
    markup = DECLARATION.sub("", decoded.text)
    found, tree = _extracted(markup), _tree(markup)
    lines = list(_lines(tree)) if tree is not None else []
    body = [line for line in _main_text(found, markup).splitlines() if line.strip() and not RULED.fullmatch(line)]
    if not body:
        raise InputError(NOTHING)
    title = " ".join(str(getattr(found, "title", None) or "").split())
    if title and "".join(title.split()) != "".join(body[0].split()):
        body.insert(0, title)
    text = clean_text("\n".join(body))
    told = _told(lines, rules)
    meta = {
        "title": title,
        "author": str(getattr(found, "author", None) or "") or told.get("author", ""),
        "source": told.get("source", ""),
        "site": str(getattr(found, "sitename", None) or ""),
    }
    dropped = _dropped(lines, text.text)
    return WebPage(
        Decoded(text.text, decoded.encoding, decoded.replaced, (*decoded.issues, *dropped)),
        {k: v for k, v in meta.items() if v},
        _published(getattr(found, "date", None), told.get("date")),
    )


def _charset(data: bytes) -> str | None:
    """The encoding that the page's head names, where there is such a one."""
    m = CHARSET.search(data, 0, HEAD)
    try:
        return codec(m[1].decode("ascii")) if m else None
    except InputError:
        return None


def _extracted(markup: str) -> Any:
    """What trafilatura finds; None where it finds nothing."""
    try:
        import trafilatura
    except ImportError:
        raise InputError(INSTALL) from None
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())  # they would warn on standard error of what we tell ourselves
    try:
        return trafilatura.bare_extraction(
            markup,
            fast=len(markup) > FAST,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params=dict(DATES),
        )
    except (ValueError, RecursionError) as e:
        raise InputError(
            f"is a web page that cannot be read ({e or type(e).__name__}); give its text as .txt"
        ) from None


def _main_text(found: Any, markup: str) -> str:
    """The text that was found; of a page too short for that, all of its paragraphs."""
    if found is not None and found.text:
        return str(found.text)
    from trafilatura import baseline

    return str(baseline(markup)[1])


def _tree(markup: str) -> HtmlElement | None:
    from trafilatura import load_html

    return load_html(markup)


def _lines(tree: HtmlElement) -> Iterator[str]:
    """The visible text, a line a block, as a browser would part it."""
    from lxml.etree import iterwalk

    parts: list[str] = []
    hidden = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "!"
        unseen = tag in HIDDEN or tag == "!"
        if tag not in INLINE and parts:
            yield from _line(parts)
        if event == "start":
            hidden += unseen
            if not hidden and element.text:
                parts.append(element.text)
        else:
            hidden -= unseen
            if not hidden and element.tail:
                parts.append(element.tail)
    yield from _line(parts)


def _line(parts: list[str]) -> Iterator[str]:
    line = " ".join("".join(parts).split())
    parts.clear()
    if line:
        yield line


def _told(lines: list[str], rules: Rulebook) -> dict[str, str]:
    """What short lines of the page name of source, author and date; the first that does is taken."""
    told: dict[str, str] = {}
    for pattern in rules.patterns("html"):
        name = pattern.id.rpartition(".")[2]
        for line in lines:
            m = pattern.regex.search(line) if len(line) <= NEAR else None
            if m is not None:
                told[name] = m["value"].strip()
                break
    return told


def _published(metadata: str | None, told: str | None) -> str | None:
    """The date of the page's head, with the clock of its own line where that has the same day; else that line's."""
    line = _iso(told) if told else None
    if metadata and not (line or "").startswith(metadata):
        return metadata
    return line


def _iso(text: str) -> str | None:
    """``2021年3月4日 10:12`` as an ISO date or date-time; None where there is no such day."""
    numbers = [int(n) for n in NUMBERS.findall(text)]
    try:
        when = datetime(*numbers)  # type: ignore[arg-type]
    except (ValueError, TypeError):
        return None
    return when.isoformat() if len(numbers) > 3 else when.date().isoformat()


def _dropped(lines: list[str], kept: str) -> tuple[Issue, ...]:
    """What of the visible text is not in the extracted text: menus, links to other pages, footers."""
    whole = "".join(kept.split())
    gone = [line for line in lines if "".join(line.split()) not in whole]
    if not gone:
        return ()
    size, all_of_it = sum(map(len, gone)), sum(map(len, lines))
    message = f"{size} of {all_of_it} visible characters of the web page are no part of its main text and were dropped"
    return (Issue("html.dropped", message),)
