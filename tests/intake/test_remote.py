"""Addresses: files, folders and patterns of a web server and of fsspec's memory; what is not to be had is told."""

from __future__ import annotations

import gzip
import io
import json
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest

from pipeline.intake import remote
from pipeline.intake.source import Failure, Source
from pipeline.intake.sources import Found, find, read

ROWS = [{"id": f"n{i}", "text": f"第{i}条消息：新增岗位{i}万个。"} for i in range(1, 400)]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()
IDS = [row["id"] for row in ROWS]


class Server(SimpleHTTPRequestHandler):
    """Python's own, which gives no parts; ``/breaks/…`` ends in the middle once, ``/closed/…`` is closed."""

    broken: set[str] = set()

    def do_GET(self) -> None:
        if self.path.startswith("/closed/"):
            self.send_error(403)
        elif self.path.startswith("/breaks/") and self.path not in self.broken:
            self.broken.add(self.path)
            data = (Path(self.directory) / self.path.lstrip("/")).read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2])
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        if self.path.startswith("/closed/"):
            self.send_error(403)
        else:
            super().do_HEAD()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("site")
    (root / "2024" / "may").mkdir(parents=True)
    (root / "breaks").mkdir()
    (root / "2024" / "a.jsonl").write_bytes(LINES)
    (root / "2024" / "b.txt").write_text("新增岗位5万个。", "utf-8")
    (root / "2024" / "c.bin").write_bytes(b"\0")
    (root / "2024" / "may" / "d.txt").write_text("新增岗位6万个。", "utf-8")
    (root / "news.jsonl.gz").write_bytes(gzip.compress(LINES))
    (root / "breaks" / "news.jsonl").write_bytes(LINES)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("e.txt", "新增岗位7万个。")
    (root / "f.zip").write_bytes(packed.getvalue())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    fs = fsspec.filesystem("memory")
    fs.pipe({"/news/a.jsonl": LINES, "/news/more/b.txt": "新增岗位5万个。".encode(), "/news/c.bin": b"\0"})
    yield fs
    fs.rm("/news", recursive=True)


def ids(*inputs: str) -> list[str]:
    found = list(read(inputs))
    assert all(isinstance(one, Source) for one in found), found
    return [one.id for one in found if isinstance(one, Source)]


def told(address: str) -> str:
    (failure,) = read([address])
    assert isinstance(failure, Failure) and failure.source == address and "\n" not in str(failure)
    return failure.message


def test_a_web_server(site: str) -> None:
    assert ids(f"{site}/2024/a.jsonl") == IDS
    assert ids(f"{site}/news.jsonl.gz") == IDS
    assert ids(f"{site}/f.zip") == ["f.zip!e"]
    assert ids(f"{site}/2024/") == [*IDS, "b", "may/d"]
    assert ids(f"{site}/2024/*.txt") == ["b"]
    assert [f.shown for f in find([f"{site}/2024/b.txt?version=2"])] == ["b.txt"]  # type: ignore[union-attr]


def test_a_stream_that_breaks_off_is_taken_up_again(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "WAIT", 0)
    assert ids(f"{site}/breaks/news.jsonl") == IDS
    assert "/breaks/news.jsonl" in Server.broken


def test_memory(memory: object) -> None:
    assert ids("memory://news/a.jsonl") == IDS
    assert ids("memory://news") == [*IDS, "more/b"]
    assert ids("memory://news/**/*.txt") == ["more/b"]
    assert ids("memory://news/a.jsonl", "memory://news/more/b.txt") == [*IDS, "b"]


def test_an_address_on_this_machine_is_its_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("新增岗位5万个。", "utf-8")
    assert list(find([f"file://{tmp_path}/a.txt"])) == [Found(tmp_path / "a.txt", "a.txt")]
    assert ids(f"file://{tmp_path}") == ["a"]


def test_a_changed_file_has_another_version(site: str, memory: fsspec.AbstractFileSystem) -> None:
    size, version = remote.about(f"{site}/2024/a.jsonl")
    assert size == len(LINES) and version
    before = remote.about("memory://news/a.jsonl")
    memory.pipe("/news/a.jsonl", LINES)
    assert remote.about("memory://news/a.jsonl") != before


def test_what_is_not_to_be_had_is_told(site: str, memory: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "WAIT", 0)
    assert told(f"{site}/none.txt").startswith("no such file; check the address")
    assert told(f"{site}/closed/a.txt").startswith("access is denied")
    assert told("http://127.0.0.1:9/a.txt").startswith("cannot be reached (")
    assert told("gopher://127.0.0.1/a.txt").startswith("is of no protocol that is known")
    assert told("memory://news/none.txt").startswith("no such file")
    assert told("memory://news/*.csv").startswith("matches no file")
    assert told(f"{site}/2024/may/none/").startswith("no such file")
    assert told("http://127.0.0.1:9/news/").startswith("cannot be reached (")


def test_a_package_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    assert "pip install 'zhfacts[remote]'" in told("http://127.0.0.1:9/a.txt")
    monkeypatch.setitem(sys.modules, "s3fs", None)
    assert told("s3://news/a.txt").startswith("s3:// needs a package that is not installed; install")


def test_a_file_that_goes_while_it_is_read_is_told(memory: fsspec.AbstractFileSystem) -> None:
    (file,) = find(["memory://news/more/b.txt"])
    memory.rm("/news/more/b.txt")
    from pipeline.intake.entry import Reading
    from pipeline.intake.sources import documents

    (entry,) = documents(file, Reading())  # type: ignore[arg-type]
    failure = entry.load()
    assert isinstance(failure, Failure) and "no such file" in failure.message
