"""Breaks documents on purpose: Python imports this at its start where the folder stands in PYTHONPATH.

A text that holds one of the words below does what it says to the process that works it.
"""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import pipeline.chain as chain

lay_out = chain.lay_out


def faulty(text: str, rules: Any) -> Any:
    """The layout of the text, unless the text says otherwise."""
    if "RAISES" in text:
        raise RuntimeError("a broken stage")
    if "NEVER-ENDS" in text:
        while True:
            time.sleep(1)
    if "EATS-MEMORY" in text:
        held = []
        while True:
            held.append(bytes(1 << 28))  # not touched, so that it takes no time
    if "KILLS" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    return lay_out(text, rules)


chain.lay_out = faulty
