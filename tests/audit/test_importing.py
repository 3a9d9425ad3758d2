"""There and back: a document goes to another tool, is edited as the tool edits, and comes back as decisions."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from pipeline.audit.importing import imported
from pipeline.audit.report import report
from pipeline.audit.returned import news
from pipeline.audit.reviews import Review, decisions
from pipeline.core.errors import InputError, UsageError
from pipeline.core.utf16 import Utf16
from pipeline.output import WRITERS
from tests.hard import BUREAU, MENTIONS, TEXT, facts, hard, spans

Edit = Callable[[Any], None]
UNITS = Utf16(TEXT)
ALL = {*(m.id for m in MENTIONS), *(f.id for f in facts())}


def exported(form: str) -> bytes:
    out = io.BytesIO()
    writer = WRITERS[form](out)
    writer.write(hard())
    writer.close()
    return out.getvalue()


def verdicts(reviews: list[Review]) -> dict[str, list[str]]:
    """Texts by verdict."""
    out: dict[str, list[str]] = {}
    for review in reviews:
        out.setdefault(review.verdict, []).append(review.item.text)
    return out


class Tool:
    """A tool that a document was exported to: the file as it would export it after ``edit``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def back(self, edit: Edit | None = None, reviewer: str | None = None) -> list[Review]:
        raise NotImplementedError


class LabelStudio(Tool):
    """Regions get ids of its own, as when a prediction is made an annotation."""

    def back(self, edit: Edit | None = None, reviewer: str | None = None) -> list[Review]:
        (task,) = json.loads(exported("labelstudio"))
        result = json.loads(
            re.sub(r'("(?:id|from_id|to_id)": ")', r"\1x", json.dumps(task["predictions"][0]["result"]))
        )
        if edit:
            edit(result)
        told = {
            "result": result,
            "completed_by": {"id": 7, "email": "ito@x.test"},
            "updated_at": "2024-06-01T10:00:00Z",
        }
        skipped = {"result": [], "was_cancelled": True, "completed_by": 8}
        path = self.folder / "project.json"
        path.write_text(json.dumps([{**task, "id": 1, "annotations": [skipped, told]}]), "utf-8")
        return [review for one in imported(path, "labelstudio", reviewer) for review in one.reviews]


class Doccano(Tool):
    """Ids are those of its database."""

    def back(self, edit: Edit | None = None, reviewer: str | None = None) -> list[Review]:
        line = json.loads(exported("doccano"))
        for entity in line["entities"]:
            entity["id"] += 5000
        for relation in line["relations"]:
            relation |= {"from_id": relation["from_id"] + 5000, "to_id": relation["to_id"] + 5000}
        if edit:
            edit(line)
        path = self.folder / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("ito.jsonl", json.dumps({"id": 1, "Comments": [], **line}) + "\n")
        return [review for one in imported(path, "doccano", reviewer) for review in one.reviews]


class Brat(Tool):
    def back(self, edit: Edit | None = None, reviewer: str | None = "Ito") -> list[Review]:
        folder = self.folder / "collection"
        zipfile.ZipFile(io.BytesIO(exported("brat"))).extractall(folder)
        (path,) = folder.glob("*.ann")
        lines = path.read_text("utf-8").split("\n")
        if edit:
            edit(lines)
        path.write_text("\n".join(lines), "utf-8")
        return [review for one in imported(folder, "brat", reviewer) for review in one.reviews]


TOOLS = {"labelstudio": LabelStudio, "doccano": Doccano, "brat": Brat}


@pytest.fixture(params=sorted(TOOLS))
def tool(request: pytest.FixtureRequest, tmp_path: Path) -> Tool:
    made: Tool = TOOLS[request.param](tmp_path)
    return made


def test_what_was_left_as_it_was_is_accepted(tool: Tool) -> None:
    reviews = tool.back()
    assert {review.verdict for review in reviews} == {"accept"}
    assert len(reviews) == len(ALL)
    assert {review.doc for review in reviews} == {hard().doc.id}
    overall = report(reviews).overall
    assert (overall.judged, overall.right) == (len(ALL), len(ALL))


def of_label(label: str, text: str) -> Callable[[Any], bool]:
    start, end = spans(text)[0]
    return lambda r: r["type"] == "labels" and r["value"] | {"labels": [label]} == r["value"] and (
        r["value"]["start"], r["value"]["end"]) == (start, end)  # fmt: skip


def edit_labelstudio(result: list[dict[str, Any]]) -> None:
    """As a person would: one deleted, one moved, one relabelled, a value mended, an argument cut, one new."""
    gone = next(r for r in result if of_label("PER", "𠮟野")(r))["id"]
    result[:] = [r for r in result if r.get("id") != gone]
    next(r for r in result if of_label("quantity", "58.5公里")(r))["value"]["start"] -= 1
    next(r for r in result if of_label("LOC", "𠮷岭县")(r))["value"]["labels"] = ["ORG"]
    money = next(r for r in result if of_label("quantity", "约３０亿元")(r))["id"]
    next(r for r in result if r.get("id") == money and r["from_name"] == "value")["value"]["text"] = ["30"]
    third = [r for r in result if r["type"] == "relation" and r["from_id"] == "xf3" and r["labels"] == ["property"]]
    result.remove(third[0])
    start, end = spans("第二版")[0]
    result.append({"id": "new", "from_name": "label", "to_name": "text", "type": "labels",
                   "value": {"start": start, "end": end, "labels": ["quantity"]}})  # fmt: skip


