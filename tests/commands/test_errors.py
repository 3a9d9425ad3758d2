"""What ends a command, and how it is told."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from pipeline.commands.errors import answering, heed


@pytest.mark.parametrize(
    ("number", "code", "told"), [(signal.SIGINT, 130, "zhfacts: interrupted\n"), (signal.SIGTERM, 143, "")]
)
@pytest.mark.parametrize("made", [ImportError, SystemError, OSError, BrokenPipeError])
def test_a_signal_that_compiled_code_makes_another_error_of(
    number: int, code: int, told: str, made: type[Exception], capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(number)
    signal.signal(number, signal.SIG_DFL)
    try:
        with pytest.raises(SystemExit) as end, answering(0):
            try:
                os.kill(os.getpid(), number)
            except BaseException:
                raise made("numpy.core.multiarray failed to import") from None
    finally:
        signal.signal(number, before)
    assert (end.value.code, capsys.readouterr().err) == (code, told)


@pytest.fixture
def interrupted() -> Iterator[Callable[[], None]]:
    """Interrupts the process as Ctrl-C does, also where the shell that runs the tests has interrupts ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield lambda: os.kill(os.getpid(), signal.SIGINT)
    signal.signal(signal.SIGINT, before)


def test_a_signal_of_the_command_before_is_over(interrupted: Callable[[], None]) -> None:
    with pytest.raises(SystemExit), answering(0):
        interrupted()
    with answering(0):
        heed()


def test_a_command_that_a_signal_ends_as_usual_has_its_own_code(interrupted: Callable[[], None]) -> None:
    """As a server does, which runs until somebody presses Ctrl-C."""
    with pytest.raises(SystemExit) as end, answering(0):
        with contextlib.suppress(KeyboardInterrupt):
            interrupted()
        sys.exit(0)
    assert end.value.code == 0


class Finalized:
    """Is ended by a signal while it is finalized, where nothing can be raised."""

    def __init__(self, end: Callable[[], None]) -> None:
        self.end = end

    def __del__(self) -> None:
        self.end()


def test_a_signal_while_an_object_is_finalized_is_not_lost(
    interrupted: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end, answering(0):
        Finalized(interrupted)
        time.sleep(20)  # as when it waits for its input
        raise AssertionError("the signal was lost")
    assert (end.value.code, capsys.readouterr().err) == (130, "zhfacts: interrupted\n")
