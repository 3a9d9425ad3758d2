"""The wheel is all that is needed: built, unpacked elsewhere, it extracts with the rules that it carries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOOR = "import pipeline, sys; print(pipeline.__file__, file=sys.stderr); from pipeline.commands import main; main()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_installs_one_name_with_the_rules_inside(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {n.split("/")[0] for n in names if ".dist-info/" not in n} == {"pipeline"}
    inside = {n.removeprefix("pipeline/rules/") for n in names if n.startswith("pipeline/rules/")}
    assert {p.name for p in (ROOT / "rules").glob("*.t*")} <= inside
    assert not [n for n in inside if n.endswith(".py")]
    assert {f"pipeline/audit/assets/{p.name}" for p in (ROOT / "pipeline/audit/assets").iterdir()} <= set(names)


def test_the_wheel_extracts_in_another_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(home)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "note.txt").write_text("全市新建公园12个，总面积3.6万平方米。\n", "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", DOOR, "extract", "note.txt"],
        cwd=elsewhere, env={**os.environ, "PYTHONPATH": str(home)}, capture_output=True, check=True,
    )  # fmt: skip
    assert str(home) in run.stderr.decode()
    document = json.loads(run.stdout)
    assert [m["norm"]["value"] for m in document["mentions"] if m["type"] == "quantity"] == ["12", "36000"]
