"""What makes a job what it is: rules, options, code, libraries and sources; and what is other in two of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from pipeline.chain.assemble import producer_version
from pipeline.chain.stages import rulebook
from pipeline.core.options import Options
from pipeline.core.records import SCHEMA
from pipeline.intake.entry import Reading
from pipeline.intake.sources import Found

LIBRARIES = ("ahocorasick_rs", "jieba", "lunar-python", "numpy", "opencc", "pyarrow", "regex", "rjieba")
"""The libraries whose version may change what is written."""
COMPILED = (".pyc", ".pyo")
RULES = "rules"
"""The folder that an installed program has its rules in; the key has their digest anyway."""
DIGEST = "sha256:"
SOURCES = "sources"
"""What the sources' digest stands under."""
FEW = 3
"""How many files that are other are named."""
Key = Mapping[str, str | Mapping[str, str | None]]
"""What makes a job what it is, by name; options and libraries by their own names below it."""


def job_key(files: Iterable[Found], how: Reading, options: Options, shard_bytes: int) -> Key:
    """The key of a job: two runs with the same one write the same bytes. Raises `RuleError`."""
    return {
        "schema": SCHEMA,
        "version": producer_version(),
        "code": _digest(_code()),
        "rules": rulebook(options.rules).digest,
        "options": _options(how, options, shard_bytes),
        "model": _digest([_model(options.entities)]),
        "libraries": {name: version(name) for name in LIBRARIES},
        SOURCES: _digest(_marks(files)),
    }


def changed(before: Key, now: Key) -> Mapping[str, str]:
    """What is other in two jobs, by its name: what it was and is, ``""`` where digests cannot tell."""
    was, is_ = _flat(before), _flat(now)
    names = (name for name in {**was, **is_} if was.get(name) != is_.get(name))
    return {name: _said(was.get(name), is_.get(name)) for name in names}


def _said(was: str | None, now: str | None) -> str:
    values = [value or "none" for value in (was, now)]
    return "" if any(value.startswith(DIGEST) for value in values) else f"{values[0]} before, {values[1]} now"


def changed_files(before: Mapping[str, int], now: Mapping[str, int]) -> str:
    """Which of the sources are other, that were and are of such sizes; the first few of them by name."""
    told = [f"{name} is gone" for name in before if name not in now]
    told += [f"{name} has another size" for name in before if now.get(name, before[name]) != before[name]]
    told += [f"{name} is new" for name in now if name not in before]
    more = [f"and {len(told) - FEW} more"] if len(told) > FEW else []
    return ", ".join(told[:FEW] + more) or "of the same names and sizes, but written anew"


def _flat(key: Key) -> dict[str, str | None]:
    """Options and libraries beside the rest."""
    out: dict[str, str | None] = {}
    for name, value in key.items():
        out |= {name: value} if isinstance(value, str) else value
    return out


def _options(how: Reading, options: Options, shard_bytes: int) -> Mapping[str, str | None]:
    """By the names of the command line. A rules folder counts by what is in it, which the key's own digest says."""
    return {
        **{name: value for name, value in asdict(options).items() if name != "rules"},
        "encoding": how.encoding,
        "text-field": how.fields.text,
        "id-field": how.fields.id,
        "date-field": how.fields.published,
        "shard-size": f"{shard_bytes / 1024:g}",
    }


def _digest(parts: Iterable[bytes]) -> str:
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part + b"\0")
    return f"{DIGEST}{sha.hexdigest()}"


def _code() -> Iterator[bytes]:
    """What the program is made of: modules, and the weights of what finds names."""
    root = Path(__file__).resolve().parents[1]
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in COMPILED and RULES not in path.relative_to(root).parts:
            yield path.relative_to(root).as_posix().encode()
            yield path.read_bytes()


def _model(entities: str) -> bytes:
    """What finds names where it is the user's own: a file or folder of that name."""
    path = Path(entities)
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path] if path.is_file() else []
    return _digest(p.read_bytes() for p in files).encode()


def _marks(files: Iterable[Found]) -> Iterator[bytes]:
    for file in files:
        size, written = file.about()
        yield f"{file.shown} {size} {written}".encode()
