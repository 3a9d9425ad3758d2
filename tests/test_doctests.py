"""What the package says of itself to users of the library runs as it stands."""

from __future__ import annotations

import doctest
import tempfile
from pathlib import Path

import pytest

import pipeline

ROOT = Path(__file__).resolve().parents[1]


def test_the_tour_of_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    result = doctest.testmod(pipeline)
    assert result.attempted > 30
    assert result.failed == 0


def test_every_name_that_is_offered_is_there() -> None:
    for name in pipeline.__all__:
        assert getattr(pipeline, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        pipeline.nothing  # noqa: B018
