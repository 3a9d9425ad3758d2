"""What cannot be valued, and why: 2月30日, 25时, 闰二月初一 of a year without it."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.core.model import Issue, TimeNorm
from pipeline.lexis.calendar import make_date
from pipeline.lexis.timejoin import TimeHit

LEAP_YEAR = 2000  # any day that some year has may stand beside an unknown year
_DAY = re.compile(r"(?P<y>[0-9]{4}|XXXX)-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})")
_LATE = re.compile(r"T24:(?!00)")
_UNPLACED = re.compile(r"[0-9]{4}-XX-XX")


def fault(hit: TimeHit, norm: TimeNorm | None, text: str) -> Issue | None:
    """Why ``hit``, which reads ``text``, has no value; None where nothing is wrong with it.

    ``time.impossible``: no calendar and no clock has it; ``time.no-value``: its numerals say no number.
    """
    if norm is None:
        beyond = hit.parts[0].kind == "impossible"
        return _impossible(hit, text) if beyond else _issue(hit, "no-value", f"the numerals of {text!r} say no number")
    if norm.start is not None or norm.kind == "duration":
        return None
    if _beyond(norm.value):
        return _impossible(hit, text)
    unplaced = _UNPLACED.match(norm.value) and any(a.kind in ("lunar", "feast") for a in hit.parts)
    return _impossible(hit, text) if unplaced else None


@lru_cache(maxsize=4096)
def _beyond(value: str) -> bool:
    """Whether no clock or no calendar has ``value``."""
    if _LATE.search(value):
        return True
    days = ((LEAP_YEAR if m["y"] == "XXXX" else int(m["y"]), int(m["m"]), int(m["d"])) for m in _DAY.finditer(value))
    return any(make_date(*day) is None for day in days)


def _impossible(hit: TimeHit, text: str) -> Issue:
    return _issue(hit, "impossible", f"no calendar and no clock has {text!r}; it was given no value")


def _issue(hit: TimeHit, what: str, message: str) -> Issue:
    return Issue(f"time.{what}", message, ((hit.start, hit.end),))
