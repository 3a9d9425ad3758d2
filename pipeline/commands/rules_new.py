"""The work of `rules new`: a file of rules to fill in."""

from __future__ import annotations

from pathlib import Path

from pipeline.commands.streams import stdout_bytes, tell
from pipeline.commands.target import STDOUT, target
from pipeline.core.errors import OutputError, UsageError
from pipeline.rulebook import load
from pipeline.rulebook.check import ID
from pipeline.rulebook.template import template


def new_rule(file: str, ident: str, output: Path | None, overlay: Path | None) -> None:
    """Print a file that adds the rule ``ident`` to ``file``, or write it into the folder ``output``.

    Raises `UsageError` on a name or id that cannot be, `OutputError` where the file is there already.
    """
    if not ID.fullmatch(ident):
        raise UsageError(f"the id {ident!r} is not dotted lower case; write it as in time.date.month")
    name, text = template(load(overlay), file, ident)
    if output is None or output == STDOUT:
        stdout_bytes().write(text.encode())
        return
    path = output if output.suffix == Path(name).suffix else output / name
    if path.name != name:
        raise UsageError(f"{path}: is of a name that nothing reads; call it {name}")
    if path.exists():
        raise OutputError(f"{path} exists; add the rule to it by hand, without -o its lines are printed")
    path.parent.mkdir(parents=True, exist_ok=True)
    with target(path, force=False) as stream:
        stream.write(text.encode())
    steps = " && ".join(f"zhfacts rules {step} --rules {path.parent}" for step in ("check", f"test {ident}"))
    tell(f"{path} is to be filled in; then: {steps}")
