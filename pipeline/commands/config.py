"""The work of `config show`: each option's value where the command line says nothing, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.commands.listing import put_rows
from pipeline.commands.program import Program
from pipeline.commands.settings import Setting, settle
from pipeline.commands.streams import tell


def show(program: Program, file: Path | None) -> None:
    """Print option, value, origin and commands, one row for all commands that agree; tell which file was read."""
    settings, source = settle(program, file)
    put_rows(("option", "value", "from", "commands"), _rows(settings))
    tell(f"{source.path} was read" if source else "there is no settings file; see --config in `zhfacts extract -h`")


def _rows(settings: list[Setting]) -> Iterator[tuple[str, str, str, str]]:
    for name in dict.fromkeys(s.option.name for s in settings):
        of_name = [s for s in settings if s.option.name == name]
        told = [(_shown(s.value), s.origin) for s in of_name]
        for value, origin in dict.fromkeys(told):
            agreeing = [s.option.command for s, t in zip(of_name, told, strict=True) if t == (value, origin)]
            commands = "all" if len(of_name) == len(agreeing) else ", ".join(agreeing)
            yield name, value, origin, commands


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return " ".join(str(v) for v in value)
    return "" if value is None else str(value)
