"""Options that the user did not say on the command line: from the environment (ZHFACTS_…), else from the settings file,
else the default. One mechanism for all commands: what an option is, is read from how its command is declared."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from typer.models import OptionInfo
from typer.utils import get_params_from_function

from pipeline.commands.program import Program
from pipeline.commands.settings_file import SettingsFile, find_file
from pipeline.commands.settings_values import Kind, WrongValue, kind_of, of_text, of_toml
from pipeline.core.errors import UsageError

PREFIX = "ZHFACTS_"
CONFIG = "ZHFACTS_CONFIG"
"""The variable that names a settings file."""
NOT_KEPT = ("config", "output", "force", "at", "find", "nth", "doc", "on", "unused")
"""Options that are said each time: where a run writes, what it may write over, which place or input is asked about."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command: its name as in ``--name``, that of its parameter, what values it takes."""

    command: str
    name: str
    parameter: str
    kind: Kind
    default: Any


@dataclass(frozen=True, slots=True)
class Setting:
    """An option's value where the command line says nothing, and where it came from: ``default``, a variable, or file
    and line."""

    option: Option
    value: Any
    origin: str = "default"


def defaults(program: Program, command: str, file: Path | None) -> dict[str, Any]:
    """The values of ``command`` (``extract``, ``rules test``) that are not its own defaults, by parameter.

    ``file``: the settings file that the user named. Raises `UsageError` on one that is wrong, and on what no option
    takes, with its place and what to do.
    """
    settings, _ = settle(program, file)
    return {s.option.parameter: s.value for s in settings if s.option.command == command and s.origin != "default"}


def settle(program: Program, file: Path | None) -> tuple[list[Setting], SettingsFile | None]:
    """Every option of every command with its value and origin, and the settings file that was read, if any."""
    options = [o for o in options_of(program) if o.name not in NOT_KEPT]
    named = file or (Path(os.environ[CONFIG]) if os.environ.get(CONFIG) else None)
    source = find_file(named)
    settled = {id(o): Setting(o, o.default) for o in options}
    for setting in [*(_from_file(options, source) if source else ()), *_from_environment(options, os.environ)]:
        settled[id(setting.option)] = setting
    return list(settled.values()), source


def options_of(program: Program, above: str = "") -> Iterator[Option]:
    """The options of all commands of ``program``, in the order of the help."""
    for info in program.registered_commands:
        if info.callback is None:
            continue
        name = info.name or info.callback.__name__.replace("_", "-")
        for parameter in get_params_from_function(info.callback).values():
            if isinstance(parameter.default, OptionInfo):
                flag = _long_name(parameter.default, parameter.name)
                kind = kind_of(parameter.annotation)
                yield Option(f"{above}{name}", flag, parameter.name, kind, parameter.default.default)
    for group in program.registered_groups:
        if isinstance(group.typer_instance, Program):
            yield from options_of(group.typer_instance, f"{above}{group.name} ")


def _long_name(info: OptionInfo, parameter: str) -> str:
    long = [d for d in info.param_decls or () if d.startswith("--")]
    return long[0].split("/")[0].removeprefix("--") if long else parameter.replace("_", "-")


def _from_file(options: list[Option], source: SettingsFile) -> Iterator[Setting]:
    """What stands for all commands, then what stands for one, which goes before it."""
    yield from _from_table(options, source, source.general, None)
    for command, values in source.commands.items():
        own = [o for o in options if o.command == command]
        if not own:
            known = ", ".join(dict.fromkeys(o.command for o in options))
            raise UsageError(f"{source.place(command)}: there is no command {command!r}; the commands: {known}")
        yield from _from_table(own, source, values, command)


def _from_table(
    options: list[Option], source: SettingsFile, values: Mapping[str, Any], command: str | None
) -> Iterator[Setting]:
    for key, value in values.items():
        place = source.place(key, command)
        if key in NOT_KEPT:
            raise UsageError(f"{place}: {key} cannot be kept in a file; say it on the command line")
        yield from _fitting(options, key, place, _as_key, partial(of_toml, value=value, folder=source.path.parent))


def _from_environment(options: list[Option], environment: Mapping[str, str]) -> Iterator[Setting]:
    for variable, text in sorted(environment.items()):
        if text and variable.startswith(PREFIX) and variable != CONFIG:
            name = variable.removeprefix(PREFIX).lower().replace("_", "-")
            yield from _fitting(options, name, variable, _as_variable, partial(of_text, text=text))


def _as_key(name: str) -> str:
    return repr(name)


def _as_variable(name: str) -> str:
    return PREFIX + name.replace("-", "_").upper()


def _fitting(
    options: list[Option], name: str, place: str, shown: Callable[[str], str], read: Callable[[Kind], Any]
) -> Iterator[Setting]:
    """The settings of those options ``name`` that take the value; raises `UsageError` where there is none."""
    wrong: WrongValue | None = None
    fitting = []
    for option in (o for o in options if o.name == name):
        try:
            fitting.append(Setting(option, read(option.kind), place))
        except WrongValue as e:
            wrong = wrong or e
    if wrong and not fitting:
        raise UsageError(f"{place}: {wrong}")
    if not fitting:
        names = list(dict.fromkeys(o.name for o in options))
        near = get_close_matches(name, names, 1)
        known = ", ".join(map(shown, names))
        meant = f"did you mean {shown(near[0])}?" if near else f"known options: {known}"
        raise UsageError(f"{place}: there is no option {shown(name)}; {meant}")
    yield from fitting
