"""How much work something is, told without a clock: the machine may do anything beside it."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable
from typing import Any


def calls(work: Callable[[Any], object], text: str) -> int:
    """How many calls, of Python and into C, ``work`` makes on ``text``."""
    profile = cProfile.Profile()
    profile.runcall(work, text)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]
