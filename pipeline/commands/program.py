"""The Typer application that every group of commands is: each command takes ``--config`` and ``--color``, and what the
user did not say on the command line comes from the environment and the settings file."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import typer
from typer.core import TyperCommand

from pipeline.commands.console import choose_color
from pipeline.commands.errors import answering

Command = Callable[..., Any]
HELP = {"help_option_names": ["-h", "--help"]}
GIVEN = "pipeline.commands.given"
"""Where the context keeps the common options that were given before the command's name."""
FILE = "pipeline.commands.file"
"""Where it keeps the settings file that was named, None where none was."""


Color = Literal["auto", "always", "never"]
"""When output is coloured; auto: on a terminal."""


class Usage(TyperCommand):
    """A command whose usage line is written as those of other programs: ``INPUT...``, ``[INPUT...]`` where it may be
    left out. (Typer writes ``{INPUT...}`` where it may not.)"""

    def collect_usage_pieces(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """What stands behind the command's name."""
        return [piece.removeprefix("{").removesuffix("}") for piece in super().collect_usage_pieces(ctx)]


class Program(typer.Typer):
    """A group of commands. What is common to all commands is given to them here, so that none has to ask for it."""

    def __init__(self, about: str, completion: bool = False) -> None:
        """``about`` is the help; ``completion`` adds the options that install a shell's completion."""
        # Without Rich markup typer needs no import of rich for --help.
        super().__init__(
            add_completion=completion,
            rich_markup_mode=None,
            no_args_is_help=True,
            pretty_exceptions_enable=False,
            context_settings=HELP,
            help=about,
        )

    def command(self, name: str | None = None, **options: Any) -> Callable[[Command], Command]:  # type: ignore[override]
        """As `typer.Typer.command`, with the common options added."""
        declare = super().command(name, cls=Usage, **options)

        def register(function: Command) -> Command:
            declare(_with_common_options(function))
            return function

        return register


def _configure(context: typer.Context, file: Path | None) -> Path | None:
    """Before the other options are read: what the environment and the settings file say become their defaults."""
    given: dict[str, Any] = context.meta.get(GIVEN, {})
    file = file or given.get("config")
    context.meta[FILE] = file
    if not context.resilient_parsing:  # as it is while a shell completes a word
        with answering(0):
            from pipeline.commands.settings import defaults

            command = " ".join(context.command_path.split(" ")[1:])
            context.default_map = {**defaults(context.obj, command, file), **given}
    return file


def keep(context: typer.Context, config: Path | None, color: Color | None) -> None:
    """Keep the common options that stand before the command's name, for the command."""
    context.meta[GIVEN] = {k: v for k, v in {"config": config, "color": color}.items() if v is not None}


def said(context: typer.Context) -> frozenset[str]:
    """The parameters that stand on the command line, not in the environment or the settings file."""
    sources = ((name, context.get_parameter_source(name)) for name in context.params)
    return frozenset(name for name, source in sources if source is not None and source.name == "COMMANDLINE")


FILE_HELP = "A settings file; default: zhfacts.toml, or [tool.zhfacts] of pyproject.toml, in the working folder."
COLOR_HELP = "auto (on a terminal), always, never; NO_COLOR and FORCE_COLOR are heeded."
ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", is_eager=True, callback=_configure, help=FILE_HELP)
]
ConfigBeforeOption = Annotated[Path | None, typer.Option("--config", metavar="FILE", help=FILE_HELP)]
ColorOption = Annotated[Color, typer.Option("--color", metavar="WHEN", show_default=False, help=COLOR_HELP)]
ColorBeforeOption = Annotated[
    Color | None, typer.Option("--color", metavar="WHEN", show_default=False, help=COLOR_HELP)
]
COMMON = {"config": (ConfigOption, None), "color": (ColorOption, "auto")}
"""The options that every command has, by the names of their parameters, with their defaults."""


def _with_common_options(function: Command) -> Command:
    """``function`` with the common options, and with the options of each group that it has a parameter of."""
    signature = inspect.signature(function, eval_str=True)
    groups: dict[str, Any] = {
        name: parameter.annotation
        for name, parameter in signature.parameters.items()
        if is_dataclass(parameter.annotation)
    }

    @functools.wraps(function)
    def call(*, config: Path | None, color: Color, **arguments: Any) -> Any:
        choose_color(color)
        for name, group in groups.items():
            arguments[name] = group(**{field.name: arguments.pop(field.name) for field in fields(group)})
        return function(**arguments)

    common = [_option(name, annotation, default) for name, (annotation, default) in COMMON.items()]
    own = [
        option
        for name, parameter in signature.parameters.items()
        for option in (_options_of(groups[name]) if name in groups else [parameter])
    ]
    parameters = [*own, *common]
    call.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {p.name: p.annotation for p in parameters}
    return call


def _options_of(group: type[Any]) -> Iterator[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return (_option(field.name, hints[field.name], field.default) for field in fields(group))


def _option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
