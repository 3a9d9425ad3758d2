"""A batch over an archive: the same bytes from every engine, what is done is kept, nothing is lost."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import fsspec
import pyarrow.parquet as pq
import pytest

from pipeline.batch.engines import local
from pipeline.batch.folder import held
from pipeline.batch.orders import Orders, Task
from pipeline.batch.plan import Reader, Shard, located, plan
from pipeline.batch.reading import Archive
from pipeline.batch.run import Request, Watcher, run
from pipeline.batch.shards import Counts
from pipeline.batch.summary import Summary
from pipeline.batch.work import SCHEMAS
from pipeline.core.errors import InputError, OutputError
from pipeline.core.options import Options
from pipeline.intake.entry import Reading
from pipeline.intake.rows import Fields
from pipeline.intake.sources import Found, find

ROOT = Path(__file__).resolve().parents[2]
HOW = Reading()
SENTENCE = "全市新增岗位{}万个，同比增长5.6%，市长周启明表示还将增加投入。"


def an_archive(folder: Path, documents: int = 120) -> Path:
    rows = [{"id": f"n{i}", "text": SENTENCE.format(i + 1), "published": "2024-05-31"} for i in range(documents)]
    path = folder / "news.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def request(source: Path, out: Path, engine: str = "serial", **more: object) -> Request:
    told = {"inputs": (str(source),), "shard_bytes": 4096, **more}
    return Request(out=out, engine=engine, **told)  # type: ignore[arg-type]


def work(source: Path, out: Path, engine: str = "serial", **more: object) -> Summary:
    return run(request(source, out, engine, **more), Watcher())


def digest(out: Path) -> str:
    sha = hashlib.sha256()
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.suffix in (".parquet", ".jsonl") or path.parent.name == "manifests":
            sha.update(path.relative_to(out).as_posix().encode() + b"\0" + path.read_bytes())
    return sha.hexdigest()


def table(out: Path, name: str) -> list[dict[str, object]]:
    return [row for path in sorted((out / name).glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


def test_shards_hold_every_document_once_and_in_order(tmp_path: Path) -> None:
    source = an_archive(tmp_path)
    (tmp_path / "more").mkdir()
    for i in range(3):
        (tmp_path / "more" / f"{i}.txt").write_text(SENTENCE.format(i), "utf-8")
    files = [f for f in find([str(source), str(tmp_path / "more")])]
    shards = list(plan(files, HOW, 4096))  # type: ignore[arg-type]
    assert len(shards) > 3
    assert [s.number for s in shards] == list(range(len(shards)))
    assert [s.first for s in shards] == [sum(t.documents for t in shards[: s.number]) for s in shards]
    reader = Reader(HOW)
    ids = [d.id for s in shards for d in reader.shard(located(s, files))]  # type: ignore[union-attr]
    assert ids == [f"n{i}" for i in range(120)] + ["0", "1", "2"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def reference(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reference") / "out"
    work(archive, out)
    return out


def test_every_document_stands_once_with_its_status_and_its_facts(reference: Path) -> None:
    documents = table(reference, "documents")
    assert [d["number"] for d in documents] == list(range(120))
    assert [d["doc"] for d in documents] == [f"n{i}" for i in range(120)]
    assert {d["status"] for d in documents} == {"ok"}
    for name in ("mentions", "facts", "arguments"):
        assert {row["number"] for row in table(reference, name)} == set(range(120))
    facts = [f for f in table(reference, "facts") if f["number"] == 7 and f["type"] == "quantity"]
    assert {f["norm_value"] for f in facts} == {"80000", "5.6"}


def test_text_and_record_are_kept(reference: Path) -> None:
    row = table(reference, "documents")[3]
    record = json.loads(str(row["record"]))
    assert row["text"] == SENTENCE.format(4) and record["doc"]["id"] == "n3" and "text" not in record["doc"]


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_write_the_same_bytes(archive: Path, reference: Path, workers: int, tmp_path: Path) -> None:
    work(archive, tmp_path / "out", "local", workers=workers)
    assert digest(tmp_path / "out") == digest(reference)


def test_a_second_run_does_nothing_and_changes_nothing(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    work(archive, out)
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*.parquet")}
    summary = work(archive, out)
    assert summary.new_documents == 0 and summary.documents == 120
    assert before == {p: p.stat().st_mtime_ns for p in out.rglob("*.parquet")}


def test_what_was_told_of_all_of_it_is_gone_while_some_of_it_is_worked(archive: Path, tmp_path: Path) -> None:
    class Killed(Watcher):
        def seen(self, counts: Counts) -> NoReturn:
            raise KeyboardInterrupt

    out = tmp_path / "out"
    work(archive, out)
    next(iter(sorted((out / "manifests").glob("*")))).unlink()
    with pytest.raises(KeyboardInterrupt):
        run(request(archive, out), Killed())
    assert not (out / "run.json").exists() and not (out / "reprints.parquet").exists()
    assert not Archive(out).finished
    work(archive, out)
    assert Archive(out).finished


def test_only_what_is_missing_is_done_again(archive: Path, reference: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    work(archive, out)
    next(iter(sorted((out / "manifests").glob("*")))).unlink()
    next(iter(sorted((out / "facts").glob("*"), reverse=True))).unlink()
    summary = work(archive, out)
    assert 0 < summary.new_documents < 120 and digest(out) == digest(reference)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"options": Options("2024-01-01")}, r"published \(none before, 2024-01-01 now\)"),
        ({"reading": Reading("gb18030")}, r"encoding \(none before, gb18030 now\)"),
        ({"reading": Reading(None, Fields("body"))}, r"text-field \(text before, body now\)"),
        ({"shard_bytes": 8192}, r"shard-size \(4 before, 8 now\)"),
    ],
)
def test_another_job_is_refused_with_what_is_different(
    archive: Path, change: dict[str, object], what: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    work(archive, out)
    with pytest.raises(OutputError, match=f"job with other {what}; give what it was begun with"):
        work(archive, out, **change)


def test_a_changed_source_or_rule_is_another_job(tmp_path: Path) -> None:
    source, out = an_archive(tmp_path, 20), tmp_path / "out"
    work(source, out)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "units.tsv").write_text('#: note = "mine"\nid\tenabled\nunit.length.kilometre\tno\n', "utf-8")
    with pytest.raises(OutputError, match="other rules;"):
        work(source, out, options=Options(rules=mine))
    source.write_text(source.read_text("utf-8") + source.read_text("utf-8").replace('"n', '"m'), "utf-8")
    with pytest.raises(OutputError, match=r"other sources \(news.jsonl has another size\);"):
        work(source, out)
    more = tmp_path / "more.txt"
    more.write_text(SENTENCE.format(1), "utf-8")
    with pytest.raises(OutputError, match=r"other sources \(news.jsonl is gone, more.txt is new\);"):
        work(more, out)


def test_a_folder_of_something_else_is_left_alone(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("x", "utf-8")
    with pytest.raises(OutputError, match="holds thesis.doc"):
        work(archive, tmp_path)


def test_two_jobs_on_one_folder(archive: Path, tmp_path: Path) -> None:
    with held(tmp_path / "out"), pytest.raises(OutputError, match=f"written by process {os.getpid()} on"):
        work(archive, tmp_path / "out")


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to read"):
        work(tmp_path / "no.jsonl", tmp_path / "out")


def test_documents_that_cannot_be_read_have_their_reason(tmp_path: Path) -> None:
    source = tmp_path / "bad.jsonl"
    source.write_text(
        '{"id": "a", "text": "新增3万个。"}\n{"id": "b"}\nnot json\n{"id": "c", "text": "好。"}\n', "utf-8"
    )
    summary = work(source, tmp_path / "out")
    assert (summary.ok, summary.failed) == (2, 2)
    rows = table(tmp_path / "out", "documents")
    assert [r["status"] for r in rows] == ["ok", "failed", "failed", "ok"]
    assert rows[1]["source"] == "bad.jsonl:2" and "no" in str(rows[1]["reason"])


def batch_process(source: Path, out: Path, *more: str, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "cli.py"), "batch", str(source), "-o", str(out), "--shard-size", "4", *more]
    return subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        env=env,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background jobs ignore it
    )


def waited_for(out: Path, manifests: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while len(list(out.glob("manifests/*.json"))) < manifests:
        assert time.monotonic() < until, "the batch does not come on"
        time.sleep(0.02)


def children(pid: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text("utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            yield int(status.parent.name)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for workers in /proc")
def test_kill_9_of_workers_and_of_the_parent_loses_nothing(tmp_path: Path) -> None:
    source, out = an_archive(tmp_path, 1500), tmp_path / "out"
    first = batch_process(source, out, "--workers", "2")
    waited_for(out, 3)
    for child in list(children(first.pid)):
        os.kill(child, signal.SIGKILL)
    waited_for(out, 6)
    workers = list(children(first.pid))
    os.kill(first.pid, signal.SIGKILL)
    first.wait(30)
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{w}").exists() for w in workers):
        assert time.monotonic() < deadline, "a worker lives on without its parent"
        time.sleep(0.05)
    second = batch_process(source, out, "--workers", "1")
    assert second.wait(120) == 0, [d["reason"] for d in table(out, "documents") if d["status"] != "ok"]
    work(source, tmp_path / "whole")
    assert digest(out) == digest(tmp_path / "whole")
    assert not list(out.rglob("*.part"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_and_leaves_no_half_file(number: signal.Signals, code: int, tmp_path: Path) -> None:
    source, out = an_archive(tmp_path, 1500), tmp_path / "out"
    running = batch_process(source, out, "--workers", "1")
    waited_for(out, 2)
    running.send_signal(number)
    _, told = running.communicate(timeout=30)
    assert running.returncode == code
    done = sum(json.loads(p.read_text("utf-8"))["documents"] for p in out.glob("manifests/*.json"))
    assert f"zhfacts: {done} of 1500 documents are done and kept in {out}, {1500 - done} are left; the same" in told
    assert not list(out.rglob("*.part"))
    for path in out.rglob("*.parquet"):
        assert pq.read_table(path).schema == SCHEMAS[path.parent.name]


def test_an_engine_that_is_closed_between_two_shards_leaves_no_half_file(tmp_path: Path) -> None:
    files, out = [f for f in find([str(an_archive(tmp_path, 600))]) if isinstance(f, Found)], tmp_path / "out"
    out.mkdir()
    shards = [located(shard, files) for shard in plan(files, HOW, 4096)]
    done = local(shards, Orders(Task(HOW, Options(), out), workers=1), lambda _: None)
    next(done)
    # Its worker has the next shard, of which the parent may not know yet when a signal comes.
    done.close()
    assert not multiprocessing.active_children() and not list(out.rglob("*.part"))


PANDAS = """__version__ = "0"
import multiprocessing, os, signal
if multiprocessing.parent_process() is None:
    try:
        os.kill(os.getpid(), signal.{name})
    except BaseException:
        pass
