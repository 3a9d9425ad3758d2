"""A browser for tests of pages: the system's chromium, driven by Playwright; skipped where one is missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit.explained import Making
from pipeline.audit.site import DOCUMENTS, write_site
from pipeline.core.options import Options
from pipeline.intake.source import Source
from tests.audit.archives import an_archive

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small archive."""
    return an_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright here: uv sync --group browser")
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip("no chromium here: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Any) -> Iterator[Any]:
    """A page of a browser that has no memory; what it complains of fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not complaints


Site = Callable[..., str]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Writes the review of texts and gives the address of the first one's page, or of the index."""

    def write(*texts: str, index: bool = False, published: str = "2024-10-24", rules: Path | None = None) -> str:
        making = Making(Options(published, rules))
        sources = [Source(f"d{n}", f"d{n}.txt", text, "0" * 64) for n, text in enumerate(texts, 1)]
        folder = tmp_path / "review"
        write_site(folder, map(making.of_source, sources), making.references, force=True)
        chosen = folder / "index.html" if index else sorted((folder / DOCUMENTS).iterdir())[0]
        return chosen.as_uri()

    return write
