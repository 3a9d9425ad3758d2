"""What a worker keeps of a shard, and where the next one goes on."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.batch import plan, steps
from pipeline.batch.plan import Piece, Reader, Shard
from pipeline.batch.spool import Spool
from pipeline.batch.steps import Step, Steps, Turn
from pipeline.batch.work import given, process_batch
from pipeline.core.options import Options
from pipeline.intake.entry import Reading
from pipeline.intake.source import Failure, Source
from pipeline.intake.sources import Found
from tests.batch.test_run import SENTENCE, an_archive

SHARD = Shard(0, 100, 6, 6, ())


def documents(*numbers: int) -> pa.RecordBatch:
    return given([Source(f"n{n}", f"n{n}", SENTENCE.format(n), "") for n in numbers])


def worked(turn: Turn, batches: list[pa.RecordBatch]) -> tuple[list[pa.RecordBatch], list[Step]]:
    said: list[Step] = []
    with Steps(turn, Options(), said.append) as some:
        results = list(some.mapped(batches))
    return results, [step for step in said if step.documents]


def test_what_is_kept_is_worked_no_more(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    batches = [documents(100, 101, 102), documents(103, 104, 105)]
    wanted = [process_batch(b, Options()) for b in batches]
    first, said = worked(Turn(SHARD, spool), batches[:1])
    assert said == [Step(100, 3)] and first == wanted[:1]
    both, said = worked(Turn(SHARD, spool), batches)
    assert said == [Step(103, 3)] and both == wanted


@pytest.mark.parametrize("cut", [1, 5, 300])
def test_a_batch_that_a_kill_cut_short_is_worked_again(cut: int, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    batches = [documents(100, 101, 102), documents(103, 104, 105)]
    wanted, _ = worked(Turn(SHARD, spool), batches)
    spool.write_bytes(spool.read_bytes()[:-cut])
    again, said = worked(Turn(SHARD, spool), batches)
    assert said == [Step(103, 3)] and again == wanted
    assert worked(Turn(SHARD, spool), batches) == (wanted, [])


def test_a_batch_apart_goes_on_in_its_middle(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    batch = documents(100, 101, 102)
    with Spool(spool) as kept:
        kept.keep(process_batch(batch.slice(0, 1), Options()))
    turn = Turn(SHARD, spool, frozenset({100}), {102: "its worker died"})
    (result,), said = worked(turn, [batch])
    assert said == [Step(101, 1, apart=True)]
    assert result.column("status").to_pylist() == ["ok", "ok", "quarantined"]
    assert result.column("reason")[2].as_py() == "failed again and again: its worker died"
    assert result.slice(0, 2) == process_batch(batch.slice(0, 2), Options())


def test_what_raises_is_blamed_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(batch: pa.RecordBatch, options: Options) -> pa.RecordBatch:
        if "n101" in batch.column("id").to_pylist():
            raise ValueError("a broken stage")
        return process_batch(batch, options)

    monkeypatch.setattr(steps, "process_batch", fails)
    (result,), said = worked(Turn(SHARD, tmp_path / "spool"), [documents(100, 101, 102)])
    assert said == [Step(100, 3), *(Step(n, 1, apart=True) for n in (100, 101, 102))]
    assert result.column("status").to_pylist() == ["ok", "quarantined", "ok"]
    assert "ValueError: a broken stage" in result.column("reason")[1].as_py()


def test_the_shards_of_a_file_read_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = an_archive(tmp_path, 120)
    opened: list[Found] = []
    real = plan.documents

    def documents(file: Found, how: Reading) -> object:
        opened.append(file)
        return real(file, how)

    monkeypatch.setattr(plan, "documents", documents)
    pieces = [Piece(0, source.name, n, n + 30, 0, str(source)) for n in range(0, 120, 30)]
    shards = [Shard(k, p.start, 30, 0, (p,)) for k, p in enumerate(pieces)]
    reader = Reader(Reading())
    some = [d.source for k in (0, 2, 3) for d in reader.shard(shards[k])]
    assert some == [f"n{n}" for n in (*range(30), *range(60, 120))] and len(opened) == 1
    assert [d.source for d in reader.shard(shards[1])] == [f"n{n}" for n in range(30, 60)] and len(opened) == 2


def test_a_file_that_became_shorter_may_be_tried_again(tmp_path: Path) -> None:
    source = an_archive(tmp_path, 3)
    piece = Piece(0, source.name, 0, 5, 0, str(source))
    found = list(Reader(Reading()).shard(Shard(0, 0, 5, 0, (piece,))))
    assert len(found) == 5
    assert all(isinstance(f, Failure) and f.fault and "shorter than when" in f.message for f in found[3:])


def test_a_failure_keeps_whether_it_may_go_better() -> None:
    failures = [Failure("a", "is empty"), Failure("b", "is shorter", fault=True)]
    result = process_batch(given(failures), Options())
    assert result.column("status").to_pylist() == ["failed", "quarantined"]
    assert result.column("reason").to_pylist() == ["is empty", "is shorter"]