"""


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_that_a_library_swallows_ends_it_all_the_same(name: str, code: int, tmp_path: Path) -> None:
    # as compiled parts of the real pandas do, which pyarrow imports at its first conversion
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "pandas.py").write_text(PANDAS.format(name=name), "utf-8")
    source, out = an_archive(tmp_path, 1500), tmp_path / "out"
    running = batch_process(source, out, "--workers", "1", env={**os.environ, "PYTHONPATH": str(tmp_path / "site")})
    assert running.wait(60) == code
    assert not (out / "run.json").exists() and not list(out.rglob("*.part"))


def test_a_plan_that_breaks_off_leaves_no_half_file(tmp_path: Path) -> None:
    def shards() -> Iterator[Shard]:
        yield from ()
        raise KeyboardInterrupt

    with held(tmp_path / "out") as folder, pytest.raises(KeyboardInterrupt):
        folder.begin({}, [], shards())
    assert [p.name for p in (tmp_path / "out").iterdir()] == [".lock"]


def test_sources_at_an_address_give_the_same(archive: Path, reference: Path, tmp_path: Path) -> None:
    fs = fsspec.filesystem("memory")
    fs.pipe("/archive/news.jsonl", archive.read_bytes())
    out = tmp_path / "out"
    summary = work(Path("unused"), out, inputs=("memory://archive/news.jsonl",))
    assert summary.ok == 120
    assert [p.read_bytes() for p in sorted((out / "facts").glob("*"))] == [
        p.read_bytes() for p in sorted((reference / "facts").glob("*"))
    ]
    fs.pipe("/archive/news.jsonl", archive.read_bytes())
    with pytest.raises(OutputError, match=r"other sources \(of the same names and sizes, but written anew\);"):
        work(Path("unused"), out, inputs=("memory://archive/news.jsonl",))
    fs.rm("/archive", recursive=True)


def test_an_archive_is_written_here(archive: Path) -> None:
    with pytest.raises(OutputError, match="s3://bucket/out: an archive is locked"):
        work(archive, Path("s3://bucket/out"))
