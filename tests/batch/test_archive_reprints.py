"""Reprints are told over a whole archive, whatever shard they are in, as over one run of `extract`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

import pipeline.batch.reprints as reprints
from pipeline.batch.reading import Archive
from pipeline.chain import extract_sources
from pipeline.core.records import Document
from pipeline.core.similarity import Sketch, hashes_of, similarity, sketches
from pipeline.intake.sources import read
from tests.batch.test_run import digest, work

PLACES = "澜水 青岩 白沙 安定 临江 石桥 清河 东岭 南浦 北川 长坪 云山".split()
STORY = (
    "{0}大桥昨天通车，全长{1}米，投资{1}万元。建设者用了{2}年时间完成工程，当地居民第一次可以坐车过江。"
    "{0}交通部门负责人介绍，桥面设有{2}条车道，预计每天通过车辆{1}辆，往来时间缩短一半。"
    "沿江{2}个村庄的水果从此可以当天运到城里的市场。"
)


def an_archive(folder: Path) -> Path:
    rows = [{"id": f"n{i}", "text": STORY.format(p, 1000 + 37 * i, 2 + i)} for i, p in enumerate(PLACES)]
    # Another title, a sentence cut off; the last of all repeats the first.
    again = "通讯：" + str(rows[0]["text"]).removesuffix("沿江2个村庄的水果从此可以当天运到城里的市场。")
    rows += [{"id": "short", "text": "今天多云。"}, {"id": "bad", "text": ""}, {"id": "again", "text": again}]
    path = folder / "news.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def told(documents: list[object]) -> dict[str, object]:
    return {d.doc.id: d.doc.meta.get("reprint_of") for d in documents if isinstance(d, Document)}


def test_an_archive_tells_what_a_run_tells(tmp_path: Path) -> None:
    source, out = an_archive(tmp_path), tmp_path / "out"
    summary = work(source, out)
    assert summary.shards > 1
    archived = told(list(Archive(out).documents()))
    assert archived == told(list(extract_sources(read([str(source)]))))
    assert archived["again"]["a1"]["doc"] == "n0"  # type: ignore[index]
    assert summary.reprints == len([a for a in archived.values() if a])
    (row,) = [r for r in pq.read_table(out / "reprints.parquet").to_pylist() if r["number"] == 14]
    assert (row["of_number"], row["of_doc"]) == (0, "n0")


def test_engines_tell_the_same_and_a_second_run_keeps_it(tmp_path: Path) -> None:
    source = an_archive(tmp_path)
    work(source, tmp_path / "one")
    work(source, tmp_path / "two", "local", workers=2)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    before = (tmp_path / "one" / "reprints.parquet").stat().st_mtime_ns
    assert work(source, tmp_path / "one").reprints == work(source, tmp_path / "two").reprints > 0
    assert (tmp_path / "one" / "reprints.parquet").stat().st_mtime_ns == before


def rows_of(made: list[Sketch]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    rows = np.full((len(made), reprints.SIZE), reprints.NONE, np.uint64)
    for row, one in zip(rows, made, strict=True):
        row[: len(hashes_of(one))] = hashes_of(one)
    return rows


def test_pairs_are_compared_as_the_sketches_are() -> None:
    texts = [STORY.format(p, 1000 + i, i) * (1 + i % 2) for i, p in enumerate(PLACES)]
    texts.append(texts[0][: len(texts[0]) // 2 + 10])
    made = sketches(texts)
    one, other = zip(*[(a, b) for a in made for b in made], strict=True)
    ours = reprints._similarity(rows_of(list(one)), rows_of(list(other)))
    assert ours.tolist() == pytest.approx([similarity(a, b) for a, b in zip(one, other, strict=True)])


@pytest.mark.parametrize("part", [1, 50, 10**6])
def test_looking_at_hashes_in_parts_changes_nothing(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(sketches([STORY.format(p, 1000, 3) + p * 40 for p in PLACES]) * 3)
    whole = reprints._best(rows)
    assert (whole[0][len(PLACES) :] >= 0).all() and (whole[0][len(PLACES) :] < len(PLACES)).all()
    monkeypatch.setattr(reprints, "PART", part)
    monkeypatch.setattr(reprints, "PAIRS", 5)
    assert [a.tolist() for a in reprints._best(rows)] == [a.tolist() for a in whole]
