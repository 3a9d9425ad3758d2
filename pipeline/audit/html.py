"""Pages that are complete in themselves: style, script and data in one file, and a policy that lets nothing else run.

Text, names and notes go in as data only: the script reads them as JSON and writes them as text.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

ASSETS = Path(__file__).parent / "assets"
PARTS = {
    "page": ("base", "source", "entries", "reviews", "server", "text", "filters", "list", "detail", "correct", "page"),
    "index": ("base", "source", "reviews", "charts", "index"),
}
"""The scripts of each page, in the order in which they are run as one."""
PLACE = re.compile(r"\{(policy|title|style|script|data)\}")


class Assets(NamedTuple):
    """What is the same in all pages of a kind."""

    template: str
    style: str
    script: str

    def policy(self, connect: bool) -> str:
        """The content security policy: this style and this script by their hashes, and nothing from anywhere.

        ``connect``: whether the script may talk to the server that it came from.
        """
        allowed = [
            "default-src 'none'",
            f"script-src '{_hash(self.script)}'",
            f"style-src '{_hash(self.style)}'",
            *(["connect-src 'self'"] if connect else []),
            "base-uri 'none'",
            "form-action 'none'",
        ]
        return "; ".join(allowed)


@lru_cache
def assets(kind: str) -> Assets:
    """The assets of a kind of page: ``page`` or ``index``."""
    style = "".join(_read(f"{name}.css") for name in dict.fromkeys(("page", kind)))
    return Assets(_read(f"{kind}.html"), style, "".join(_read(f"{name}.js") for name in PARTS[kind]))


def page(kind: str, title: str, data: Mapping[str, Any], connect: bool = False) -> bytes:
    """The HTML of a page; ``data`` is what its script reads, ``connect`` whether that may talk to its server."""
    own = assets(kind)
    values = {
        "policy": escape(own.policy(connect)),
        "title": escape(title),
        "style": own.style,
        "script": own.script,
        "data": script_json(data),
    }
    # In one pass, so that nothing in the data is taken for a place.
    return PLACE.sub(lambda place: values[place[1]], own.template).encode()


def script_json(data: Any) -> str:
    """JSON that can stand in a script element: no ``<``, so that neither an end tag nor a comment is in it."""
    return msgspec.json.encode(data).decode().replace("<", "\\u003c")


def _read(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
