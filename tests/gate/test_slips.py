"""How many planted slips the checks find: the same news with a right number and with a wrong one (slips.txt)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_gate import FLOORS

import pipeline

SLIP = re.compile(r"\{([^|}]*)\|([^|}]*)\}")


def lines() -> list[tuple[str, str]]:
    """Each news with the day of its publication."""
    rows = (Path(__file__).parent / "slips.txt").read_text("utf-8").splitlines()
    told = [row.partition(" @") for row in rows if row and not row.startswith("#")]
    return [(text, date or "2024-05-31") for text, _, date in told]


def failed(text: str, published: str) -> list[str]:
    return [c.rule for c in pipeline.extract(text, published).checks if not c.ok]


@pytest.mark.parametrize(("text", "published"), lines(), ids=[text[:16] for text, _ in lines()])
def test_right_numbers_are_no_slip(text: str, published: str) -> None:
    assert failed(SLIP.sub(r"\1", text), published) == []


def test_planted_slips_are_found() -> None:
    missed = [text for text, published in lines() if not failed(SLIP.sub(r"\2", text), published)]
    found = 1 - len(missed) / len(lines())
    assert found >= FLOORS["slips"], f"{found:.2f} found, missed:\n" + "\n".join(missed)
    assert found <= FLOORS["slips"] + 0.03, f"{found:.2f} found: raise the floor"
