"""The rules of the house that no linter knows: words of Chinese live in rules/, functions and modules stay short."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "pipeline").rglob("*.py"))
HAN = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3105-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
PLACES = re.compile(r"shared/|\.\./shared|/work/|/home/|/tmp/|/root/|/Users/|C:\\")
Defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def docstrings(module: ast.Module) -> set[int]:
    """The ids of the nodes that are docstrings, of attributes too (a string that is a statement)."""
    return {id(n.value) for n in ast.walk(module) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}


def public(node: ast.AST) -> Iterator[Defined]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Defined) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public(child)


@pytest.fixture(params=MODULES, ids=[str(p.relative_to(ROOT)) for p in MODULES])
def module(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_words_of_chinese_live_in_rules(module: Path) -> None:
    parsed = tree(module)
    free = docstrings(parsed)
    found = [
        f"{module.name}:{n.lineno}: {n.value!r}"
        for n in ast.walk(parsed)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in free and HAN.search(n.value)
    ]
    assert not found, "move these into rules/"


def test_modules_and_functions_are_short(module: Path) -> None:
    lines = len(module.read_text("utf-8").splitlines())
    long = [
        f"{n.name}: {n.end_lineno - n.lineno + 1} lines"
        for n in ast.walk(tree(module))
        if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) and (n.end_lineno or 0) - n.lineno + 1 >= 60
    ]
    assert lines < 300
    assert not long


def test_every_public_name_says_what_it_is(module: Path) -> None:
    parsed = tree(module)
    bare = [f"{module.name}:{n.lineno} {n.name}" for n in public(parsed) if not ast.get_docstring(n)]
    if ast.get_docstring(parsed) is None and parsed.body:
        bare.append(f"{module.name}: the module itself")
    assert not bare


def test_nothing_is_printed_outside_the_commands(module: Path) -> None:
    prints = [
        n.lineno
        for n in ast.walk(tree(module))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "print"
    ]
    assert "commands" in module.parts or not prints


def texts() -> list[Path]:
    kinds = {".py", ".tsv", ".toml", ".md", ".txt", ".jsonl", ".json", ".yaml", ""}
    here = Path(__file__).resolve()
    roots = [ROOT / d for d in ("pipeline", "rules", "tests", "samples", ".ci")]
    files = [
        p for r in roots for p in r.rglob("*") if p.is_file() and p.suffix in kinds and "__pycache__" not in p.parts
    ]
    return [p for p in [*files, *ROOT.glob("*.md"), *ROOT.glob("*.py"), *ROOT.glob("*.toml")] if p.resolve() != here]


def test_no_place_of_any_machine_is_named() -> None:
    named = []
    for path in texts():
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if PLACES.search(line):
                named.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not named


def test_no_two_test_files_have_one_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names)), "pytest collects a module by its name; the second one is refused"
