"""`explain`: a place of a document, and what was found, lost or rejected there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.core.explanations import Explanation
from tests.commands.running import Run

TEXT = "青澜港全长三十五点六万公里，去年底开工，新增3个泊位，再增3个码头。\n"


@pytest.fixture
def port(tmp_path: Path) -> str:
    path = tmp_path / "port.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


@pytest.fixture
def feed(tmp_path: Path) -> str:
    path = tmp_path / "feed.jsonl"
    rows = [{"id": f"n{i}", "text": f"第{i}港新增{i + 2}个泊位。", "published": "2024-05-31"} for i in range(1, 8)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(path)


def tree(out: bytes) -> list[str]:
    return [line.strip("│├└─ \xa0") for line in out.decode("utf-8").splitlines()]


def array(out: bytes) -> list[dict[str, Any]]:
    value: list[dict[str, Any]] = json.loads(out)
    msgspec.convert(value, list[Explanation])
    return value


def test_a_tree_tells_rule_and_steps(run: Run, port: str) -> None:
    done = run("explain", port, "--find", "三十五", "--published", "2024-05-31")
    assert (done.code, done.err) == (0, "")
    lines = tree(done.out)
    assert lines[0] == "port.txt · 2024-05-31 · a1 · 5:8"
    assert lines[1].startswith("青澜港全长»三十五«点六万公里，去年底开工")
    for line in ("numeral  三十五点六 → 35.6", "numeral  万 → ×10^4", "kind=measure  value=356000  unit=km"):
        assert any(shown.startswith(line) for shown in lines)
    assert any(line.startswith("rule quantity.measure rules/quantities.toml:") for line in lines)
    assert any(line.startswith("rejected: 三十五 is beyond 24") for line in lines)
    assert b"\x1b" not in done.out


def test_nothing_is_cut_in_a_pipe(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("泊位" * 300 + "共3个。", "utf-8")
    assert "泊位" * 300 + "共3个" in run("explain", str(path), "--find", "3个").out.decode()


def test_columns_are_aligned_by_cells(run: Run, port: str) -> None:
    from rich.cells import cell_len

    lines = run("explain", port, "--find", "三十五").out.decode().splitlines()
    columns = {
        cell_len(line[: line.index("unit.length.kilometre")]) for line in lines if "unit.length.kilometre rules" in line
    }
    assert len(columns) == 1


def test_json_is_the_record(run: Run, port: str) -> None:
    (one,) = array(run("explain", port, "--at", "14", "--published", "2024-05-31", "--format", "json").out)
    assert (one["schema"], one["at"], one["text"]) == ("zhfacts-explain/1", [14, 15], "去")
    time = next(f for f in one["findings"] if f["type"] == "time" and f["status"] == "found")
    assert [s["value"] for s in time["steps"]][:2] == ["2023", "2023-12-31"]


def test_all_places_of_a_text_or_one_of_them(run: Run, port: str) -> None:
    def places(*more: str) -> list[list[int]]:
        return [e["at"] for e in array(run("explain", port, "--find", "增3个", "--format", "json", *more).out)]

    first, second = places()
    assert places("--nth", "2") == [second] and places("--nth", "1") == [first]


def test_a_document_of_a_feed(run: Run, feed: str) -> None:
    (one,) = array(run("explain", feed, "--doc", "n3", "--find", "5个", "--format", "json").out)
    assert one["doc"]["id"] == "n3" and one["doc"]["published"] == "2024-05-31"


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["port.txt"], 2, "name one place: --at OFFSET, or --find TEXT"),
        (["port.txt", "--at", "1", "--find", "港"], 2, "name one place"),
        (["port.txt", "--at", "99"], 2, "there is no offset 99: the text has 35 characters, the first is 0"),
        (["port.txt", "--find", "飞机"], 2, "'飞机' does not stand in the text"),
        (["port.txt", "--find", "3个", "--nth", "3"], 2, "'3个' stands in the text 2 times; --nth 3 is beyond"),
        (["port.txt", "--at", "1", "--nth", "3"], 2, "--nth chooses among the places of --find"),
        (["port.txt", "--at", "1", "--doc", "x"], 2, "has no document 'x'; it has: port"),
        (["port.txt", "--at", "1", "--published", "x"], 2, "'x' is no date"),
        (["feed.jsonl", "--at", "1"], 2, "holds 7 documents; choose one with --doc: n1, n2, n3, n4, n5, …"),
        (["none.txt", "--at", "1"], 3, "none.txt"),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    run: Run, port: str, feed: str, args: list[str], code: int, told: str
) -> None:
    folder = Path(port).parent
    done = run("explain", str(folder / args[0]), *args[1:])
    assert done.code == code and done.out == b""
    (line,) = done.told
    assert told in line
