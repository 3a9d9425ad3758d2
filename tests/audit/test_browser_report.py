"""The page of an audit's figures in a browser: what is hostile stays text, and axe finds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from pipeline.audit.report import report
from pipeline.audit.report_page import report_page
from tests.audit.deciding import ITEMS, decide
from tests.audit.test_browser_limits import violations
from tests.audit.test_report import REVIEWS, run

HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">\u202e"


@pytest.fixture
def address(tmp_path: Path) -> str:
    item = replace(ITEMS["m1"], rule=f"entity.{HOSTILE}", text=HOSTILE)
    reviews = [*REVIEWS, decide(item, "reject", HOSTILE), decide(item, "accept", "Chen")]
    path = tmp_path / "figures.html"
    path.write_bytes(report_page(report(reviews, other=[run()])))
    return path.as_uri()


def test_hostile_names_are_text(window: Any, address: str) -> None:
    window.goto(address)
    assert window.title() == "Audit"
    assert window.locator("script, img").count() == 0
    assert window.get_by_text("document.title='taken'").count() > 2
    assert window.locator("svg[role=img]").count() >= 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_figures(window: Any, address: str, scheme: str) -> None:
    window.emulate_media(color_scheme=scheme)
    window.goto(address)
    assert violations(window) == []


def test_on_a_phone_nothing_but_plots_and_tables_is_wider_than_the_page(window: Any, address: str) -> None:
    window.set_viewport_size({"width": 390, "height": 800})
    window.goto(address)
    assert window.evaluate("document.documentElement.scrollWidth") <= 390
