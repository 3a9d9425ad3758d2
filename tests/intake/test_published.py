"""The stated date of publication: one reading for the option, the field of a feed and the check before a run."""

from __future__ import annotations

import pytest

from pipeline.core.errors import UsageError
from pipeline.core.model import Reference
from pipeline.intake.published import parse_published, reference_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-31", Reference(2024, 5, 31, None, "field")),
        ("2024-05-31T08:05", Reference(2024, 5, 31, "08:05:00", "field")),
        ("2024-05-31 08:05:09", Reference(2024, 5, 31, "08:05:09", "field")),
        ("2024-05-31T08:05:00+08:00", Reference(2024, 5, 31, "08:05:00", "field")),
        ("2024-02-30", None),
        ("20240531", None),
        ("2024-05", None),
        ("", None),
        (20240531, None),
        (None, None),
    ],
)
def test_an_iso_date_or_none(value: object, expected: Reference | None) -> None:
    assert reference_of(value, "field") == expected


def test_what_is_none_is_refused_with_what_to_write() -> None:
    with pytest.raises(UsageError, match="'20240531' is no date; write it as 2024-05-31"):
        parse_published("20240531", "option")
