"""The command line: the Typer app and its Rich views; alone in importing typer and rich.

Only `main` is imported here; spaCy and the chain are loaded by the commands that need them: ``--help`` is quick.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line. Exit codes: 0 all well, 1 some inputs failed, 2 wrong usage or rules, 3 nothing could be
    read, 130 interrupted."""
    from pipeline.commands.errors import answering

    with answering(0):
        from pipeline.commands.app import app

        app(prog_name="zhfacts")
