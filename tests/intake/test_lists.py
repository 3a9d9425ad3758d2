"""Lists of inputs: what a line may say, from where documents are named, and one clear line for each that is wrong."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pipeline.core.errors import InputError
from pipeline.intake.lists import find_listed, read_list
from pipeline.intake.source import Failure, Source
from pipeline.intake.sources import read_found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("news/a/1.txt", "news/a/2.txt", "news/b/1.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("新桥通车", "utf-8")
    return tmp_path


def listed(folder: Path, text: str | bytes) -> list[Source | Failure]:
    path = folder / "list.tsv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_found(find_listed(read_list("list.tsv"))))


def ids(found: list[Source | Failure]) -> list[str]:
    return [one.id for one in found if isinstance(one, Source)]


def test_documents_are_named_from_the_folder_that_holds_all(folder: Path) -> None:
    assert ids(listed(folder, "news/b/1.txt\nnews/a/1.txt\n")) == ["b/1", "a/1"]
    assert ids(listed(folder, f"{folder}/news/b/1.txt\n./news/a/../a/1.txt")) == ["b/1", "a/1"]
    assert ids(listed(folder, "news/b/1.txt\n")) == ["1"]


def test_a_folder_may_be_listed(folder: Path) -> None:
    assert ids(listed(folder, "news/a\nnews/b/1.txt\n")) == ["a/1", "a/2", "b/1"]


def test_a_file_that_is_missing_changes_no_name(folder: Path) -> None:
    found = listed(folder, "news/a/1.txt\n/nowhere/x.txt\n")
    assert ids(found) == ["1"]
    assert [str(f) for f in found if isinstance(f, Failure)] == [
        "list.tsv:2: /nowhere/x.txt: no such file; check the path"
    ]


def test_a_line_says_encoding_and_date(folder: Path) -> None:
    (folder / "gb.txt").write_bytes("新桥".encode("gb18030"))
    found = listed(folder, "gb.txt\tgbk\t2024-05-31\nnews/a/1.txt\t\t2024-06-01T08:00\nnews/b/1.txt\n")
    assert [(s.encoding, s.published) for s in found if isinstance(s, Source)] == [
        ("gb18030", "2024-05-31"),
        (None, "2024-06-01T08:00"),
        (None, None),
    ]


def test_a_record_knows_its_own_date_better(folder: Path) -> None:
    rows = '{"id": "1", "text": "新桥", "published": "2023-01-01"}\n{"id": "2", "text": "新桥"}\n'
    (folder / "feed.jsonl").write_text(rows, "utf-8")
    found = listed(folder, "feed.jsonl\t\t2024-05-31\n")
    assert [s.published for s in found if isinstance(s, Source)] == ["2023-01-01", "2024-05-31"]


def test_blank_lines_marks_and_windows_line_breaks_are_no_paths(folder: Path) -> None:
    assert ids(listed(folder, b"\xef\xbb\xbfnews/a/1.txt\r\n\r\nnews/a/2.txt\r\n")) == ["1", "2"]


def test_a_path_is_taken_as_it_stands(folder: Path) -> None:
    (folder / "[1] # 桥.txt").write_text("新桥", "utf-8")
    assert ids(listed(folder, "[1] # 桥.txt\n")) == ["[1] # 桥"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("\tgbk", "list.tsv:1: names no file; write PATH, or PATH, ENCODING and DATE parted by tabs"),
        ("a.txt\tb\tc\td", "list.tsv:1: has too many cells; write PATH"),
        ("a.txt\tklingon", "list.tsv:1: 'klingon' is no encoding"),
        ("a.txt\t\t31.5.2024", "list.tsv:1: '31.5.2024' is no date"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(folder: Path, line: str, told: str) -> None:
    (only,) = listed(folder, line)
    assert str(only).startswith(told)


def test_a_list_from_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"news/a/1.txt\n"), "utf-8"))
    assert ids(list(read_found(find_listed(read_list("-"))))) == ["1"]


@pytest.mark.parametrize(("name", "data"), [("nowhere", None), ("news", None), ("empty", b"\n \n")])
def test_a_list_that_gives_nothing_is_an_error(folder: Path, name: str, data: bytes | None) -> None:
    if data is not None:
        (folder / name).write_bytes(data)
    with pytest.raises(InputError, match="one path a line|one a line"):
        read_list(name)


def test_what_is_being_written_is_not_read(folder: Path) -> None:
    (folder / "list.tsv").write_text("news/a\n", "utf-8")
    found = find_listed(read_list("list.tsv"), folder / "news" / "a" / "2.txt")
    assert ids(list(read_found(found))) == ["1"]
