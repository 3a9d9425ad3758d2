"""`audit sample` and `audit stats` from end to end: draw, judge, reckon, change a rule, reckon again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.audit.reviews import SCHEMA, Correction, Review, append
from pipeline.audit.sample import Sampled, read_sample
from pipeline.commands.app import app
from tests.commands.running import Run

NEWS = (
    "全市新建公园12个，总面积3.6万平方米。园林局局长周启明说，明年再建8个。",
    "石岭县去年接待游客210万人次，同比增长15%。县长罗文介绍，今年计划新增酒店6家。",
    "新源股份营业收入达8.5亿元，同比下降4.2%。公司董事长何林表示，订单增加三成。",
)


def batch(folder: Path, *more: str) -> Path:
    lines = [json.dumps({"id": f"n{n}", "text": text, "published": "2024-05-31"}) for n, text in enumerate(NEWS)]
    (folder / "feed.jsonl").write_text("\n".join(lines), "utf-8")
    with pytest.raises(SystemExit) as exit:
        app(["batch", str(folder / "feed.jsonl"), "-o", str(folder / "out"), "--engine", "serial", "-q", *more])
    assert not exit.value.code
    return folder / "out"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive, which is only read."""
    return str(batch(tmp_path_factory.mktemp("archive")))


def judge(sample: list[Sampled], log: str = "reviews.jsonl", reviewer: str = "杜若") -> None:
    """Accept all but quotations; of these the first is corrected, the others are rejected."""
    quotes = 0
    for n, line in enumerate(sample):
        verdict, correction = "accept", None
        if line.item.type == "quote":
            quotes += 1
            verdict = "reject" if quotes > 1 else "correct"
            correction = Correction(norm={"kind": "direct"}) if quotes == 1 else None
        append(Path(log), [Review(
            schema=SCHEMA, source=line.source, doc=line.doc, rules=line.rules, item=line.item,
            verdict=verdict, correction=correction, reviewer=reviewer, at=f"2024-06-01T10:00:{n:02}", note="",  # type: ignore[arg-type]
        )])  # fmt: skip


def test_a_sample_too_small_for_some_rules_tells_of_how_many_facts_it_says_nothing(run: Run, out: str) -> None:
    told = run("audit", "sample", out, "-n", "1").told
    rules = int(told[-1].partition("with -n ")[2].split()[0])
    assert "stand for none of it" in told[-1]
    whole = run("audit", "sample", out, "-n", str(rules))
    assert not any("stand for none" in line for line in whole.told)
    assert len({json.loads(line)["stratum"] for line in whole.out.splitlines()}) == rules


def test_draw_judge_and_reckon(run: Run, out: str) -> None:
    done = run("audit", "sample", out, "-n", "12", "--seed", "3", "-o", "sample.jsonl")
    sample = read_sample(Path("sample.jsonl"))
    assert done.code == 0 and any(line.startswith("zhfacts: 12 items of ") for line in done.told)
    assert run("audit", "sample", out, "-n", "12", "--seed", "3").out == Path("sample.jsonl").read_bytes()
    judge(sample)
    judge(sample[:6], "other.jsonl", "Ito")
    done = run("audit", "stats", "reviews.jsonl", "other.jsonl", "--sample", "sample.jsonl", "--format", "json")
    report = json.loads(done.out)
    assert done.code == 0 and not done.err
    types = {row["name"]: row for row in report["types"]}
    assert types["quantity_fact"]["precision"] == 1 and types["quote_fact"]["precision"] == 0
    assert 0 < report["estimates"][-1]["precision"] < 1
    assert report["estimates"][-1]["judged"] == 12
    assert report["agreement"]["pairs"][0]["items"] == 6


def test_the_table_in_a_pipe_begins_each_row_with_its_tables_name(run: Run, out: str) -> None:
    assert run("audit", "sample", out, "-o", "sample.jsonl").code == 0
    judge(read_sample(Path("sample.jsonl")))
    rows = [line.split("\t") for line in run("audit", "stats", "reviews.jsonl").out.decode().splitlines()]
    assert [row for row in rows if row[:2] == ["types", "all"]]
    assert [row[1:3] for row in rows if row[0] == "types"][0] == ["type", "judged"], "names stand above"
    assert {row[0] for row in rows} == {"reviewers", "types", "rules", "confidence", "errors"}


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("r.html", b"<!doctype html>"),
        ("r.json", b"{"),
        ("r.txt", b"REVIEWERS"),
        ("r.csv", b"\xef\xbb\xbfreviewers,reviewer,"),
    ],
)
def test_the_suffix_says_the_form(run: Run, out: str, name: str, begins: bytes) -> None:
    assert run("audit", "sample", out, "-n", "4", "-o", "sample.jsonl").code == 0
    judge(read_sample(Path("sample.jsonl")))
    assert run("audit", "stats", "reviews.jsonl", "-o", name).code == 0
    assert Path(name).read_bytes().startswith(begins)
    assert "exists" in run("audit", "stats", "reviews.jsonl", "-o", name).err


def test_after_a_rule_change_losses_are_told(run: Run, out: str, tmp_path: Path) -> None:
    assert run("audit", "sample", out, "-o", "sample.jsonl").code == 0
    sample = read_sample(Path("sample.jsonl"))
    judge(sample)
    rule = next(line.item.rule for line in sample if line.item.type == "role")
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "facts_roles.toml").write_text(f'note = "Mine"\n[[rule]]\nid = "{rule}"\nenabled = false\n', "utf-8")
    other = batch(tmp_path, "--rules", str(mine))
    done = run("audit", "stats", "reviews.jsonl", "--against", str(other), "--format", "json")
    found = json.loads(done.out)["against"]
    lost = [one for one in found["outcomes"] if (one["verdict"], one["became"]) == ("accepted", "gone")]
    assert {one["rule"] for one in lost} == {rule}
    assert found["counts"]["accepted"]["kept"] > len(lost) > 0
    assert found["outcomes"][0] in lost, "losses come first"


def test_what_cannot_be_meant_is_told_in_a_line(run: Run, out: str) -> None:
    Path("feed.jsonl").write_text("", "utf-8")
    Path("bad.jsonl").write_text("{}\n", "utf-8")
    assert "is no archive" in run("audit", "sample", "feed.jsonl").err
    assert "bad.jsonl:1: no record of zhfacts-reviews/1" in run("audit", "stats", "bad.jsonl").err
    assert "cannot be read" in run("audit", "stats", "none.jsonl").err
    assert "stands for no format" in run("audit", "stats", "feed.jsonl", "-o", "r.pdf").err
    assert "no line of a sample" in run("audit", "stats", "feed.jsonl", "--sample", "bad.jsonl").err


def test_reviews_of_several_rules_and_other_texts_are_told(run: Run, out: str) -> None:
    assert run("audit", "sample", out, "-n", "6", "-o", "sample.jsonl").code == 0
    sample = read_sample(Path("sample.jsonl"))
    judge(sample[:5])
    judge([replace(sample[5], rules="sha256:1", source="0" * 64)], "old.jsonl")
    done = run("audit", "stats", "reviews.jsonl", "old.jsonl", "--sample", "sample.jsonl", "--against", out)
    assert "of 2 sets of rules" in done.told[0]
    assert "1 item of the sample not judged" in done.told[1]
    assert "1 judged item of texts that are not in the other archive" in done.told[2]
