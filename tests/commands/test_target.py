"""Where output goes: a file that appears whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import fsspec
import pytest

from pipeline.commands import target as module
from pipeline.commands.target import choose_format, target
from pipeline.core.errors import OutputError, UsageError


@pytest.mark.parametrize(
    ("wanted", "output", "terminal", "expected"),
    [
        (None, None, True, "table"),
        (None, None, False, "jsonl"),
        ("json", None, True, "json"),
        (None, Path("a.json"), True, "json"),
        (None, Path("a.JSONL"), True, "jsonl"),
        (None, Path("a"), True, "jsonl"),
        (None, Path("-"), True, "jsonl"),
        ("jsonl", Path("a.txt"), True, "jsonl"),
    ],
)
def test_the_format(
    wanted: str | None, output: Path | None, terminal: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "stdout_is_terminal", lambda: terminal)
    assert choose_format(wanted, output) == expected


def test_a_suffix_that_stands_for_no_format() -> None:
    with pytest.raises(UsageError, match=r"a\.txt: \.txt stands for no format; end it in one of \.jsonl"):
        choose_format(None, Path("a.txt"))


def test_the_file_appears_at_the_end_with_the_usual_rights(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    out = tmp_path / "out.jsonl"
    with target(out, force=False) as stream:
        stream.write(b"{}\n")
        assert not out.exists()
    assert out.read_bytes() == b"{}\n"
    assert stat.S_IMODE(out.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "plain"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_nothing_is_left_of_a_run_that_broke_off(tmp_path: Path, error: type[BaseException]) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before", "utf-8")
    with pytest.raises(error), target(out, force=True) as stream:
        stream.write(b"half")
        raise error
    assert out.read_text("utf-8") == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_file_that_exists(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before", "utf-8")
    with pytest.raises(OutputError, match=r"out\.jsonl exists; write over it with --force"), target(out, force=False):
        pass
    with target(out, force=True) as stream:
        stream.write(b"after")
    assert out.read_text("utf-8") == "after"


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot be written: No such file or directory"):
        with target(tmp_path / "nowhere" / "out.jsonl", force=False):
            pass


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot be written: Is a directory"), target(tmp_path, force=True):
        pass


def test_a_device_takes_the_bytes_as_they_come() -> None:
    with target(Path("/dev/null"), force=False) as stream:
        stream.write(b"{}\n")
    assert Path("/dev/null").is_char_device()


def test_what_goes_to_an_address_is_sent_when_it_is_whole(tmp_path: Path) -> None:
    place = Path("memory://facts/out.jsonl")  # as the command line makes it of what is typed
    fs = fsspec.filesystem("memory")
    with pytest.raises(KeyboardInterrupt), target(place, force=False) as out:
        out.write(b"half")
        raise KeyboardInterrupt
    assert not fs.exists("/facts/out.jsonl")
    with target(place, force=False) as out:
        out.write(b"whole")
    assert fs.cat("/facts/out.jsonl") == b"whole"
    with pytest.raises(OutputError, match="memory://facts/out.jsonl exists"), target(place, force=False):
        pass
    with target(place, force=True) as out:
        out.write(b"again")
    assert fs.cat("/facts/out.jsonl") == b"again"
    with target(Path(f"file://{tmp_path}/out.jsonl"), force=False) as out:
        out.write(b"here")
    assert (tmp_path / "out.jsonl").read_bytes() == b"here"
    with pytest.raises(OutputError, match="gopher://a: is of no protocol"), target(Path("gopher://a"), force=False):
        pass
