"""Annotated texts in the forms that are read, and what is told of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from pipeline.core.errors import InputError
from pipeline.rulebook import load
from pipeline.training.corpus import Sample, read_corpora, read_texts

TEXT = "周启明在滨江市工作"
SAMPLE = Sample(TEXT, ((0, 3, "PER"), (4, 7, "LOC")))
TAGS = {
    "IOB2": "周 B-PER\n启 I-PER\n明 I-PER\n在 O\n滨 B-LOC\n江 I-LOC\n市 I-LOC\n工 O\n作 O\n",
    "IOB1": "周 I-PER\n启 I-PER\n明 I-PER\n在 O\n滨 I-LOC\n江 I-LOC\n市 I-LOC\n工 O\n作 O\n",
    "BIOES": "周 B-PER\n启 I-PER\n明 E-PER\n在 O\n滨江市 S-GPE\n工 O\n作 O",
    "four columns": "周启明 nr _ B-PERSON\n在 p _ O\n滨江市 ns _ B-GPE\n工作 v _ O\n\n",
}


def read(path: Path) -> list[Sample]:
    return list(read_corpora([path], load())[0].samples)


@pytest.mark.parametrize("form", TAGS)
def test_columns(tmp_path: Path, form: str) -> None:
    file = tmp_path / "own.conll"
    file.write_text(TAGS[form] + "\n\n" + TAGS[form], "utf-8")
    assert read(file) == [SAMPLE, SAMPLE]


def test_lines(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    entities = '[[4, 7, "ns"], [0, 3, "PERSON"], [7, 9, "EVENT"]]'
    file.write_text(f'{{"text": "{TEXT}", "entities": {entities}}}\n\n', "utf-8")
    assert read(file) == [SAMPLE]
    assert read_texts([file]) == [TEXT]


def test_docbin(tmp_path: Path) -> None:
    doc = spacy.blank("zh")(TEXT)
    doc.ents = [doc.char_span(0, 3, "PERSON"), doc.char_span(4, 7, "GPE")]
    file = tmp_path / "own.spacy"
    DocBin(docs=[doc]).to_disk(file)
    assert read(file) == [SAMPLE]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.jsonl", "{", "a.jsonl:1 is no JSON"),
        ("a.jsonl", "[]", 'a.jsonl:1 has no "text"'),
        ("a.jsonl", '{"text": "x"}', 'a.jsonl:1: "entities" is no list'),
        ("a.jsonl", '{"text": "xyz", "entities": [[1, 4, "PER"]]}', r"a.jsonl:1: the span \[1, 4\)"),
        ("a.jsonl", '{"text": "xyz", "entities": [[0, 2, "PER"], [1, 3, "LOC"]]}', r"the span \[1, 3\) lies over"),
        ("a.jsonl", '{"text": "xyz", "entities": [[0, Infinity, "PER"]]}', '"entities" is no list'),
        ("a.jsonl", "", "holds no annotated text"),
        ("a.conll", "x\n", "a.conll:1 has one column"),
        ("a.conll", "周启明 B-PER\n", "a.conll is not UTF-8"),
        ("a.spacy", "x", "is no DocBin"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, "gb18030")
    with pytest.raises(InputError, match=told):
        read(tmp_path / name)


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(InputError, match="nowhere.jsonl cannot be read"):
        read(Path("nowhere.jsonl"))
