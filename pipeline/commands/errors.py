"""Errors to exit codes: one line on stderr for the user, a traceback only where it was asked for."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from pipeline.commands.streams import close_quietly, flush, tell
from pipeline.core.errors import InputError, ZhfactsError

FAILED, WRONG, NOTHING, INTERRUPTED = 1, 2, 3, 130
"""Exit codes: some inputs failed · wrong usage or rules · nothing could be read · interrupted."""
AGAIN = 0.01
"""Seconds after which what the handler of a signal raised in vain is raised again."""
_asked: list[int] = []
"""The signals that asked the command to end."""


@contextmanager
def answering(verbosity: int) -> Iterator[None]:
    """Run a command's body: its errors become a line on stderr and an exit code.

    A reader that went away (``| head``) ends the command quietly with 0. A signal that ends it does so through the
    stack, so that no half-written file is left.
    """
    _handle_signals()
    hook, sys.unraisablehook = sys.unraisablehook, _swallowed
    try:
        try:
            yield
        finally:
            flush()
    except BaseException as e:
        if _asked and not isinstance(e, SystemExit):  # whatever was made of what the signal's handler raised
            _leave(_asked[-1])
        _answer(e, verbosity)
    finally:
        _asked.clear()
        sys.unraisablehook = hook


def _handle_signals() -> None:
    handlers: dict[str, Callable[[int, FrameType | None], None]] = {
        "SIGINT": _end,
        "SIGTERM": _end,
        "SIGHUP": _end,
        "SIGALRM": _end_after_all,
    }
    for name, handler in handlers.items():
        number = getattr(signal, name, None)  # Windows knows neither SIGHUP nor SIGALRM
        # nohup ignores SIGHUP, a shell's background SIGINT, and so do we then
        if number and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, handler)


def _swallowed(lost: sys.UnraisableHookArgs) -> None:
    """What is raised while an object is finalized goes no further, by the rules of Python: had a signal's handler
    raised it (regex's parser has finalizers), the command would go on, and wait for its input for ever."""
    if not _asked:
        sys.__unraisablehook__(lost)
    elif hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, AGAIN)


def _answer(error: BaseException, verbosity: int) -> NoReturn:
    match error:
        case BrokenPipeError():
            close_quietly()
            sys.exit(0)
        case KeyboardInterrupt():
            _leave(signal.SIGINT)
        case ZhfactsError():
            _trace(verbosity)
            tell(str(error))
            sys.exit(NOTHING if isinstance(error, InputError) else WRONG)
        case OSError():
            _trace(verbosity)
            tell(f"{error.filename or 'standard output'}: {error.strerror or error}; check the place and its rights")
            close_quietly()
            sys.exit(WRONG)
        case Exception():
            _trace(verbosity)
            cause = error.__cause__ or error  # spaCy wraps what a component raises
            tell(f"a fault of the program: {type(cause).__name__}: {cause}; please report it with what -vv shows")
            sys.exit(FAILED)
    raise error


def heed() -> None:
    """End here if a signal asked for it before; long work calls this between its pieces.

    What the signal's handler raises may be lost: compiled parts of pandas, which pyarrow imports at its first
    conversion, swallow whatever is raised while they are loaded, and the work would go on; others make an ImportError
    of it.
    """
    if _asked:
        _end(_asked[-1], None)


def _end_after_all(_: int, __: FrameType | None) -> None:
    heed()


def _leave(number: int) -> NoReturn:
    if number != signal.SIGINT:
        sys.exit(128 + number)
    tell("interrupted")
    sys.exit(INTERRUPTED)


def _end(number: int, _: FrameType | None) -> None:
    _asked.append(number)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


def _trace(verbosity: int) -> None:
    if verbosity >= 2:
        import traceback

        traceback.print_exc()
