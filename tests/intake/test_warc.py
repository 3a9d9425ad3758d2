"""Web archives: pages and texts that were got, with their own ids; what is damaged is told."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest
from backports import zstd

from pipeline.chain import extract_sources
from pipeline.core.records import Document
from pipeline.intake import entry, warc
from pipeline.intake.containers import entries
from pipeline.intake.entry import Reading
from pipeline.intake.source import Failure, Source
from pipeline.intake.sources import read as read_inputs

pytest.importorskip("warcio")

TEXT = "全市新建学校12所，新增学位3.6万个。"
PAGE = f"<html><head><title>新建学校12所</title></head><body><article><p>{TEXT * 4}</p></article></body></html>"


def record(
    number: int, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", type: str = "response",
    more: str = "",
) -> bytes:  # fmt: skip
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() if type == "response" else b""
    block = http + body
    told = "application/http; msgtype=response" if http else kind
    head = (
        f"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Record-ID: <urn:uuid:0000-{number}>\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2024-05-31T08:00:0{number}Z\r\n"
        f"Content-Type: {told}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 5\r\n\r\na: b\n\r\n\r\n"
GB = gzip.compress(TEXT.encode("gb18030"), mtime=0)
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(TEXT.encode()), TEXT.encode())
RECORDS = [
    INFO,
    record(1, PAGE.encode()),
    record(2, b"moved", status="301 Moved Permanently"),
    record(3, b"\x89PNG", kind="image/png"),
    record(4, GB, "text/plain; charset=gb2312", more="Content-Encoding: gzip\r\n"),
    record(5, CHUNKED, "text/plain", more="Transfer-Encoding: chunked\r\n"),
    record(6, TEXT.encode(), "text/plain", type="conversion"),
    record(7, b"", "text/plain", type="resource"),
]  # fmt: skip
IDS_IN_ORDER = [f"urn:uuid:0000-{n}" for n in (1, 2, 3)]
IDS = [f"urn:uuid:0000-{n}" for n in (1, 4, 5, 6)]


def read(name: str, data: bytes) -> list[Source | Failure]:
    return [e.load() for e in entries(io.BytesIO(data), name, Reading())]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc", b"".join(RECORDS)),
        ("a.warc.gz", b"".join(gzip.compress(r) for r in RECORDS)),
        ("a.warc.gz", gzip.compress(b"".join(RECORDS))),
        ("a.warc.zst", b"".join(zstd.compress(r) for r in RECORDS)),
        ("a.warc.wet.gz", b"".join(gzip.compress(r) for r in RECORDS)),
    ],
)
def test_pages_and_texts_that_were_got(name: str, data: bytes) -> None:
    found = read(name, data)
    documents = [f for f in found if isinstance(f, Source)]
    assert [d.id for d in documents] == IDS
    assert [d.source for d in documents] == [f"https://news.example/{n}" for n in (1, 4, 5, 6)]
    assert [d.page for d in documents] == [True, False, False, False]
    assert {d.data for d in documents[1:]} == {TEXT.encode(), TEXT.encode("gb18030")}
    assert documents[1].encoding == "gb2312" and documents[1].published == "2024-05-31T08:00:04Z"
    (empty,) = (f for f in found if isinstance(f, Failure))
    assert empty.source == "https://news.example/7" and "empty" in empty.message


def test_a_page_goes_all_the_way(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(RECORDS))
    results = list(extract_sources(read_inputs([str(path)])))
    page, text, *_ = [r for r in results if isinstance(r, Document)]
    assert page.doc.id == IDS[0] and page.doc.meta["address"] == "https://news.example/1"
    assert page.doc.published == "2024-05-31T08:00:01" and page.doc.published_from == "field"
    assert {m.text for m in text.mentions} >= {"12所", "3.6万个"}


def test_a_charset_that_is_not_so_is_found_out() -> None:
    (found,) = read("a.warc", record(1, TEXT.encode("gb18030"), "text/plain; charset=utf-8"))
    assert isinstance(found, Source) and found.encoding is None
    (found,) = read("a.warc", record(1, TEXT.encode(), "text/plain; charset=klingon"))
    assert isinstance(found, Source) and found.encoding is None


@pytest.mark.parametrize("cut", [1, 3, 9, 40, 190, 260, 300, 340])
@pytest.mark.parametrize("kind", ["text/plain", "image/png"])
@pytest.mark.parametrize("packed", [False, True])
def test_one_that_is_cut_short_is_told(cut: int, kind: str, packed: bool) -> None:
    whole = [record(n, f"{n}{TEXT}".encode() * n, "text/plain" if n < 3 else kind) for n in (1, 2, 3)]
    data = b"".join(map(gzip.compress, whole)) if packed else b"".join(whole)
    *found, told = read("a.warc.gz" if packed else "a.warc", data[:-cut])
    assert isinstance(told, Failure) and told.source.startswith("a.warc")
    assert "cut short" in told.message or "no sound" in told.message
    ids = [f.id for f in found if isinstance(f, Source)]
    assert len(ids) == len(found) > 0 and ids == IDS_IN_ORDER[: len(ids)]
    assert packed or len(ids) == (3 if cut < 4 and kind == "text/plain" else 2)


@pytest.mark.parametrize("data", [b"", b"<html>", TEXT.encode() * 50])
def test_what_is_no_warc_is_told(data: bytes) -> None:
    (told,) = read("a.warc", data)
    assert isinstance(told, Failure) and told.source == "a.warc"


def test_a_length_that_is_wrong_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = record(1, TEXT.encode(), "text/plain").replace(b"\r\n\r\n", b"\r\nX: y\r\n\r\n", 1)
    data = wrong[:-4] + b"more\r\nthan told\r\n\r\n" + record(2, TEXT.encode(), "text/plain")
    *_, told = read("a.warc", data)
    assert isinstance(told, Failure) and "no sound WARC from here on" in told.message
    assert capsys.readouterr() == ("", "")


def test_a_record_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "LARGEST", 1000)
    monkeypatch.setattr(warc, "LARGEST", 1000)
    bomb = record(1, gzip.compress(b"1" * 100_000), "text/plain", more="Content-Encoding: gzip\r\n")
    for large in (bomb, record(1, b"1" * 1000, "text/plain")):
        told, after = read("a.warc", large + record(2, TEXT.encode(), "text/plain"))
        assert isinstance(told, Failure) and told.source == "https://news.example/1"
        assert "more than 1000" in told.message
        assert isinstance(after, Source) and after.id == IDS_IN_ORDER[1]


def test_without_the_extra_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    (told,) = read("a.warc", RECORDS[1])
    assert isinstance(told, Failure) and "pip install 'zhfacts[warc]'" in told.message