def edit_doccano(line: dict[str, Any]) -> None:
    def entity(label: str, text: str) -> dict[str, Any]:
        start, end = (UNITS.unit(at) for at in spans(text)[0])
        found: dict[str, Any] = next(
            e for e in line["entities"] if (e["label"], e["start_offset"], e["end_offset"]) == (label, start, end)
        )
        return found

    line["entities"].remove(entity("PER", "𠮟野"))
    entity("quantity", "58.5公里")["start_offset"] -= 1
    entity("LOC", "𠮷岭县")["label"] = "ORG"
    third = entity("quantity_fact", "约３０亿元")["id"]
    line["relations"] = [r for r in line["relations"] if (r["from_id"], r["type"]) != (third, "property")]
    start, end = (UNITS.unit(at) for at in spans("第二版")[0])
    line["entities"].append({"id": 9999, "label": "quantity", "start_offset": start, "end_offset": end})


def edit_brat(lines: list[str]) -> None:
    def at(label: str, text: str) -> int:
        start, end = spans(text)[0]
        return next(n for n, line in enumerate(lines) if f"\t{label} {start} {end}\t" in line)

    del lines[at("PER", "𠮟野")]
    moved = at("quantity", "58.5公里")
    start = spans("58.5公里")[0][0]
    lines[moved] = lines[moved].replace(f" {start} ", f" {start - 1} ").replace("58.5", "长58.5")
    lines[at("LOC", "𠮷岭县")] = lines[at("LOC", "𠮷岭县")].replace("LOC", "ORG")
    third = lines[at("quantity_fact", "约３０亿元")].split("\t")[0]
    event = next(n for n, line in enumerate(lines) if f":{third} " in line)
    lines[event] = re.sub(r" property:T\d+", "", lines[event])
    lines.append("T99\tquantity {} {}\t第二版".format(*spans("第二版")[0]))


EDITS: dict[str, Edit] = {"LabelStudio": edit_labelstudio, "Doccano": edit_doccano, "Brat": edit_brat}


def test_what_was_edited_comes_back_as_decisions(tool: Tool) -> None:
    reviews = tool.back(EDITS[type(tool).__name__])
    found = verdicts(reviews)
    assert found["reject"] == ["𠮟野"]
    assert found["add"] == ["第二版"]
    fixed = {(r.item.layer, r.item.text): r.correction for r in reviews if r.correction}
    moved = fixed.pop(("mention", "58.5公里"))
    assert moved is not None and moved.spans == spans("长58.5公里") and moved.kinds == ("span",)
    renamed = fixed.pop(("mention", "𠮷岭县"))
    assert renamed is not None and renamed.kinds == ("label",) and renamed.label == "ORG"
    third = fixed.pop(("fact", "约３０亿元"))
    assert third is not None and third.args == {"property": None} and third.kinds == ("argument:property",)
    second = fixed.pop(("fact", "58.5公里"))
    assert second is not None and second.args == {"quantity": spans("长58.5公里")}, "its argument is the mention"
    if isinstance(tool, LabelStudio):
        money = fixed.pop(("mention", "约３０亿元"))
        assert money is not None and money.norm == {"value": "30"}
    assert not fixed
    assert len(found["accept"]) == len(ALL) - (6 if isinstance(tool, LabelStudio) else 5)
    errors = {(row.kind, row.type): row.count for row in report(reviews).errors}
    assert errors["spurious", "PER"] == errors["missing", "quantity"] == errors["label", "LOC"] == 1


