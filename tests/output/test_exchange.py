"""Exports to other tools, read back by what each format says: every mark is the text that it was made of."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.core.errors import InputError
from pipeline.core.items import Provenance, text_digest
from pipeline.core.records import Document
from pipeline.core.utf16 import Utf16
from pipeline.output import READS_TEXT, WRITERS
from pipeline.output.brat import BREAKS
from pipeline.output.marks import FACT_LABELS, LABELS, ROLES, marked
from pipeline.output.zipped import Zipped
from tests.hard import BACKWARDS, BUREAU, CONTENT, MENTIONS, TEXT, hard, sliced
from tests.records import document

TOOLS = ("labelstudio", "doccano", "brat", "inception", "webannotation", "spacy", "prodigy", "conll", "hf")
MARKS = {mark.id: mark for mark in marked(hard()).marks}
LINKS = {(link.fact, link.role): link.argument for link in marked(hard()).links}
HULLS = sorted((mark.label, TEXT[slice(*mark.hull)]) for mark in MARKS.values())


def written(form: str, *documents: Document) -> bytes:
    out = io.BytesIO()
    writer = WRITERS[form](out)
    for d in documents:
        writer.write(d)
    writer.close()
    return out.getvalue()


def files(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def sixteen(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le")


@pytest.mark.parametrize("form", TOOLS)
def test_the_same_documents_are_the_same_bytes(form: str) -> None:
    assert written(form, hard(), document()) == written(form, hard(), document())


@pytest.mark.parametrize("form", TOOLS)
def test_no_documents_are_a_whole_file(form: str) -> None:
    written(form)


@pytest.mark.parametrize("form", TOOLS)
def test_a_document_without_its_text_is_refused(form: str) -> None:
    assert form in READS_TEXT
    with pytest.raises(InputError, match="without its text"):
        written(form, document(with_text=False))


def test_marks_hold_every_mention_fact_and_argument() -> None:
    assert {mark.label for mark in MARKS.values()} <= set(LABELS)
    assert [m for m in MARKS if m.startswith("m")] == [m.id for m in MENTIONS]
    assert LINKS["f2", "subject"] == LINKS["f3", "subject"], "one argument, one mark"
    assert LINKS["f1", "speaker"] == "m3"
    assert {role for _, role in LINKS} <= set(ROLES)
    for mark in MARKS.values():
        assert mark.text == sliced(mark.spans)


def test_an_argument_whose_mention_was_left_out_has_a_mark_of_its_own() -> None:
    found = marked(replace(hard(), mentions=()))
    ids = {mark.id for mark in found.marks}
    assert all(link.argument in ids and link.fact in ids for link in found.links)


@given(st.text(alphabet="a字\U00020bb7🚄\r\n\x00"))
def test_offsets_in_utf16_lead_there_and_back(text: str) -> None:
    units = Utf16(text)
    for point in range(len(text) + 1):
        assert units.unit(point) == len(text[:point].encode("utf-16-le")) // 2
        assert units.point(units.unit(point)) == point
    for at, char in enumerate(text):
        assert units.point(units.unit(at) + (ord(char) > 0xFFFF)) == at, "within a pair: the pair's start"


def test_label_studio_counts_code_points() -> None:
    task, other = json.loads(written("labelstudio", hard(), document()))
    text, result = task["data"]["text"], task["predictions"][0]["result"]
    labels = [r for r in result if r["type"] == "labels"]
    assert text == TEXT
    assert sorted((r["value"]["labels"][0], text[r["value"]["start"] : r["value"]["end"]]) for r in labels) == HULLS
    quote = next(r for r in labels if r["id"] == "f1")
    assert quote["meta"]["text"][0] == f"pieces {json.dumps(CONTENT, separators=(',', ':'))}"
    relations = {(r["from_id"], r["labels"][0]): r["to_id"] for r in result if r["type"] == "relation"}
    assert relations == LINKS
    edited = {(r["id"], r["from_name"]): r["value"]["text"] for r in result if r["type"] == "textarea"}
    assert edited["m4", "value"] == ["58.5"] and edited["m4", "unit"] == ["km"]
    assert task["predictions"][0]["score"] == 0.9
    told = msgspec.convert(task["data"]["zhfacts"], Provenance)
    assert (told.doc, told.source) == (hard().doc.id, text_digest(TEXT))
    assert set(told.items) == {id_ for id_, mark in MARKS.items() if mark.item}
    assert other["data"]["doc"] == "news"


def test_doccano_counts_utf16_units() -> None:
    lines = written("doccano", hard(), document()).decode().split("\n")
    assert len(lines) == 3 and not lines[2]
    line = json.loads(lines[0])
    entities = {e["id"]: e for e in line["entities"]}
    read = [(e["label"], sixteen(line["text"], e["start_offset"], e["end_offset"])) for e in entities.values()]
    assert sorted(read) == HULLS
    ids = list(MARKS)
    assert {(ids[r["from_id"]], r["type"]): ids[r["to_id"]] for r in line["relations"]} == LINKS
    assert entities[0]["end_offset"] == 4, "the county's first character is a pair"


def test_brat_reads_each_annotation() -> None:
    found = files(written("brat", hard(), document()))
    name = next(n.removesuffix(".ann") for n in found if n.endswith(".ann") and n != "news.ann")
    assert name.isascii() and "/" not in name and "<" not in name
    text = found[f"{name}.txt"]
    assert len(text) == len(TEXT) and "\r" not in text
    lines = [line.split("\t") for line in found[f"{name}.ann"].split("\n")[:-1]]
    bound = {}
    for line in lines:
        if line[0].startswith("T"):
            label, _, offsets = line[1].partition(" ")
            places = [tuple(map(int, pair.split())) for pair in offsets.split(";")]
            assert line[2] == " ".join(text[a:b] for a, b in places)
            assert places == sorted(places) and all(a < b for a, b in places)
            assert not BREAKS.search(line[2])
            bound[line[0]] = (label, places)
    assert [label for label, _ in bound.values()] == [mark.label for mark in MARKS.values()]
    bureau = next(places for label, places in bound.values() if places[0][0] == BUREAU[0][0] and label == "ORG")
    assert len(bureau) == 2, "a line break parts fragments"
    backwards = [places for _, places in bound.values() if {tuple(p) for p in BACKWARDS} == {*places}]
    assert backwards == [sorted(BACKWARDS)]
    numbers = {id_: f"T{n}" for n, id_ in enumerate(MARKS, 1)}
    events = [line[1].split() for line in lines if line[0].startswith("E")]
    assert len(events) == 6
    roles = {(head.split(":")[1], role.split(":")[0]): role.split(":")[1] for head, *rest in events for role in rest}
    assert roles == {(numbers[fact], role): numbers[to] for (fact, role), to in LINKS.items()}
    assert {line[0][0] for line in lines} == {"T", "E", "A", "#"}
    assert len({line[0] for line in lines}) == len(lines), "ids are given once"
    configuration = found["annotation.conf"]
    for label in LABELS:
        assert f"\n{label}" in configuration
    assert msgspec.json.decode(found[f"{name}.zhfacts.json"], type=Provenance).source == text_digest(TEXT)


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)


@given(st.lists(NAMES, max_size=20))
def test_names_of_files_are_safe_and_given_once(ids: list[str]) -> None:
    zipped = Zipped(io.BytesIO())
    names = [zipped.name(id_) for id_ in ids]
    assert len({name.lower() for name in names}) == len(ids)
    assert all(name and len(name) < 100 and set(name) <= set(SAFE) and not name.startswith("-") for name in names)


SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"


def test_inception_is_xml_in_utf16_units() -> None:
    found = files(written("inception", hard()))
    xmi = ElementTree.fromstring(next(data for name, data in found.items() if name.endswith(".xmi")))
    text = xmi.find("{http:///uima/cas.ecore}Sofa").get("sofaString")  # type: ignore[union-attr]
    assert text == TEXT.replace("\x07", "\ufffd"), "what XML cannot hold is replaced, line breaks are not"
    ecore = "{http:///webanno/custom.ecore}Zhfacts"
    marks = [e for kind in ("Mention", "Argument", "Fact") for e in xmi.iter(f"{ecore}{kind}")]
    read = [(e.get("value"), sixteen(text, int(e.get("begin", 0)), int(e.get("end", 0)))) for e in marks]
    assert sorted(map(str, read)) == sorted(str((a, b.replace("\x07", "\ufffd"))) for a, b in HULLS)
    sentences = [e for e in xmi.iter() if e.tag.endswith("}Sentence")]
    places = [(int(e.get("begin", 0)), int(e.get("end", 0))) for e in sentences]
    for mark in marks:
        begin, end = int(mark.get("begin", 0)), int(mark.get("end", 0))
        assert any(a <= begin and end <= b for a, b in places), "no annotation goes over a sentence's end"
    assert all(a < b <= c for (a, b), (c, _) in zip(places, places[1:], strict=False))


def test_web_annotations_select_by_position_and_by_quote() -> None:
    collection = json.loads(written("webannotation", hard(), document()))
    items = collection["first"]["items"]
    assert collection["total"] == len(items) > len(MARKS) - 10
    assert len({item["id"] for item in items}) == len(items)
    seen = []
    for item in items[: len(MENTIONS) + 6]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in [*targets, *(body for body in item["body"] if "selector" in body)]:
            position, quote = target["selector"]
            assert TEXT[position["start"] : position["end"]] == quote["exact"]
            assert TEXT[: position["start"]].endswith(quote["prefix"])
            assert TEXT[position["end"] :].startswith(quote["suffix"])
        seen.append((item["body"][0]["value"], len(targets)))
    assert ("quote_fact", 2) in seen, "a target for each piece"


def test_conll_tags_each_character() -> None:
    data = written("conll", hard()).decode()
    rows = [line.split("\t") for line in data.split("\n") if line and not line.startswith("#")]
    assert all(TEXT[int(at)] == char for char, at, _ in rows)
    runs: list[tuple[str, str]] = []
    for char, _, tag in rows:
        if tag.startswith("B-"):
            runs.append((tag[2:], char))
        elif tag.startswith("I-"):
            assert runs[-1][0] == tag[2:]
            runs[-1] = (tag[2:], runs[-1][1] + char)
    assert ("ORG", "𠮷岭县交通局") in runs, "the line break within the name is left out"
    assert ("quantity", "2条🚄") in runs
    assert data.startswith("# doc = 报纸/第1版 <a>\n") and data.endswith("\n\n")


def test_of_names_that_overlap_the_longest_is_tagged() -> None:
    start = MENTIONS[2].spans[0][0]
    inner = replace(MENTIONS[0], id="m9", spans=((start, start + 3),))
    data = written("conll", replace(hard(), mentions=(inner, *MENTIONS)))
    assert data == written("conll", hard())


def test_prodigy_spans_fall_on_tokens() -> None:
    task: dict[str, Any] = json.loads(written("prodigy", hard()))
    tokens = task["tokens"]
    assert "".join(t["text"] for t in tokens) == task["text"] == TEXT
    for span in task["spans"]:
        assert (tokens[span["token_start"]]["start"], tokens[span["token_end"]]["end"]) == (span["start"], span["end"])
    assert sorted((s["label"], TEXT[s["start"] : s["end"]]) for s in task["spans"]) == HULLS
    for relation in task["relations"]:
        assert relation["head"] == relation["head_span"]["token_end"]
        assert relation["head_span"]["label"] in FACT_LABELS
        assert relation["child_span"]["end"] == tokens[relation["child"]]["end"]
    assert len(task["relations"]) == len(LINKS)


def test_spacy_reads_its_docs() -> None:
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("zh")
    doc, other = DocBin().from_bytes(written("spacy", hard(), document())).get_docs(nlp.vocab)
    assert doc.text == TEXT and len(other.spans["facts"]) == 6
    read = [(s.label_, s.text) for key in ("sc", "facts", "arguments") for s in doc.spans[key]]
    assert sorted(read) == HULLS
    assert [(e.label_, e.text) for e in doc.ents if e.label_ == "LOC"] == [("LOC", "𠮷岭县")]
    assert doc.ents[0].kb_id_ == "𠮷岭县"
    told = doc.user_data["zhfacts"]
    assert told["pieces"]["f1"] == CONTENT
    assert told["arguments"]["f4"] == {"person": "m7", "title": "f4.title", "org": "m6"}
    assert [t.text for t in nlp.make_doc(TEXT)] == [t.text for t in doc], "the tokens that training will see"


def test_hf_rows_hold_pieces_as_they_are() -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(written("hf", hard(), document())))
    row = table.to_pylist()[0]
    for item in row["mentions"] + row["facts"]:
        assert "".join(row["text"][a:b] for a, b in item["spans"]) == item["text"]
    assert "".join(row["tokens"]) == row["text"] and len(row["tokens"]) == len(row["ner_tags"])
    told = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
    assert list(told) == table.column_names
    names = told["ner_tags"]["feature"]["names"]
    assert names[row["ner_tags"][0]] == "B-LOC"
    arguments = next(f for f in row["facts"] if f["id"] == "f5")["arguments"]
    assert [a["spans"] for a in arguments if a["role"] == "agent"] == [[list(p) for p in BACKWARDS]]
