"""Values of options as they are written in a settings file or in the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


class WrongValue(ValueError):
    """A value that the option does not take; says what it is and how to mend it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What an option takes: ``type`` is bool, int, float, str or Path; ``choices`` its values, where they are few."""

    type: type
    many: bool = False
    choices: tuple[str, ...] = ()


def kind_of(annotation: Any) -> Kind:
    """The kind of an option by the annotation of its parameter."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(a for a in get_args(annotation) if a is not NoneType)
    if get_origin(annotation) is list:
        return Kind(kind_of(get_args(annotation)[0]).type, many=True)
    if get_origin(annotation) is Literal:
        return Kind(str, choices=get_args(annotation))
    return Kind(annotation if annotation in ASKED else str)


def of_toml(kind: Kind, value: Any, folder: Path) -> Any:
    """The option's value of a TOML value; relative paths are relative to ``folder``. Raises `WrongValue`."""
    if kind.many:
        if not isinstance(value, list):
            raise WrongValue(f"{_shown(value)} is no list; write it in [ ]")
        return [of_toml(Kind(kind.type, choices=kind.choices), v, folder) for v in value]
    if kind.type is str and isinstance(value, date):
        value = value.isoformat()  # published = 2024-05-31, without quotes
    given = str if kind.type is Path else kind.type
    if not isinstance(value, given) or (isinstance(value, bool) and given is not bool):
        raise WrongValue(f"{_shown(value)} is no {NAMES[kind.type]}; {ASKED[kind.type]}")
    if kind.type is Path:
        return str(folder / Path(str(value)).expanduser())
    return _chosen(kind, value)


def of_text(kind: Kind, text: str) -> Any:
    """The option's value of the text of a variable. Raises `WrongValue`."""
    if kind.many:
        return text.split(os.pathsep if kind.type is Path else None)
    if kind.type is bool:
        if text.lower() not in FLAGS:
            raise WrongValue(f"{text!r} is neither yes nor no; write 1 or 0")
        return FLAGS[text.lower()]
    if kind.type in (int, float):
        try:
            return kind.type(text)
        except ValueError:
            raise WrongValue(f"{text!r} is no {NAMES[kind.type]}; {ASKED[kind.type]}") from None
    return _chosen(kind, text)


def _chosen(kind: Kind, value: Any) -> Any:
    if kind.choices and value not in kind.choices:
        raise WrongValue(f"{value!r} is not known; choose one of {', '.join(kind.choices)}")
    return value


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


NAMES: Mapping[type, str] = {bool: "switch", int: "whole number", float: "number", str: "text", Path: "path"}
ASKED: Mapping[type, str] = {
    bool: "write true or false",
    int: "write digits without quotes",
    float: "write a number without quotes",
    str: "put it in quotes",
    Path: "write a path in quotes",
}
"""How to mend a value that is of another type."""
