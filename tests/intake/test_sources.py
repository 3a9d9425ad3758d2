"""Sources: what becomes a document, under which id, and what fails in one line."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
from pathlib import Path
from typing import IO, Any

import pytest

from pipeline.intake import sources as intake_sources
from pipeline.intake.source import Failure, Source
from pipeline.intake.sources import Found, read


def sources(*inputs: object, encoding: str | None = None) -> list[Source | Failure]:
    return list(read([str(i) for i in inputs], encoding))


def only(found: list[Source | Failure]) -> Source:
    assert len(found) == 1 and isinstance(found[0], Source), found
    return found[0]


def failures(found: list[Source | Failure]) -> list[str]:
    return [str(f) for f in found if isinstance(f, Failure)]


def lines(path: Path, *rows: Any) -> Path:
    path.write_text(
        "".join((r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in rows), "utf-8"
    )
    return path


def test_a_file_is_one_document(tmp_path: Path) -> None:
    path = tmp_path / "桥.txt"
    path.write_bytes("新桥".encode("gb18030"))
    source = only(sources(path, encoding="gbk"))
    assert (source.id, source.source, source.encoding) == ("桥", "桥.txt", "gbk")
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_folder_gives_its_texts_sorted_and_named_from_the_root(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("新桥", "utf-8")
    found = [s for s in sources(tmp_path) if isinstance(s, Source)]
    assert [(s.id, s.source) for s in found] == [("a", "a.txt"), ("b/1", "b/1.txt"), ("b/2", "b/2.txt")]


def test_a_glob_is_named_from_its_plain_part(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "1.txt").write_text("新桥", "utf-8")
    assert only(sources(f"{tmp_path}/*/*.txt")).id == "x/1"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("新桥".encode()), "utf-8"))
    source = only(sources("-"))
    assert (source.id, source.source, source.data) == ("-", "-", "新桥".encode())


def test_a_record_keeps_its_fields(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "f.jsonl", {"id": "n1", "text": "新桥", "published": "2024-05-31T08:00", "url": "u", "n": 1}
    )
    source = only(sources(path))
    assert (source.id, source.data, source.published) == ("n1", "新桥", "2024-05-31T08:00")
    assert source.meta == {"url": "u", "n": 1}
    assert source.sha256 == hashlib.sha256("新桥".encode()).hexdigest()


@pytest.mark.parametrize("name", ["f.jsonl", "f.JSONL"])
def test_a_record_without_id_is_named_by_its_line(tmp_path: Path, name: str) -> None:
    assert only(sources(lines(tmp_path / name, {"text": "新桥"}))).id == "f:1"


def test_lone_surrogates_are_survived(tmp_path: Path) -> None:
    source = only(sources(lines(tmp_path / "f.jsonl", r'{"id": "a", "text": "桥\ud83d", "k\udc00": "\ud800"}')))
    assert source.data == "桥\ud83d"
    assert source.meta == {"k\ufffd": "\ufffd"}


def test_records_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    path.write_bytes('{"id": "a", "text": "滨江新桥昨日通车，全长三公里。"}\n'.encode("gb18030"))
    assert only(sources(path)).data == "滨江新桥昨日通车，全长三公里。"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{nonsense", "is no JSON"),
        ('{"text": NaN}', "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[1]", "no JSON object"),
        ({"id": "a"}, 'has no "text"'),
        ({"text": 1}, 'its "text" is 1; put the text there, as a string, or name its field with --text-field'),
        ({"text": ["桥"] * 99}, "\u2026; put the text there"),
        ({"schema": "zhfacts/1", "doc": {"text": "桥"}}, "is an output of zhfacts; give the text"),
        ({"text": " \n"}, "is empty"),
        ({"text": "桥", "published": "yesterday"}, "write an ISO date"),
        ({"text": "桥", "published": 20240531}, "write an ISO date"),
        ({"text": "桥", "published": "20240531"}, "write an ISO date"),
    ],
)
def test_a_broken_record_fails_alone(tmp_path: Path, row: Any, message: str) -> None:
    found = sources(lines(tmp_path / "f.jsonl", row, {"id": "b", "text": "新桥"}))
    assert isinstance(found[1], Source) and found[1].id == "b"
    (told,) = failures(found)
    assert told.startswith("f.jsonl:1: ") and message in told and "\n" not in told


def test_records_in_utf16_are_one_failure(tmp_path: Path) -> None:
    (tmp_path / "f.jsonl").write_bytes('{"text": "新桥"}\n{"text": "老桥"}\n'.encode("utf-16"))
    told = failures(sources(tmp_path / "f.jsonl"))
    assert told == ["f.jsonl: is UTF-16, whose lines cannot be told apart; save it as UTF-8"]


@pytest.mark.parametrize("name", ["empty.txt", "empty.jsonl"])
def test_an_empty_file_fails(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert failures(sources(tmp_path / name)) == [f"{name}: is empty; give a text"]


def test_what_is_not_there_fails_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    (tmp_path / "a.txt").write_text("新桥", "utf-8")
    found = sources(tmp_path / "no.txt", tmp_path / "leer", f"{tmp_path}/*.nix", tmp_path / "a.txt")
    told = failures(found)
    assert len(told) == 3 and len(found) == 4
    assert "no such file" in told[0] and "holds no texts" in told[1] and "matches no file" in told[2]


@pytest.mark.parametrize("name", ["[x].txt", "q?.txt", "a*.txt", "a b.txt", "a\nb.txt", "-dash.txt", "2024.05.31.txt"])
def test_signs_of_patterns_in_real_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "[1]").mkdir()
    (tmp_path / "[1]" / name).write_text("新桥", "utf-8")
    for given in (tmp_path / "[1]" / name, tmp_path / "[1]", tmp_path / "[1]" / "*.txt"):
        source = only(sources(given))
        assert (source.id, source.source) == (name.removesuffix(".txt"), name)


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "\udcff.txt"
    try:
        path.write_text("新桥", "utf-8")
    except OSError:
        pytest.skip("the file system takes UTF-8 only")
    for given in (path, tmp_path, tmp_path / "*.txt"):
        assert only(sources(given)).source == "\ufffd.txt"


def test_a_disk_that_gives_way_fails_that_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    def opened(file: Found) -> IO[bytes]:
        return Failing(b"1") if file.shown == "1.txt" else open_(file)

    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_text("一", "utf-8")
    open_ = intake_sources._opened
    monkeypatch.setattr(intake_sources, "_opened", opened)
    failed, found = sources(tmp_path)
    assert str(failed) == "1.txt: cannot be read (Input/output error); check the file and its rights"
    assert isinstance(found, Source) and found.data == "一".encode()


def test_a_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "in" / "a.txt").write_text("新桥", "utf-8")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert only(sources(tmp_path / "in")).id == "a"
    assert "no such file" in failures(sources(tmp_path / "self.txt"))[0]


@pytest.mark.parametrize("inside", ["in", "in/locked"])
def test_a_folder_that_is_locked(tmp_path: Path, inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in" / "locked").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("新桥", "utf-8")
    scandir = os.scandir

    def closed(path: str) -> Any:
        if str(path) == str(tmp_path / inside):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    def hidden(self: Path, **_: Any) -> os.stat_result:
        if str(self).startswith(f"{tmp_path / inside}/"):
            raise PermissionError(13, "Permission denied", str(self))
        return os.stat(self)

    monkeypatch.setattr("os.scandir", closed)
    monkeypatch.setattr(Path, "stat", hidden)
    found = sources(tmp_path / "in")
    assert failures(found) == [
        f"{tmp_path / inside}: cannot be read (Permission denied); check the file and its rights"
    ]
    assert [s.id for s in found if isinstance(s, Source)] == ["a"] * (inside != "in")


def test_no_name_is_no_folder() -> None:
    assert failures(sources("")) == ["'': names no input; give a file, a folder or -"]


def test_the_output_in_a_folder_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("新桥", "utf-8")
    out = tmp_path / "all.jsonl"
    out.write_text("{}\n", "utf-8")
    assert only(list(read([str(tmp_path)], output=out))).id == "a"
    assert only(list(read([f"{tmp_path}/*.*"], output=out))).id == "a"


def test_an_archive_that_a_batch_wrote_holds_no_texts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("新桥", "utf-8")
    out = tmp_path / "out"
    out.mkdir()
    for name in ("job.json", "plan.jsonl"):
        lines(out / name, {"text": "x"})
    assert ids(tmp_path) == ["a"]
    assert failures(sources(out)) == [f"{out}: is an archive that a batch wrote; `zhfacts export` gives what it holds"]
    (out / "plan.jsonl").unlink()
    assert ids(tmp_path) == ["a", "out/job:1"]


def test_a_record_whose_id_came_before_goes_by_its_place(tmp_path: Path) -> None:
    path = lines(tmp_path / "f.jsonl", *({"id": "a", "text": text} for text in "一二三"))
    found = [s for s in sources(path) if isinstance(s, Source)]
    assert [(s.id, s.source, s.data) for s in found] == [("a", "a", "一"), ("f:2", "a", "二"), ("f:3", "a", "三")]
    assert [i.message for s in found for i in s.issues] == [
        f"the id 'a' came before; this document goes by 'f:{n}'" for n in (2, 3)
    ]


def folders(tmp_path: Path, *names: str) -> list[Path]:
    """Files of these names, each with a text."""
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("新桥", "utf-8")
    return paths


def ids(*inputs: Path) -> list[str]:
    return [s.id for s in sources(*inputs) if isinstance(s, Source)]


def test_files_that_differ_in_the_suffix_keep_it(tmp_path: Path) -> None:
    folders(tmp_path, "a.txt", "a.md", "a.html", "b.txt", "c/a.txt")
    assert ids(tmp_path) == ["a.html", "a.txt", "b", "c/a"]
    assert ids(tmp_path / "a.md", tmp_path / "a.txt") == ["a.md", "a.txt"]


def test_files_of_one_name_are_named_from_higher_up(tmp_path: Path) -> None:
    folders(tmp_path, "2023/1/a.txt", "2023/2/a.txt", "2024/1/a.txt", "b.txt")
    assert ids(tmp_path / "2023", tmp_path / "2024", tmp_path / "b.txt") == ["2023/1/a", "2/a", "2024/1/a", "b"]
    assert ids(tmp_path / "2023/1/a.txt", tmp_path / "2023/2/a.txt") == ["1/a", "2/a"]
    assert ids(tmp_path) == ["2023/1/a", "2023/2/a", "2024/1/a", "b"]


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    (a,) = folders(tmp_path, "a.txt")
    assert ids(a, tmp_path, a) == ["a"]


def test_hidden_files_are_read_only_by_name(tmp_path: Path) -> None:
    hidden = folders(tmp_path, ".a.txt", ".git/b.txt", "__MACOSX/._c.txt")
    folders(tmp_path, "c.txt")
    assert ids(tmp_path) == ["c"]
    assert ids(*hidden) == [".a", "b", "._c"]


def test_how_much_was_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("新桥", "utf-8")
    path = lines(tmp_path / "f.jsonl", {"text": "新桥"}, {"text": "老桥"})
    found = [s for s in sources(tmp_path) if isinstance(s, Source)]
    assert sum(s.size for s in found) == 6 + path.stat().st_size


def test_files_are_read_when_their_turn_comes(tmp_path: Path) -> None:
    path = lines(tmp_path / "f.jsonl", *({"id": str(i), "text": "新桥"} for i in range(3)))
    stream = read([str(path)], None)
    assert isinstance(next(stream), Source)
    path.unlink()
    assert len(list(stream)) == 2
