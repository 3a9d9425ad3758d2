"""Exports read by the tools' own readers, as far as these are installed: see ``.ci/readers.txt``."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from pipeline.output.labelstudio import labeling_config
from pipeline.output.marks import marked
from tests.hard import CONTENT, TEXT, hard
from tests.output.test_exchange import HULLS, LINKS, MARKS, written
from tests.records import document

WHY = "{} is not installed: pip install -r .ci/readers.txt"


def test_label_studio_takes_the_configuration_and_the_tasks() -> None:
    interfaces = pytest.importorskip("label_studio_sdk.label_interface", reason=WHY.format("label-studio-sdk"))
    interface = interfaces.LabelInterface(labeling_config())
    interface.validate()
    for task in json.loads(written("labelstudio", hard(), document())):
        (prediction,) = task["predictions"]
        assert interface.validate_prediction(prediction, return_errors=True) == []
    prediction["result"][0]["value"]["labels"] = ["nothing"]
    assert interface.validate_prediction(prediction, return_errors=True), "the validator looks at labels"


def test_cassis_reads_inceptions_files() -> None:
    cassis = pytest.importorskip("cassis", reason=WHY.format("dkpro-cassis"))
    files = zipfile.ZipFile(io.BytesIO(written("inception", hard())))
    types = cassis.load_typesystem(io.BytesIO(files.read("TypeSystem.xml")))
    (name,) = (name for name in files.namelist() if name.endswith(".xmi"))
    cas = cassis.load_cas_from_xmi(io.BytesIO(files.read(name)), typesystem=types)
    assert cas.sofa_string == TEXT.replace("\x07", "\ufffd")
    layers = ("Mention", "Argument", "Fact")
    found = [fs for layer in layers for fs in cas.select(f"webanno.custom.Zhfacts{layer}")]
    read = sorted((fs.value, fs.get_covered_text().replace("\ufffd", "\x07")) for fs in found)
    assert read == HULLS
    facts = {fs.norm: fs for fs in cas.select("webanno.custom.ZhfactsFact")}
    roles = sorted(
        (link.role, link.target.get_covered_text()) for fs in facts.values() for link in fs.arguments.elements
    )
    wanted = sorted((role, TEXT[slice(*MARKS[to].hull)]) for (_, role), to in LINKS.items())
    assert [(role, text.replace("\ufffd", "\x07")) for role, text in roles] == wanted
    assert json.dumps(CONTENT, separators=(",", ":")) in {fs.pieces for fs in facts.values()}
    # What cassis writes of it is what it reads.
    again = cassis.load_cas_from_xmi(io.BytesIO(cas.to_xmi().encode()), typesystem=types)
    assert len(list(again.select("webanno.custom.ZhfactsFact"))) == len(facts)


def test_a_brat_parser_reads_the_folder(tmp_path: Path) -> None:
    bratly = pytest.importorskip("bratly.io", reason=WHY.format("bratly-io-fs"))
    zipfile.ZipFile(io.BytesIO(written("brat", hard(), document()))).extractall(tmp_path)
    (path,) = (p for p in tmp_path.glob("*.ann") if p.stem != "news")
    text = path.with_suffix(".txt").read_text("utf-8")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        read = bratly.read_and_load_ann_file(
            str(path), sorting=False, no_duplicates=False, renumerotize=False, grammar_check=True
        )
    assert not said.getvalue(), "nothing is told to be badly formed"
    bound = [a for a in read.annotations if a.id.startswith("T")]
    assert [a.label for a in bound] == [mark.label for mark in MARKS.values()]
    for one in bound:
        assert one.content == " ".join(text[f.start : f.end] for f in one.fragments)
    assert sum(a.id.startswith("E") for a in read.annotations) == 6


def test_datasets_loads_the_rows_with_their_features(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets", reason=WHY.format("datasets"))
    path = tmp_path / "facts.parquet"
    path.write_bytes(written("hf", hard(), document()))
    rows = datasets.Dataset.from_parquet(str(path), cache_dir=str(tmp_path / "cache"))
    tags = rows.features["ner_tags"].feature
    assert tags.int2str(rows[0]["ner_tags"][0]) == "B-LOC"
    assert rows[0]["text"] == TEXT and rows[1]["id"] == "news"
    for item in rows[0]["mentions"] + rows[0]["facts"]:
        assert "".join(TEXT[a:b] for a, b in item["spans"]) == item["text"]
    assert len(rows[0]["facts"]) == sum(mark.label.endswith("_fact") for mark in marked(hard()).marks)


def test_spacy_trains_on_the_docs(tmp_path: Path) -> None:
    import spacy
    from spacy.training import Corpus

    (tmp_path / "facts.spacy").write_bytes(written("spacy", hard()))
    nlp = spacy.blank("zh")
    nlp.add_pipe("ner")
    examples = list(Corpus(tmp_path / "facts.spacy")(nlp))
    nlp.initialize(lambda: examples)
    losses = nlp.update(examples)
    assert losses["ner"] > 0
