"""What closes a notice: its last phrase, who signs it, and when; lines that are no titles and go on with nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.intake.lines import HardLine
from pipeline.intake.signs import Signs

CLOSING, SIGNER = "closing", "signer"
DAY = "day"
"""The kind of the form of a line that is a day; the others of the role are phrases."""
SIGNERS = 3
"""Over so many lines the signers' names stand: a firm, its board."""


def note_closing(lines: Sequence[HardLine], kinds: Mapping[int, str], signs: Signs) -> None:
    """Note it on ``lines``, of which ``kinds`` tells where a last phrase or a day stands.

    Names are those of signers behind a last phrase, before a day that ends the text: 特此公告。/滨江桥梁股份有限公司/
    董事会/二〇二一年三月四日.
    """
    for i, kind in kinds.items():
        if kind == DAY:
            if i + 1 == len(lines):
                _close(lines, range(_first(lines, i, signs), i + 1))
        else:
            last = _last(lines, i, signs)
            _close(lines, range(i, last + 2 if kinds.get(last + 1) == DAY else last + 1))


def _first(lines: Sequence[HardLine], day: int, signs: Signs) -> int:
    """Where the names before the line ``day`` begin, or else it itself. Above them something was said."""
    first = day
    while first > 1 and day - first < SIGNERS and _signs(lines[first - 1], signs):
        first -= 1
    return first if lines[first - 1].done else day


def _last(lines: Sequence[HardLine], phrase: int, signs: Signs) -> int:
    """Where the names behind the line ``phrase`` end, or else it itself."""
    last = phrase
    while last + 1 < len(lines) and last - phrase < SIGNERS and _signs(lines[last + 1], signs):
        last += 1
    return last


def _signs(line: HardLine, signs: Signs) -> bool:
    return not line.done and signs.form(line.text, SIGNER) is not None


def _close(lines: Sequence[HardLine], of: range) -> None:
    for i in of:
        lines[i].closes = lines[i].item = True
