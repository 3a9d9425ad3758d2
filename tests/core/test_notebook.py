"""What a notebook shows of a document: its text, marked and escaped, and its facts."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from pipeline.chain import extract
from pipeline.core import notebook
from tests.records import SOURCE, document

VOID = {"br"}


class Page(HTMLParser):
    """Reads HTML strictly: what is opened is closed, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self.cells: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tag, attrs = self.open[-1]
        if any(a.get("class") == "zhfacts-text" for _, a in self.open):
            self.text += data
        if tag == "mark":
            self.marked.append((data, attrs["title"] or ""))
        if any(t == "td" for t, _ in self.open):
            self.cells[-1] += data


TEXT = '临江铁路<script>alert("1")</script>全长68公里，\n总投资约85亿元 & 去年底开工。'


def test_the_text_is_there_as_it_is_with_its_mentions_marked() -> None:
    made = extract(TEXT, "2024-05-31", with_text=True)
    page = Page(made._repr_html_())
    assert page.text == TEXT
    assert "script" not in page.tags
    told = dict(page.marked)
    assert "quantity: kind measure, value 68, unit km, si value 68000, si unit m" in told["68公里"]
    assert "value 8500000000, unit CNY, modifier approx" in told["约85亿元"]
    assert "time: kind date, value 2023-12-31" in told["去年底"]


def test_facts_are_rows() -> None:
    page = Page(document()._repr_html_())
    assert page.text == SOURCE
    rows = [page.cells[i : i + 6] for i in range(0, len(page.cells), 6)]
    assert [row[1] for row in rows] == ["role", "quantity", "quantity", "quote", "event", "rank"]
    assert rows[0][2:4] == ["person: 贺岩title: 董事长org: 远澜新材", "former True"]
    assert "change direction increase, change role to, change basis yoy" in rows[2][3]
    assert rows[2][4] == "planned denied"


def test_without_its_text_it_says_so() -> None:
    html = document(with_text=False)._repr_html_()
    assert "with_text=True" in html
    assert Page(html).text == ""


def test_names_are_escaped_too() -> None:
    html = document(source='<img src=x onerror="y">.txt')._repr_html_()
    assert "<img" not in html


def test_a_notebook_is_not_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "CHARS", 10)
    monkeypatch.setattr(notebook, "FACTS", 2)
    page = Page(html := document()._repr_html_())
    assert page.text == SOURCE[:10]
    assert f"{len(SOURCE) - 10:,} characters more" in html and "4 facts more" in html
    assert len(page.cells) == 12
