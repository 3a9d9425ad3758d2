"""`export`, another tool, `import`, `audit stats`: the whole way round."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from pipeline.audit.reviews import read
from tests.commands.running import Run


def test_to_label_studio_and_back_into_figures(run: Run) -> None:
    assert run("export", "note.txt", "--to", "labelstudio", "-o", "tasks.json").code == 0
    (task,) = json.loads(Path("tasks.json").read_text("utf-8"))
    result = task["predictions"][0]["result"]
    gone = next(r["id"] for r in result if r["type"] == "labels" and r["value"]["labels"] == ["quote_fact"])
    kept = [r for r in result if gone not in (r.get("id"), r.get("from_id"))]
    annotation = {"result": kept, "completed_by": 3, "created_at": "2024-06-01T10:00:00Z"}
    Path("done.json").write_text(json.dumps([{**task, "annotations": [annotation]}]), "utf-8")
    done = run("import", "done.json", "--from", "labelstudio", "-o", "reviews.jsonl")
    assert done.code == 0
    assert " of 1 document: " in done.told[-1] and done.told[-1].endswith("1 reject")
    assert [r.item.type for r in read(Path("reviews.jsonl")) if r.verdict == "reject"] == ["quote"]
    again = run("import", "done.json", "--from", "labelstudio", "-o", "reviews.jsonl")
    assert again.told == ["zhfacts: 0 decisions of 1 document"]
    report = json.loads(run("audit", "stats", "reviews.jsonl", "--format", "json").out)
    types = {row["name"]: row["precision"] for row in report["types"]}
    assert types["quote_fact"] == 0 and types["quantity_fact"] == 1
    assert report["reviewers"][0]["name"] == "user 3"


def test_two_reviewers_by_doccano_and_brat_are_compared(run: Run) -> None:
    assert run("export", "note.txt", "--to", "doccano", "-o", "ito.jsonl").code == 0
    assert run("export", "note.txt", "--to", "brat", "-o", "brat.zip").code == 0
    with zipfile.ZipFile("brat.zip") as archive:
        archive.extractall("brat")
    path = Path("brat/note.ann")
    path.write_text("\n".join(line for line in path.read_text("utf-8").split("\n") if "\tPER " not in line), "utf-8")
    run("import", "ito.jsonl", "--from", "doccano", "-o", "reviews.jsonl", "-q", "--accept-unchanged")
    done = run("import", "brat", "--from", "brat", "--reviewer", "杜若", "-o", "reviews.jsonl")
    assert done.code == 3 and "is not there; mend" in done.err, "an event names what was removed"
    kept = [
        line for line in path.read_text("utf-8").split("\n") if "role_fact" not in line and "quote_fact" not in line
    ]
    path.write_text("\n".join(kept), "utf-8")
    assert run("import", "brat", "--from", "brat", "--reviewer", "杜若", "-o", "reviews.jsonl").code == 0
    report = json.loads(run("audit", "stats", "reviews.jsonl", "--format", "json").out)
    (pair,) = report["agreement"]["pairs"]
    assert 0 < pair["agreed"] < pair["items"]
    assert {d["type"] for d in report["disagreements"]} >= {"PER"}


def test_what_is_printed_is_a_log(run: Run) -> None:
    assert run("export", "note.txt", "--to", "doccano", "-o", "ito.jsonl").code == 0
    Path("log.jsonl").write_bytes(run("import", "ito.jsonl", "--from", "doccano", "--accept-unchanged").out)
    assert {r.reviewer for r in read(Path("log.jsonl"))} == {"ito"}
    done = run("import", "ito.jsonl", "--from", "doccano", "--accept-unchanged")
    assert done.told[-1] == "zhfacts: reviewed by ito, as doccano names its files; --reviewer NAME says otherwise"
    done = run("import", "ito.jsonl", "--from", "doccano", "--accept-unchanged", "--reviewer", "甲")
    assert not any("says otherwise" in line for line in done.told)
    Path("none.jsonl").write_bytes(b"")
    assert "nothing in it was reviewed" in run("import", "none.jsonl", "--from", "doccano").err


def test_what_came_back_as_it_was_sent_was_reviewed_by_nobody(run: Run) -> None:
    Path("two.jsonl").write_text(
        "".join(json.dumps({"id": i, "text": f"全市新建公园{i}个。"}, ensure_ascii=False) + "\n" for i in (11, 12)),
        "utf-8",
    )
    assert run("export", "two.jsonl", "--to", "doccano", "-o", "ito.jsonl").code == 0
    told = "came back as sent, and doccano does not say what was reviewed"
    done = run("import", "ito.jsonl", "--from", "doccano", "-o", "reviews.jsonl")
    assert (done.code, Path("reviews.jsonl").exists()) == (3, False)
    assert done.told == [f"zhfacts: ito.jsonl: 2 documents {told}; --accept-unchanged takes them as reviewed and right"]
    first, second = map(json.loads, Path("ito.jsonl").read_text("utf-8").splitlines())
    changed = {**first, "entities": [], "relations": []}
    Path("ito.jsonl").write_text("".join(json.dumps(one) + "\n" for one in (changed, second)), "utf-8")
    done = run("import", "ito.jsonl", "--from", "doccano", "-o", "reviews.jsonl")
    assert done.code == 0 and {r.verdict for r in read(Path("reviews.jsonl"))} == {"reject"}
    assert done.told[0].startswith(f"zhfacts: 1 document {told}: left out; ")
    assert " of 1 document: " in done.told[1]
    # The reviewer takes the change back: the document was looked at.
    Path("ito.jsonl").write_text(json.dumps(first) + "\n", "utf-8")
    done = run("import", "ito.jsonl", "--from", "doccano", "-o", "reviews.jsonl")
    assert done.code == 0 and done.told[0].endswith(" accept")
