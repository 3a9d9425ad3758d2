"""The samples give what the golden files say: `pytest --update-golden` rewrites them, the difference is to be read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline import extract_sources
from pipeline.core.records import Document
from pipeline.intake.sources import Found, find, read

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = {
    "accident.txt": "2024-11-03",
    "earthquake.gb18030.txt": "2023-08-16",
    "economy.txt": "2024-10-24",
    "filing.txt": "2024-08-21",
    "health.txt": "2025-01-09",
    "sport.txt": "2024-09-16",
    "weather.big5.txt": "2024-09-06",
}
SAMPLES = sorted(p.name for p in (ROOT / "samples").iterdir() if p.name != "README.md")


def documents(name: str, **options: Any) -> list[Document]:
    if name.endswith(".html"):
        pytest.importorskip("trafilatura", reason="the extra html is not installed")
    found = list(extract_sources(read([str(ROOT / "samples" / name)]), PUBLISHED.get(name), **options))
    assert all(isinstance(d, Document) for d in found)
    return [d for d in found if isinstance(d, Document)]


def readable(document: Document) -> str:
    """A line for each record, without what changes with every release or rule."""
    data: dict[str, Any] = msgspec.to_builtins(document)
    rows = [("doc", data["doc"])]
    for part in ("articles", "furniture", "mentions", "facts", "checks", "issues"):
        rows += [(part, record) for record in data[part]]
    return "".join(f"{part} {json.dumps(record, ensure_ascii=False)}\n" for part, record in rows)


@pytest.mark.parametrize("name", SAMPLES)
def test_golden(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{name}.golden", "\n".join(readable(d) for d in documents(name)))


def pieces(record: Any) -> list[tuple[str, list[list[int]]]]:
    """Every text with its spans, at any depth."""
    if isinstance(record, dict):
        own = [(record["text"], record["spans"])] if isinstance(record.get("spans"), list) and "text" in record else []
        return own + [p for v in record.values() for p in pieces(v)]
    return [p for v in record for p in pieces(v)] if isinstance(record, list) else []


@pytest.mark.parametrize("name", SAMPLES)
def test_every_text_is_the_slices_of_its_spans(name: str) -> None:
    for document in documents(name, with_text=True):
        source = document.doc.text
        assert isinstance(source, str)
        found = pieces(json.loads(msgspec.json.encode(document)))
        assert len(found) > 10
        for text, spans in found:
            assert "".join(source[a:b] for a, b in spans) == text


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_bytes_give_the_same_line(name: str) -> None:
    first, second = ([msgspec.json.encode(d) for d in documents(name)] for _ in range(2))
    assert first == second


def test_a_folder_of_samples_gives_them_all_and_not_the_page_about_them() -> None:
    found = [file.shown for file in find([str(ROOT / "samples")]) if isinstance(file, Found)]
    assert found == SAMPLES


def test_the_page_about_the_samples_names_each() -> None:
    page = (ROOT / "samples" / "README.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `(.+?)` \|", page, re.M)) == SAMPLES
