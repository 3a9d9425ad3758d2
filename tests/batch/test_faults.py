"""What a batch promises, broken for real: documents that break their worker, full disks, damaged files, wrong words."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.batch.test_run import ROOT, SENTENCE, an_archive, digest, table, work

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FAULTS = {
    4: ("RAISES", "RuntimeError: a broken stage"),
    9: ("NEVER-ENDS", "it took more than 2 s; allow more with --timeout"),
    10: ("EATS-MEMORY", "more memory"),
    17: ("KILLS", "its worker died (SIGKILL)"),
}


def batch(
    source: Path, out: Path, *more: str, faults: bool = False, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "cli.py"), "batch", str(source), "-o", str(out), "--workers", "1", "-q"]
    path = os.pathsep.join([str(ROOT / "tests/batch/faults"), str(ROOT)]) if faults else str(ROOT)
    return subprocess.run(
        [*command, *more],
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        env={**os.environ, "PYTHONPATH": path},
        preexec_fn=before,
    )


def a_faulty_archive(folder: Path) -> Path:
    rows = [{"id": f"n{i}", "text": SENTENCE.format(i + 1) + FAULTS.get(i, ("",))[0]} for i in range(24)]
    path = folder / "news.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_each_fault_is_blamed_alone_and_can_be_tried_again(tmp_path: Path) -> None:
    source, out = a_faulty_archive(tmp_path), tmp_path / "out"
    done = batch(source, out, "--timeout", "2", "--memory", "3000", faults=True)
    assert done.returncode == 1, done.stderr
    documents = table(out, "documents")
    assert [d["number"] for d in documents] == list(range(24))
    assert {d["number"] for d in documents if d["status"] != "ok"} == set(FAULTS)
    for number, (_, reason) in FAULTS.items():
        assert documents[number]["status"] == "quarantined"
        assert documents[number]["source"] == f"n{number}"
        assert reason in str(documents[number]["reason"])
    assert {f["number"] for f in table(out, "facts")} == set(range(24)) - set(FAULTS)

    untouched = batch(source, out)
    assert untouched.returncode == 1 and {d["status"] for d in table(out, "documents")} == {"ok", "quarantined"}
    again = batch(source, out, "--retry-quarantined")
    assert again.returncode == 0, again.stderr
    assert {d["status"] for d in table(out, "documents")} == {"ok"}
    work(source, tmp_path / "whole")
    assert table(out, "facts") == table(tmp_path / "whole", "facts")


def no_large_files() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))


@pytest.mark.skipif(sys.platform == "win32", reason="files are limited on Unix only")
def test_a_full_disk_is_told_and_leaves_no_half_file(tmp_path: Path) -> None:
    source, out = an_archive(tmp_path), tmp_path / "out"
    full = batch(source, out, "--shard-size", "4", before=no_large_files)
    assert full.returncode == 2
    (line,) = full.stderr.splitlines()
    assert "File too large" in line or "No space" in line
    assert not list(out.rglob("*.part")) and not list(out.glob("manifests/*"))
    assert batch(source, out, "--shard-size", "4").returncode == 0
    work(source, tmp_path / "whole")
    assert digest(out) == digest(tmp_path / "whole")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc cannot be written, whoever one is")
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = batch(an_archive(tmp_path, 3), Path("/proc/zhfacts-out"))
    assert done.returncode == 2 and "cannot be written" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o555)
    done = batch(an_archive(tmp_path, 3), out)
    assert done.returncode == 2 and "cannot be written" in done.stderr


def lines(count: int) -> bytes:
    # Every text is of its own, for what packs to nothing cannot be cut in the middle.
    rows = ({"id": f"n{i}", "text": SENTENCE.format(i * 7919 % 10007)} for i in range(count))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def a_zip(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("news.jsonl", lines(count))
    return out.getvalue()


def a_parquet(count: int) -> bytes:
    out = io.BytesIO()
    pq.write_table(
        pa.table({"id": [str(i) for i in range(count)], "text": [SENTENCE.format(i) for i in range(count)]}), out
    )
    return out.getvalue()


def test_damaged_files_are_told_in_the_job_and_the_rest_is_worked(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    whole = {"a.jsonl.gz": gzip.compress(lines(200)), "b.jsonl.zst": zstd.compress(lines(200)), "c.zip": a_zip(50),
             "d.parquet": a_parquet(50)}  # fmt: skip
    for name, data in whole.items():
        (source / name).write_bytes(data[: len(data) * 3 // 5])
    (source / "e.jsonl").write_bytes(lines(9))
    summary = work(source, out)
    failed = {str(d["source"]): str(d["reason"]) for d in table(out, "documents") if d["status"] == "failed"}
    assert set(failed) == set(whole)
    assert "cut short" in failed["a.jsonl.gz"] and "cut short" in failed["b.jsonl.zst"]
    assert "no sound zip" in failed["c.zip"] and "no sound Parquet" in failed["d.parquet"]
    assert summary.failed == 4 and summary.ok >= 9
    assert [d["number"] for d in table(out, "documents")] == list(range(summary.documents))


@pytest.mark.parametrize(
    ("more", "code", "word"),
    [
        (["--engine", "hadoop"], 2, "hadoop"),
        (["--timeout", "0"], 2, "timeout"),
        (["--published", "next week"], 2, "next week"),
        (["--encoding", "utf-99"], 2, "utf-99"),
        (["--rules", "nowhere"], 2, "nowhere"),
    ],
)
def test_wrong_words_are_told_before_anything_is_written(more: list[str], code: int, word: str, tmp_path: Path) -> None:
    done = batch(an_archive(tmp_path, 3), tmp_path / "out", *more)
    assert done.returncode == code and word in done.stderr
    assert not list(tmp_path.glob("out/*"))


def test_output_of_another_schema_is_refused(tmp_path: Path) -> None:
    source, out = an_archive(tmp_path, 3), tmp_path / "out"
    work(source, out)
    job = json.loads((out / "job.json").read_text("utf-8"))
    (out / "job.json").write_text(json.dumps({**job, "schema": "zhfacts/0"}), "utf-8")
    done = batch(source, out, "--shard-size", "4")
    assert done.returncode == 2 and "written by another version (zhfacts/0" in done.stderr