def test_who_and_when(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    studio = LabelStudio(tmp_path / "a").back()[0]
    assert (studio.reviewer, studio.at) == ("ito@x.test", "2024-06-01T10:00:00+00:00")
    assert LabelStudio(tmp_path / "a").back(reviewer="杜若")[0].reviewer == "杜若"
    assert Doccano(tmp_path).back()[0].reviewer == "ito", "of the file's name"
    with pytest.raises(UsageError, match="--reviewer"):
        Brat(tmp_path).back(reviewer=None)


def test_new_facts_are_added_with_their_arguments(tmp_path: Path) -> None:
    start, end = spans("明年")[0]

    def edit(lines: list[str]) -> None:
        lines += [f"T90\tevent_fact {start} {end}\t明年", "E90\tevent_fact:T90 object:T8 agent:T3"]

    (added,) = (r for r in Brat(tmp_path).back(edit) if r.verdict == "add")
    assert (added.item.layer, added.item.type, added.item.rule) == ("fact", "event", None)
    assert added.item.args == {"trigger": ((start, end),), "object": MENTIONS[7].spans, "agent": MENTIONS[2].spans}


def test_a_relation_that_leads_to_a_mark_that_is_gone_is_told(tmp_path: Path) -> None:
    def edit(result: list[dict[str, Any]]) -> None:
        end = next(region for region in result if region["type"] == "relation")["to_id"]
        result[:] = [region for region in result if region.get("id") != end]

    with pytest.raises(InputError, match="a relation leads to the region .*, which is not there"):
        LabelStudio(tmp_path).back(edit)


def test_a_removed_event_is_rejected_even_where_its_trigger_is_left(tmp_path: Path) -> None:
    def edit(lines: list[str]) -> None:
        lines[:] = [line for line in lines if not re.match(r"E6\t|A1[12]\t|#6\t", line)]

    assert verdicts(Brat(tmp_path).back(edit))["reject"] == ["通局局长白"]


def test_pieces_that_were_left_alone_are_no_correction(tool: Tool) -> None:
    """A name over a line break, a quotation in two pieces, pieces against the text's order: see the test above; and
    one that is given another piece is corrected."""
    accepted = {r.item.spans for r in tool.back() if r.verdict == "accept"}
    assert BUREAU in accepted


def test_reading_again_adds_nothing_and_takes_back_what_was_taken_away(tmp_path: Path) -> None:
    first = Doccano(tmp_path).back(edit_doccano)
    assert list(news(first, [])) == first
    assert list(news(first, first)) == []
    later = [replace(r, at="2034-01-01T00:00:00+00:00") for r in Doccano(tmp_path).back()]
    fresh = list(news(later, first))
    assert {r.verdict for r in fresh} == {"accept", "undo"}
    holding = decisions([*first, *fresh])
    assert {r.verdict for of in holding.values() for r in of.values()} == {"accept"}


def test_marks_on_one_place_are_told_apart_by_their_arguments(tmp_path: Path) -> None:
    twin = replace(facts()[1], id="f9", args=replace(facts()[1].args, subject=facts()[4].args.trigger))  # type: ignore[union-attr, arg-type, call-arg]
    document = replace(hard(), facts=(*facts(), twin))
    out = io.BytesIO()
    writer = WRITERS["doccano"](out)
    writer.write(document)
    line = json.loads(out.getvalue())
    line["entities"].reverse()
    (tmp_path / "ito.jsonl").write_text(json.dumps(line), "utf-8")
    (one,) = imported(tmp_path / "ito.jsonl", "doccano", None)
    assert one.open and {r.verdict for r in one.reviews} == {"accept"}


@pytest.mark.parametrize(
    ("form", "name", "data", "said"),
    [
        ("labelstudio", "a.json", b"{", "no JSON"),
        ("labelstudio", "a.json", b"{}", "no array of tasks"),
        ("labelstudio", "a.json", b'[{"text": "a"}]', "JSON-MIN"),
        ("labelstudio", "a.json", b'[{"data": {"text": "a"}}]', "zhfacts is not there"),
        ("labelstudio", "a.json", b'[{"data": {"zhfacts": {}}}]', "not as it was exported"),
        ("doccano", "a.jsonl", b'{"text": "a"}', "a.jsonl:1: zhfacts is not there"),
        ("doccano", "a.jsonl", b"[]", "zhfacts is not there"),
        ("brat", "a.txt", b"", "no .ann file"),
        ("brat", "a.ann", b"", "a.txt is not beside it"),
    ],
)
def test_what_did_not_come_from_here_is_told(tmp_path: Path, form: str, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=re.escape(said)):
        list(imported(tmp_path / name, form, "Ito"))


def test_a_text_or_label_that_was_changed_is_told(tmp_path: Path) -> None:
    def other_text(line: dict[str, Any]) -> None:
        line["text"] = f"。{line['text']}"

    def other_label(line: dict[str, Any]) -> None:
        line["entities"][0]["label"] = "CITY"

    def outside(line: dict[str, Any]) -> None:
        line["entities"][0]["end_offset"] = 10**6

    def no_end(line: dict[str, Any]) -> None:
        del line["entities"][0]["end_offset"]

    for edit, said in (
        (other_text, "not the one that was exported"),
        (other_label, "'CITY' is no label"),
        (outside, "not in the text"),
        (no_end, "not as doccano writes it"),
    ):
        with pytest.raises(InputError, match=said):
            Doccano(tmp_path).back(edit)


@pytest.mark.parametrize("annotation", [5, {}, {"result": None}, {"result": [], "updated_at": "yesterday"}])
def test_an_annotation_that_label_studio_would_not_write_is_told(tmp_path: Path, annotation: object) -> None:
    (task,) = json.loads(exported("labelstudio"))
    (tmp_path / "a.json").write_text(json.dumps([{**task, "annotations": [annotation]}]), "utf-8")
    with pytest.raises(InputError, match="a.json: task 1: an annotation is not as Label Studio writes it"):
        list(imported(tmp_path / "a.json", "labelstudio", "Ito"))


@pytest.mark.parametrize(
    ("line", "said"), [("T77\tORG one two\tx", "no text-bound"), ("E77\tquote_fact:T999", "no event")]
)
def test_a_line_that_brat_would_not_read_is_told_with_its_number(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(InputError, match=rf"\.ann:\d+: {said}"):
        Brat(tmp_path).back(lambda lines: lines.append(line))
