"""What tests share: golden files, and the switch that rewrites them."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A machine that has other work too breaks no promise of the program.
settings.register_profile("zhfacts", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zhfacts")
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what the program gives to tests/golden")


def pytest_configure(config: pytest.Config) -> None:
    """Where Python is told to leave no compiled modules beside sources, programs that tests start keep theirs in
    the cache of pytest: to compile them again is half of what a start takes."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None) and config.cache is not None:
        with suppress(OSError):
            os.environ.setdefault("PYTHONPYCACHEPREFIX", str(config.cache.mkdir("bytecode")))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file of a name; with --update-golden it writes the file instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), f"{path} is missing: run pytest --update-golden and read the difference"
        assert text == path.read_text("utf-8")

    return compare
