"""Annotated texts: JSONL with spans, CoNLL columns, spaCy's DocBin; rules/entity_labels.tsv maps their labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core.errors import InputError
from pipeline.core.model import Label
from pipeline.rulebook import Rulebook

Name = tuple[int, int, Label]
"""``(start, end, label)`` of a name in its text."""

DOCBIN, LINES = ".spacy", ".jsonl"


@dataclass(frozen=True, slots=True)
class Sample:
    """A text and the names in it, apart from each other and in order."""

    text: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The samples of a file, by its name without the suffix."""

    name: str
    samples: Sequence[Sample]


def read_corpora(paths: Iterable[Path], rules: Rulebook) -> list[Corpus]:
    """The annotated texts of each of ``paths``, by suffix: ``.jsonl``, ``.spacy`` (DocBin), any other one CoNLL.

    JSONL: ``{"text", "entities": [[start, end, label], …]}`` a line. CoNLL: a token and, in the last column, its tag a
    line (IOB1, IOB2 or BIOES), sentences parted by empty lines. Labels that ``rules`` do not map are left out. Raises
    `InputError` with file, line and what is wrong.
    """
    labels: dict[str, Label] = {w: row["label"] for w, row in rules.words("entity_labels", "labels").items()}
    out: list[Corpus] = []
    for path in paths:
        samples = list(_samples(path, labels))
        if not samples:
            raise InputError(f"{path} holds no annotated text; see `zhfacts train -h` for the forms that are read")
        out.append(Corpus(path.stem, samples))
    return out


def read_texts(paths: Iterable[Path]) -> list[str]:
    """The texts of JSONL files, annotated or not, in order."""
    return [line["text"] for path in paths for _, line in _json_lines(path)]


def _samples(path: Path, labels: Mapping[str, Label]) -> Iterator[Sample]:
    if path.suffix == DOCBIN:
        return _docbin(path, labels)
    return _jsonl(path, labels) if path.suffix == LINES else _conll(path, labels)


def _sample(text: str, names: Iterable[tuple[int, int, str]], labels: Mapping[str, Label], where: str) -> Sample:
    mapped = sorted((start, end, labels[label]) for start, end, label in names if label in labels)
    at = 0
    for start, end, _ in mapped:
        if not at <= start < end <= len(text):
            raise InputError(f"{where}: the span [{start}, {end}) lies over another one or outside its text; mend it")
        at = end
    return Sample(text, tuple(mapped))


def _text_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Each line and where it stands."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                yield f"{path}:{number}", line.rstrip("\r\n")
    except OSError as e:
        raise InputError(f"{path} cannot be read: {e.strerror}; check the path and its rights") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8; save it as UTF-8") from None


def _json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for where, line in _text_lines(path):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            raise InputError(
                f'{where} is no JSON; write {{"text": "…", "entities": [[start, end, label], …]}}'
            ) from None
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise InputError(f'{where} has no "text"; give each line one')
        yield where, record


def _jsonl(path: Path, labels: Mapping[str, Label]) -> Iterator[Sample]:
    for where, record in _json_lines(path):
        try:
            names = [(int(e[0]), int(e[1]), str(e[2])) for e in record["entities"]]
        except (KeyError, TypeError, ValueError, IndexError, OverflowError):
            raise InputError(f'{where}: "entities" is no list of [start, end, label]; write it so') from None
        yield _sample(record["text"], names, labels, where)


def _conll(path: Path, labels: Mapping[str, Label]) -> Iterator[Sample]:
    tokens: list[tuple[str, str]] = []
    first = where = str(path)
    for where, line in _text_lines(path):
        cells = line.split()
        if not cells or cells[0] == "-DOCSTART-":
            if tokens:
                yield _of_tokens(tokens, labels, first)
            tokens, first = [], where
        elif len(cells) < 2:
            raise InputError(f"{where} has one column; write a token and its tag, as in B-PER")
        else:
            tokens.append((cells[0], cells[-1]))
    if tokens:
        yield _of_tokens(tokens, labels, first)


def _of_tokens(tokens: Iterable[tuple[str, str]], labels: Mapping[str, Label], where: str) -> Sample:
    """A sentence of tokens with tags: B, I, E, S and O; an I after another label begins a name, as in IOB1."""
    text, names = "", list[tuple[int, int, str]]()
    open_label = ""
    for token, tag in tokens:
        position, _, label = tag.partition("-")
        if position in ("I", "E", "M") and label == open_label and names:
            names[-1] = (names[-1][0], len(text) + len(token), label)
        elif label:
            names.append((len(text), len(text) + len(token), label))
        open_label = "" if position in ("E", "S") else label
        text += token
    return _sample(text, names, labels, where)


def _docbin(path: Path, labels: Mapping[str, Label]) -> Iterator[Sample]:
    import spacy
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin().from_disk(path).get_docs(spacy.blank("zh").vocab))
    except OSError as e:
        raise InputError(f"{path} cannot be read: {e.strerror}; check the path and its rights") from None
    except Exception:  # whatever unpacking foreign bytes raises
        raise InputError(f"{path} is no DocBin; write it with spacy.tokens.DocBin.to_disk") from None
    for number, doc in enumerate(docs):
        names = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
        yield _sample(doc.text, names, labels, f"{path}: document {number}")
