"""A small archive for the tests of reviews over one, and samples of documents."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from pipeline.audit.sample import Sampled, Sampler
from pipeline.core.items import Layer
from pipeline.core.records import Document

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    "mill": "青柏县面粉厂去年产量达120万吨，同比增长7.5%。厂长罗明远说：“今年要产130万吨。”",
    "rail": "临江铁路全长68公里，总投资约85亿元，设\n车站12座。",
    "sums": "青柏县水泥厂营业收入由40亿元增加到50亿元，增长20%。",
    "none": "天气很好。",
}


def an_archive(folder: Path, texts: dict[str, str] = TEXTS) -> Path:
    """The folder that a batch wrote of the texts, and of a record that is none."""
    feed = folder / "feed.jsonl"
    lines = [json.dumps({"id": i, "text": t, "published": "2024-10-24"}, ensure_ascii=False) for i, t in texts.items()]
    feed.write_text("\n".join([lines[0], '{"id": "broken"}', *lines[1:], ""]), "utf-8")
    options = ["batch", feed, "-o", folder / "out", "--engine", "serial"]
    done = subprocess.run([sys.executable, ROOT / "cli.py", *options], capture_output=True, timeout=120)
    assert done.returncode in (0, 1), done.stderr
    return folder / "out"


def draw(documents: list[Document], size: int, seed: int, layer: Layer | None = "fact") -> list[Sampled]:
    """A sample of the items of documents."""
    sampler = Sampler(size, seed, layer)
    for one in documents:
        sampler.add(one)
    return sampler.drawn()
