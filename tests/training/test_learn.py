"""Training and measuring: the same data gives the same bytes, and what was taught is found."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.mentions.tagger.model import model_bytes
from pipeline.rulebook import load
from pipeline.training.corpus import Corpus, Sample
from pipeline.training.learn import Plan, train
from pipeline.training.measure import Score, confidence_table, joined, score

pytest.importorskip("pycrfsuite")

WORDS = ("陶陶", "阿蓝", "小樟", "豆豆", "乐天")
SAMPLES = [
    Sample(f"今天{word}去了北山公园{i}次。", ((2, 4, "PER"), (6, 10, "LOC"))) for i in range(2, 8) for word in WORDS
]
PLAN = Plan([Corpus("own", SAMPLES)], unlabelled=["滨江市昨天下雨。"] * 3, rounds=2, iterations=20)


def test_the_same_data_gives_the_same_bytes_and_learns_them() -> None:
    told: list[str] = []
    model = train(PLAN, load(), told.append)
    assert model_bytes(model) == model_bytes(train(PLAN, load(), lambda _: None))
    assert model.header.kinds == ("own", "relabelled")
    assert any(line.startswith("iteration 10 of 20: loss ") for line in told)
    assert told[-1].startswith("round 2 of 2: dev F1 1.000")


def test_places_that_touch_are_one_name() -> None:
    assert joined([(3, 6, "LOC"), (0, 3, "LOC"), (6, 8, "ORG")]) == [(0, 6, "LOC"), (6, 8, "ORG")]


def test_scores_are_strict() -> None:
    there = [[(0, 3, "PER"), (5, 8, "LOC")], [(0, 2, "ORG")]]
    found = [[(0, 3, "PER"), (5, 7, "LOC")], []]
    scores = score(there, found)
    assert scores["ALL"] == Score(right=1, found=2, there=3)
    assert (scores["PER"].f1, scores["LOC"].f1, scores["ORG"].precision) == (1.0, 0.0, 0.0)
    assert round(scores["ALL"].f1, 3) == 0.4


def test_a_higher_margin_never_means_less() -> None:
    outcomes = [(m, m % 3 > 0 or m > 300) for m in range(400)]
    table = confidence_table(outcomes)
    assert [m for m, _ in table] == sorted((m for m, _ in table), reverse=True)
    assert [c for _, c in table] == sorted((c for _, c in table), reverse=True)
    assert table[-1] == (0, "0.66") and table[0][1] == "0.99"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_lessons_and_leaves_no_file(number: signal.Signals, code: int, tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl"
    rows = ({"text": s.text, "entities": s.names} for s in SAMPLES * 20)
    data.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    root = Path(__file__).resolve().parents[2]
    learning = subprocess.Popen(
        [sys.executable, str(root / "cli.py"), "train", str(data), "-o", str(tmp_path / "model"), "--rounds", "99"],
        stderr=subprocess.PIPE, text=True, encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert learning.stderr
    while "iteration 10 " not in learning.stderr.readline():
        assert learning.poll() is None
    learning.send_signal(number)
    learning.communicate(timeout=60)
    assert learning.returncode == code
    assert list(tmp_path.iterdir()) == [data]
