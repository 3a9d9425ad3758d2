"""What a start costs, counted in what no machine changes: what is imported, and how many patterns are compiled.

Most runs are of one article, and each of them pays it all; times are measured in tests/bench.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
COUNTED = """
import sys

def count(frame, event, arg):
    if event == "c_call" and arg.__name__ == "compile" and arg.__module__ in ("_sre", "_regex"):
        compiled.append(arg)

compiled = []
sys.setprofile(count)
sys.argv = ["zhfacts", *sys.argv[1:]]
try:
    from pipeline.commands import main
    main()
finally:
    sys.setprofile(None)
    print(len(compiled), *sys.modules, file=sys.stderr)
"""
SPARED = {
    *("spacy", "thinc", "jieba", "ray", "pandas", "pyarrow", "duckdb", "sqlite3", "fsspec", "lxml", "selectolax"),
    *("rich", "asyncio", "multiprocessing", "http", "ssl", "concurrent"),
    *("pipeline.output.duck", "pipeline.output.sqlite", "pipeline.output.tables", "pipeline.audit", "pipeline.batch"),
    *("pipeline.training", "pipeline.chain.components", "pipeline.commands.table"),
}
"""What an article on its way to JSON lines does without."""


def started(*words: str, text: str = "") -> tuple[int, set[str]]:
    """How many patterns a run of the program compiles, and the modules that it imports."""
    command = [sys.executable, "-c", COUNTED, *words]
    run = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    count, *modules = run.stderr.decode().split()
    return int(count), set(modules)


@pytest.mark.parametrize(
    ("words", "text", "most"),
    [
        (("--help",), "", 30),
        (("extract", "-"), "大桥长5公里。", 150),
        (("extract", str(SAMPLES / "economy.txt")), "", 260),
    ],
)
def test_no_more_is_compiled_than_before(words: tuple[str, ...], text: str, most: int) -> None:
    count, modules = started(*words, text=text)
    assert most / 2 < count <= most
    assert not SPARED & modules


def test_help_loads_no_chain() -> None:
    _, modules = started("--help")
    assert not {"numpy", "regex", "pipeline.chain", "pipeline.rulebook", "rjieba"} & modules
