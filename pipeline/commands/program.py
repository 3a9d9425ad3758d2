"""The Typer application that every group of commands is: each command takes ``--config`` and ``--color``, and what the
user did not say on the command line comes from the environment and the settings file."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

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


class Color(StrEnum):
    """When output is coloured; auto: on a terminal."""

    auto = "auto"
    always = "always"
    never = "never"


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
    context.meta[GIVEN] = {
        k: v for k, v in {"config": config, "color": color.value if color else None}.items() if v is not None
    }


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
COMMON = {"config": (ConfigOption, None), "color": (ColorOption, Color.auto)}
"""The options that every command has, by the names of their parameters, with their defaults."""


def _with_common_options(function: Command) -> Command:
    signature = inspect.signature(function, eval_str=True)

    @functools.wraps(function)
    def call(*, config: Path | None, color: Color, **arguments: Any) -> Any:
        choose_color(color.value)
        return function(**arguments)

    common = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in COMMON.items()
    ]
    parameters = [*signature.parameters.values(), *common]
    call.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {p.name: p.annotation for p in parameters}
    return call
