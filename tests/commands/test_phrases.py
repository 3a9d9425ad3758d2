"""`quantities`, `times` and `entities`: a phrase in, its mentions out."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from tests.commands.running import Run


def mentions(out: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.decode("utf-8").splitlines()]


def test_the_amounts_of_a_phrase(run: Run) -> None:
    done = run("quantities", "去年产粮三十五点六万吨，增长近四成")
    assert (done.code, done.err) == (0, "")
    mass, share = mentions(done.out)
    assert (mass["type"], mass["norm"]["value"], mass["norm"]["si"]["value"]) == ("quantity", "356000", "356000000")
    assert (share["norm"]["value"], share["norm"]["unit"], share["norm"]["modifier"]) == ("40", "%", "nearly")


def test_the_times_of_a_phrase(run: Run) -> None:
    (day,) = mentions(run("times", "昨天来了12人", "--published", "2024-03-01").out)
    assert (day["type"], day["norm"]["value"]) == ("time", "2024-02-29")
    assert run("times", "昨天", "--published", "x").code == 2


def test_the_names_of_a_phrase(run: Run) -> None:
    (place,) = mentions(run("entities", "车队经过杭州市，共12辆").out)
    assert (place["type"], place["label"], place["norm"]["code"]) == ("entity", "LOC", "330100")


def test_a_phrase_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("全长68公里\n".encode("gb18030")), encoding="utf-8"))
    (length,) = mentions(run("quantities", "-").out)
    assert length["text"] == "68公里"


def test_a_table_leaves_out_what_is_empty(run: Run) -> None:
    header, row = run("quantities", "全长68公里", "--format", "table").out.decode("utf-8").splitlines()
    assert header.split() == ["text", "kind", "value", "unit", "SI", "span", "rule"]
    assert row.split() == ["68公里", "measure", "68", "km", "68000", "m", "2:6", "quantity.measure"]
    header, row = run("times", "5月1日", "--published", "2024-05-31", "--format", "table").out.decode().splitlines()
    assert row.split()[:5] == ["5月1日", "date", "2024-05-01", "2024-05-01", "2024-05-02"]


def test_a_phrase_without_any(run: Run) -> None:
    done = run("times", "全长68公里")
    assert (done.code, done.out, done.told) == (0, b"", ["zhfacts: no time was found"])
    assert run("times", "").code == 3


def test_a_narrow_terminal_breaks_no_short_word_and_leaves_out_the_rules(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = (
        run("quantities", "造价每平方米2.4万元，面积近650平方米", "--format", "table").out.decode("utf-8").splitlines()
    )
    assert lines[0].split() == ["text", "kind", "value", "unit", "modifier", "SI", "span"]
    assert any("measure" in line and "nearly" in line for line in lines)
    monkeypatch.setenv("COLUMNS", "120")
    assert b"quantity.money" in run("quantities", "造价2.4万元", "--format", "table").out
