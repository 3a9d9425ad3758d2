"""The settings file: where it is looked for, how it is read, where each key stands.

``--config FILE``, else the variable ZHFACTS_CONFIG, else ``zhfacts.toml`` in the working folder, else
``[tool.zhfacts]`` of the ``pyproject.toml`` there; one of them only, and no folder above. Keys are the options' names;
those of one command stand in a table of its own:

    rules = "rules"                  # relative to the file
    published = 2024-05-31
    [commands.extract]
    format = "jsonl"
    [commands."rules test"]
    verbose = 1
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core.errors import UsageError

OWN, SHARED = "zhfacts.toml", "pyproject.toml"
TABLE = re.compile(r"^\s*\[+(?P<name>[^\[\]#]+)\]+")
KEY = re.compile(r"""^\s*(["']?)(?P<name>[^"'=]+?)\1\s*=""")


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file as read: ``general`` holds for all commands, ``commands`` for the one named."""

    path: Path
    text: str
    inside: str
    """The table that holds the settings: ``tool.zhfacts.`` in a pyproject.toml."""
    general: Mapping[str, Any]
    commands: Mapping[str, Mapping[str, Any]]

    def place(self, key: str, command: str | None = None) -> str:
        """File and line of a key (of ``command``'s table), or of the table of the command ``key``; the file alone where
        it is written in another way than a key a line."""
        table = f"{self.inside}commands.{command}" if command else self.inside.rstrip(".")
        here = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            if m := TABLE.match(line):
                here = re.sub(r"[\"'\s]*\.[\"'\s]*", ".", m["name"]).strip("\"' ")
                if here == f"{self.inside}commands.{key}":
                    return f"{self.path}:{number}"
            elif here == table and (m := KEY.match(line)) and m["name"] == key:
                return f"{self.path}:{number}"
        return f"{self.path}"


def find_file(named: Path | None) -> SettingsFile | None:
    """The settings file: the one ``named``, else the working folder's, None where it has none. Raises `UsageError` on
    one that cannot be read, is no TOML or is not laid out as it should be."""
    if named is not None:
        return _read(named, None) if named.name != SHARED else _read(named, "tool.zhfacts.")
    if Path(OWN).is_file():
        return _read(Path(OWN), None)
    shared = Path(SHARED)
    return _read(shared, "tool.zhfacts.", optional=True) if shared.is_file() else None


def _read(path: Path, inside: str | None, optional: bool = False) -> SettingsFile | None:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except OSError as e:
        raise UsageError(f"{path}: cannot be read: {e.strerror}; name a file that is there with --config") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as e:
        m = re.search(r"\(at line (\d+), column \d+\)", str(e))
        raise UsageError(f"{path}{':' + m[1] if m else ''}: is no TOML: {e}; correct the line") from None
    if inside:
        tools = data.get("tool", {})
        if "zhfacts" not in tools:
            if optional:
                return None
            raise UsageError(f"{path}: has no [tool.zhfacts]; write the options below such a line")
        data = tools["zhfacts"]
    return _parted(path, text, inside or "", data)


def _parted(path: Path, text: str, inside: str, data: Mapping[str, Any]) -> SettingsFile:
    commands = data.get("commands", {})
    if not isinstance(commands, dict) or not all(isinstance(v, dict) for v in commands.values()):
        raise UsageError(f"{path}: commands holds tables only; write [{inside}commands.extract] or the like")
    return SettingsFile(path, text, inside, {k: v for k, v in data.items() if k != "commands"}, commands)
