"""Containers: what each kind of file gives, in order, and what is told of damage."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.intake import archives, entry
from pipeline.intake.containers import entries
from pipeline.intake.entry import Reading
from pipeline.intake.rows import Fields
from pipeline.intake.source import Failure, Source

ROWS = [{"id": f"n{i}", "text": f"第{i}条消息：新增岗位{i}万个。", "published": "2024-05-31"} for i in range(1, 6)]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def read(name: str, data: bytes, how: Reading | None = None) -> list[Source | Failure]:
    return [e.load() for e in entries(io.BytesIO(data), name, how or Reading())]


def a_csv() -> bytes:
    out = io.StringIO()
    table = csv.DictWriter(out, ["id", "text", "published"])
    table.writeheader()
    table.writerows(ROWS)
    return out.getvalue().encode("utf-8-sig")


def a_parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), out, write_page_checksum=True)
    return out.getvalue()


def a_zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def a_tar(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


TABLES: dict[str, Callable[[], bytes]] = {
    "a.jsonl": lambda: LINES,
    "a.json": lambda: json.dumps(ROWS, ensure_ascii=False, indent=1).encode(),
    "a.json.gz": lambda: gzip.compress(json.dumps(ROWS).encode("utf-8-sig")),
    "lines.json": lambda: b"\n" + LINES,
    "-": lambda: LINES,
    "63": lambda: json.dumps(ROWS, ensure_ascii=False).encode("gb18030"),
    "a.jsonl.gz": lambda: gzip.compress(LINES),
    "a.jsonl.zst": lambda: zstd.compress(LINES),
    "a.csv": a_csv,
    "a.csv.gz": lambda: gzip.compress(a_csv()),
    "a.parquet": a_parquet,
    "a.zip": lambda: a_zip({"in/b.jsonl": LINES}),
    "a.tar": lambda: a_tar({"in/b.jsonl": LINES}),
    "a.tar.gz": lambda: gzip.compress(a_tar({"in/b.jsonl": LINES})),
    "a.tgz": lambda: gzip.compress(a_tar({"in/b.jsonl": LINES})),
    "a.tar.zst": lambda: zstd.compress(a_tar({"in/b.jsonl.gz": gzip.compress(LINES)})),
}


@pytest.mark.parametrize("name", TABLES)
def test_records_are_alike_from_every_container(name: str) -> None:
    found = read(name, TABLES[name]())
    assert [(s.id, s.data, s.published) for s in found if isinstance(s, Source)] == [
        (row["id"], row["text"], row["published"]) for row in ROWS
    ]


@pytest.mark.parametrize("name", TABLES)
def test_an_entry_knows_its_size_before_it_is_read(name: str) -> None:
    sizes = [entry.size for entry in entries(io.BytesIO(TABLES[name]()), name, Reading())]
    assert len(sizes) == len(ROWS) and all(sizes)


def test_one_record_may_be_written_over_many_lines() -> None:
    data = json.dumps(ROWS[0], ensure_ascii=False, indent=2).encode()
    assert [s.id for name in ("a.json", "-") for s in read(name, data) if isinstance(s, Source)] == ["n1", "n1"]


def test_a_member_that_is_no_record_fails_alone() -> None:
    text, found, number = read("a.json", r'["桥", {"text": "桥\ud83d"}, {"id": 1}]'.encode())
    assert isinstance(text, Failure) and text.source == "a.json:1" and "no JSON object" in text.message
    assert isinstance(found, Source) and (found.id, found.data) == ("a:2", "桥\ud83d")
    assert isinstance(number, Failure) and number.source == "a.json:3" and 'has no "text"' in number.message


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"", "is empty"), (b"\n ", "is empty"), (b"[]", "of nothing"), (b'[{"text": "a"},', "is no JSON (")]
    + [("新桥通车".encode(), "is no JSON ("), (json.dumps(ROWS).encode("utf-16"), "is UTF-16")],
)
def test_json_that_is_none_is_told(data: bytes, told: str) -> None:
    (failure,) = read("a.json", data)
    assert isinstance(failure, Failure) and told in failure.message


@pytest.mark.parametrize("text", ["[本报讯] 新桥通车。\n", "{} 新桥通车。", '{"data": "新桥"}', '["新桥", "老桥"]'])
def test_what_has_no_suffix_and_no_records_is_a_text(text: str) -> None:
    (found,) = read("-", text.encode())
    assert isinstance(found, Source) and found.data == text.encode() and not found.page


@pytest.mark.parametrize("head", ["<!DOCTYPE html>\n<html>", "\ufeff\n <html lang=zh>", '<?xml version="1.0"?><html>'])
def test_what_has_no_suffix_may_be_a_web_page(head: str) -> None:
    for name in ("-", "c_123.shtml", "index.php"):
        (found,) = read(name, f"{head}<p>新桥通车</p></html>".encode())
        assert isinstance(found, Source) and found.page


@pytest.mark.parametrize("pack", [a_zip, a_tar])
def test_members_are_documents_named_by_archive_and_member(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    data = pack(
        {
            "b/2.txt": "二".encode(), "a/1.txt": "一".encode("gb18030"), "pic.jpg": b"\xff\xd8",
            "__MACOSX/a/._1.txt": b"\0\5", "a/._1.txt": b"\0\5", ".git/1.txt": b"1",
        }
    )  # fmt: skip
    found = read("n.zip" if pack is a_zip else "n.tar", data)
    suffix = ".zip" if pack is a_zip else ".tar"
    assert [(s.id, s.source) for s in found if isinstance(s, Source)] == [
        (f"n{suffix}!b/2", f"n{suffix}!b/2.txt"),
        (f"n{suffix}!a/1", f"n{suffix}!a/1.txt"),
    ]


def test_names_in_gb18030_are_repaired() -> None:
    info = zipfile.ZipInfo("新闻/一.txt".encode("gb18030").decode("cp437"))
    assert archives._zip_name(info) == "新闻/一.txt"
    info.flag_bits = archives.UTF8_NAME
    assert archives._zip_name(info) == info.filename


def test_names_that_lead_out_of_the_folder_stay_names(tmp_path: Path) -> None:
    found = read("n.zip", a_zip({"../../etc/x.txt": b"a", "/abs.txt": b"b", "tab\x1b[31m.txt": b"c"}))
    assert [s.source for s in found if isinstance(s, Source)] == [
        "n.zip!../../etc/x.txt",
        "n.zip!/abs.txt",
        "n.zip!tab\x1b[31m.txt",
    ]
    assert not list(tmp_path.iterdir())


def test_a_bomb_is_told_and_passed_by() -> None:
    found = read("n.zip", a_zip({"bomb.txt": bytes(20_000_000), "a.txt": "好".encode()}))
    told, after = found
    assert isinstance(told, Failure) and "thousandfold" in told.message
    assert isinstance(after, Source) and after.id == "n.zip!a"


def test_a_member_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "LARGEST", 10)
    for pack, name in ((a_zip, "n.zip"), (a_tar, "n.tar")):
        (told,) = read(name, pack({"a.txt": b"12345678901"}))
        assert isinstance(told, Failure) and "more than 10" in told.message


def test_of_a_packed_text_that_is_cut_short_nothing_is_said_to_be_read() -> None:
    (told,) = read("n.txt.gz", gzip.compress("产量增长3.5%。".encode() * 50)[:-9])
    assert isinstance(told, Failure) and "get it again" in told.message and "was read" not in told.message


@pytest.mark.parametrize("name", [n for n in TABLES if n.endswith((".gz", ".zst", ".tgz"))])
def test_a_packed_stream_that_is_cut_short_is_told_after_what_it_held(name: str) -> None:
    data = TABLES[name]()
    found = read(name, data[:-5])
    assert isinstance(found[-1], Failure) and "cut short" in found[-1].message
    assert [s.id for s in found[:-1] if isinstance(s, Source)] == [row["id"] for row in ROWS][: len(found) - 1]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.parquet"])
def test_an_archive_that_is_cut_short_is_told(name: str) -> None:
    data = TABLES[name]()
    found = read(name, data[: min(700, len(data) // 2)])
    assert isinstance(found[-1], Failure)


def a_zip_of(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in ("1.txt", "2.html", "3.jsonl"):
            archive.writestr(name, LINES * 3)
    return out.getvalue()


METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
DAMAGED = {
    **{name: make() for name, make in TABLES.items()},
    **{f"{method}.zip": a_zip_of(method) for method in METHODS},
    **{f"t.txt{packing}": pack(LINES) for packing, pack in ((".gz", gzip.compress), (".zst", zstd.compress))},
}


@pytest.mark.parametrize("name", DAMAGED)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=4), st.integers(0, 10**6))
@settings(max_examples=60)
def test_damage_of_any_kind_is_told_and_raises_nothing(name: str, flips: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(DAMAGED[name])
    for at, bits in flips:
        data[at % len(data)] ^= bits
    if cut % 5 == 0:
        del data[cut % len(data) :]
    assert all(isinstance(one, Source | Failure) for one in read(name, bytes(data)))


def test_a_flipped_bit_in_parquet_is_told() -> None:
    data = bytearray(a_parquet())
    at = data.index("岗位".encode())
    data[at] ^= 1
    assert any(isinstance(one, Failure) for one in read("a.parquet", bytes(data)))


def test_fields_go_by_the_names_that_the_user_gives() -> None:
    how = Reading(fields=Fields("body", "nr", "day"))
    (found,) = read("a.jsonl", '{"nr": 7, "body": "好", "day": "2024-05-31", "site": "x"}'.encode(), how)
    assert isinstance(found, Source)
    assert (found.id, found.data, found.published, found.meta) == ("7", "好", "2024-05-31", {"site": "x"})


def test_a_table_without_the_column_says_which_it_has() -> None:
    (told,) = read("a.csv", b"title,body\r\nx,y\r\n")
    assert isinstance(told, Failure) and "title, body" in told.message and "--text-field" in told.message


def test_csv_in_another_encoding_is_read_as_declared_or_told() -> None:
    data = "id,text\r\n1,新增岗位3万个\r\n".encode("gb18030")
    (found,) = read("a.csv", data, Reading("gb18030"))
    assert isinstance(found, Source) and found.data == "新增岗位3万个"
    (told,) = read("a.csv", data)
    assert isinstance(told, Failure) and "--encoding" in told.message


def test_a_member_without_a_name_is_passed_by() -> None:
    data = a_zip({"q": b"1", "b.txt": b"2"}).replace(b"q", b"\0")
    (found,) = read("n.zip", data)
    assert isinstance(found, Source) and found.id == "n.zip!b"
