"""One tree of errors; each is one line for the user: what, where, and what to do."""

from __future__ import annotations


class ZhfactsError(Exception):
    """Base of all errors that are told to the user in one line."""


class InputError(ZhfactsError):
    """An input cannot be read or decoded."""


class OutputError(ZhfactsError):
    """An output cannot be written."""


class UsageError(ZhfactsError):
    """An option or argument has a value that cannot be used."""


class RuleError(ZhfactsError):
    """A rule file is wrong. Says the file, the line (1-based), what is wrong and how to mend it."""

    def __init__(self, file: str, line: int | None, what: str, mend: str) -> None:
        """``file`` as shown to the user, ``line`` 1-based or None where the whole file is meant."""
        self.file, self.line, self.what, self.mend = file, line, what, mend
        place = f"{file}:{line}" if line is not None else file
        super().__init__(f"{place}: {what}; {mend}")


def install(extra: str) -> str:
    """What to do where a package of an extra is missing: the command of who installed the program, and of who works in
    a checkout of it. It names no place of this machine, for the records of documents hold it."""
    return f"pip install 'zhfacts[{extra}]', in a checkout pip install '.[{extra}]'"
