"""The log while it is served: what is in it counts once, and is followed as it grows."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pipeline import extract
from pipeline.audit.review_log import ReviewLog
from pipeline.audit.reviews import Review, append, encoded
from pipeline.core.errors import InputError
from pipeline.core.items import items_of, source_digest

DOCUMENT = extract("临江铁路全长68公里，总投资约85亿元。", "2024-10-24", with_text=True)
FACTS = [one.item for one in items_of(DOCUMENT) if one.item.layer == "fact"]


def review(number: int = 0, **change: object) -> Review:
    whole = Review(
        "zhfacts-reviews/1", source_digest(DOCUMENT), "rail", DOCUMENT.producer.rules, FACTS[number], "accept", None,
        "甲", "2024-10-24T10:00:00Z", "",
    )  # fmt: skip
    return msgspec.structs.replace(whole, **change)


def test_what_is_sent_twice_counts_once(tmp_path: Path) -> None:
    log = ReviewLog(tmp_path / "log.jsonl")
    assert log.take([review(), review()]) == 1
    assert log.take([review(), review(1)]) == 1
    assert (tmp_path / "log.jsonl").read_bytes() == encoded(review()) + encoded(review(1))
    assert log.of(source_digest(DOCUMENT)) == (review(), review(1))
    assert log.of("0" * 64) == ()


def test_another_process_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    first, second = ReviewLog(path), ReviewLog(path)
    first.take([review()])
    append(path, [review(1)])
    assert second.judged("甲") == {"rail": 2} == first.judged("甲")


def test_a_torn_line_waits_and_is_healed(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(encoded(review()) + encoded(review(1))[:50])
    log = ReviewLog(path)
    assert log.judged("甲") == {"rail": 1}
    log.take([review(1)])
    assert path.read_bytes() == encoded(review()) + encoded(review(1))
    assert log.judged("甲") == {"rail": 2}


def test_progress_is_what_holds(tmp_path: Path) -> None:
    log = ReviewLog(tmp_path / "log.jsonl")
    log.take([
        review(), review(1, verdict="reject"), review(verdict="undo", at="2024-10-24T10:01:00Z"),
        review(reviewer="乙", at="2024-10-24T09:00:00Z"),
    ])  # fmt: skip
    told = [(r.reviewer, r.judged, r.accepted, r.rejected, r.documents, r.last[11:16]) for r in log.reviewers()]
    assert told == [("乙", 1, 1, 0, 1, "09:00"), ("甲", 1, 0, 1, 1, "10:01")]


def test_decisions_on_another_text_are_counted(tmp_path: Path) -> None:
    log = ReviewLog(tmp_path / "log.jsonl")
    log.take([review(), review(1), review(1, verdict="undo", at="2024-10-24T10:01:00Z")])
    assert log.elsewhere("rail", "0" * 64) == 1
    assert log.elsewhere("rail", source_digest(DOCUMENT)) == log.elsewhere("mill", "0" * 64) == 0


def test_a_log_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text("decisions\n")
    with pytest.raises(InputError, match="log.jsonl"):
        ReviewLog(tmp_path / "log.jsonl")
